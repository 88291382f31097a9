"""A code that was renumbered in 2022 is in one class with its successors, and may have an heir."""

import polars as pl
import pytest

from screening.goods.nomenclature import known
from screening.goods.revisions import current_class, heir, heir_of


def classes(*codes: str | None) -> list[str | None]:
    frame = pl.DataFrame({"hs6": codes}, {"hs6": pl.String})
    return frame.select(current_class(pl.col("hs6"))).to_series().to_list()


def heirs(*codes: str | None) -> list[str | None]:
    frame = pl.DataFrame({"hs6": codes}, {"hs6": pl.String})
    return frame.select(heir(pl.col("hs6"))).to_series().to_list()


@pytest.mark.parametrize(
    ("old", "new"),
    [("854150", "854159"), ("854140", "854149"), ("854890", "854800"), ("880330", "880730")]
    + [("852580", "852589"), ("851770", "851779"), ("851712", "851713"), ("901380", "852491")],
)
def test_renumbering_is_no_change_of_class(old: str, new: str) -> None:
    first, second = classes(old, new)
    assert first == second and known(str(first))


def test_neighbours_that_were_not_renumbered_stay_apart() -> None:
    assert len(set(classes("854231", "854239", "854110", "854159", "854149", "880730", "880720"))) == 7


def test_a_code_that_nothing_happened_to_is_its_own_class() -> None:
    assert classes("848210", None, "999999") == ["848210", None, "999999"]


def test_a_dropped_code_has_an_heir_only_where_it_plainly_holds_its_goods() -> None:
    assert heirs("854150", "880330", "854890", "852580") == ["854159", "880730", "854800", "852589"]
    assert heirs("854140", "854159", "880320", None) == [None] * 4


def test_one_code_is_asked_for_its_heir() -> None:
    assert heir_of("880330") == "880730" and heir_of("880730") is None
