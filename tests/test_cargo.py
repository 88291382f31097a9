"""The fields about goods come together from code, description, date, quantity, weight and value."""

from typing import Any

import polars as pl
import pytest

from screening.enrich import fields_of
from screening.goods.measures import FIGURES
from screening.goods.values import bands_of
from screening.io.memory import shipment_batch
from screening.io.rates import NO_RATES
from screening.shipment import Shipment
from tests.told import LISTS, NOBODY


def told(name: str, bands: Any = None, **columns: Any) -> Any:
    rows = shipment_batch([Shipment(**columns)]).typed
    return fields_of(rows, frozenset({name}), NOBODY, LISTS, NO_RATES, bands)[name].item()


@pytest.mark.parametrize(
    ("code", "tier"),
    [
        ("854231", "1"),
        ("854159", "3.A"),
        ("854150", "3.A"),
        ("880330", "3.B"),
        ("854890", "2"),
        ("852580", "3.A"),
    ]
    + [("854140", "none"), ("880320", "none"), ("950300", "none"), (None, None)],
)
def test_a_dropped_code_has_the_tier_of_the_code_that_plainly_holds_its_goods(
    code: str | None, tier: str | None
) -> None:
    assert told("goods.chpl_tier", hs_code=code, shipment_date="2024-05-01") == tier


def test_a_tier_is_that_of_the_shipments_date() -> None:
    assert told("goods.chpl_tier", hs_code="880330", shipment_date="2014-01-01") == "none"
    text = {"goods_description": "FPGA", "shipment_date": "2014-01-01"}
    assert told("goods.described_tier", **text) == "none"


@pytest.mark.parametrize(
    ("text", "tier"),
    [("FPGA XC7K325T", "1"), ("Microchips", "1"), ("ball bearings", "3.B"), ("Тепловизионные прицелы", "3.B")]
    + [("capacitors", "none"), ("cotton shirts", "none"), ("spare parts", "none"), (None, None)],
)
def test_words_alone_earn_a_tier_where_all_their_codes_have_it(text: str | None, tier: str | None) -> None:
    assert told("goods.described_tier", goods_description=text, shipment_date="2024-05-01") == tier


def test_the_class_and_the_code_of_2022_follow_from_the_code() -> None:
    assert told("goods.class", hs_code="8807.30.0000") == "aircraft_parts"
    assert told("goods.hs6_2022", hs_code="85415000") == told("goods.hs6_2022", hs_code="854151")


def test_the_key_of_a_text_is_the_same_in_another_order() -> None:
    first, second = (told("goods.text_key", goods_description=t) for t in ("Sights, rifle", "rifle sight"))
    assert first == second == "rifle sight"


def test_a_piece_is_held_against_the_bands_of_its_code() -> None:
    cells = {"hs_code": "848210", "quantity": "100", "quantity_unit": "pcs", "net_weight_kg": "20"}
    money = {"value": "1", "currency": "USD"}
    assert told("weight.kg_per_unit", **cells) == 0.2
    assert told("value.unit_deviation", **cells, **money) < -3
    assert told("value.kg_deviation", **cells, **money) < -5


def test_learned_bands_are_used_where_they_are_given() -> None:
    book = pl.DataFrame(
        {"goods.hs6": "848210", "value.usd_per_kg": [0.05] * 40, "value.usd_per_unit": [0.01] * 40}
    )
    cells = {"hs_code": "848210", "quantity": "100", "net_weight_kg": "20", "value": "1", "currency": "USD"}
    assert told("value.kg_deviation", bands_of(book), **cells) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", [n for n in FIGURES if n.startswith("value.")])
def test_another_currency_without_a_rate_leaves_values_unknown(name: str) -> None:
    cells = {"hs_code": "848210", "quantity": "1", "net_weight_kg": "1", "value": "1", "currency": "EUR"}
    assert told(name, **cells) is None


def test_rows_of_one_text_and_another_day_have_their_own_tiers() -> None:
    days = ["2014-01-01", "2024-01-01", None]
    rows = shipment_batch([Shipment(goods_description="FPGA", shipment_date=day) for day in days]).typed
    asked = frozenset({"goods.described_tier"})
    tiers = fields_of(rows, asked, NOBODY, LISTS, NO_RATES)["goods.described_tier"]
    assert tiers.to_list() == ["none", "1", "1"]
