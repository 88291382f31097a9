import re

import pytest

from screening.enrich import fields_of
from screening.fields import FIELDS, FieldType
from screening.io.memory import shipment_batch
from screening.io.rates import NO_RATES
from screening.parties import PartyMatcher
from screening.ruleset.clauses import OPERATORS
from screening.shipment import COLUMNS, ROLES, Shipment
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList

NOT_IN_RULES = {"shipment_id", "line_number"}
"""Columns that say which shipment it is, and nothing of it."""
DTYPES = {
    FieldType.TEXT: "String",
    FieldType.NUMBER: "Float64",
    FieldType.BOOLEAN: "Boolean",
    FieldType.DATE: "Date",
    FieldType.COUNTRY: "String",
    FieldType.COUNTRIES: "List(String)",
    FieldType.HS6: "String",
}


def test_every_field_comes_from_columns_of_the_contract() -> None:
    assert {column for field in FIELDS.values() for column in field.columns} <= COLUMNS.keys()


def test_every_column_that_says_something_is_in_a_field() -> None:
    used = {column for field in FIELDS.values() for column in field.columns}
    assert COLUMNS.keys() - used == NOT_IN_RULES


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_has_a_name_a_meaning_and_comparisons(name: str) -> None:
    field = FIELDS[name]
    assert field.name == name and re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", name)
    assert field.meaning and field.meaning[0].islower() and not field.meaning.endswith(".")
    assert OPERATORS[field.type]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_name_a_key_and_its_matches(role: str) -> None:
    for attribute in (
        "name",
        "key",
        "identifier",
        "is_bank",
        "is_forwarder",
        "match.score",
        "later_match.score",
    ):
        assert f"{role}.{attribute}" in FIELDS


def test_a_field_is_missing_from_a_file_without_one_of_its_groups() -> None:
    field = FIELDS["consignee.days_registered"]
    assert field.missing_from(frozenset({"shipment_date"}))
    assert not field.missing_from(frozenset({"shipment_date", "consignee_registered_on"}))


def test_one_column_of_a_group_is_enough() -> None:
    field = FIELDS["destination.country"]
    assert not field.missing_from(frozenset({"consignee_country"}))
    assert field.missing_from(frozenset({"exporter_country"}))


def test_a_party_can_be_found_by_its_number_alone() -> None:
    assert not FIELDS["vessel.match.score"].missing_from(frozenset({"vessel_imo"}))
    assert FIELDS["vessel.match.score"].missing_from(frozenset({"consignee_name"}))


def test_every_field_of_a_shipment_that_says_nothing_is_unknown_and_typed() -> None:
    lists, parties = ListCatalogue.load(), PartyList([])
    rows = shipment_batch([Shipment()]).typed
    fields = fields_of(rows, frozenset(FIELDS), PartyMatcher(parties).matches(rows), lists, NO_RATES)
    assert {name: str(dtype) for name, dtype in fields.schema.items()} == {
        name: DTYPES[field.type] for name, field in FIELDS.items()
    }
    assert all(value is None for value in fields.row(0))
