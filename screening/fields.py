"""The catalogue of fields that a rule may name: type, unit, meaning, origin, and what a blank means.

A rule can name nothing else; `screening rules fields` prints this catalogue. A field is *unknown*
for a shipment when the columns that it comes from are blank there, and for a whole file when the
file has none of them.
"""

from collections.abc import Iterator

from screening.field import LABELS, Field, FieldType, Needs, all_of, one
from screening.goods_fields import described_fields, figure_fields
from screening.paper_fields import paper_fields
from screening.party_fields import party_fields
from screening.route_fields import route_fields
from screening.shipment import ROLES, role_attributes

__all__ = ["FIELDS", "Field", "FieldType"]


def _written_fields(role: str) -> Iterator[Field]:
    who, attributes = LABELS[role], role_attributes(role)
    identifier = one(*(f"{role}_{column}" for column in _numbers(role)))
    yield Field(f"{role}.name", FieldType.TEXT, f"the name of {who} as written", one(f"{role}_name"))
    yield Field(f"{role}.identifier", FieldType.TEXT, f"the registration or tax number of {who}", identifier)
    if "address" in attributes:
        address = one(f"{role}_address")
        yield Field(f"{role}.address", FieldType.TEXT, f"the address of {who} as written", address)
        yield from _address_fields(role, who, address)
    if "country" in attributes:
        yield Field(f"{role}.country", FieldType.COUNTRY, f"the country of {who}", one(f"{role}_country"))
    if "registered_on" in attributes:
        yield from _registration_fields(role, who)


def _address_fields(role: str, who: str, address: Needs) -> Iterator[Field]:
    yield Field(
        f"{role}.address.listed",
        FieldType.BOOLEAN,
        f"the address of {who} stood on a list by itself on the shipment's date, down to the room",
        address,
    )
    yield Field(
        f"{role}.address.shared_with_listed",
        FieldType.BOOLEAN,
        f"a firm of another name than that of {who} was listed there on the shipment's date",
        address,
    )
    if "registered_on" in role_attributes(role):
        yield Field(
            f"{role}.address.follows_listed",
            FieldType.BOOLEAN,
            f"{who} was registered within a year after a firm of another name was listed at the same address",
            (*address, (f"{role}_registered_on",)),
        )


def _registration_fields(role: str, who: str) -> Iterator[Field]:
    column = f"{role}_registered_on"
    yield Field(
        f"{role}.registered_on", FieldType.DATE, f"the day on which {who} was registered", one(column)
    )
    yield Field(
        f"{role}.days_registered",
        FieldType.NUMBER,
        f"days from the registration of {who} to the shipment",
        all_of(column, "shipment_date"),
        unit="days",
    )


def _derived_fields(role: str) -> Iterator[Field]:
    who, name = LABELS[role], one(f"{role}_name")
    yield Field(f"{role}.key", FieldType.TEXT, f"the name of {who}, the same for all its spellings", name)
    for trade, does in (("is_forwarder", "forwards freight"), ("is_bank", "is a bank")):
        yield Field(f"{role}.{trade}", FieldType.BOOLEAN, f"the name of {who} says that it {does}", name)
    yield from _match_fields(role, who, one(*_naming(role)))


def _naming(role: str) -> tuple[str, ...]:
    """The columns by which a party can be found on a list."""
    return tuple(f"{role}_{column}" for column in ("name", *_numbers(role)))


def _numbers(role: str) -> list[str]:
    return [column for column in ("imo", "identifier") if column in role_attributes(role)]


def _match_fields(prefix: str, subject: str, needs: Needs) -> Iterator[Field]:
    yield Field(
        f"{prefix}.match.score",
        FieldType.NUMBER,
        f"how surely {subject} is listed on or before the shipment's date (0: no listed name is like it)",
        needs,
        unit="0 to 1",
    )
    yield Field(
        f"{prefix}.later_match.score",
        FieldType.NUMBER,
        f"how surely {subject} was listed only after the shipment's date",
        needs,
        unit="0 to 1",
    )


_NAMES = tuple(column for role in ROLES for column in _naming(role))
_COUNTRIES = tuple(f"{role}_country" for role in ROLES if "country" in role_attributes(role))


