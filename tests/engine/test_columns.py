"""Rules over columns say what the reference says of one shipment at a time."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from screening import Screener
from screening.abreast import FEW
from screening.engine import reference
from screening.engine.columns import MatchPlan
from screening.enrich import fields_of
from screening.fields import FIELDS, FieldType
from screening.io.memory import shipment_batch
from screening.io.rates import NO_RATES
from screening.parties import PartyMatcher
from screening.ruleset.clauses import OPERATORS, Operator
from screening.ruleset.conditions import clause_names, parse_condition
from screening.ruleset.rule import MatchRule
from screening.shipment import COLUMNS, Shipment
from screening.watchlists.lists import ListCatalogue
from tests.rulebook import match_rule

LISTS = ListCatalogue.load()
TYPES: dict[FieldType, Any] = {
    FieldType.TEXT: pl.String,
    FieldType.NUMBER: pl.Float64,
    FieldType.BOOLEAN: pl.Boolean,
    FieldType.DATE: pl.Date,
    FieldType.COUNTRY: pl.String,
    FieldType.COUNTRIES: pl.List(pl.String),
    FieldType.HS6: pl.String,
}
USED = [
    "goods.hs6",
    "goods.chpl_tier",
    "goods.described_as",
    "goods.description_vague",
    "weight.net_kg",
    "value.usd",
    "shipment.date",
    "consignee.registered_on",
    "end_user.registered_on",
    "consignee.country",
    "destination.country",
    "export.country",
    "route.transit_countries",
    "any_party.country",
    "consignee.key",
    "payer.key",
    "consignee.match.score",
]
TURNS = sorted(
    {
        day + timedelta(days=shift)
        for name in LISTS.names
        for standing in LISTS.standings(name)
        for day in (standing.first, standing.last)
        if day
        for shift in (-1, 0, 1)
    }
)
"""The day before, of and after every change of a list."""
COUNTRIES = ("RU", "BY", "KZ", "AM", "AZ", "TR", "DE", "US", "UA-43", "ZA")
CODES = ("854231", "854232", "847150", "901310", "851762", "610910", "010121")
TEXTS = ("none", "1", "3.A", "processors", "ALTYN dala", "Altyn Dala", "İzmir", "ΣΊΣΥΦΟΣ")
NUMBERS = (0.0, 0.84, 0.85, 0.95, 1.0, 30.0, 1000.5)
VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: st.sampled_from(TEXTS),
    FieldType.NUMBER: st.sampled_from(NUMBERS),
    FieldType.BOOLEAN: st.booleans(),
    FieldType.DATE: st.sampled_from(TURNS),
    FieldType.COUNTRY: st.sampled_from(COUNTRIES),
    FieldType.COUNTRIES: st.lists(st.sampled_from(COUNTRIES), max_size=3),
    FieldType.HS6: st.sampled_from(CODES),
}
CONDITIONS = ("a", "not a", "a and b", "a or b", "a and not b", "not (a or b) or c", "a and (b or not c)")


def stated(field: str, operator: Operator) -> st.SearchStrategy[object]:
    """What a rule file may write after the operator: text, or a list of texts."""
    kind = FIELDS[field].type
    one = VALUES[kind] if kind is not FieldType.COUNTRIES else VALUES[FieldType.COUNTRY]
    match operator:
        case Operator.KNOWN:
            return st.sampled_from(["true", "false"])
        case Operator.IN | Operator.NOT_IN:
            return st.lists(one, min_size=1, max_size=3)
        case Operator.IN_LIST | Operator.NOT_IN_LIST:
            return st.sampled_from(sorted(LISTS.goods if kind is FieldType.HS6 else LISTS.countries))
        case Operator.SAME_AS | Operator.DIFFERS_FROM:
            return st.sampled_from([name for name in USED if FIELDS[name].type is kind])
    if kind is FieldType.DATE:
        others = [name for name in USED if FIELDS[name].type is kind]
        return st.one_of(one.map(str), st.sampled_from(others))
    return one.map(lambda value: str(value).lower() if isinstance(value, bool) else str(value))


@st.composite
def clauses(draw: st.DrawFn) -> dict[str, object]:
    field = draw(st.sampled_from(USED))
    operator = draw(st.sampled_from(sorted(OPERATORS[FIELDS[field].type])))
    return {"field": field, operator.value: draw(stated(field, operator))}


@st.composite
def rules(draw: st.DrawFn) -> MatchRule:
    condition = draw(st.sampled_from(CONDITIONS))
    names = sorted(set(clause_names(parse_condition(condition))))
    days = st.none() | st.sampled_from(TURNS)
    when = {name: draw(clauses()) for name in names}
    return match_rule("GDS-001", when, condition, valid_from=draw(days), valid_until=draw(days))


def values() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: st.none() | VALUES[FIELDS[name].type] for name in USED})


def columns(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: TYPES[FIELDS[name].type] for name in USED}, orient="row")


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(rules(), st.lists(values(), min_size=0, max_size=12))
def test_columns_and_reference_agree(rule: MatchRule, rows: list[dict[str, Any]]) -> None:
    expected = [reference.rule_truth(rule, row, LISTS) for row in rows]
    assert MatchPlan([rule], LISTS).by_columns(columns(rows)).rules[rule.id].to_list() == expected


PAIRS = sorted((kind, operator) for kind, operators in OPERATORS.items() for operator in operators)


@pytest.mark.parametrize(("kind", "operator"), PAIRS)
@settings(max_examples=8)
@given(data=st.data())
def test_every_operator_of_every_type_agrees(
    kind: FieldType, operator: Operator, data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from([name for name in USED if FIELDS[name].type is kind]))
    clause = {"field": field, operator.value: data.draw(stated(field, operator))}
    rule = match_rule("GDS-001", {"a": clause})
    rows = data.draw(st.lists(values(), min_size=4, max_size=8))
    expected = [reference.rule_truth(rule, row, LISTS) for row in rows]
    assert MatchPlan([rule], LISTS).by_columns(columns(rows)).rules[rule.id].to_list() == expected


def names(draw: st.DrawFn, listed: list[str]) -> str | None:
    made_up = ["Ertis Line LLP", "Xezer Cargo Logistics MMC", "Demir Bank", "---"]
    return draw(st.none() | st.sampled_from([*listed, *made_up]))


@st.composite
def shipments(draw: st.DrawFn, listed: list[str]) -> Shipment:
    def one(*told: str) -> str | None:
        return draw(st.none() | st.sampled_from(told))

    countries = {
        f"{column}": one(*COUNTRIES)
        for column in COLUMNS
        if column.endswith("_country") or column.startswith("country_of_")
    }
    parties = {column: names(draw, listed) for column in COLUMNS if column.endswith("_name")}
    days = {c: draw(st.none() | st.sampled_from(TURNS)) for c in COLUMNS if c.endswith("registered_on")}
    return Shipment(
        **(countries | parties | days),  # type: ignore[arg-type]
        shipment_date=draw(st.none() | st.sampled_from(TURNS)),
        hs_code=one(*CODES),
        goods_description=one("FPGA processors", "spare parts", "cotton shirts"),
        declared_end_use=one("general use", "servers of a hospital"),
        eccn=one("3A001", "EAR99"),
        licence_number=one("L-1"),
        value=one("0", "100", "250000"),
        currency=one("USD", "EUR"),
        net_weight_kg=one("0", "1", "5000"),
        transit_countries=one("", "RU", "GE;AZ", "KZ;BY"),
        port_of_loading=one("TRIST", "DEHAM"),
        port_of_discharge=one("RUNVS", "GEPTI", "AEJEA"),
    )


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_bundled_rules_agree_over_shipments(screener: Screener, data: st.DataObject) -> None:
    listed = [screener.parties[number].name for number in range(0, len(screener.parties), 9)]
    batch = shipment_batch(data.draw(st.lists(shipments(listed), min_size=3, max_size=8)))
    rules = screener.ruleset.match_rules
    plan = MatchPlan(rules, screener.lists)
    matches = PartyMatcher(screener.parties).matches(batch.typed)
    fields = fields_of(batch.typed, plan.fields, matches, screener.lists, NO_RATES)
    truths, few = plan.by_columns(fields), plan.one_by_one(fields)
    assert_frame_equal(truths.clauses, few.clauses)
    assert_frame_equal(truths.rules, few.rules)


def test_an_empty_batch_has_no_truths() -> None:
    rule = match_rule("GDS-001", {"a": {"field": "goods.hs6", "in_list": "goods/chpl"}})
    plan = MatchPlan([rule], LISTS)
    assert_frame_equal(plan.evaluate(columns([])).rules, plan.by_columns(columns([])).rules)


@pytest.mark.parametrize("height", [1, FEW, FEW + 1])
def test_a_batch_of_any_size_is_judged_alike(height: int) -> None:
    rule = match_rule("GDS-001", {"a": {"field": "consignee.country", "is": "KZ"}}, valid_from=TURNS[0])
    countries = ["KZ", "DE", None] * FEW
    rows = [dict.fromkeys(USED) | {"consignee.country": country} for country in countries[:height]]
    told = MatchPlan([rule], LISTS).evaluate(columns(rows)).rules
    assert told.to_dict(as_series=False) == {
        "GDS-001": [True, False, None, *[True, False, None] * FEW][:height]
    }


@pytest.mark.parametrize("operator", ["is", "at_least", "above", "at_most", "below"])
def test_what_is_no_number_is_ordered_alike_by_both(operator: str) -> None:
    rule = match_rule("GDS-001", {"a": {"field": "weight.net_kg", operator: "1"}})
    odd = columns([dict.fromkeys(USED) | {"weight.net_kg": float("nan")}])
    plan = MatchPlan([rule], LISTS)
    assert_frame_equal(plan.by_columns(odd).rules, plan.one_by_one(odd).rules)


def test_clauses_that_test_the_same_are_evaluated_once() -> None:
    same = {"field": "consignee.country", "in": ["KZ", "AZ"]}
    turned = {"field": "consignee.country", "in": ["AZ", "KZ"], "say": "the buyer is in {value}"}
    rules = [match_rule("GDS-001", {"a": same}), match_rule("GDS-002", {"b": turned})]
    assert len(MatchPlan(rules, LISTS).columns) == 1


def truth_of(clause: Mapping[str, object], **told: Any) -> bool | None:
    """What one clause says of one shipment, by both ways, which agree."""
    rule = match_rule("GDS-001", {"a": clause})
    row = dict.fromkeys(USED) | {name.replace("__", "."): value for name, value in told.items()}
    found: bool | None = MatchPlan([rule], LISTS).evaluate(columns([row])).rules[rule.id].item()
    assert found == reference.rule_truth(rule, row, LISTS)
    return found


@pytest.mark.parametrize(
    ("clause", "value", "truth"),
    [
        ({"field": "value.usd", "at_least": "30"}, 30.0, True),
        ({"field": "value.usd", "above": "30"}, 30.0, False),
        ({"field": "value.usd", "at_most": "30"}, 30.0, True),
        ({"field": "value.usd", "below": "30"}, 30.0, False),
        ({"field": "value.usd", "known": "false"}, None, True),
        ({"field": "value.usd", "at_least": "0"}, None, None),
    ],
)
def test_bounds_are_what_they_say(
    clause: Mapping[str, object], value: float | None, truth: bool | None
) -> None:
    assert truth_of(clause, value__usd=value) is truth


@pytest.mark.parametrize(
    ("operator", "before", "on", "after"),
    [
        ("after", False, False, True),
        ("on_or_after", False, True, True),
        ("before", True, False, False),
        ("on_or_before", True, True, False),
    ],
)
def test_a_day_is_compared_with_a_day(operator: str, before: bool, on: bool, after: bool) -> None:
    clause = {"field": "consignee.registered_on", operator: "2022-02-24"}
    days = [date(2022, 2, 23), date(2022, 2, 24), date(2022, 2, 25)]
    assert [truth_of(clause, consignee__registered_on=day) for day in days] == [before, on, after]


def test_no_stated_country_on_the_way_is_known_and_in_no_list() -> None:
    clause = {"field": "route.transit_countries", "in_list": "countries/transit"}
    assert truth_of(clause, route__transit_countries=[]) is False
    assert truth_of(clause, route__transit_countries=None) is None
    outside = {"field": "route.transit_countries", "not_in": ["RU"]}
    assert truth_of(outside, route__transit_countries=[]) is True
