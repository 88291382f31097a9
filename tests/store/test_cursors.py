"""A cursor leads back to its place in its list, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.store.cursors import Place, cursor, place_of
from screening.store.refusals import UnfitError


@given(value=st.integers(0, 2**62) | st.text(max_size=40), key=st.integers(1, 2**62), asked=st.text())
def test_a_cursor_leads_back_to_its_place(value: int | str, key: int, asked: str) -> None:
    place = Place(value, key)
    assert place_of(cursor(place, asked), asked, type(value)) == place


@given(st.text(max_size=60))
def test_any_other_text_is_told_to_be_none(text: str) -> None:
    with pytest.raises(UnfitError) as told:
        place_of(text, "all", int)
    assert told.value.field == "cursor"


@pytest.mark.parametrize(
    ("asked", "kind", "place"),
    [("others", int, Place(1, 1)), ("all", str, Place(1, 1)), ("all", int, Place("1", 1))],
)
def test_a_cursor_of_another_list_is_refused(asked: str, kind: type, place: Place) -> None:
    with pytest.raises(UnfitError):
        place_of(cursor(place, "all"), asked, kind)


def test_an_endless_cursor_is_not_read() -> None:
    with pytest.raises(UnfitError):
        place_of("W1tb" * 100_000, "all", int)
