"""What the cells of a row say beyond themselves: which facts are told of a text, and what follows from them.

One table says what each kind of text is asked; the others say which fields follow, as expressions over the
columns, their facts and other fields. What a fact means belongs to the part of the package that knows the
subject.
"""

from collections.abc import Callable
from itertools import chain

import polars as pl

from screening.addresses import kinds
from screening.contacts import mail, phone
from screening.contacts.connected import connected, contact_countries, is_connected
from screening.field import LABELS
from screening.goods import end_uses
from screening.names import businesses, makers, trades
from screening.papers import delivery, numbers, packing, payment
from screening.parties import known_key, name_keys
from screening.phrases import where_common
from screening.places.transport import transport_kinds
from screening.remembered import Alone, Judge, by, each, fact_name, said
from screening.shipment import ROLES, role_attributes
from screening.singly import Singly, where_ascii, where_known

_FREE_ZONE = Alone(kinds.says_free_zone, kinds.names_free_zone)
_PAYMENT = each({"method": payment.methods_said, "whole_advance": payment.whole_advance})
TEXT_FACTS: dict[str, Judge] = {
    "name": each(
        {
            "key": Alone(name_keys, known_key),
            "is_forwarder": Alone(trades.is_forwarder, trades.names_forwarder),
            "is_bank": Alone(trades.is_bank, trades.names_bank),
            "is_military": Alone(trades.is_military, trades.names_military),
            "is_person": Alone(trades.is_person, where_common(trades.names_person)),
            "line_of_business": Alone(businesses.line_of_business, businesses.line_of_name),
            "maker": Alone(makers.maker_named, makers.maker_in),
            "free_zone": _FREE_ZONE,
        }
    ),
    "address": each(
        {
            "parts": Alone(kinds.address_keys, kinds.parts_key),
            "written_country": Alone(kinds.countries_written, kinds.country_written),
            "country": Alone(kinds.address_countries, kinds.country_of),
            "residential": Alone(kinds.residential, kinds.is_residential),
            "mail_drop": Alone(kinds.mail_drop, kinds.is_mail_drop),
            "free_zone": _FREE_ZONE,
        }
    ),
    "phone": each({"country": phone.phone_countries, "zone": phone.phone_zones, "digits": phone.last_digits}),
    "email": each({"free": mail.free_mail, "country": mail.mail_countries, "domain": mail.own_mail}),
    "website": each({"country": mail.site_countries, "domain": mail.own_site}),
    "identifier": each({"key": Alone(numbers.document_keys, where_ascii(numbers.key_of_number))}),
    "declared_end_use": each({"use": Alone(end_uses.uses_stated, end_uses.use_in)}),
    "transport_mode": each({"mode": by(lambda text: text.str.to_lowercase()), "kind": transport_kinds}),
    "customs_procedure": each({"after_temporary_import": delivery.after_temporary_import}),
    "reexport_declaration": each({"declared": delivery.reexport_declared}),
    "incoterm": each({"term": delivery.delivery_term}),
    "delivery_place": each({"open": delivery.is_open, "free_zone": _FREE_ZONE}),
    "delivery_date": each({"open": delivery.is_open}),
    "package_type": each({"kind": packing.packing_kind}),
    "payment_method": _PAYMENT,
    "payment_terms": _PAYMENT,
}
"""What is told of each kind of text: of what a party gives by its attribute, else of one column."""


def kind_of(column: str) -> str:
    """The kind of text that a column holds."""
    return _KINDS.get(column, column)


_KINDS = {f"{role}_{attribute}": attribute for role in ROLES for attribute in role_attributes(role)}
_OF_NAME = ("key", "is_forwarder", "is_bank", "is_military", "is_person", "line_of_business", "maker")
_OF_ADDRESS = ("residential", "mail_drop", "country")


def reading(name: str) -> pl.Expr | None:
    """The field that is read off the row itself; None for any other."""
    if name in READINGS:
        return READINGS[name]
    role, _, attribute = name.partition(".")
    if role not in LABELS:
        return None
    place, _, fact = attribute.partition(".")
    if attribute in _OF_NAME:
        return said(f"{role}_name", attribute)
    if place == "address" and fact in _OF_ADDRESS:
        return said(f"{role}_address", fact)
    return _OF_A_ROLE[attribute](role) if attribute in _OF_A_ROLE else None


def _phone_elsewhere(role: str) -> pl.Expr:
    number, stated = pl.col(f"{role}_phone"), pl.col(f"{role}_country")
    return phone.phone_elsewhere(
        number, pl.col(f"{role}.phone_country"), said(f"{role}_phone", "zone"), stated
    )


