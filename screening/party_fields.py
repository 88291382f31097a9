"""The fields that say what a party is and where: by the words of its name and address, by how it is reached.

None of them accuses alone. A home address, a free mailbox or a trade that does not fit the goods is a
published red flag, and each is ordinary for somebody; rules weigh them beside goods and route.
"""

from collections.abc import Iterator

from screening.field import LABELS, Field, FieldType, all_of, one
from screening.shipment import role_attributes

TRADERS = ("exporter", "consignee", "notify_party", "intermediate_consignee", "end_user", "payer")
"""The roles in which a party trades goods on its own account, so that its line of business matters."""
RECEIVERS = ("consignee", "end_user")
"""The roles in which a party is said to use or sell the goods."""


def party_fields(role: str) -> Iterator[Field]:
    """What can be told of the party in this role beyond what the columns say."""
    attributes = role_attributes(role)
    if role in TRADERS:
        yield from _business_fields(role)
    if "address" in attributes:
        yield from _place_fields(role)
    if "phone" in attributes:
        yield from _contact_fields(role)
    if "owner_country" in attributes:
        owner = f"the country of the owner or parent firm of {LABELS[role]}"
        yield Field(f"{role}.owner_country", FieldType.COUNTRY, owner, one(f"{role}_owner_country"))
    if "flag" in attributes:
        flag = f"the country whose flag {LABELS[role]} flies"
        yield Field(f"{role}.flag", FieldType.COUNTRY, flag, one(f"{role}_flag"))


def _business_fields(role: str) -> Iterator[Field]:
    who, name = LABELS[role], one(f"{role}_name")
    yield Field(
        f"{role}.line_of_business",
        FieldType.TEXT,
        f"what the name of {who} says that it deals in, or none",
        name,
        unit="a line of names/trade_words.csv (textile, food, electronics, trading, ...) or none",
    )
    known = f"the well-known maker whose name the name of {who} holds, or none"
    yield Field(f"{role}.maker", FieldType.TEXT, known, name)
    military = f"the name of {who} says that it is a ministry of defence, a military unit or an arms plant"
    yield Field(f"{role}.is_military", FieldType.BOOLEAN, military, name)
    person = f"the name of {who} is that of a person, by title, patronymic or sole trader's form"
    yield Field(f"{role}.is_person", FieldType.BOOLEAN, person, name)
    if role in RECEIVERS:
        yield Field(
            f"{role}.line_mismatch",
            FieldType.BOOLEAN,
            f"the name of {who} speaks of a business that has no use for goods of this HS chapter",
            all_of(f"{role}_name", "hs_code"),
        )


def _place_fields(role: str) -> Iterator[Field]:
    who, address = LABELS[role], one(f"{role}_address")
    yield Field(
        f"{role}.address.key",
        FieldType.TEXT,
        f"the address of {who}, the same for all its spellings; unknown where it names no house or box",
        address,
    )
    home = f"the address of {who} is a flat or a home by its words"
    yield Field(f"{role}.address.residential", FieldType.BOOLEAN, home, address)
    drop = f"the address of {who} is a box, a care-of address, a shared or a virtual office by its words"
    yield Field(f"{role}.address.mail_drop", FieldType.BOOLEAN, drop, address)
    yield Field(
        f"{role}.address.free_zone",
        FieldType.BOOLEAN,
        f"the address or name of {who} names a free zone or a free zone firm",
        one(f"{role}_address", f"{role}_name"),
    )
    yield Field(
        f"{role}.address.country",
        FieldType.COUNTRY,
        f"the country that the address of {who} names, or whose city it ends in; unknown where there is none",
        address,
    )
    yield Field(
        f"{role}.address.elsewhere",
        FieldType.BOOLEAN,
        f"the address of {who} names another country than the one stated for it",
        all_of(f"{role}_address", f"{role}_country"),
    )


def _contact_fields(role: str) -> Iterator[Field]:
    who = LABELS[role]
    phone, email, website = f"{role}_phone", f"{role}_email", f"{role}_website"
    for attribute, what in (("phone", "telephone number"), ("email", "mail address"), ("website", "website")):
        written = f"the {what} of {who} as written"
        yield Field(f"{role}.{attribute}", FieldType.TEXT, written, one(f"{role}_{attribute}"))
    yield Field(
        f"{role}.phone_country",
        FieldType.COUNTRY,
        f"the country of the calling code in the telephone number of {who}; unknown where it has none",
        one(phone),
    )
    yield Field(
        f"{role}.phone_elsewhere",
        FieldType.BOOLEAN,
        f"the telephone number of {who} has the calling code of another country than the one stated for it",
        all_of(phone, f"{role}_country"),
    )
    free = f"{who} writes from a mailbox that anybody can have"
    yield Field(f"{role}.email_free", FieldType.BOOLEAN, free, one(email))
    yield Field(
        f"{role}.contact_countries",
        FieldType.COUNTRIES,
        f"the countries that the telephone, the mail address and the website of {who} point to",
        one(phone, email, website),
    )
