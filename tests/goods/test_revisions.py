"""A code that was renumbered in 2022 is in one class with its successors, and may have an heir."""

import pytest

from screening.goods.nomenclature import known
from screening.goods.revisions import current_class, heir_of


@pytest.mark.parametrize(
    ("old", "new"),
    [("854150", "854159"), ("854140", "854149"), ("854890", "854800"), ("880330", "880730")]
    + [("852580", "852589"), ("851770", "851779"), ("851712", "851713"), ("901380", "852491")],
)
def test_renumbering_is_no_change_of_class(old: str, new: str) -> None:
    assert current_class(old) == current_class(new) and known(current_class(old))


def test_neighbours_that_were_not_renumbered_stay_apart() -> None:
    assert (
        len(set(map(current_class, ("854231", "854239", "854110", "854159", "854149", "880730", "880720"))))
        == 7
    )


def test_a_code_that_nothing_happened_to_is_its_own_class() -> None:
    assert [current_class(code) for code in ("848210", "999999")] == ["848210", "999999"]


def test_a_dropped_code_has_an_heir_only_where_it_plainly_holds_its_goods() -> None:
    heirs = [heir_of(code) for code in ("854150", "880330", "854890", "852580")]
    assert heirs == ["854159", "880730", "854800", "852589"]
    assert [heir_of(code) for code in ("854140", "854159", "880320")] == [None] * 3
