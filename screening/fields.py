"""The catalogue of fields that a rule may name: type, unit, meaning, origin, and what a blank means.

A rule can name nothing else; `screening rules fields` prints this catalogue. A field is *unknown*
for a shipment when the columns that it comes from are blank there, and for a whole file when the
file has none of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from screening.shipment import ROLES, role_attributes


class FieldType(StrEnum):
    """What a field's value is, and so which comparisons a clause may use."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    COUNTRY = "country"
    COUNTRIES = "countries"
    HS6 = "hs6"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the catalogue; `columns` in the order in which they are asked."""

    name: str
    type: FieldType
    meaning: str
    columns: tuple[str, ...]
    unit: str = ""
    blank: str = "unknown"
    """What a blank cell means for the field."""
    needs_all: bool = False
    """True when every one of `columns` is needed, false when any one of them will do."""

    def missing_from(self, present: frozenset[str]) -> bool:
        """True when a file with the columns `present` can never give this field a value."""
        found = [column in present for column in self.columns]
        return not (all(found) if self.needs_all else any(found))


_LABELS = {
    "exporter": "the exporter",
    "consignee": "the consignee",
    "notify_party": "the notify party",
    "intermediate_consignee": "the intermediate consignee",
    "end_user": "the end user",
    "freight_forwarder": "the freight forwarder",
    "carrier": "the carrier",
    "vessel": "the vessel",
    "bank": "the bank",
    "payer": "the payer",
}


def _written_fields(role: str) -> Iterator[Field]:
    who, attributes = _LABELS[role], role_attributes(role)
    yield Field(f"{role}.name", FieldType.TEXT, f"the name of {who} as written", (f"{role}_name",))
    yield Field(
        f"{role}.identifier",
        FieldType.TEXT,
        f"the registration or tax number of {who}",
        (f"{role}_identifier",),
    )
    if "address" in attributes:
        yield Field(
            f"{role}.address", FieldType.TEXT, f"the address of {who} as written", (f"{role}_address",)
        )
    if "country" in attributes:
        yield Field(f"{role}.country", FieldType.COUNTRY, f"the country of {who}", (f"{role}_country",))
    if "registered_on" in attributes:
        column = f"{role}_registered_on"
        yield Field(
            f"{role}.registered_on",
            FieldType.DATE,
            f"the day on which {who} was registered as a firm",
            (column,),
        )
        yield Field(
            f"{role}.days_registered",
            FieldType.NUMBER,
            f"days from the registration of {who} to the shipment",
            (column, "shipment_date"),
            unit="days",
            needs_all=True,
        )


def _derived_fields(role: str) -> Iterator[Field]:
    who, name = _LABELS[role], (f"{role}_name",)
    yield Field(f"{role}.key", FieldType.TEXT, f"the name of {who}, the same for all its spellings", name)
    yield Field(
        f"{role}.is_forwarder", FieldType.BOOLEAN, f"the name of {who} says that it forwards freight", name
    )
    yield Field(f"{role}.is_bank", FieldType.BOOLEAN, f"the name of {who} says that it is a bank", name)
    yield from _match_fields(role, f"the name of {who}", name)


def _match_fields(prefix: str, subject: str, columns: tuple[str, ...]) -> Iterator[Field]:
    yield Field(
        f"{prefix}.match.score",
        FieldType.NUMBER,
        f"how surely {subject} is a listed party, listed on or before the shipment's date (0 when nothing is like it)",
        columns,
        unit="0 to 1",
    )
    yield Field(
        f"{prefix}.later_match.score",
        FieldType.NUMBER,
        f"how surely {subject} is a party that was listed only after the shipment's date",
        columns,
        unit="0 to 1",
    )


_NAMES = tuple(f"{role}_name" for role in ROLES)
_COUNTRIES = tuple(f"{role}_country" for role in ROLES if "country" in role_attributes(role))
_DESTINATION = ("country_of_destination", "end_user_country", "consignee_country")
_EXPORT = ("country_of_export", "exporter_country")
_DESCRIBED = ("goods_description", "hs_code")


def _goods_fields() -> Iterator[Field]:
    code, text = ("hs_code",), ("goods_description",)
    yield Field("goods.hs6", FieldType.HS6, "the first six digits of the HS code", code)
    yield Field("goods.hs4", FieldType.TEXT, "the heading: the first four digits of the HS code", code)
    yield Field("goods.hs2", FieldType.TEXT, "the chapter: the first two digits of the HS code", code)
    yield Field(
        "goods.chpl_tier",
        FieldType.TEXT,
        "the tier of the Common High Priority List (1, 2, 3.A, 3.B, 4.A, 4.B), or none, as controlled on the shipment's date",
        code,
    )
    yield Field("goods.description", FieldType.TEXT, "the description of the goods as written", text)
    yield Field(
        "goods.described_as",
        FieldType.TEXT,
        "what the words of the description say the goods are, or none",
        text,
    )
    yield Field(
        "goods.description_mismatch",
        FieldType.BOOLEAN,
        "the description names high-priority goods, and the HS code is none under which such goods belong",
        _DESCRIBED,
        needs_all=True,
    )
    yield Field(
        "goods.description_vague", FieldType.BOOLEAN, "the description says nothing about the goods", text
    )
    yield Field(
        "goods.eccn", FieldType.TEXT, "the export control classification number as written", ("eccn",)
    )
    yield Field(
        "goods.declared_end_use", FieldType.TEXT, "the declared end use as written", ("declared_end_use",)
    )
    yield Field(
        "goods.origin_country",
        FieldType.COUNTRY,
        "the country in which the goods were made",
        ("country_of_origin",),
    )


def _amount_fields() -> Iterator[Field]:
    yield Field(
        "quantity.amount", FieldType.NUMBER, "the quantity as declared", ("quantity",), unit="quantity.unit"
    )
    yield Field("quantity.unit", FieldType.TEXT, "the unit of the quantity as written", ("quantity_unit",))
    yield Field("weight.net_kg", FieldType.NUMBER, "the net weight", ("net_weight_kg",), unit="kg")
    yield Field("value.amount", FieldType.NUMBER, "the value as declared", ("value",), unit="value.currency")
    yield Field("value.currency", FieldType.TEXT, "the currency of the value", ("currency",))
    yield Field(
        "value.usd",
        FieldType.NUMBER,
        "the value in US dollars; another currency needs a rate",
        ("value", "currency"),
        unit="USD",
        needs_all=True,
    )
    yield Field(
        "value.usd_per_kg",
        FieldType.NUMBER,
        "the value of a kilogram",
        ("value", "currency", "net_weight_kg"),
        unit="USD/kg",
        needs_all=True,
    )


def _route_fields() -> Iterator[Field]:
    yield Field("export.country", FieldType.COUNTRY, "the country that the goods leave", _EXPORT)
    yield Field(
        "destination.country", FieldType.COUNTRY, "the country that the goods are said to reach", _DESTINATION
    )
    yield Field(
        "route.transit_countries",
        FieldType.COUNTRIES,
        "the countries on the way, in order of travel",
        ("transit_countries",),
        blank="none stated",
    )
    for end, port, ours in (
        ("loading", "port_of_loading", _EXPORT),
        ("discharge", "port_of_discharge", _DESTINATION),
    ):
        yield Field(
            f"route.{end}_country", FieldType.COUNTRY, f"the country of the {port.replace('_', ' ')}", (port,)
        )
        yield Field(
            f"route.{end}_elsewhere",
            FieldType.BOOLEAN,
            f"the {port.replace('_', ' ')} lies in another country than the shipment says",
            (port, *ours),
        )
    yield Field(
        "route.destination_landlocked",
        FieldType.BOOLEAN,
        "the country of destination has no sea coast",
        _DESTINATION,
    )
    yield Field("transport.mode", FieldType.TEXT, "the mode of transport, in lower case", ("transport_mode",))


def _other_fields() -> Iterator[Field]:
    yield Field("shipment.date", FieldType.DATE, "the day of the shipment", ("shipment_date",))
    yield Field("shipment.revision", FieldType.NUMBER, "the revision of the shipment's papers", ("revision",))
    yield from _match_fields("any_party", "the name of any party", _NAMES)
    yield Field(
        "any_party.country",
        FieldType.COUNTRIES,
        "the countries of all parties, in order of their roles",
        _COUNTRIES,
    )
    yield Field(
        "document.licence_number", FieldType.TEXT, "the export licence as written", ("licence_number",)
    )
    yield Field("document.invoice_number", FieldType.TEXT, "the invoice as written", ("invoice_number",))
    yield Field(
        "document.container_number", FieldType.TEXT, "the container as written", ("container_number",)
    )
    yield Field("document.incoterm", FieldType.TEXT, "the delivery term as written", ("incoterm",))


def _catalogue() -> Iterator[Field]:
    yield from _goods_fields()
    yield from _amount_fields()
    yield from _route_fields()
    for role in ROLES:
        yield from _written_fields(role)
        yield from _derived_fields(role)
    yield from _other_fields()


FIELDS: dict[str, Field] = {field.name: field for field in _catalogue()}
"""Every field that a rule may name, by its name."""
