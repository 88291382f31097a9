"""What the cells of a row say beyond themselves: each field here is read off one row by one function.

A table says which columns of the row a field's function takes; the function belongs to the part of the
package that knows the subject. All of them judge each distinct value once.
"""

from collections.abc import Callable, Iterator

import polars as pl

from screening.addresses import kinds
from screening.contacts import connected, mail, phone
from screening.fields import Field
from screening.goods import end_uses
from screening.names import businesses, makers, trades
from screening.papers import delivery, numbers, packing, payment
from screening.parties import name_keys
from screening.places.transport import transport_kinds
from screening.shipment import ROLES

Reader = Callable[..., pl.Series]
_OF_A_ROLE: dict[str, tuple[tuple[str, ...], Reader]] = {
    "key": (("name",), name_keys),
    "is_forwarder": (("name",), trades.is_forwarder),
    "is_bank": (("name",), trades.is_bank),
    "is_military": (("name",), trades.is_military),
    "is_person": (("name",), trades.is_person),
    "line_of_business": (("name",), businesses.line_of_business),
    "maker": (("name",), makers.maker_named),
    "address.key": (("address", "country"), kinds.address_keys),
    "address.residential": (("address",), kinds.residential),
    "address.mail_drop": (("address",), kinds.mail_drop),
    "address.free_zone": (("address", "name"), kinds.free_zone),
    "address.country": (("address",), kinds.address_countries),
    "address.elsewhere": (("address", "country"), kinds.address_elsewhere),
    "phone_country": (("phone",), phone.phone_countries),
    "phone_elsewhere": (("phone", "country"), phone.phone_elsewhere),
    "email_free": (("email",), mail.free_mail),
    "contact_countries": (("phone", "email", "website"), connected.contact_countries),
}
_OF_A_ROW: dict[str, tuple[tuple[str, ...], Reader]] = {
    "goods.end_use_mismatch": (("declared_end_use", "hs_code"), end_uses.end_use_mismatch),
    "consignee.line_mismatch": (("consignee_name", "hs_code"), businesses.line_mismatch),
    "end_user.line_mismatch": (("end_user_name", "hs_code"), businesses.line_mismatch),
    "transport.kind": (("transport_mode",), transport_kinds),
    "document.invoice_key": (("invoice_number",), numbers.document_keys),
    "document.container_key": (("container_number",), numbers.container_keys),
    "document.after_temporary_import": (("customs_procedure",), delivery.after_temporary_import),
    "document.reexport_declared": (("reexport_declaration",), delivery.reexport_declared),
    "delivery.term": (("incoterm",), delivery.delivery_term),
    "delivery.vague": (("delivery_place", "delivery_date"), delivery.left_open),
    "packing.kind": (("package_type",), packing.packing_kind),
    "payment.method": (("payment_method", "payment_terms"), payment.payment_method),
    "payment.in_advance": (("payment_method", "payment_terms"), payment.paid_in_advance),
}


def read_off(rows: pl.DataFrame, asked: dict[str, Field]) -> Iterator[pl.Series]:
    """The asked fields that are read off the row itself, each under its name; others are left out.

    `rows` has every column of the contract.
    """
    for name in asked:
        if found := _reader(name):
            columns, read = found
            yield read(*(rows[column] for column in columns)).alias(name)
    if "packing.misfit" in asked:
        modes = transport_kinds(rows["transport_mode"])
        yield packing.packing_misfit(rows["package_type"], rows["hs_code"], modes).alias("packing.misfit")
    if "buyer.connected" in asked:
        yield connected.buyer_connected(rows).alias("buyer.connected")


def _reader(name: str) -> tuple[tuple[str, ...], Reader] | None:
    if name in _OF_A_ROW:
        return _OF_A_ROW[name]
    role, _, attribute = name.partition(".")
    if role not in ROLES or attribute not in _OF_A_ROLE:
        return None
    columns, read = _OF_A_ROLE[attribute]
    return tuple(f"{role}_{column}" for column in columns), read
