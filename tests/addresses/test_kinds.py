"""What kind of place an address is by its words; offices, plants and Gulf boxes are none of them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.addresses.kinds import (
    address_countries,
    address_keys,
    mail_drop,
    residential,
)
from tests.told import told as field


def texts(*cells: str | None) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ul. Abaya 12, kv. 34, Almaty", True),
        ("г. Бишкек, ул. Чуй, д. 12, кв. 5", True),
        ("Ihlamur Sk. No: 12 Daire 4, Ümraniye, İstanbul", True),
        ("12 Garden Road, Apartment 5, Tbilisi", True),
        ("Atatürk Caddesi 99, office 4, İzmir, apt. 89", True),
        ("г. Бишкек, ул. Чуй, д. 12, офис 5", False),
        ("Flat A, 10/F, Wing Fat Industrial Building, Kwun Tong, Hong Kong", False),
        ("Güneş İş Merkezi Kat 4 Daire 12, Şişli, İstanbul", False),
        ("Organize Sanayi Bölgesi 5. Cadde No: 12, Bursa", False),
        (None, None),
    ],
)
def test_a_home_is_told_by_its_words(address: str | None, told: bool | None) -> None:
    assert field("consignee.address.residential", consignee_address=address) is told


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("PO Box 3321, Road Town, Tortola, British Virgin Islands", True),
        ("c/o Corporate Registrars, 1 Main Street, Victoria", True),
        ("Regus, 14th floor, Baku", True),
        ("Flexi Desk 22, Business Bay, Dubai", True),
        ("Sanal Ofis, Levent, İstanbul", True),
        ("P.O. Box 17000, Dubai, UAE", False),
        ("P.O. Box 55, 12 High Street, London, UK", False),
        ("12 High Street, London, UK", False),
        (None, None),
    ],
)
def test_a_mail_drop_has_a_box_and_no_street(address: str | None, told: bool | None) -> None:
    assert field("consignee.address.mail_drop", consignee_address=address) is told


@pytest.mark.parametrize(
    ("address", "name", "told"),
    [
        ("Jebel Ali Free Zone, Dubai", None, True),
        ("Mersin Serbest Bölgesi 5. Cadde", None, True),
        ("СЭЗ Хоргос, Казахстан", None, True),
        ("Sheikh Zayed Road, Dubai", "Gulf Chips FZE", True),
        (None, "Gulf Chips FZCO", True),
        ("Sheikh Zayed Road, Dubai", "Gulf Chips LLC", False),
        (None, "Gulf Chips LLC", False),
        (None, None, None),
    ],
)
def test_a_free_zone_is_told_by_address_or_name(
    address: str | None, name: str | None, told: bool | None
) -> None:
    found = field("consignee.address.free_zone", consignee_address=address, consignee_name=name)
    assert found is told


def key(address: str, country: str | None = None) -> str | None:
    found: str | None = field("consignee.address.key", consignee_address=address, consignee_country=country)
    return found


def test_an_address_has_one_key_under_its_spellings() -> None:
    assert key("ul. Abaya, d. 12, kv. 34, Almaty", "KZ") == key("ABAYA STR. 12 apt. 34, ALMATY, Kazakhstan")
    assert key("ul. Abaya, d. 12, kv. 34, Almaty", "KZ") != key("ul. Abaya, d. 12, kv. 35, Almaty", "KZ")


def test_a_town_alone_has_no_key() -> None:
    assert key("Almaty, Kazakhstan") is None


@pytest.mark.parametrize(
    ("address", "country", "told"),
    [
        ("Tverskaya 12, Moscow, Russia", "KZ", True),
        ("Tverskaya 12, Moscow, Russia", "RU", False),
        ("Nathan Road 12, Kowloon, Hong Kong", "HK", False),
        ("ul. Lenina 143, 630099 Novosibirsk", "UZ", True),
        ("ул. Ленина 143, г. Новосибирск", "KG", True),
        ("ul. Lenina 143, 720000 Bishkek", "KG", False),
        ("Moscow Street 12, Karakol Building", "KG", False),
        ("Tverskaya 12", "KZ", False),
        ("Tverskaya 12, Moscow, Russia", None, None),
    ],
)
def test_an_address_is_elsewhere_where_it_names_another_country(
    address: str, country: str | None, told: bool | None
) -> None:
    found = field("consignee.address.elsewhere", consignee_address=address, consignee_country=country)
    assert found is told


@given(st.text())
def test_any_text_is_read_without_a_fault(address: str) -> None:
    cells = texts(address)
    assert residential(cells).item() in (True, False)
    assert mail_drop(cells).item() in (True, False)
    assert address_countries(cells).len() == address_keys(cells).len() == 1
