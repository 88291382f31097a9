"""What a piece weighs and costs, and what is out of the way for its code."""

import math
import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.enrich import fields_of
from screening.goods.nomenclature import known
from screening.goods.values import MIN_ROWS, UNIT, Bands, bands_of, bundled_bands
from screening.io.rates import NO_RATES
from screening.phrases import rows
from tests.told import LISTS, NOBODY, row

BALLS = "848210"


def figure(name: str, usd: float | None = None, bands: Bands | None = None, **cells: Any) -> Any:
    stated = row(value=usd, currency="USD", **cells)
    return fields_of(stated, frozenset({name}), NOBODY, LISTS, NO_RATES, bands)[name].item()


def book(code: str, values: list[float]) -> pl.DataFrame:
    return pl.DataFrame({"goods.hs6": code, "value.usd_per_kg": values, "value.usd_per_unit": values})


def test_a_piece_has_its_share_of_weight_and_value() -> None:
    cells: dict[str, Any] = {
        "hs_code": BALLS,
        "quantity": 200.0,
        "quantity_unit": "pcs",
        "net_weight_kg": 50.0,
    }
    assert figure("weight.kg_per_unit", **cells) == 0.25
    assert figure("value.usd_per_unit", 1000.0, **cells) == 5.0
    assert figure("value.usd_per_kg", 1000.0, **cells) == 20.0


@pytest.mark.parametrize(
    ("code", "weight", "told"),
    [("854231", 0.002, False), ("854231", 5.0, True), ("845710", 2.0, True), ("845710", 6000.0, False)]
    + [("853224", 0.00001, False), ("853224", 1.0, True), ("880621", 1.2, False), ("100199", 1.0, None)],
)
def test_a_piece_of_a_code_weighs_what_such_pieces_weigh(code: str, weight: float, told: bool | None) -> None:
    cells: dict[str, Any] = {
        "hs_code": code,
        "quantity": 10.0,
        "quantity_unit": "PCS",
        "net_weight_kg": weight * 10,
    }
    assert figure("weight.implausible", **cells) is told


@pytest.mark.parametrize(("quantity", "told"), [(100.0, False), (150.0, False), (450.0, True), (5.0, True)])
def test_a_quantity_in_kilograms_is_the_net_weight(quantity: float, told: bool) -> None:
    cells: dict[str, Any] = {
        "hs_code": "720852",
        "quantity": quantity,
        "quantity_unit": "kg",
        "net_weight_kg": 100.0,
    }
    assert figure("weight.implausible", **cells) is told


@pytest.mark.parametrize("absent", ["hs_code", "quantity", "net_weight_kg"])
def test_without_code_quantity_or_weight_a_piece_is_not_judged(absent: str) -> None:
    cells: dict[str, Any] = {"hs_code": BALLS, "quantity": 2.0, "quantity_unit": "pcs", "net_weight_kg": 5.0}
    assert figure("weight.implausible", **{**cells, absent: None}) is None


@pytest.mark.parametrize(
    ("usd", "told"), [(12.0, 0.0), (12 * math.exp(1.6), 2.0), (12 * math.exp(-2.4), -3.0)]
)
def test_a_deviation_counts_spreads_of_the_logarithm(usd: float, told: float) -> None:
    assert figure("value.kg_deviation", usd, hs_code=BALLS, net_weight_kg=1.0) == pytest.approx(told)


@pytest.mark.parametrize(("usd", "weight"), [(None, 1.0), (5.0, None), (0.0, 1.0), (5.0, 0.0), (-5.0, 1.0)])
def test_a_value_or_weight_that_is_nothing_has_no_deviation(usd: float | None, weight: float | None) -> None:
    assert figure("value.kg_deviation", usd, hs_code=BALLS, net_weight_kg=weight) is None


def test_a_code_of_no_chapter_has_no_band() -> None:
    assert figure("value.kg_deviation", 5.0, hs_code="990000", net_weight_kg=1.0) is None


def test_a_code_without_a_band_has_that_of_its_heading_and_else_of_its_chapter() -> None:
    bands = bundled_bands()
    assert "848240" in bands.centres[UNIT] and "848291" not in bands.centres[UNIT]
    assert figure("value.unit_deviation", 6.0, hs_code="848291", quantity=1.0) == pytest.approx(0.0)
    assert figure("value.unit_deviation", 150.0, hs_code="843710", quantity=1.0) == pytest.approx(0.0)


def test_a_learned_band_stands_before_the_bundled_one() -> None:
    bands = bands_of(book(BALLS, [100.0 * 1.01**step for step in range(MIN_ROWS)]))
    assert abs(figure("value.kg_deviation", 115.0, bands, hs_code=BALLS, net_weight_kg=1.0)) < 0.1
    assert figure("value.kg_deviation", 12.0, bands, hs_code="848220", net_weight_kg=1.0) > 0


def test_too_few_rows_teach_nothing() -> None:
    assert bands_of(book(BALLS, [100.0] * (MIN_ROWS - 1))) == bundled_bands()


def test_a_strange_price_among_many_moves_no_band() -> None:
    honest = [9.0 + step / 10 for step in range(60)]
    usual, odd = bands_of(book(BALLS, honest)), bands_of(book(BALLS, [*honest, 1e6, 1e6]))
    assert odd.centres["usd_per_kg"][BALLS] == pytest.approx(usual.centres["usd_per_kg"][BALLS], abs=0.05)


@given(st.lists(st.floats(0.01, 1e6), min_size=MIN_ROWS, max_size=60), st.randoms())
def test_the_order_of_rows_teaches_nothing(values: list[float], rng: random.Random) -> None:
    mixed = list(values)
    rng.shuffle(mixed)
    assert bands_of(book(BALLS, values)) == bands_of(book(BALLS, mixed))


@pytest.mark.parametrize("name", ["value_bands.csv", "weight_bounds.csv"])
def test_every_bound_is_of_a_code_that_was_or_is_and_names_its_source(name: str) -> None:
    from screening.goods import measures

    dropped = {line["hs2017"] for line in rows(_beside(measures, "renumbered.csv"))}
    for line in rows(_beside(measures, name)):
        code = line["code"]
        assert known(code) or code in dropped or len(code) < 6, line
        assert line["source"] and line["verified"] in {"yes", "no"}


def _beside(module: Any, name: str) -> Any:
    from pathlib import Path

    return Path(module.__file__).with_name(name)
