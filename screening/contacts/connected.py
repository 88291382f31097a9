"""Where the contact details of a party point to, and whether buyer and seller give the same ones.

A buyer who answers the seller's telephone, or sits at his address, may be the seller himself.
"""

from collections.abc import Callable

import polars as pl

from screening.addresses.kinds import address_keys
from screening.contacts.mail import mail_countries, own_domains, site_countries, site_domain
from screening.contacts.phone import phone_countries
from screening.papers.numbers import document_keys
from screening.phrases import once_per_value

_BUYERS = ("consignee", "end_user")
_DIGITS = 7
"""Digits of a telephone number that are compared: the last, so that the calling code may be left out."""


def contact_countries(phones: pl.Series, mails: pl.Series, sites: pl.Series) -> pl.Series:
    """The countries that telephone, mail and website point to, each once; null where all are blank."""
    told = pl.DataFrame(
        {"phone": phone_countries(phones), "mail": mail_countries(mails), "site": site_countries(sites)}
    )
    given = pl.DataFrame({"phone": phones, "mail": mails, "site": sites})
    known = given.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    countries = pl.concat_list("phone", "mail", "site").list.drop_nulls().list.unique(maintain_order=True)
    return told.select(pl.when(known).then(countries).alias("countries")).to_series()


def buyer_connected(rows: pl.DataFrame) -> pl.Series:
    """True where consignee or end user gives a detail that the exporter gives too.

    Null where no detail is given by both sides. `rows` has every column of the contract.
    """
    told = [_details(rows, role) for role in ("exporter", *_BUYERS)]
    same = [
        (told[0][what] == buyer[what]).cast(pl.UInt8).alias(f"{what} {place}")
        for place, buyer in enumerate(told[1:])
        for what in buyer.columns
    ]
    return pl.DataFrame(same).select(pl.max_horizontal(pl.all()).cast(pl.Boolean).alias("same")).to_series()


def _details(rows: pl.DataFrame, role: str) -> pl.DataFrame:
    """What the party in this role gives, in one spelling; null where it gives none that is its own."""
    return pl.DataFrame(
        {
            "address": address_keys(rows[f"{role}_address"], rows[f"{role}_country"]),
            "phone": once_per_value(rows[f"{role}_phone"], _last_digits),
            "mail": _domains(rows[f"{role}_email"], lambda cell: next(iter(own_domains(cell)), None)),
            "site": _domains(rows[f"{role}_website"], site_domain),
            "number": document_keys(rows[f"{role}_identifier"]),
        }
    )


def _last_digits(phones: pl.Series) -> pl.Series:
    digits = phones.str.replace_all(r"[^0-9]", "").str.tail(_DIGITS)
    return digits.set(digits.str.len_chars() < _DIGITS, None)


def _domains(cells: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    return once_per_value(
        cells, lambda distinct: pl.Series([read(cell) for cell in distinct.to_list()], dtype=pl.String)
    )
