"""Where contact details point to, and whether buyer and seller give the same ones."""

from typing import Any

import pytest

from tests.told import told as field

HOUSE = "Atatürk Cad. No: 12, Kadıköy, İstanbul, Türkiye"


def connected(**columns: Any) -> bool | None:
    found: bool | None = field("buyer.connected", **columns)
    return found


def countries(**details: str) -> list[str] | None:
    """The countries to which the consignee's contact details point."""
    given = {f"consignee_{what}": text for what, text in details.items()}
    found: list[str] | None = field("consignee.contact_countries", **given)
    return found


def test_contact_details_point_to_each_country_once() -> None:
    assert countries(phone="+7 495 123 45 67", email="a@firm.ru", website="firm.kz") == ["RU", "KZ"]
    assert countries(name="Firm") is None


def test_details_that_point_nowhere_are_known_to_point_nowhere() -> None:
    assert countries(phone="0212 555 66 77") == []


@pytest.mark.parametrize(
    ("exporter", "consignee", "told"),
    [
        ({"phone": "+90 212 555 66 77"}, {"phone": "0212 555 66 77"}, True),
        ({"email": "sales@firm.com.tr"}, {"email": "office@firm.com.tr"}, True),
        ({"email": "a@gmail.com"}, {"email": "b@gmail.com"}, None),
        ({"address": HOUSE}, {"address": HOUSE.upper()}, True),
        ({"address": HOUSE}, {"address": HOUSE.replace("12", "14")}, False),
        ({"identifier": "TR 123-456"}, {"identifier": "TR123456"}, True),
        (
            {"phone": "+90 212 555 66 77", "email": "a@x.tr"},
            {"phone": "+996 312 1", "email": "a@y.kg"},
            False,
        ),
        ({"phone": "+90 212 555 66 77"}, {"email": "a@y.kg"}, None),
        ({}, {"phone": "+90 212 555 66 77"}, None),
    ],
)
def test_one_detail_of_both_connects_them(
    exporter: dict[str, str], consignee: dict[str, str], told: bool | None
) -> None:
    columns = {f"exporter_{what}": text for what, text in exporter.items()}
    columns |= {f"consignee_{what}": text for what, text in consignee.items()}
    assert connected(**columns) is told


def test_an_end_user_may_be_the_exporter_too() -> None:
    assert connected(exporter_website="https://firm.com", end_user_website="www.firm.com/en") is True
