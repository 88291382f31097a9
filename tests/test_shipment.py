from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from screening import InputError, Shipment
from screening.io.memory import shipment_batch
from screening.shipment import COLUMNS, ROLES, Kind, role_attributes


def typed(**columns: Any) -> dict[str, Any]:
    return shipment_batch([Shipment(**columns)]).typed.row(0, named=True)


def test_a_shipment_has_every_column_and_in_their_order() -> None:
    assert list(Shipment.model_fields) == list(COLUMNS)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_a_name_and_an_identifier(role: str) -> None:
    assert {"name", "identifier"} <= set(role_attributes(role))
    assert {f"{role}_{attribute}" for attribute in role_attributes(role)} <= COLUMNS.keys()


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_left_out_is_unknown(column: str) -> None:
    told = typed()[column]
    assert told == "shipment#1" if column == "shipment_id" else told is None


def test_values_may_be_given_as_python_has_them() -> None:
    told = typed(
        shipment_date=date(2024, 3, 15), value=Decimal("10.50"), quantity=3, net_weight_kg=0.5, line_number=2
    )
    assert (told["shipment_date"], told["value"], told["quantity"]) == (date(2024, 3, 15), 10.5, 3.0)
    assert (told["net_weight_kg"], told["line_number"]) == (0.5, 2)


@pytest.mark.parametrize("way", ["KZ;AZ", ["KZ", "AZ"], ["Казахстан", "Azerbaycan"]])
def test_countries_on_the_way_may_be_a_list(way: str | list[str]) -> None:
    assert typed(transit_countries=way)["transit_countries"] == ["KZ", "AZ"]


@pytest.mark.parametrize(("way", "told"), [("", []), ([], []), (None, None)])
def test_no_country_on_the_way_is_something_else_than_not_known(way: Any, told: list[str] | None) -> None:
    assert typed(transit_countries=way)["transit_countries"] == told


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("shipment_date", "13/25/2023", "date"),
        ("hs_code", "85.42", "HS"),
        ("consignee_country", "Wakanda", "country"),
        ("net_weight_kg", -1, "net_weight_kg"),
        ("value", "1,200.50", "value"),
        ("value", float("nan"), "value"),
        ("port_of_discharge", "Izmir", "port_of_discharge"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_name(column: str, value: Any, reason: str) -> None:
    with pytest.raises(InputError, match=rf"S7, {column}: .*") as refused:
        shipment_batch([Shipment(shipment_id="S7", **{column: value})])
    assert reason in str(refused.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError, match=r"hs_code.*consignee_country|consignee_country.*hs_code"):
        shipment_batch([Shipment(hs_code="abc"), Shipment(consignee_country="Wakanda")])


def test_a_column_that_we_do_not_know_is_carried_through() -> None:
    batch = shipment_batch([Shipment(colour="red"), Shipment()])  # type: ignore[call-arg]
    assert batch.cells["colour"].to_list() == ["red", None]
    assert "colour" not in batch.typed.columns


def test_a_shipment_does_not_change() -> None:
    with pytest.raises(ValidationError):
        Shipment().hs_code = "854231"


@settings(max_examples=25)
@given(
    st.sampled_from([c.name for c in COLUMNS.values() if c.kind is Kind.TEXT]),
    st.sampled_from(["", " ", "\t"]),
)
def test_blank_text_is_unknown(column: str, blank: str) -> None:
    assert typed(**{column: blank})[column] in (None, "shipment#1")
