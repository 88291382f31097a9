import json
from datetime import date
from typing import Any

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot

from .conftest import ListOf


def entity(identity: str, schema: str, target: bool = False, **properties: list[Any]) -> dict[str, Any]:
    seen = {"datasets": ["some_list"], "last_seen": "2026-03-13T05:41:01", "target": target}
    return {"id": identity, "caption": "", "schema": schema, "properties": properties, **seen}


FIRM = entity(
    *("NK-1", "Company", True),
    name=["Alfa LLC", "ООО Альфа"],
    alias=["Alpha"],
    weakAlias=["Boxy"],
    previousName=["Old Alfa"],
    country=["ru"],
    innCode=["7707083893"],
    swiftBic=["ALFARUMM"],
    address=["3 Quay"],
    addressEntity=["addr-1"],
) | {"caption": "Alfa LLC"}
SANCTION = entity(
    *("s-1", "Sanction"), entity=["NK-1"], program=["UKR"], listingDate=["2022-03-15"], reason=["Makes boxes"]
)
ADDRESS = entity("addr-1", "Address", full=["1 Lenin St, Omsk"], country=["by"])
PASSPORT = entity("p-1", "Passport", holder=["NK-2"], number=["AB123"])
RELATIVE = entity("NK-2", "Person", name=["Jane Exemplar"])
LINK = entity("o-1", "Ownership", owner=["NK-2"], asset=["NK-1"])


def read(list_of: ListOf, *entities: dict[str, Any]) -> Snapshot:
    return list_of("\n".join(map(json.dumps, entities)), "entities.ftm.json")


def test_a_party_is_put_together_from_the_entities_about_it(list_of: ListOf) -> None:
    (entry,) = read(list_of, SANCTION, FIRM, ADDRESS, LINK).entries
    assert (entry.id, entry.type, entry.name) == ("opensanctions:NK-1", "organisation", "Alfa LLC")
    assert (entry.aliases, entry.weak_aliases) == (("Alpha", "Old Alfa"), ("Boxy",))
    assert (entry.original_names, entry.addresses) == (("ООО Альфа",), ("3 Quay", "1 Lenin St, Omsk"))
    assert (entry.countries, entry.identifiers) == (("RU", "BY"), ("7707083893", "ALFARUMM"))
    assert (entry.programmes, entry.reason) == (("UKR",), "Makes boxes")
    assert (entry.listed_on, entry.source) == (date(2022, 3, 15), "some_list")


def test_what_stands_inside_a_party_says_the_same(list_of: ListOf) -> None:
    inside = {**SANCTION, "properties": {k: v for k, v in SANCTION["properties"].items() if k != "entity"}}
    nested = FIRM["properties"] | {"sanctions": [inside], "addressEntity": [ADDRESS]}
    (entry,) = read(list_of, {**FIRM, "properties": nested}).entries
    assert read(list_of, FIRM, SANCTION, ADDRESS).entries == (entry,)


def test_who_is_only_related_to_a_target_is_not_listed(list_of: ListOf) -> None:
    assert [entry.source_id for entry in read(list_of, RELATIVE, FIRM, LINK).entries] == ["NK-1"]


def test_where_no_targets_are_marked_every_party_is_listed(list_of: ListOf) -> None:
    (entry,) = read(list_of, RELATIVE, PASSPORT, LINK).entries
    assert (entry.name, entry.type, entry.identifiers) == ("Jane Exemplar", "person", ("AB123",))


def test_the_list_has_the_day_when_it_was_last_looked_at(list_of: ListOf) -> None:
    snapshot = read(list_of, FIRM)
    assert (snapshot.format, snapshot.name, snapshot.date) == (
        *("ftm-json", "opensanctions"),
        date(2026, 3, 13),
    )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"schema": "Company", "properties": {}}, "line 2: has no id"),
        ({"id": "x", "schema": "Company", "properties": []}, "line 2: has no id"),
    ],
)
def test_what_is_no_entity_is_refused_with_its_line(list_of: ListOf, bad: dict[str, Any], said: str) -> None:
    with pytest.raises(WatchlistError, match=said):
        read(list_of, FIRM, bad)


def test_entities_inside_one_another_without_end_are_refused(list_of: ListOf) -> None:
    inmost = FIRM
    for _ in range(10):
        inmost = {**FIRM, "properties": {"parent": [inmost]}}
    with pytest.raises(WatchlistError, match="nested more than 8"):
        read(list_of, inmost)


def test_a_file_without_parties_is_refused(list_of: ListOf) -> None:
    with pytest.raises(WatchlistError, match="no person, firm, vessel or aircraft"):
        read(list_of, LINK)
