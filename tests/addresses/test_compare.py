"""Which addresses are one: numbers decide, then words; a town proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.addresses import SAME, SAME_HOUSE, explain

HOLLYWOOD = "Room 1318-19, 13F Hollywood Plaza, 610 Nathan Road, Mong Kok, Hong Kong"
SAME_PAIRS = [
    (HOLLYWOOD, "610 Nathan Rd., Rooms 1318-19, 13/F, Hollywood Plaza, Mongkok, Kowloon, HK"),
    (HOLLYWOOD, "Rm 1318, Hollywood Plaza, 610 Nathan Road"),
    (
        "Office 4, 16/F Ho King Commercial Centre, 2-16 Fa Yuen Street",
        "Rm. 4, 16th Fl., Ho King Comm Ctr, 2 16 Fayuen St",
    ),
    ("ул. Ленина, д. 105, кв. 33, Тверь", "105 Lenina St., apt. 33, Tver, Russia"),
    (
        "Ertuğrul Gazi Sok. No:2 Kat:10 D:345, Ataşehir, İstanbul",
        "Ertugrul Gazi Sokak 2, Floor 10 Flat 345, Istanbul",
    ),
    ("301-307 Lockhart Road, Wan Chai", "303 Lockhart Rd, Wanchai, Hong Kong"),
    ("P.O. Box 40754, Dubai, UAE", "PO Box 40754 Dubai"),
]
OTHER_PAIRS = [
    (HOLLYWOOD, HOLLYWOOD.replace("1318-19", "1318-20"), "other unit"),
    (HOLLYWOOD, HOLLYWOOD.replace("610", "612"), "other house"),
    (HOLLYWOOD, "610 Nathan Road, Hollywood Plaza, Mong Kok, Hong Kong", "unit on one side"),
    ("Lenina 5, kv. 12, Tver", "Lenina 12, kv. 5, Tver", "numbers the other way round"),
    ("Lenina 5, Moscow", "Lenina 5, Kazan", "other town"),
    ("Lenina 5, Osh, Kyrgyzstan", "Lenina 5, Osh, Russia", "other country"),
    ("Lenina 5, Russia", "Lenina 5, Moscow", "too little is told"),
    ("1 Fa Yuen St, Room 10, Tver", "1 Fa Yuen St, Room 10, Wan Chai, Hong Kong", "other place"),
    ("1 Fa Yuen St, Room 10, Moscow", "1 Fa Yuen St, Room 10, Wan Chai, Hong Kong", "other place"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PAIRS)
def test_one_address_in_two_spellings(one: str, other: str) -> None:
    assert explain(one, other).score >= SAME
    assert explain(other, one).score >= SAME


@pytest.mark.parametrize(("one", "other", "why"), OTHER_PAIRS)
def test_two_addresses_that_share_much(one: str, other: str, why: str) -> None:
    for found in (explain(one, other), explain(other, one)):
        assert (found.score < SAME, found.limit) == (True, why)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lenina 5, Tver", "Pushkina 5, Tver"),
        ("Lenina 105, kv. 33, Tver", "Lenina 105, kv. 33, Tula"),
        ("Room 610, 45-51 Hennessy Road, Wan Chai", "Room 610, 45-51 Lockhart Road, Wan Chai"),
        ("Dubai, UAE", "Dubai, UAE"),
        ("Hong Kong", HOLLYWOOD),
    ],
)
def test_another_street_or_town_is_another_address(one: str, other: str) -> None:
    assert explain(one, other).score < SAME


def test_the_house_without_the_room_is_less_than_the_room() -> None:
    assert SAME_HOUSE <= explain(HOLLYWOOD, "Hollywood Plaza, 610 Nathan Road, Mong Kok").score < SAME


def test_a_misspelt_street_is_the_street() -> None:
    assert explain("7 Tallinskaya St., Saint Petersburg", "7 Talinnskaja ul., St Petersburg").score >= SAME


def test_the_country_beside_an_address_counts() -> None:
    assert explain("Lenina 5, Osh, flat 2", "Lenina 5, Osh, flat 2, Russia").score >= SAME
    assert explain("Lenina 5, Osh, flat 2", "Lenina 5, Osh, flat 2, Russia", "KG").limit == "other country"


def test_the_explanation_names_what_is_shared_and_what_is_not() -> None:
    found = explain(HOLLYWOOD, "Room 1318-20, Hollywood Plaza, 610 Nathan Road, Kowloon, Hong Kong")
    assert found.shared == ("holivod", "natan", "house 610")
    assert ("unit 1318-19" in found.only_asked, "unit 1318-20" in found.only_listed) == (True, True)
    assert found.sentence.startswith("another address (0.50); the room or the floor differs; shared: ")


STREETS = st.sampled_from(["Lenina", "Nathan", "Moskovskaya", "Fa Yuen"])
TEXTS = st.builds(
    "{1} {0} Street, Room {2}, {3}".format,
    STREETS,
    st.integers(1, 30),
    st.integers(1, 30),
    st.sampled_from(["Tver", "Moscow", "Wan Chai, Hong Kong"]),
)


@given(TEXTS)
def test_an_address_is_itself(text: str) -> None:
    assert explain(text, text.upper()).score == 1.0


@given(TEXTS, TEXTS)
def test_it_does_not_matter_which_side_is_asked(one: str, other: str) -> None:
    assert explain(one, other).score == explain(other, one).score
    assert (explain(one, other).score >= SAME) == (one == other)
