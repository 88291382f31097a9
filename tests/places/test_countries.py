"""Countries are read by code and by name, in five languages, and never guessed."""

import csv

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.places import countries
from screening.places.countries import country_code, country_name, nearest_country

# What ICU lists besides the official codes: reserved ones, and Kosovo.
RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
OFFICIAL = sorted(set(icu.Locale.getISOCountries()) - RESERVED | {"XK"})


@pytest.mark.parametrize("language", ["en", "tr", "ru", "de", "fr"])
def test_every_country_is_read_by_its_name_in_each_language(language: str) -> None:
    locale = icu.Locale(language)
    names = {code: str(icu.Locale("", code).getDisplayCountry(locale)) for code in OFFICIAL}
    assert {code: country_code(name) for code, name in names.items()} == {c: c for c in names}
    upper = {code: str(icu.UnicodeString(name).toUpper(locale)) for code, name in names.items()}
    assert {code: country_code(name) for code, name in upper.items()} == {c: c for c in names}


def test_every_country_is_read_by_its_codes() -> None:
    for code in OFFICIAL:
        alpha3 = "XKX" if code == "XK" else icu.Locale("", code).getISO3Country()
        assert (country_code(code), country_code(f" {code.lower()} ")) == (code, code)
        assert country_code(alpha3) == code, alpha3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("EL", "GR"),
        ("Etats-Unis", "US"),
        ("ABD", "US"),
        ("ОАЭ", "AE"),
        ("BAE", "AE"),
        ("Birlesik Arap Emirlikleri", "AE"),
        ("КНР", "CN"),
        ("Korea, Republic of", "KR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("THE NETHERLANDS", "NL"),
        ("U.S.A.", "US"),
        ("Fédération de Russie", "RU"),
        ("Кыргызская Республика", "KG"),
    ],
)
def test_usual_names_and_codes_are_read(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Delaware", "US"),
        ("England", "GB"),
        ("Dubai", "AE"),
        ("Northern Cyprus", "CY"),
        ("Abkhazia", "GE"),
        ("DG", "IO"),
        ("HKG", "HK"),
        ("Macau", "MO"),
        ("Taiwan", "TW"),
        ("Puerto Rico", "PR"),
        ("Kosovo", "XK"),
    ],
)
def test_a_part_of_a_country_is_its_country_unless_it_has_a_code_of_its_own(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("UA-43", ["UA-43", "ua-43", "Crimea", "Kırım", "Крым", "KIRIM", "Sevastopol", "Crimea (occupied)"]),
        ("UA-14", ["UA-14", "Donetsk", "ДНР", "Donetsk People's Republic"]),
        ("UA-09", ["UA-09", "Luhansk", "Lugansk", "ЛНР"]),
    ],
)
def test_occupied_parts_of_ukraine_keep_their_codes(code: str, names: list[str]) -> None:
    assert [country_code(name) for name in names] == [code] * len(names)
    assert "Occupied" in country_name(code)


@pytest.mark.parametrize(
    "text",
    ["", " ", "EU", "ZZ", "Global", "XX", "unknown", "N/A", "n.a.", "-", "Soviet Union", "SU", "AN"]
    + ["Netherlands Antilles", "Wakanda", "Kazakhstn", "T", "12", "United Nations"],
)
def test_what_is_no_country_has_no_code(text: str) -> None:
    assert country_code(text) is None


@given(st.text(max_size=12))
def test_any_text_gives_a_code_or_none(text: str) -> None:
    code = country_code(text)
    assert code is None or country_code(code) == code


def test_a_code_is_shown_by_its_english_name() -> None:
    assert [country_name(code) for code in ("KZ", "TR", "QQ")] == ["Kazakhstan", "Türkiye", "QQ"]


def test_a_slip_in_a_name_has_a_nearest_country() -> None:
    assert nearest_country("Kazakhstn") == "KZ"
    assert nearest_country("Germny") == "DE"
    assert nearest_country("xyzzyxyzzy") is None


def test_every_added_name_has_its_language_and_source_and_is_read() -> None:
    with countries._NAMES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] and row["language"] in {"en", "tr", "ru", "de", "fr"} for row in rows)
    assert [row["name"] for row in rows if country_code(row["name"]) != row["code"]] == []
