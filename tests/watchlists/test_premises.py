from collections.abc import Callable

import pytest

from screening.watchlists.parties import PartyList
from screening.watchlists.premises import Premises

Parties = Callable[..., PartyList]
ROOM = "Room 5, 12 Example Road, Wan Chai, Hong Kong"


@pytest.fixture
def parties(looked_for: Parties) -> PartyList:
    return looked_for(
        {"name": "Alfa", "addresses": ("Hong Kong", ROOM)},
        {"name": "Beta", "addresses": ("12 Example Road, Rm 5, Wanchai, HK", "7 Dock Street, Poti, Georgia")},
        {"name": "", "type": "address", "addresses": (ROOM,)},
    )


def entries(premises: Premises, *texts: str) -> list[tuple[int, int]]:
    return premises.found(texts).select("asked", "entry").rows()


def test_everybody_at_an_address_is_found_once(parties: PartyList) -> None:
    found = entries(
        parties.premises, "Dock Street 7, Poti", "Room 5, 12 Example Road, Hong Kong", "Hong Kong"
    )
    assert found == [(0, 1), (1, 0), (1, 1), (1, 2)]


def test_another_room_is_less_than_the_room(parties: PartyList) -> None:
    assert entries(parties.premises, ROOM.replace("Room 5", "Room 6")) == []
    assert parties.premises.found([ROOM])["score"].min() == 1.0


def test_parties_without_addresses_have_no_premises(looked_for: Parties) -> None:
    assert entries(looked_for({"name": "Alfa"}).premises, ROOM) == entries(looked_for().premises, ROOM) == []


def test_what_is_kept_is_found_again(parties: PartyList) -> None:
    again = Premises.from_frames(parties.premises.frames)
    assert again.found([ROOM]).rows() == parties.premises.found([ROOM]).rows()


def test_an_address_that_stands_for_itself_has_no_name_to_match(parties: PartyList) -> None:
    assert parties.match_many([ROOM]).is_empty() or 2 not in parties.match_many([ROOM])["entry"].to_list()
    assert parties.names.filter(entry=2).is_empty()