def _goods_fields() -> Iterator[Field]:
    code, text = one("hs_code"), one("goods_description")
    yield Field("goods.hs6", FieldType.HS6, "the first six digits of the HS code", code)
    yield Field("goods.hs4", FieldType.TEXT, "the heading: the first four digits of the HS code", code)
    yield Field("goods.hs2", FieldType.TEXT, "the chapter: the first two digits of the HS code", code)
    yield Field(
        "goods.chpl_tier",
        FieldType.TEXT,
        "the tier of the Common High Priority List as controlled on the shipment's date, or none",
        code,
        unit="1, 2, 3.A, 3.B, 4.A, 4.B or none",
    )
    yield Field(
        "goods.high_priority",
        FieldType.BOOLEAN,
        "the code stands on the Common High Priority List of today, whatever the shipment's date",
        code,
    )
    yield Field("goods.description", FieldType.TEXT, "the description of the goods as written", text)
    yield Field(
        "goods.described_as", FieldType.TEXT, "what the description says the goods are, or none", text
    )
    yield Field(
        "goods.description_mismatch",
        FieldType.BOOLEAN,
        "the description names high-priority goods, and under the HS code no such goods belong",
        all_of("goods_description", "hs_code"),
    )
    yield Field(
        "goods.description_vague", FieldType.BOOLEAN, "the description says nothing about the goods", text
    )
    yield Field("goods.eccn", FieldType.TEXT, "the export control classification as written", one("eccn"))
    yield Field(
        "goods.declared_end_use", FieldType.TEXT, "the declared end use as written", one("declared_end_use")
    )
    yield Field(
        "goods.origin_country",
        FieldType.COUNTRY,
        "the country in which the goods were made",
        one("country_of_origin"),
    )


def _amount_fields() -> Iterator[Field]:
    money = ("value", "currency")
    yield Field(
        "quantity.amount", FieldType.NUMBER, "the quantity as declared", one("quantity"), "quantity.unit"
    )
    yield Field("quantity.unit", FieldType.TEXT, "the unit of the quantity as written", one("quantity_unit"))
    yield Field("weight.net_kg", FieldType.NUMBER, "the net weight", one("net_weight_kg"), "kg")
    yield Field("value.amount", FieldType.NUMBER, "the value as declared", one("value"), "value.currency")
    yield Field("value.currency", FieldType.TEXT, "the currency of the value", one("currency"))
    dollars = "the value in US dollars; another currency needs a rate"
    yield Field("value.usd", FieldType.NUMBER, dollars, all_of(*money), "USD")
    yield Field(
        "value.usd_per_kg",
        FieldType.NUMBER,
        "the value of a kilogram",
        all_of(*money, "net_weight_kg"),
        "USD/kg",
    )


_AMENDED: dict[str, tuple[str, tuple[str, ...]]] = {
    "consignee": ("the consignee", ("consignee_name", "consignee_country")),
    "end_user": ("the end user", ("end_user_name", "end_user_country")),
    "route": (
        "a port, the way or the country of export or destination",
        (
            *("port_of_loading", "port_of_discharge", "transit_countries"),
            *("country_of_export", "country_of_destination"),
        ),
    ),
    "payer": ("the payer", ("payer_name", "payer_country")),
    "goods": ("the HS code or the description", ("hs_code", "goods_description")),
    "value": ("the value or its currency", ("value", "currency")),
}


def _amendment_fields() -> Iterator[Field]:
    for name, (what, columns) in _AMENDED.items():
        yield Field(
            f"amended.{name}",
            FieldType.BOOLEAN,
            f"{what} differs from the revision before; unknown where the book does not have that one",
            (("revision",), columns),
            blank="no revision: not amended",
        )
    yield Field(
        "amended.days_before_shipment",
        FieldType.NUMBER,
        "days from the revision of the papers to the shipment; negative after it",
        all_of("revised_on", "shipment_date"),
        unit="days",
    )


def _shipment_fields() -> Iterator[Field]:
    yield Field("shipment.date", FieldType.DATE, "the day of the shipment", one("shipment_date"))
    revision = "the revision of the shipment's papers"
    yield Field("shipment.revision", FieldType.NUMBER, revision, one("revision"))
    yield from _match_fields("any_party", "any party", one(*_NAMES))
    countries = "the countries of all parties, in order of their roles"
    yield Field("any_party.country", FieldType.COUNTRIES, countries, one(*_COUNTRIES))


def _catalogue() -> Iterator[Field]:
    yield from _goods_fields()
    yield from described_fields()
    yield from _amount_fields()
    yield from figure_fields()
    yield from route_fields()
    for role in ROLES:
        yield from _written_fields(role)
        yield from _derived_fields(role)
        yield from party_fields(role)
    yield from paper_fields()
    yield from _amendment_fields()
    yield from _shipment_fields()


FIELDS: dict[str, Field] = {field.name: field for field in _catalogue()}
"""Every field that a rule may name, by its name."""
