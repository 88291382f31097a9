"""Where contact details point to, and whether buyer and seller give the same ones."""

from typing import Any

import polars as pl
import pytest

from screening.contacts.connected import buyer_connected, contact_countries
from screening.io.memory import shipment_batch
from screening.shipment import Shipment

HOUSE = "Atatürk Cad. No: 12, Kadıköy, İstanbul, Türkiye"


def connected(**columns: Any) -> bool | None:
    told = buyer_connected(shipment_batch([Shipment(**columns)]).typed).item()
    return None if told is None else bool(told)


def test_contact_details_point_to_each_country_once() -> None:
    phones, mails, sites = (
        pl.Series(cells, dtype=pl.String)
        for cells in (["+7 495 123 45 67", None], ["a@firm.ru", None], ["firm.kz", None])
    )
    assert contact_countries(phones, mails, sites).to_list() == [["RU", "KZ"], None]


def test_details_that_point_nowhere_are_known_to_point_nowhere() -> None:
    given, nothing = pl.Series(["0212 555 66 77"]), pl.Series([None], dtype=pl.String)
    assert contact_countries(given, nothing, nothing).to_list() == [[]]


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
