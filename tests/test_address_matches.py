"""Addresses of a batch against listed ones: by themselves, shared with a firm, as of the day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.address_matches import LISTED, SHARED, AddressMatcher
from screening.parties import PARTY, PartyMatcher
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.parties import PartyList

ROOM = "Room 5, 12 Example Road, Wan Chai, Hong Kong"
DAY = date(2024, 3, 15)
Found = list[tuple[int, str, str, str]]


def party(id: str, name: str, address: str = ROOM, **facts: Any) -> PartyEntry:
    return PartyEntry(id, id, "x", name, "test", addresses=(address,), **facts)


FIRM = party("x:firm", "Kondor Avia", listed_on=date(2024, 1, 1))
ITSELF = party("x:room", "", type="address", listed_on=date(2024, 3, 15))


def found(*entries: PartyEntry, rows: list[dict[str, Any]] | None = None, **row: Any) -> Found:
    """index, role, entry and kind with status of each match of an address."""
    parties = PartyList([Snapshot("own-csv", "x", entries, None, "", Path("x.csv"))])
    batch = pl.DataFrame(rows or [{"shipment_date": DAY, **row}])
    addresses = AddressMatcher(parties)
    at = addresses.at(batch)
    named = PartyMatcher(parties).matches(batch, at)
    matches = addresses.matches(at, batch, named)
    assert matches.columns == named.columns and set(named["kind"]) <= {PARTY}
    return [
        (row["index"], row["role"], parties[row["entry"]].id, f"{row['kind']}, {row['status']}")
        for row in matches.iter_rows(named=True)
    ]


def test_an_address_is_listed_and_shared_at_once() -> None:
    told = found(FIRM, ITSELF, consignee_name="Jade Wing", consignee_address="12 Example Rd, Rm 5, Hong Kong")
    assert told == [
        (0, "consignee", "x:firm", f"{SHARED}, in_force"),
        (0, "consignee", "x:room", f"{LISTED}, in_force"),
    ]


def test_the_address_of_the_firm_itself_shows_nothing_new() -> None:
    assert found(FIRM, consignee_name="Kondor Avia Ltd", consignee_address=ROOM) == []
    assert len(found(FIRM, consignee_address=ROOM)) == 1


@pytest.mark.parametrize(
    ("day", "ended", "told"),
    [
        (date(2023, 12, 31), None, "designated_after_shipment"),
        (date(2024, 1, 1), None, "in_force"),
        (DAY, date(2024, 3, 15), "in_force"),
        (DAY, date(2024, 3, 14), "ended_before_shipment"),
        (None, None, "in_force"),
    ],
)
def test_a_listing_is_taken_as_of_the_day(day: date | None, ended: date | None, told: str) -> None:
    firm = party("x:firm", "Kondor Avia", listed_on=date(2024, 1, 1), ended_on=ended)
    assert found(firm, shipment_date=day, end_user_address=ROOM) == [
        (0, "end_user", "x:firm", f"{SHARED}, {told}")
    ]


def test_another_room_and_the_house_alone_are_other_addresses() -> None:
    assert found(FIRM, exporter_address=ROOM.replace("Room 5", "Room 6")) == []
    assert found(FIRM, exporter_address="12 Example Road, Wan Chai, Hong Kong") == []


def test_every_role_with_an_address_is_looked_at_and_a_blank_one_left_alone() -> None:
    rows: list[dict[str, Any]] = [
        {"exporter_address": None, "notify_party_address": ROOM},
        {"exporter_address": ROOM},
    ]
    assert [told[:2] for told in found(FIRM, rows=rows)] == [(0, "notify_party"), (1, "exporter")]


def test_the_country_of_the_party_stands_in_for_one_that_its_address_lacks() -> None:
    here: dict[str, Any] = {"consignee_address": "12 Example Road, Room 5, Wan Chai"}
    assert len(found(FIRM, **here, consignee_country="HK")) == 1
    assert found(FIRM, **here, consignee_country="TR") == []


def test_a_shared_address_is_evidence_of_who_a_party_is(looked_up: Callable[..., float]) -> None:
    assert looked_up(ROOM) > looked_up("9 Elm Street, Riga") == looked_up(None)


@pytest.fixture
def looked_up() -> Callable[..., float]:
    """The score of a name that resembles the firm's, with that address."""
    parties = PartyList([Snapshot("own-csv", "x", (FIRM,), None, "", Path("x.csv"))])

    def score(address: str | None) -> float:
        rows = pl.DataFrame({"consignee_name": ["Condorr Avio Trading"], "consignee_address": [address]})
        at = AddressMatcher(parties).at(rows.cast(pl.String))
        return float(PartyMatcher(parties).matches(rows, at)["score"][0])

    return score


def test_what_is_remembered_and_what_is_new_come_out_alike() -> None:
    parties = PartyList([Snapshot("own-csv", "x", (FIRM, ITSELF), None, "", Path("x.csv"))])
    matcher = AddressMatcher(parties)
    rows = pl.DataFrame({"consignee_address": [ROOM, "9 Elm Street, Riga", ROOM]})
    first = matcher.at(rows)
    assert first["index"].to_list() == [0, 0, 2, 2]
    assert matcher.at(rows.reverse())["index"].to_list() == [0, 0, 2, 2]
    assert matcher.at(rows).equals(first)
