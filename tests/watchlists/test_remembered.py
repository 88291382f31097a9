import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.watchlists import remembered as module
from screening.watchlists.remembered import Remembered, Subjects

LISTED = {("Swan", "CH"), ("Kondor", None)}


class Registry:
    """Finds the listed ones among the subjects, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str | None, ...]] = []
        self.memory = Remembered(("name", "country"), ("name",), {"entry": pl.UInt32}, self._found)

    def _found(self, new: Subjects) -> pl.DataFrame:
        subjects = list(zip(new["name"], new["country"], strict=True))
        self.asked += subjects
        places = [place for place, subject in enumerate(subjects) if subject in LISTED]
        return pl.DataFrame({"asked": places, "entry": places}, {"asked": pl.UInt32, "entry": pl.UInt32})

    def met(self, *frames: pl.DataFrame) -> list[tuple[int, str | None]]:
        return self.memory.found(frames).select("index", "name").rows()


def rows(*subjects: tuple[str | None, str | None]) -> pl.DataFrame:
    frame = pl.DataFrame(subjects, {"name": pl.String, "country": pl.String}, orient="row")
    return frame.with_row_index("index")


def test_a_subject_is_asked_about_once() -> None:
    registry = Registry()
    for _ in range(3):
        assert registry.met(rows(("Swan", "CH"), ("Elm", None)), rows(("Swan", "CH"))) == [(0, "Swan")] * 2
    assert registry.asked == [("Swan", "CH"), ("Elm", None)]


def test_subjects_are_told_apart_by_all_of_their_texts() -> None:
    assert Registry().met(rows(("Swan", "CH"), ("Swan", None), ("Kondor", "CH"))) == [(0, "Swan")]


def test_a_column_that_is_absent_is_blank() -> None:
    assert Registry().met(rows(("Kondor", None)).drop("country")) == [(0, "Kondor")]


def test_who_has_no_telling_text_is_not_asked_about() -> None:
    registry = Registry()
    assert registry.met(rows((None, "CH"))) == [] == registry.asked


def test_who_is_on_no_list_is_clear_and_asked_about_once() -> None:
    registry = Registry()
    assert registry.memory.clear([("Elm", None), ("Elm", None)])
    assert registry.memory.clear([("Elm", None)]) and registry.met(rows(("Elm", None))) == []
    assert registry.asked == [("Elm", None)]


def test_one_that_is_listed_is_not_clear_however_often_it_is_met() -> None:
    registry = Registry()
    for _ in range(2):
        assert not registry.memory.clear([("Elm", None), ("Swan", "CH")])
        assert registry.met(rows(("Elm", None), ("Swan", "CH"))) == [(1, "Swan")]


def test_what_was_met_in_a_batch_is_clear() -> None:
    registry = Registry()
    registry.met(rows(("Elm", None), ("Swan", "CH")))
    assert registry.memory.clear([("Elm", None)]) and registry.asked == [("Elm", None), ("Swan", "CH")]


subjects = st.tuples(st.sampled_from(["Swan", "Kondor", "Elm", None]), st.sampled_from(["CH", None]))


@given(st.lists(st.lists(subjects, max_size=6), min_size=1, max_size=6), st.sampled_from([1, 3, 1_000]))
def test_however_much_is_remembered_the_same_is_found(
    books: list[list[tuple[str | None, str | None]]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("MOST_REMEMBERED", "_MOST_AT_HAND", "_PIECES"):
            patch.setattr(module, name, most)
        registry = Registry()
        for book in books:
            asked = {subject for subject in book if subject[0]}
            assert registry.memory.clear(asked) == asked.isdisjoint(LISTED)
            expected = [(place, name) for place, (name, c) in enumerate(book) if (name, c) in LISTED]
            assert registry.met(rows(*book)) == expected
