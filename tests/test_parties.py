from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.abreast import FEW
from screening.parties import LEAST_SCORE, PartyMatcher, name_key, name_keys, names_only
from screening.watchlists import remembered as module
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.parties import PartyList

FIRST, LAST, DAY = date(2023, 4, 12), date(2024, 3, 1), timedelta(days=1)
IMO = "9074729"


PAST = PartyEntry("mine:0", "0", "mine", "Swan Lake Trading", "test", ended_on=FIRST - DAY)
NUMBERS = (f"IMO {IMO}", "REG-778812")
LISTED = (
    PartyEntry("mine:1", "1", "mine", "Azu International", "test", listed_on=FIRST),
    PartyEntry("mine:2", "2", "mine", "Kondor Avia", "test", ended_on=LAST),
    PartyEntry("mine:3", "3", "mine", "Titan Mikro", "test", listed_on=FIRST, ended_on=LAST),
    PartyEntry("mine:4", "4", "mine", "Ostrich", "test", identifiers=NUMBERS),
)


def matching(*entries: PartyEntry) -> PartyMatcher:
    return PartyMatcher(PartyList([Snapshot("own-csv", "mine", entries, None, "", Path("mine.csv"))]))


@pytest.fixture(scope="module")
def matcher() -> PartyMatcher:
    return matching(*LISTED)


Found = list[tuple[int, str, str]]


def found(matcher: PartyMatcher, day: date | None = None, **columns: list[str | None]) -> Found:
    """Row, role and status of each match at or above 0.95."""
    height = len(next(iter(columns.values())))
    rows = pl.DataFrame({**columns, "shipment_date": pl.Series([day] * height, dtype=pl.Date)})
    sure = matcher.matches(rows).filter(pl.col("score") >= 0.95)
    return list(sure.select("index", "role", "status").iter_rows())


def status(matcher: PartyMatcher, name: str, day: date | None) -> str:
    ((_, _, told),) = found(matcher, day, consignee_name=[name])
    return told


@pytest.mark.parametrize(
    ("shift", "told"),
    [(-1, "designated_after_shipment"), (0, "in_force"), (1, "in_force")],
)
def test_a_listing_is_in_force_from_its_day(matcher: PartyMatcher, shift: int, told: str) -> None:
    assert status(matcher, "Azu International", FIRST + shift * DAY) == told
    assert status(matcher, "Titan Mikro", FIRST + shift * DAY) == told


@pytest.mark.parametrize(("shift", "told"), [(-1, "in_force"), (0, "in_force"), (1, "ended_before_shipment")])
def test_a_listing_is_in_force_to_its_last_day(matcher: PartyMatcher, shift: int, told: str) -> None:
    assert status(matcher, "Kondor Avia", LAST + shift * DAY) == told
    assert status(matcher, "Titan Mikro", LAST + shift * DAY) == told


def test_without_a_date_the_lists_are_taken_as_they_stand(matcher: PartyMatcher) -> None:
    names = ("Azu International", "Kondor Avia", "Ostrich")
    assert [status(matcher, name, None) for name in names] == [
        "in_force",
        "ended_before_shipment",
        "in_force",
    ]


def test_one_name_in_two_roles_is_found_in_both(matcher: PartyMatcher) -> None:
    told = found(matcher, exporter_name=["Ostrich"], payer_name=["Ostrich"])
    assert [role for _, role, _ in told] == ["exporter", "payer"]


def test_matches_stand_in_the_order_of_rows_and_roles(matcher: PartyMatcher) -> None:
    told = found(matcher, payer_name=["Ostrich", None], consignee_name=["Kondor Avia", "Ostrich"])
    assert [(row, role) for row, role, _ in told] == [(0, "consignee"), (0, "payer"), (1, "consignee")]


@pytest.mark.parametrize("odd", [None, "", " ", "-", "...", "«»", "'", "\u200b", "№", "0", "&", "🚢"])
def test_a_name_that_says_nothing_matches_nobody(matcher: PartyMatcher, odd: str | None) -> None:
    assert found(matcher, consignee_name=[odd, "Ostrich"]) == [(1, "consignee", "in_force")]


@pytest.mark.parametrize("column", ["vessel_imo", "vessel_identifier", "consignee_identifier"])
def test_an_identifier_finds_a_party_without_a_name(matcher: PartyMatcher, column: str) -> None:
    rows = pl.DataFrame({column: [f"IMO {IMO}", "IMO 9074728"]})
    told = matcher.matches(rows)
    assert told.select("index", "role", "score").rows() == [(0, column.split("_")[0], 1.0)]
    assert told["name"].to_list() == [f"IMO {IMO}"]


