"""Which facts can be true of one shipment together."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.engine.reference import clause_test
from screening.ruleset.clauses import Clause, read_clause
from screening.ruleset.consistency import consistent
from screening.ruleset.literals import Literal, literal
from screening.watchlists.lists import ListCatalogue

Stated = tuple[str, str, Any]
NO_LISTS = ListCatalogue({}, {}, (), "")


def clause(stated: Stated) -> Clause:
    field, operator, operand = stated
    return read_clause("c", {"field": field, operator: operand})


def together(*true: Stated, false: tuple[Stated, ...] = ()) -> bool:
    facts = [*(literal(clause(c), True) for c in true), *(literal(clause(c), False) for c in false)]
    return consistent(facts)


@pytest.mark.parametrize(
    ("one", "opposite"),
    [
        (("value.usd", "below", "5"), ("value.usd", "at_least", "5")),
        (("value.usd", "above", "5"), ("value.usd", "at_most", "5")),
        (("consignee.country", "in", ["KZ"]), ("consignee.country", "not_in", ["KZ"])),
        (("consignee.country", "is", "KZ"), ("consignee.country", "not_in", ["KZ"])),
        (
            ("goods.hs6", "in_list", "goods/chpl"),
            ("goods.hs6", "not_in_list", "goods/chpl"),
        ),
        (("shipment.date", "after", "2024-01-01"), ("shipment.date", "on_or_before", "2024-01-01")),
        (("end_user.key", "same_as", "consignee.key"), ("consignee.key", "differs_from", "end_user.key")),
        (
            ("consignee.registered_on", "after", "shipment.date"),
            ("shipment.date", "on_or_after", "consignee.registered_on"),
        ),
        (("consignee.is_bank", "is", "true"), ("consignee.is_bank", "is", "false")),
        (("goods.eccn", "known", "true"), ("goods.eccn", "known", "false")),
    ],
)
def test_opposites_are_one_fact_in_two_words(one: Stated, opposite: Stated) -> None:
    assert literal(clause(one), True) == literal(clause(opposite), False)
    assert not together(one, opposite)


CONTRADICTIONS: list[tuple[Stated, ...]] = [
    (("consignee.country", "in", ["KZ", "AZ"]), ("consignee.country", "in", ["RU"])),
    (("consignee.country", "in", ["KZ", "AZ"]), ("consignee.country", "not_in", ["AZ", "KZ", "RU"])),
    (("value.usd", "above", "5"), ("value.usd", "below", "5")),
    (("value.usd", "at_least", "5"), ("value.usd", "below", "5")),
    (("value.usd", "is", "5"), ("value.usd", "above", "5")),
    (("value.usd", "below", "0"),),
    (("consignee.match.score", "at_least", "85"),),
    (("goods.chpl_tier", "is", "3"),),
    (("goods.chpl_tier", "not_in", ["1", "2", "3.A", "3.B", "4.A", "4.B", "none"]),),
    (("goods.hs2", "is", "8542"),),
    (("goods.hs2", "is", "84"), ("goods.hs6", "is", "854231")),
    (("goods.hs4", "is", "8541"), ("goods.hs6", "in", ["854231", "854232"])),
    (("shipment.date", "after", "2024-01-01"), ("shipment.date", "before", "2024-01-02")),
    (("consignee.registered_on", "after", "shipment.date"), ("consignee.days_registered", "above", "0")),
    (
        ("consignee.registered_on", "after", "2024-01-01"),
        ("shipment.date", "before", "2024-01-10"),
        ("consignee.days_registered", "at_least", "9"),
    ),
    (("route.transit_countries", "in", ["RU"]), ("route.transit_countries", "not_in", ["RU", "BY"])),
    (("consignee.name", "known", "false"), ("consignee.is_bank", "is", "true")),
    (("goods.declared_end_use", "known", "false"), ("goods.declared_end_use", "is", "resale")),
    (("payer.country", "known", "false"), ("consignee.country", "differs_from", "payer.country")),
    (
        ("payer.country", "same_as", "consignee.country"),
        ("payer.country", "is", "RU"),
        ("consignee.country", "is", "KZ"),
    ),
    (
        ("payer.country", "differs_from", "consignee.country"),
        ("payer.country", "is", "KZ"),
        ("consignee.country", "is", "KZ"),
    ),
    (
        ("payer.country", "same_as", "consignee.country"),
        ("consignee.country", "same_as", "exporter.country"),
        ("payer.country", "differs_from", "exporter.country"),
    ),
]


@pytest.mark.parametrize("facts", CONTRADICTIONS, ids=str)
def test_a_contradiction_is_seen(facts: tuple[Stated, ...]) -> None:
    assert not together(*facts)


@pytest.mark.parametrize("facts", [facts for facts in CONTRADICTIONS if len(facts) > 1], ids=str)
def test_without_one_of_its_facts_a_contradiction_is_none(facts: tuple[Stated, ...]) -> None:
    assert any(together(*(fact for fact in facts if fact is not left_out)) for left_out in facts)


POSSIBLE: list[tuple[Stated, ...]] = [
    (("route.transit_countries", "in", ["RU"]), ("route.transit_countries", "in", ["BY"])),
    (("consignee.name", "known", "false"), ("consignee.country", "is", "KZ")),
    (("value.usd", "at_least", "5"), ("value.usd", "at_most", "5")),
    (("shipment.date", "on_or_after", "2024-01-01"), ("shipment.date", "on_or_before", "2024-01-01")),
    (("consignee.days_registered", "below", "0"), ("consignee.registered_on", "after", "shipment.date")),
    (("goods.hs2", "is", "85"), ("goods.hs4", "is", "8542"), ("goods.hs6", "is", "854231")),
    (("goods.chpl_tier", "not_in", ["none"]), ("goods.hs6", "in_list", "goods/articles")),
]


@pytest.mark.parametrize("facts", POSSIBLE, ids=str)
def test_what_can_be_is_not_called_a_contradiction(facts: tuple[Stated, ...]) -> None:
    assert together(*facts)


COUNTRIES = ("KZ", "AZ", "RU")
DAY = date(2024, 1, 1)
days = st.integers(-3, 3).map(lambda n: DAY + timedelta(days=n))
shipments = st.fixed_dictionaries(
    {
        "consignee.country": st.sampled_from([*COUNTRIES, None]),
        "payer.country": st.sampled_from([*COUNTRIES, None]),
        "goods.chpl_tier": st.sampled_from(["1", "2", "none", None]),
        "value.usd": st.sampled_from([0.0, 1.0, 2.0, None]),
        "shipment.date": days | st.none(),
        "consignee.registered_on": days | st.none(),
        "route.transit_countries": st.lists(st.sampled_from(COUNTRIES), unique=True),
        "goods.eccn": st.sampled_from(["ear99", None]),
    }
)
country_sets = st.lists(st.sampled_from(COUNTRIES), min_size=1, unique=True)
iso_days = days.map(date.isoformat)
_DATE_OPERATORS = ["after", "before", "on_or_after", "on_or_before"]


def _stated(field: str, operators: list[str], operands: st.SearchStrategy[Any]) -> st.SearchStrategy[Stated]:
    return st.tuples(st.just(field), st.sampled_from(operators), operands)


clauses = st.one_of(
    _stated("consignee.country", ["in", "not_in"], country_sets),
    _stated("consignee.country", ["same_as", "differs_from"], st.just("payer.country")),
    _stated("payer.country", ["in", "not_in"], country_sets),
    _stated("route.transit_countries", ["in", "not_in"], country_sets),
    _stated("goods.chpl_tier", ["is"], st.sampled_from(["1", "2", "none"])),
    _stated(
        "value.usd", ["is", "at_least", "at_most", "above", "below"], st.sampled_from(["0", "0.5", "1", "2"])
    ),
    _stated("shipment.date", _DATE_OPERATORS, iso_days),
    _stated("consignee.registered_on", _DATE_OPERATORS, iso_days | st.just("shipment.date")),
    _stated(
        "consignee.days_registered", ["at_least", "at_most", "above", "below", "is"], st.sampled_from("0123")
    ),
    _stated("goods.eccn", ["known"], st.sampled_from(["true", "false"])),
    _stated("consignee.country", ["known"], st.sampled_from(["true", "false"])),
)


def _age(values: dict[str, Any]) -> float | None:
    first, day = values["consignee.registered_on"], values["shipment.date"]
    return None if first is None or day is None else float((day - first).days)


@given(shipments, st.lists(clauses, max_size=8))
def test_facts_of_one_shipment_never_contradict_each_other(
    values: dict[str, Any], stated: list[Stated]
) -> None:
    whole = {**values, "consignee.days_registered": _age(values)}
    truths = [(c, clause_test(c, NO_LISTS)(whole)) for c in map(clause, stated)]
    assert consistent(literal(c, truth) for c, truth in truths if truth is not None)


@given(clauses, st.booleans())
def test_the_opposite_of_the_opposite_is_the_fact(stated: Stated, truth: bool) -> None:
    fact: Literal = literal(clause(stated), truth)
    assert fact.opposite.opposite == fact != fact.opposite