def _contact_countries(role: str) -> pl.Expr:
    given = [f"{role}_{detail}" for detail in ("phone", "email", "website")]
    return contact_countries(list(map(pl.col, given)), [said(column, "country") for column in given])


def _address_key(role: str) -> pl.Expr:
    address, stated = f"{role}_address", pl.col(f"{role}_country")
    return kinds.address_key(said(address, "parts"), said(address, "written_country"), stated)


def _address_elsewhere(role: str) -> pl.Expr:
    address = f"{role}_address"
    return kinds.address_elsewhere(pl.col(address), said(address, "country"), pl.col(f"{role}_country"))


_OF_A_ROLE: dict[str, Callable[[str], pl.Expr]] = {
    "address.key": _address_key,
    "address.elsewhere": _address_elsewhere,
    "address.free_zone": lambda role: kinds.free_zone(
        said(f"{role}_address", "free_zone"), said(f"{role}_name", "free_zone")
    ),
    "phone_country": lambda role: said(f"{role}_phone", "country"),
    "phone_elsewhere": _phone_elsewhere,
    "email_free": lambda role: said(f"{role}_email", "free"),
    "contact_countries": _contact_countries,
}


def _line_mismatch(role: str) -> pl.Expr:
    return businesses.line_mismatch(said(f"{role}_name", "line_of_business"), said("hs_code", "hs6"))


def _details(role: str) -> list[str]:
    """What the party in this role gives of itself, each in one spelling."""
    facts = {"phone": "digits", "email": "domain", "website": "domain", "identifier": "key"}
    return [
        f"{role}.address.key",
        *(fact_name(f"{role}_{detail}", fact) for detail, fact in facts.items()),
    ]


_DETAILS = [_details(role) for role in ("exporter", "consignee", "end_user")]
_KIND = said("transport_mode", "kind")
_METHODS, _ADVANCE = (
    tuple(said(column, fact) for column in ("payment_method", "payment_terms"))
    for fact in ("method", "whole_advance")
)
READINGS: dict[str, pl.Expr] = {
    "goods.end_use_mismatch": end_uses.end_use_mismatch(
        said("declared_end_use", "use"), said("hs_code", "hs6")
    ),
    "consignee.line_mismatch": _line_mismatch("consignee"),
    "end_user.line_mismatch": _line_mismatch("end_user"),
    "buyer.connected": connected(*([pl.col(detail) for detail in details] for details in _DETAILS)),
    "transport.mode": said("transport_mode", "mode"),
    "transport.kind": _KIND,
    "document.invoice_key": numbers.document_key(pl.col("invoice_number")),
    "document.container_key": numbers.container_key(pl.col("container_number")),
    "document.after_temporary_import": said("customs_procedure", "after_temporary_import"),
    "document.reexport_declared": said("reexport_declaration", "declared"),
    "delivery.term": said("incoterm", "term"),
    "delivery.vague": delivery.left_open(said("delivery_place", "open"), said("delivery_date", "open")),
    "packing.kind": said("package_type", "kind"),
    "packing.misfit": packing.packing_misfit(said("package_type", "kind"), said("hs_code", "hs2"), _KIND),
    "payment.method": payment.payment_method(*_METHODS),
    "payment.in_advance": payment.paid_in_advance(pl.col("payment.method"), *_ADVANCE),
}
"""The fields of a row as a whole."""


def reading_singly(name: str) -> Singly | None:
    """The field as it is read off a single row; None for one that most shipments do not have anew."""
    role, _, attribute = name.partition(".")
    if role in LABELS and attribute == "address.key":
        parts, written = (fact_name(f"{role}_address", fact) for fact in ("parts", "written_country"))
        return Singly((parts, written, f"{role}_country"), kinds.key_of_address)
    return _SINGLY.get(name)


def _connected_row(*details: str | None) -> bool | None:
    of_each = len(_DETAILS[0])
    own, *others = (details[at : at + of_each] for at in range(0, len(details), of_each))
    return is_connected(own, *others)


def _line_of(role: str) -> Singly:
    roots = (fact_name(f"{role}_name", "line_of_business"), _HS6)
    return Singly(roots, businesses.is_line_mismatch)


_HS6 = fact_name("hs_code", "hs6")
_SINGLY = {
    "goods.end_use_mismatch": Singly(
        (fact_name("declared_end_use", "use"), _HS6), where_known(end_uses.is_end_use_mismatch)
    ),
    "consignee.line_mismatch": _line_of("consignee"),
    "end_user.line_mismatch": _line_of("end_user"),
    "buyer.connected": Singly(tuple(chain.from_iterable(_DETAILS)), _connected_row),
    "document.invoice_key": Singly(("invoice_number",), where_ascii(numbers.key_of_number)),
    "document.container_key": Singly(("container_number",), where_ascii(numbers.key_of_containers)),
}
