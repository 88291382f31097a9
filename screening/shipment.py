"""What a row of a shipment file means: its columns and the parties that stand on it.

The columns are the contract's; outsiders rely on their names. A reader turns each cell into
the type named here, or rejects the row. `Shipment` is one such row for a Python program.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """What a cell of a column must be."""

    TEXT = "text"
    DATE = "date"
    COUNTRY = "country"
    COUNTRIES = "countries"
    HS_CODE = "hs_code"
    LOCODE = "locode"
    AMOUNT = "amount"
    COUNT = "count"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the contract."""

    name: str
    kind: Kind


ROLES: tuple[str, ...] = (
    "exporter",
    "consignee",
    "notify_party",
    "intermediate_consignee",
    "end_user",
    "freight_forwarder",
    "carrier",
    "vessel",
    "bank",
    "payer",
)
"""The roles that a party can have on a shipment."""

_CONTACT = ("phone", "email", "website")
_ROLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "exporter": ("name", "address", "country", "registered_on", "identifier", *_CONTACT),
    "consignee": ("name", "address", "country", "registered_on", "identifier", *_CONTACT, "owner_country"),
    "notify_party": ("name", "address", "country", "identifier", *_CONTACT),
    "intermediate_consignee": ("name", "address", "country", "identifier"),
    "end_user": ("name", "address", "country", "registered_on", "identifier", *_CONTACT, "owner_country"),
    "freight_forwarder": ("name", "country", "identifier"),
    "carrier": ("name", "identifier"),
    "vessel": ("name", "imo", "identifier", "flag"),
    "bank": ("name", "country", "identifier"),
    "payer": ("name", "country", "identifier"),
}
_ATTRIBUTE_KINDS = {
    "country": Kind.COUNTRY,
    "owner_country": Kind.COUNTRY,
    "flag": Kind.COUNTRY,
    "registered_on": Kind.DATE,
}

_HEAD = (
    Column("shipment_id", Kind.TEXT),
    Column("line_number", Kind.COUNT),
    Column("revision", Kind.COUNT),
    Column("revised_on", Kind.DATE),
    Column("shipment_date", Kind.DATE),
)
_TAIL = (
    Column("transport_mode", Kind.TEXT),
    Column("hs_code", Kind.HS_CODE),
    Column("goods_description", Kind.TEXT),
    Column("eccn", Kind.TEXT),
    Column("declared_end_use", Kind.TEXT),
    Column("quantity", Kind.AMOUNT),
    Column("quantity_unit", Kind.TEXT),
    Column("net_weight_kg", Kind.AMOUNT),
    Column("value", Kind.AMOUNT),
    Column("currency", Kind.TEXT),
    Column("country_of_origin", Kind.COUNTRY),
    Column("country_of_export", Kind.COUNTRY),
    Column("country_of_destination", Kind.COUNTRY),
    Column("transit_countries", Kind.COUNTRIES),
    Column("port_of_loading", Kind.LOCODE),
    Column("port_of_discharge", Kind.LOCODE),
    Column("incoterm", Kind.TEXT),
    Column("licence_number", Kind.TEXT),
    Column("invoice_number", Kind.TEXT),
    Column("container_number", Kind.TEXT),
    Column("gross_weight_kg", Kind.AMOUNT),
    Column("package_type", Kind.TEXT),
    Column("delivery_place", Kind.TEXT),
    Column("delivery_date", Kind.TEXT),
    Column("order_country", Kind.COUNTRY),
    Column("payment_method", Kind.TEXT),
    Column("payment_terms", Kind.TEXT),
    Column("customs_procedure", Kind.TEXT),
    Column("reexport_declaration", Kind.TEXT),
    Column("no_reexport_clause", Kind.YES_NO),
    Column("destination_control_statement", Kind.YES_NO),
    Column("routed_export", Kind.YES_NO),
    Column("installation_service", Kind.YES_NO),
)