@pytest.mark.parametrize("column", ["vessel_imo", "vessel_identifier"])
def test_one_identifier_does_not_hide_the_other(matcher: PartyMatcher, column: str) -> None:
    numbers = dict.fromkeys(("vessel_imo", "vessel_identifier"), "1234567") | {column: IMO}
    told = matcher.matches(pl.DataFrame({"vessel_name": ["Swan"]} | {c: [n] for c, n in numbers.items()}))
    assert told.select("role", "score").rows() == [("vessel", 1.0)]


def test_several_identifiers_in_one_cell_are_each_one(matcher: PartyMatcher) -> None:
    assert found(matcher, vessel_name=["Swan"], vessel_identifier=[f"MMSI 1; IMO {IMO}"])


def test_no_rows_and_no_names_match_nothing(matcher: PartyMatcher) -> None:
    assert matcher.matches(pl.DataFrame({"row": [1, 2]})).is_empty()
    assert matcher.matches(pl.DataFrame(schema={"consignee_name": pl.String})).is_empty()


def test_a_likeness_below_the_least_score_is_noise(matcher: PartyMatcher) -> None:
    told = matcher.matches(pl.DataFrame({"consignee_name": ["Condor Aviation", "Bosphorus Textiles"]}))
    assert told["score"].min() is None or told["score"].min() >= LEAST_SCORE  # type: ignore[operator]
    assert set(told["index"]) <= {0}


def test_what_is_remembered_and_what_is_new_come_out_alike(matcher: PartyMatcher) -> None:
    fresh = PartyMatcher(matcher.parties)
    rows = pl.DataFrame({"consignee_name": ["Kondor Avia", "Ostrich", "Swan"]})
    fresh.matches(rows[1:])
    assert fresh.matches(rows).equals(matcher.matches(rows))


def test_a_full_memory_is_cleared_and_changes_nothing(
    matcher: PartyMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 1)
    fresh = PartyMatcher(matcher.parties)
    rows = pl.DataFrame({"consignee_name": ["Kondor Avia", "Ostrich", "Swan"]})
    assert all(fresh.matches(rows).equals(matcher.matches(rows)) for _ in range(3))


@pytest.mark.parametrize(
    "spelling", ["AZU INTERNATIONAL", "Azu International Ltd. Sti.", "International, Azu"]
)
def test_the_key_of_a_name_sets_its_spelling_aside(spelling: str) -> None:
    assert name_key(spelling) == name_key("Azu International") != name_key("Azu Textiles")


def test_a_name_of_signs_alone_has_no_key() -> None:
    assert name_keys(pl.Series(["...", None, "Azu", "Azu"])).to_list() == [None, None, "azu", "azu"]


@given(st.text(max_size=20))
def test_any_text_has_a_key_or_none(text: str) -> None:
    assert name_keys(pl.Series([text])).to_list() == [name_key(text) or None]


@pytest.mark.parametrize(
    ("cell", "only"),
    [
        ("AZU International LLC", True),
        ("Azu International c/o Ostrich", False),
        ("Ostrich", False),
        ("...", False),
    ],
)
def test_a_cell_with_a_second_party_names_not_only_the_first(cell: str, only: bool) -> None:
    assert names_only(pl.Series([cell]), "Azu International").to_list() == [only]


@pytest.mark.parametrize("others", [11, 60])
def test_listings_of_other_days_do_not_crowd_out_one_in_force(others: int) -> None:
    late = [replace(PAST, id=f"mine:{n:03}", listed_on=LAST, ended_on=None) for n in range(others)]
    past = [replace(PAST, id=f"mine:{n:03}") for n in range(others, 2 * others)]
    now = replace(PAST, id="mine:999", ended_on=None)
    matcher = PartyMatcher(
        PartyList([Snapshot("own-csv", "mine", (*late, *past, now), None, "", Path("m.csv"))])
    )
    told = found(matcher, FIRST, consignee_name=["Swan Lake Trading"])
    assert (0, "consignee", "in_force") in told


cells = st.sampled_from(["Kondor Avia", "Ostrich", "Elm", IMO, None])
columns = st.sampled_from(
    ["consignee_name", "payer_name", "vessel_name", "vessel_imo", "consignee_identifier"]
)


@given(st.lists(st.dictionaries(columns, cells, min_size=1), min_size=1, max_size=FEW))
def test_a_few_rows_and_many_find_the_same_parties(
    matcher: PartyMatcher, few: list[dict[str, str | None]]
) -> None:
    rows = pl.DataFrame(few, schema=dict.fromkeys(sorted({c for row in few for c in row}), pl.String))
    many = pl.concat([rows, *[rows.clear(1)] * FEW])
    for _ in range(2):
        assert matcher.matches(rows).equals(matcher.matches(many))
