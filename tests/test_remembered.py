"""What is told of texts is asked once for each, and is the same whether they come alone or together."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening import remembered as memory
from screening.remembered import Alone, Remembered, each, parted, said, told_as_of, told_once

TEXTS = st.lists(st.one_of(st.none(), st.sampled_from(["a", "bb", "", "a: b", "ğ"]), st.text(max_size=3)))

TURNS = [date(2014, 7, 31), date(2022, 2, 24), date(2022, 2, 25)]


def lengths() -> tuple[Remembered, list[str]]:
    """A memory of how long texts are, and the texts of which it asked."""
    asked: list[str] = []

    def length(texts: pl.Series) -> pl.Series:
        asked.extend(texts.to_list())
        return texts.str.len_chars()

    return Remembered(each({"length": length}), ("length",)), asked


@pytest.fixture(params=[0, 16], ids=["many", "few"], autouse=True)
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every law holds for texts that come with many and for those that come with few."""
    monkeypatch.setattr(memory, "FEW", request.param)


def test_each_text_is_asked_for_once_over_all_batches() -> None:
    known, asked = lengths()
    batches = (["a", None, "a"], ["bb", "a"])
    told = [known.of(pl.Series(texts, dtype=pl.String))[0].to_list() for texts in batches]
    assert (told, asked) == ([[1, None, 1], [2, 1]], ["a", "bb"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, max_size=4))
def test_a_text_is_told_alone_what_it_is_told_among_others(batches: list[list[str | None]]) -> None:
    known, _ = lengths()
    for texts in batches:
        together = known.of(pl.Series(texts, dtype=pl.String))[0].to_list()
        alone = [known.of(pl.Series([text], dtype=pl.String))[0].item() for text in texts]
        assert together == alone == [None if text is None else len(text) for text in texts]


def test_what_cannot_be_told_of_a_text_alone_is_told_by_its_column() -> None:
    length = Alone(
        lambda texts: texts.str.len_chars(), lambda text: len(text) if text < "b" else NotImplemented
    )
    known = Remembered(each({"length": length}), ("length",))
    assert known.of(pl.Series(["a", None, "bb"]))[0].to_list() == [1, None, 2]


def test_a_memory_that_is_full_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    known, asked = lengths()
    monkeypatch.setattr(memory, "FEW", 0)
    monkeypatch.setattr(memory, "_MOST_NUMBERED", 2)
    for _ in range(2):
        assert known.of(pl.Series(["a", "bb", "ccc"]))[0].to_list() == [1, 2, 3]
    assert asked == ["a", "bb", "ccc"] * 2


def test_a_fault_in_one_text_leaves_the_others_known() -> None:
    faults = [True]

    def length(texts: pl.Series) -> pl.Series:
        if "x" in texts and faults.pop():
            raise ValueError("x")
        return texts.str.len_chars()

    known = Remembered(each({"length": length}), ("length",))
    with pytest.raises(ValueError, match="x"):
        known.of(pl.Series(["bb", "x"]))
    faults.append(False)
    assert known.of(pl.Series(["ccc", "bb"]))[0].to_list() == [3, 2]


def test_a_fact_stands_beside_its_column() -> None:
    assert said("consignee_name", "key").meta.root_names() == ["consignee_name: key"]
    assert parted("consignee_name: key") == ("consignee_name", "key")
    assert parted("hs_code") == ("hs_code", "")


def test_an_expression_is_told_once_of_each_text() -> None:
    frame = pl.DataFrame({"t": ["a", None, "bb", "a"]})
    told = frame.select(told_once(pl.col("t"), lambda texts: texts.str.len_chars(), pl.UInt32()))
    assert told["t"].to_list() == [1, None, 2, 1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["a", "b@", None]), st.one_of(st.none(), st.dates())), min_size=1))
def test_what_changes_on_certain_days_is_told_as_of_the_day(
    rows: list[tuple[str | None, date | None]],
) -> None:
    def standing(text: str, day: date | None) -> str:
        return f"{text} {None if day is None else sum(turn <= day for turn in TURNS)}"

    frame = pl.DataFrame(rows, {"t": pl.String, "d": pl.Date}, orient="row")
    told = frame.select(told_as_of(pl.col("t"), pl.col("d"), TURNS, standing, pl.String()).alias("told"))
    assert told["told"].to_list() == [None if text is None else standing(text, day) for text, day in rows]
