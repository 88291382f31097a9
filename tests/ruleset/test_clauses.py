"""What a clause may say: the comparisons of each type, and the value in the type of its field."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.fields import FIELDS, FieldType
from screening.ruleset.clauses import OPERATORS, ClauseError, Operator, OtherField, read_clause


def operand(field: str, operator: str, stated: Any) -> Any:
    return read_clause("c", {"field": field, operator: stated}).operand


def refusal(field: str, operator: str, stated: Any) -> str:
    with pytest.raises(ClauseError) as caught:
        operand(field, operator, stated)
    return str(caught.value)


@pytest.mark.parametrize(
    ("field", "operator", "stated", "value"),
    [
        ("consignee.country", "is", "NO", "NO"),
        ("consignee.country", "in", ["kz", "AZ", "KZ"], ("AZ", "KZ")),
        ("goods.hs6", "is", "010121", "010121"),
        ("goods.chpl_tier", "in", ["3.A", "1"], ("1", "3.a")),
        ("value.usd", "at_least", "5", 5.0),
        ("consignee.days_registered", "below", "-1.5", -1.5),
        ("consignee.registered_on", "after", "2022-02-24", date(2022, 2, 24)),
        ("consignee.registered_on", "after", "shipment.date", OtherField("shipment.date")),
        ("consignee.is_bank", "is", "false", False),
        ("consignee.country", "known", "true", True),
        ("end_user.key", "same_as", "consignee.key", OtherField("consignee.key")),
        ("goods.hs6", "in_list", "goods/chpl", "goods/chpl"),
        ("any_party.country", "not_in_list", "countries/transit", "countries/transit"),
        ("destination.country", "in", ["UA-43"], ("UA-43",)),
    ],
)
def test_a_value_is_read_in_the_type_of_its_field(field: str, operator: str, stated: Any, value: Any) -> None:
    assert operand(field, operator, stated) == value


@pytest.mark.parametrize(
    ("field", "operator", "stated", "told"),
    [
        ("consignee.country", "is", "UK", "did you mean GB"),
        ("consignee.country", "in", ["Kazakhstan"], "did you mean KZ"),
        ("consignee.country", "in", "KZ", "needs a list"),
        ("consignee.country", "in", [], "needs a list"),
        ("consignee.country", "is", ["KZ"], "needs one value"),
        ("goods.hs6", "is", "8542", "no HS code of six digits"),
        ("goods.hs6", "in_list", "countries/transit", "looked up in a list of goods"),
        ("value.usd", "at_least", "much", "is no number"),
        ("value.usd", "at_least", "nan", "is no number"),
        ("value.usd", "at_least", "1,000", "is no number"),
        ("consignee.registered_on", "after", "24.02.2022", "no such field"),
        ("consignee.registered_on", "after", "today", "is no date"),
        ("consignee.is_bank", "is", "yes", "neither true nor false"),
        ("goods.eccn", "is", " ", "no value"),
        ("end_user.key", "same_as", "consignee.country", "can't be compared"),
        ("consignee.country", "at_least", "5", "no comparison"),
        ("consignee.country", "in_lst", "countries/transit", "did you mean in_list?"),
    ],
)
def test_another_value_is_refused_in_words(field: str, operator: str, stated: Any, told: str) -> None:
    assert told in refusal(field, operator, stated)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("goods.hs", "goods.hs6"),
        ("consignee.contry", "consignee.country"),
        ("destination", "destination.country"),
    ],
)
def test_an_unknown_field_is_told_with_the_nearest_one(wrong: str, right: str) -> None:
    assert refusal(wrong, "known", "true") == f"{wrong}: no such field; did you mean {right}?"


@pytest.mark.parametrize("stated", ["text", [], {}, {"field": ["goods.hs6"]}, {"known": "true"}])
def test_what_is_no_clause_is_told_what_one_needs(stated: object) -> None:
    with pytest.raises(ClauseError, match="needs a field, one comparison"):
        read_clause("c", stated)


@pytest.mark.parametrize("more", [{}, {"is": "KZ", "known": "true"}])
def test_a_clause_has_exactly_one_comparison(more: dict[str, str]) -> None:
    with pytest.raises(ClauseError, match="exactly one comparison"):
        read_clause("c", {"field": "consignee.country", **more})


@given(st.sampled_from(sorted(FIELDS)), st.sampled_from(sorted(Operator)))
def test_a_comparison_that_the_type_lacks_is_always_refused(field: str, operator: Operator) -> None:
    if operator not in OPERATORS[FIELDS[field].type]:
        assert f"`{operator}` is no comparison for {field}" in refusal(field, operator, "1")


@given(st.sampled_from(sorted(FIELDS)), st.sampled_from(sorted(Operator)), st.text() | st.lists(st.text()))
def test_any_operand_is_read_or_refused(field: str, operator: str, stated: object) -> None:
    try:
        read_clause("c", {"field": field, operator: stated})
    except ClauseError as error:
        assert str(error)


def test_clauses_of_one_meaning_have_one_key_whatever_their_names() -> None:
    one = read_clause("a", {"field": "consignee.country", "in": ["KZ", "AZ"], "say": "one"})
    other = read_clause("b", {"field": "consignee.country", "in": ["AZ", "kz"], "say": "other"})
    assert one.key == other.key


def test_a_clause_reads_its_field_and_the_one_that_it_is_compared_with() -> None:
    clause = read_clause("c", {"field": "end_user.key", "same_as": "consignee.key"})
    assert [field.name for field in clause.fields] == ["end_user.key", "consignee.key"]


def test_every_type_of_field_can_be_asked_whether_it_is_known() -> None:
    assert all(Operator.KNOWN in OPERATORS[kind] for kind in FieldType)
