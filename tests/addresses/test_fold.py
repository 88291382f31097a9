import pytest

from screening.addresses import Address, fold
from screening.addresses.fold import Number, fold_once
from screening.addresses.words import countries, phrase_at


def numbers(text: str) -> list[tuple[str, str]]:
    return [(number.text, number.level) for number in fold(text).numbers]


@pytest.mark.parametrize(
    "floor", ["13F", "13/F", "13 / F", "13th floor", "Floor 13", "13/Fl.", "Kat: 13", "etazh 13"]
)
def test_a_floor_is_one_however_it_is_written(floor: str) -> None:
    assert numbers(f"{floor}, Nathan Road 610") == [("13", "floor"), ("610", "house")]


@pytest.mark.parametrize(
    "unit", ["Room 1318", "Rm 1318", "Flat/Rm 1318", "Unit No. 1318", "kv. 1318", "Daire 1318"]
)
def test_a_room_is_one_whatever_it_is_called(unit: str) -> None:
    assert numbers(f"Nathan Road 610, {unit}") == [("610", "house"), ("1318", "unit")]


def test_zeros_before_a_number_and_ordinal_endings_say_nothing() -> None:
    assert numbers("Unit 04, 3rd Lesnoy Lane 7") == [("4", "unit"), ("3", "house"), ("7", "house")]


@pytest.mark.parametrize("text", ["Hangar 19C", "Hangar 19-C", "Hangar 19 C"])
def test_a_letter_behind_a_number_is_part_of_it(text: str) -> None:
    assert numbers(f"{text}, Dock Road") == [("19", "house"), ("c", "house")]


def test_a_letter_is_a_number_where_something_marks_it_and_else_an_initial() -> None:
    assert numbers("Unit D, Luard Road 18") == [("d", "unit"), ("18", "house")]
    assert numbers("prospekt A. I. Zeryunova 18") == numbers("18 P. Zeryunova St.") == [("18", "house")]


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("301-303", ("301", "302", "303")),
        ("1318-19", ("1318", "1319")),
        ("12-10", ()),
        ("1-900", ()),
        ("7", ()),
    ],
)
def test_a_range_holds_its_numbers(text: str, within: tuple[str, ...]) -> None:
    assert Number(text, "house").within == within


def test_a_postcode_and_a_telephone_are_no_numbers_of_the_address() -> None:
    found = fold("194044, Saint Petersburg, Gelsingforsskaya 3. Telephone: +7 812 538 23 05")
    assert (found.postcode, [number.text for number in found.numbers]) == ("194044", ["3"])
    assert numbers("P.O. Box 40754, Dubai") == [("40754", "box")]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("5 Luard Road, Wan Chai, Hong Kong", "CN"),
        ("Russian Federation, 123298, Moscow, Opolcheniya 40", "RU"),
        ("Kuwait Building 104, Deira, Dubai, United Arab Emirates", "AE"),
        ("Kuwait Building 104, Deira", ""),
        ("Lenina 5, Simferopol, Crimea", ""),
    ],
)
def test_a_country_is_read_where_countries_stand(text: str, country: str) -> None:
    assert fold(text).country == country


def test_the_country_beside_an_address_stands_in_for_one_that_it_lacks() -> None:
    assert fold("Lenina 5, Osh", "KG").country == "KG"
    assert fold("Lenina 5, Moscow, Russia", "KG").country == "RU"


def test_an_address_that_was_met_before_takes_no_country_from_then() -> None:
    told = [fold_once("Lenina 5, Osh", country) for country in ("KG", None, "HK")]
    assert told == [fold("Lenina 5, Osh", country) for country in ("KG", None, "HK")]


def test_one_script_and_one_spelling() -> None:
    cyrillic = fold("ул. Гельсингфорсская, д. 3, пом. 412, Санкт-Петербург")
    latin = fold("ul. Gelsingforsskaya d. 3, pomeshch. 412, St. Petersburg")
    assert (cyrillic.words, cyrillic.numbers) == (latin.words, latin.numbers)


@pytest.mark.parametrize(
    "text", ["", "-0-", "Moscow, Russia", "Hong Kong", "Tehran", "Garibaldi Street, Moscow", "12"]
)
def test_a_town_or_a_street_alone_is_no_address(text: str) -> None:
    assert not fold(text).tells_a_place


@pytest.mark.parametrize("text", ["Lenina 5, Tver", "P.O. Box 40754, Dubai", "Kuwait Building 104"])
def test_a_number_of_something_is_an_address(text: str) -> None:
    assert fold(text).tells_a_place


def test_an_empty_text_says_nothing() -> None:
    assert fold(" ,; ") == Address()


def test_the_table_knows_phrases_and_countries() -> None:
    found = phrase_at(["tsim", "sha", "tsui"], 0)
    assert found is not None and (found.length, found.meaning.place) == (3, "district")
    assert phrase_at(["nathan", "road"], 0) is None
    assert countries()["turkiye"] == "TR"
