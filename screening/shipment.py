"""What a row of a shipment file means: its columns and the parties that stand on it.

The columns are the contract's; outsiders rely on their names. A reader turns each cell into
the type named here, or rejects the row.
"""

from dataclasses import dataclass
from enum import StrEnum


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

_ROLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "exporter": ("name", "address", "country", "registered_on", "identifier"),
    "consignee": ("name", "address", "country", "registered_on", "identifier"),
    "notify_party": ("name", "address", "country", "identifier"),
    "intermediate_consignee": ("name", "address", "country", "identifier"),
    "end_user": ("name", "address", "country", "registered_on", "identifier"),
    "freight_forwarder": ("name", "country", "identifier"),
    "carrier": ("name", "identifier"),
    "vessel": ("name", "imo", "identifier"),
    "bank": ("name", "country", "identifier"),
    "payer": ("name", "country", "identifier"),
}
_ATTRIBUTE_KINDS = {"country": Kind.COUNTRY, "registered_on": Kind.DATE}

_HEAD = (
    Column("shipment_id", Kind.TEXT),
    Column("line_number", Kind.COUNT),
    Column("revision", Kind.COUNT),
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