def _role_columns() -> tuple[Column, ...]:
    return tuple(
        Column(f"{role}_{attribute}", _ATTRIBUTE_KINDS.get(attribute, Kind.TEXT))
        for role in ROLES
        for attribute in _ROLE_COLUMNS[role]
    )


COLUMNS: dict[str, Column] = {c.name: c for c in (*_HEAD, *_role_columns(), *_TAIL)}
"""Every column of the contract by its name, in the order of the documents."""


def role_attributes(role: str) -> tuple[str, ...]:
    """The attributes that the contract gives a role: `name`, `country`, ..."""
    return _ROLE_COLUMNS[role]


Amount = int | float | Decimal | str | None


class Shipment(BaseModel):
    """One shipment as a program holds it; every column is optional, and others are carried through.

    A value that is no date, country, HS code or amount is refused when the shipment is screened, in
    the words in which a file's row would be rejected. A column left at None is unknown, except that
    `transit_countries=""` states that there are none.
    """

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    shipment_id: str | None = None
    line_number: int | str | None = None
    revision: int | str | None = None
    revised_on: date | str | None = None
    shipment_date: date | str | None = None
    exporter_name: str | None = None
    exporter_address: str | None = None
    exporter_country: str | None = None
    exporter_registered_on: date | str | None = None
    exporter_identifier: str | None = None
    exporter_phone: str | None = None
    exporter_email: str | None = None
    exporter_website: str | None = None
    consignee_name: str | None = None
    consignee_address: str | None = None
    consignee_country: str | None = None
    consignee_registered_on: date | str | None = None
    consignee_identifier: str | None = None
    consignee_phone: str | None = None
    consignee_email: str | None = None
    consignee_website: str | None = None
    consignee_owner_country: str | None = None
    notify_party_name: str | None = None
    notify_party_address: str | None = None
    notify_party_country: str | None = None
    notify_party_identifier: str | None = None
    notify_party_phone: str | None = None
    notify_party_email: str | None = None
    notify_party_website: str | None = None
    intermediate_consignee_name: str | None = None
    intermediate_consignee_address: str | None = None
    intermediate_consignee_country: str | None = None
    intermediate_consignee_identifier: str | None = None
    end_user_name: str | None = None
    end_user_address: str | None = None
    end_user_country: str | None = None
    end_user_registered_on: date | str | None = None
    end_user_identifier: str | None = None
    end_user_phone: str | None = None
    end_user_email: str | None = None
    end_user_website: str | None = None
    end_user_owner_country: str | None = None
    freight_forwarder_name: str | None = None
    freight_forwarder_country: str | None = None
    freight_forwarder_identifier: str | None = None
    carrier_name: str | None = None
    carrier_identifier: str | None = None
    vessel_name: str | None = None
    vessel_imo: str | None = None
    vessel_identifier: str | None = None
    vessel_flag: str | None = None
    bank_name: str | None = None
    bank_country: str | None = None
    bank_identifier: str | None = None
    payer_name: str | None = None
    payer_country: str | None = None
    payer_identifier: str | None = None
    transport_mode: str | None = None
    hs_code: str | None = None
    goods_description: str | None = None
    eccn: str | None = None
    declared_end_use: str | None = None
    quantity: Amount = None
    quantity_unit: str | None = None
    net_weight_kg: Amount = None
    value: Amount = None
    currency: str | None = None
    country_of_origin: str | None = None
    country_of_export: str | None = None
    country_of_destination: str | None = None
    transit_countries: str | list[str] | None = None
    port_of_loading: str | None = None
    port_of_discharge: str | None = None
    incoterm: str | None = None
    licence_number: str | None = None
    invoice_number: str | None = None
    container_number: str | None = None
    gross_weight_kg: Amount = None
    package_type: str | None = None
    delivery_place: str | None = None
    delivery_date: str | None = None
    order_country: str | None = None
    payment_method: str | None = None
    payment_terms: str | None = None
    customs_procedure: str | None = None
    reexport_declaration: str | None = None
    no_reexport_clause: bool | str | None = None
    destination_control_statement: bool | str | None = None
    routed_export: bool | str | None = None
    installation_service: bool | str | None = None
