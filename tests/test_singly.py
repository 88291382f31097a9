"""What is told of a single row by its values is what the expressions tell."""

import math
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.abreast import FEW
from screening.enrich import Enrichment
from screening.field_step import Answers, FieldStep
from screening.goods.measures import FIGURES_SINGLY
from screening.io.memory import shipment_batch
from screening.io.rates import Rates
from screening.shipment import Shipment
from screening.singly import quotient, where_ascii, where_known
from tests.shipments import WORDS
from tests.told import ENRICHMENT, LISTS, NOBODY

RATES = Rates(
    pl.DataFrame({"date": [date(2022, 3, 1), date(2024, 1, 1)], "currency": "EUR", "usd": [1.1, 1.2]})
)
MORE = {
    "value": ("1000", "0", ""),
    "currency": ("USD", "eur", "KZT", ""),
    "quantity": ("10", "0.5", "200", ""),
    "quantity_unit": ("pcs", "kg", "boxes", "--", ""),
    "net_weight_kg": ("10", "0.001", "0", ""),
    "gross_weight_kg": ("11", "9", ""),
    "hs_code": ("854231", "880330", "854140", "950300", "999999", ""),
    "goods_description": ("FPGA processors", "ball bearings", "parts", "toys", ""),
    "port_of_loading": ("DEHAM", "CNURC", "CZPRG", ""),
    "transport_mode": ("sea", "air", "rail", "truck", "post", ""),
    "country_of_destination": ("KG", "RU", "HK", ""),
    "consignee_name": ("Bakery Ak Nan", "Azu International", ""),
    "exporter_address": ("12 Main Street, Berlin", "Unit 5, Hong Kong", ""),
    "consignee_address": ("12 Main Street, Berlin", "PO Box 7, Dubai", "somewhere", ""),
    "exporter_email": ("info@firm.com", "x@gmail.com", ""),
    "end_user_website": ("firm.com", "other.com", ""),
    "invoice_number": ("INV-1/24", "---", "Счёт 12", ""),
    "container_number": ("MSCU1234567, TGHU7654321", "none", "7", ""),
    "declared_end_use": ("bakery", "school", ""),
}
CELLS = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in (WORDS | MORE).items()})
AMOUNTS = st.one_of(st.none(), st.floats(0, 1e9), st.sampled_from([0.0, 1.0, 5e-324]))
ROOTS = sorted({root for singly in FIGURES_SINGLY.values() for root in singly.roots})
FACTS = st.fixed_dictionaries(
    {root: st.one_of(st.none(), st.booleans()) if root.endswith("unstated") else AMOUNTS for root in ROOTS}
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=6))
def test_a_single_row_has_the_fields_that_it_has_among_many(rows: list[dict[str, str]]) -> None:
    enrichment, wanted = Enrichment(LISTS, RATES), frozenset(ENRICHMENT.singly)
    together = shipment_batch([Shipment(**row) for row in rows * FEW]).typed
    alone = [enrichment.of(together[at : at + 1], wanted, NOBODY) for at in range(len(rows))]
    assert pl.concat(alone).equals(enrichment.of(together, wanted, NOBODY)[: len(rows)])


@settings(max_examples=30, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=6))
def test_a_few_rows_have_the_fields_that_they_have_among_many(rows: list[dict[str, str]]) -> None:
    enrichment, wanted = Enrichment(LISTS, RATES), frozenset(ENRICHMENT.formulas)
    together = shipment_batch([Shipment(**row) for row in rows * FEW]).typed
    few = enrichment.of(together[: len(rows)], wanted, NOBODY)
    assert few.equals(enrichment.of(together, wanted, NOBODY)[: len(rows)])


@settings(max_examples=60, deadline=None)
@given(st.lists(FACTS, min_size=2, max_size=6))
def test_figures_are_the_same_to_the_last_digit(rows: list[dict[str, Any]]) -> None:
    types = {root: pl.Boolean() if root.endswith("unstated") else pl.Float64() for root in ROOTS}
    formulas = {name: ENRICHMENT.formulas[name] for name in FIGURES_SINGLY}
    frame, step = pl.DataFrame(rows, types), FieldStep(formulas, Answers(), FIGURES_SINGLY)
    alone = [pl.DataFrame(step.of(frame.slice(at, 1))) for at in range(frame.height)]
    assert pl.concat(alone).equals(frame.select(e.alias(name) for name, e in formulas.items()))


@pytest.mark.parametrize("name", sorted(ENRICHMENT.singly))
def test_a_field_of_a_single_row_follows_from_what_its_expression_follows_from(name: str) -> None:
    assert {*ENRICHMENT.singly[name].roots} == {*ENRICHMENT.formulas[name].meta.root_names()}


def test_what_is_not_known_leaves_unknown_what_follows() -> None:
    added = where_known(lambda one, other: one + other)
    assert (added(1, 2), added(None, 2), added(1, None)) == (3, None, None)


def test_a_text_in_other_letters_is_left_to_its_expression() -> None:
    length = where_ascii(len)
    assert (length("abc"), length(None), length("\u0441")) == (3, None, NotImplemented)


def test_a_quotient_is_as_columns_have_it() -> None:
    assert (quotient(1.0, 4.0), quotient(1.0, 0.0), quotient(None, 1.0)) == (0.25, math.inf, None)
    assert math.isnan(quotient(0.0, 0.0) or 0.0)
