"""Asking an index: every name finds itself, one name in two spellings is found, and answers are stable."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.names import NameIndex
from screening.names.compare import REVIEW

FIRMS = [
    "Rosoboronexport JSC",
    "Silk Cargo LLC",
    "Baykar Makina Sanayi ve Ticaret A.Ş.",
    "Repair Plant No. 5",
    "Repair Plant No. 6",
    "OOO Romashka",
    "Алтын Жол Трейд ОсОО",
    "Petrov, Ivan Sergeyevich",
    "Tulpar Metals TOO",
    "Tulpar Avia TOO",
]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex.build(FIRMS)


def best(index: NameIndex, query: str) -> tuple[str, float]:
    found = index.match([query], limit=1)
    return (FIRMS[found["name"][0]], found["score"][0]) if found.height else ("", 0.0)


@pytest.mark.parametrize("name", FIRMS)
def test_every_listed_name_finds_itself_at_one(index: NameIndex, name: str) -> None:
    assert best(index, name) == (name, 1.0)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("РОСОБОРОНЭКСПОРТ", "Rosoboronexport JSC"),
        ("Rosoboroneksport", "Rosoboronexport JSC"),
        ("СИЛК КАРГО", "Silk Cargo LLC"),
        ("Общество с ограниченной ответственностью «Ромашка»", "OOO Romashka"),
        ("M/S ROMASHKA LTD, TAX ID 7701234567", "OOO Romashka"),
        ("Halyk Bank TO THE ORDER OF Silk Cargo", "Silk Cargo LLC"),
        ("Altyn Zhol Treid OsOO", "Алтын Жол Трейд ОсОО"),
        ("Ivan Sergeevich Petrov", "Petrov, Ivan Sergeyevich"),
    ],
)
def test_a_name_in_another_spelling_is_found_for_certain(index: NameIndex, query: str, listed: str) -> None:
    name, score = best(index, query)
    assert name == listed
    assert score >= 0.95


@pytest.mark.parametrize("query", ["Repair Plant No. 7", "General Trading LLC", "Limited", "ООО", "", "—"])
def test_a_number_a_legal_form_or_common_words_alone_never_match(index: NameIndex, query: str) -> None:
    assert best(index, query)[1] < 0.8


def test_the_number_decides_between_plants(index: NameIndex) -> None:
    assert best(index, "REPAIR PLANT 6")[0] == "Repair Plant No. 6"
    assert index.match(["Repair Plant No. 5"], limit=2)["score"][1] < 0.8


def test_answers_come_best_first_and_no_more_than_asked(index: NameIndex) -> None:
    found = index.match(["Tulpar Metals", "Tulpar Avia"], limit=2)
    assert found.schema == {"query": pl.UInt32, "name": pl.UInt32, "score": pl.Float64}
    assert found["query"].to_list() == sorted(found["query"].to_list())
    assert found.group_by("query").len().filter(pl.col("len") > 2).is_empty()
    assert found.filter(pl.col("query") == 0)["score"].is_sorted(descending=True)


def test_nothing_below_the_least_score_is_told(index: NameIndex) -> None:
    assert index.match(["Tulpar Metals"], min_score=0.99)["score"].to_list() == [1.0]


def test_spellings_of_one_name_are_told_by_name_and_then_position() -> None:
    names = ["Zeta OOO", "Alfa Cargo", "ALFA CARGO", "Alfa Cargo"]
    found = NameIndex.build(names).match(["alfa cargo"], limit=5)
    assert found["name"].to_list()[:3] == [2, 1, 3]


def test_an_empty_list_matches_nothing() -> None:
    assert NameIndex.build([]).match(["Silk Cargo"]).is_empty()


def test_no_queries_have_no_answers(index: NameIndex) -> None:
    assert index.match([]).is_empty()


@given(st.lists(st.sampled_from([*FIRMS, "Tulpar", "Petrov I.", "Cargo", ""]), max_size=6))
def test_an_answer_does_not_depend_on_what_else_is_asked(queries: list[str]) -> None:
    index = NameIndex.build(FIRMS)
    together = index.match(queries, limit=3)
    for place, query in enumerate(queries):
        alone = index.match([query], limit=3)
        assert together.filter(pl.col("query") == place)["name"].to_list() == alone["name"].to_list()


def test_names_without_a_word_are_nobody() -> None:
    assert NameIndex.build(["...", "-"]).match(["?"])["score"].max() < REVIEW  # type: ignore[operator]


def test_a_cell_of_a_million_letters_is_read_by_its_beginning() -> None:
    index = NameIndex.build(["Rosoboronexport JSC"])
    assert index.match(["Rosoboronexport " * 80_000, "x" * 1_000_000]).height <= 2


WORDS = [
    "tulpar",
    "tulpra",
    "metal",
    "metals",
    "tulparmetals",
    "trading",
    "ltd",
    "no",
    "5",
    "ivan",
    "i",
    "pla",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


@given(st.lists(NAMES, min_size=1, max_size=8), st.lists(NAMES, min_size=1, max_size=4), st.floats(0.1, 1))
def test_whoever_reaches_the_score_asked_for_is_found_as_without_it(
    names: list[str], queries: list[str], least: float
) -> None:
    built = NameIndex.build(names)
    everything = built.match(queries, limit=100)
    assert built.match(queries, limit=100, min_score=least).equals(
        everything.filter(pl.col("score") >= least)
    )
