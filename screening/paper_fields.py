"""The fields of the papers: documents and declarations, delivery, packing, order and payment.

A yes or no column is what the seller's own papers say; where the file has no such column, a rule that
needs it is off, and says so.
"""

from collections.abc import Iterator

from screening.field import DESTINATION, Field, FieldType, all_of, one


def paper_fields() -> Iterator[Field]:
    """What the papers say, as written and as it can be compared."""
    yield from _document_fields()
    yield from _declaration_fields()
    yield from _delivery_fields()
    yield from _payment_fields()


def _document_fields() -> Iterator[Field]:
    for name, column, meaning in (
        ("licence_number", "licence_number", "the export licence"),
        ("invoice_number", "invoice_number", "the invoice"),
        ("container_number", "container_number", "the container"),
        ("incoterm", "incoterm", "the delivery term"),
        ("customs_procedure", "customs_procedure", "the customs procedure"),
    ):
        yield Field(f"document.{name}", FieldType.TEXT, f"{meaning} as written", one(column))
    yield Field(
        "document.invoice_key",
        FieldType.TEXT,
        "the number of the invoice in capital letters and digits alone",
        one("invoice_number"),
    )
    yield Field(
        "document.container_key",
        FieldType.TEXT,
        "the numbers of the containers in capital letters and digits alone, in their order",
        one("container_number"),
    )
    yield Field(
        "document.after_temporary_import",
        FieldType.BOOLEAN,
        "by the customs procedure the goods had come for temporary use or processing",
        one("customs_procedure"),
    )


def _declaration_fields() -> Iterator[Field]:
    yield Field(
        "goods.end_use_mismatch",
        FieldType.BOOLEAN,
        "the declared end use is of homes, shops, kitchens or classrooms, where such goods have no place",
        all_of("declared_end_use", "hs_code"),
    )
    for column, meaning in (
        ("no_reexport_clause", "the contract forbids re-export to Russia or Belarus"),
        ("destination_control_statement", "the papers state the destination and that diversion is forbidden"),
        ("routed_export", "the buyer's agent arranges the export, not the seller"),
        ("installation_service", "the buyer takes installation, training or maintenance, where it is usual"),
    ):
        yield Field(f"document.{column}", FieldType.BOOLEAN, meaning, one(column))
    yield Field(
        "document.reexport_declared",
        FieldType.TEXT,
        "whether the buyer declares the goods for use at home or for re-export; open where he does neither",
        one("reexport_declaration"),
        unit="home, reexport or open",
    )


def _delivery_fields() -> Iterator[Field]:
    yield Field(
        "delivery.term",
        FieldType.TEXT,
        "the three letters of the Incoterms rule, or other",
        one("incoterm"),
    )
    place = "the place to which the goods are finally delivered, as written"
    yield Field("delivery.place", FieldType.TEXT, place, one("delivery_place"))
    yield Field("delivery.date", FieldType.TEXT, "the date of delivery as written", one("delivery_date"))
    yield Field(
        "delivery.vague",
        FieldType.BOOLEAN,
        "the place or the date of delivery is left open by its words",
        one("delivery_place", "delivery_date"),
    )
    ordered = "the country from which the goods were ordered"
    yield Field("order.country", FieldType.COUNTRY, ordered, one("order_country"))
    yield Field("weight.gross_kg", FieldType.NUMBER, "the gross weight", one("gross_weight_kg"), "kg")
    yield Field(
        "weight.gross_below_net",
        FieldType.BOOLEAN,
        "the goods weigh less with their packing than without it",
        all_of("gross_weight_kg", "net_weight_kg"),
    )
    yield Field(
        "packing.kind",
        FieldType.TEXT,
        "how the goods are packed, in one word, or other",
        one("package_type"),
        unit="a kind of papers/packing_words.csv (box, pallet, drum, bulk, ...) or other",
    )
    yield Field(
        "packing.misfit",
        FieldType.BOOLEAN,
        "goods of this HS chapter are not packed so, or what is packed so does not travel that way",
        (*all_of("package_type"), ("hs_code", "transport_mode")),
    )


def _payment_fields() -> Iterator[Field]:
    said = one("payment_method", "payment_terms")
    yield Field(
        "payment.method",
        FieldType.TEXT,
        "how the goods are paid for, in one word, or other",
        said,
        unit="a method of papers/payment_words.csv (cash, wire, letter of credit, ...) or other",
    )
    advance = "the whole price is paid before the goods leave"
    yield Field("payment.in_advance", FieldType.BOOLEAN, advance, said)
    parties = ("consignee_country", "end_user_country")
    yield Field(
        "payer.country_differs",
        FieldType.BOOLEAN,
        "the payer is in none of the countries of the consignee, the end user and the destination",
        (*all_of("payer_country"), tuple(dict.fromkeys((*DESTINATION, *parties)))),
    )
    yield Field(
        "bank.country_differs",
        FieldType.BOOLEAN,
        "the bank is in none of the countries of the payer, the buyer, the destination and the exporter",
        (
            *all_of("bank_country"),
            tuple(dict.fromkeys(("payer_country", "exporter_country", *DESTINATION, *parties))),
        ),
    )
    yield Field(
        "buyer.connected",
        FieldType.BOOLEAN,
        "consignee or end user gives the address, telephone, mailbox, website or number of the exporter",
        (_given("exporter"), (*_given("consignee"), *_given("end_user"))),
    )


def _given(role: str) -> tuple[str, ...]:
    return tuple(f"{role}_{what}" for what in ("address", "phone", "email", "website", "identifier"))
