import json
from datetime import date
from typing import Any

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot

from .conftest import ListOf

SDN = "Specially Designated Nationals (SDN) - Treasury Department"
FIRM: dict[str, Any] = {
    "id": "abc",
    "source": SDN,
    "entity_number": "7",
    "type": "Entity",
    "programs": ["NPWMD", "IRAN"],
    "name": "Alfa LLC",
    "title": None,
    "addresses": [
        {
            "address": "1 Main; Suite 2",
            "city": "Omsk",
            "state": None,
            "postal_code": "644000",
            "country": "RU",
        },
        {"address": None, "city": None, "state": None, "postal_code": None, "country": None},
    ],
    "start_date": "2018-08-01",
    "end_date": None,
    "remarks": "Makes boxes",
    "alt_names": ["Alfa; Best of Boxes", "Alpha"],
    "nationalities": ["KP"],
    "ids": [
        {"type": "Tax ID No.", "number": "7707083893", "country": "RU", "issue_date": None},
        {"type": "SWIFT/BIC", "number": "ALFARUMM", "country": None},
        {"type": "Gender", "number": "Male", "country": None},
    ],
    "source_list_url": "https://example.org/list",
}


def read(list_of: ListOf, *results: dict[str, Any]) -> Snapshot:
    return list_of(json.dumps({"total": len(results), "results": results}), "consolidated_2026-07-31.json")


def test_a_result_is_read_as_the_row_of_the_table_would_be(list_of: ListOf) -> None:
    (entry,) = read(list_of, FIRM).entries
    assert (entry.id, entry.type, entry.name) == ("csl-sdn:7", "organisation", "Alfa LLC")
    assert (entry.programmes, entry.countries) == (("NPWMD", "IRAN"), ("KP", "RU"))
    assert entry.identifiers == ("7707083893", "ALFARUMM")
    assert (entry.listed_on, entry.ended_on, entry.reason) == (date(2018, 8, 1), None, "Makes boxes")


def test_a_name_or_address_may_hold_a_semicolon(list_of: ListOf) -> None:
    (entry,) = read(list_of, FIRM).entries
    assert entry.aliases == ("Alfa; Best of Boxes", "Alpha")
    assert entry.addresses == ("1 Main; Suite 2, Omsk, 644000, RU",)


def test_the_list_is_the_same_watchlist_as_the_table(list_of: ListOf) -> None:
    snapshot = read(list_of, FIRM)
    assert (snapshot.format, snapshot.name, snapshot.date) == ("us-csl-json", "us-csl", date(2026, 7, 31))


def test_what_is_wrong_with_a_result_is_told_by_its_place(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="result 2, name: is blank"):
        read(list_of, FIRM, {**FIRM, "name": "", "entity_number": "8"})


@pytest.mark.parametrize("text", ['{"results": {}, "source": 1}', '{"results": [1], "source": 1}'])
def test_another_shape_is_refused(list_of: ListOf, text: str) -> None:
    with pytest.raises(WatchlistError, match="no list of objects under `results`"):
        list_of(text)


def test_a_file_cut_short_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="no sound JSON"):
        list_of(json.dumps({"results": [FIRM]})[:300])
