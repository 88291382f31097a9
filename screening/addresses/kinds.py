"""What kind of place an address is, by its words: a home, a free zone, a place where only mail arrives.

A firm that trades from a flat or sits where hundreds sit is a published red flag. Flats hold offices, and
along the Gulf every firm has a box; so an address that also names an office, a plant or a street is none.
"""

import re
from functools import cache
from pathlib import Path

import polars as pl

from screening.addresses.fold import Address, fold_once
from screening.names.fold import latin
from screening.phrases import found_in, holds, pattern, plain_text, plain_words, rows
from screening.remembered import either

_HERE = Path(__file__).parent
_WORDS, _CITIES = _HERE / "kind_words.csv", _HERE / "cities.csv"
_PARTS = re.compile(r"[,;\n]")
_LETTERS = re.compile(r"[a-z]{2,}")
_PARTS_OF_CHINA = ("HK", "MO")
_BOX_COUNTRIES = frozenset(
    {"AE", "SA", "QA", "KW", "BH", "OM", "JO", "IQ", "YE", "KE", "TZ", "UG", "ET", "RW"}
)
"""Where mail comes to boxes alone, so that every firm gives one."""


def residential(addresses: pl.Series) -> pl.Series:
    """True where the words of the address are those of a flat or a home."""
    words = plain_words(addresses)
    return found_in(words, _words("home")) & ~found_in(words, _words("work"))


def mail_drop(addresses: pl.Series) -> pl.Series:
    """True for care-of addresses, shared and virtual offices, and boxes with no street."""
    words = plain_words(addresses)
    asked = zip(addresses.to_list(), found_in(words, _words("box")).to_list(), strict=True)
    alone = pl.Series([box and _box_alone(fold_once(text)) for text, box in asked], dtype=pl.Boolean)
    return found_in(words, _words("drop")) | alone


def says_free_zone(texts: pl.Series) -> pl.Series:
    """True where the address, or the name of a firm, says free zone."""
    return found_in(plain_words(texts), _words("free zone"))


def is_residential(address: str) -> bool:
    """What `residential` says of one address."""
    words = plain_text(address)
    return holds(words, _words("home")) and not holds(words, _words("work"))


def is_mail_drop(address: str) -> bool:
    """What `mail_drop` says of one address."""
    words = plain_text(address)
    box = holds(words, _words("box")) and _box_alone(fold_once(address))
    return box or holds(words, _words("drop"))


def names_free_zone(text: str) -> bool:
    """What `says_free_zone` says of one text."""
    return holds(plain_text(text), _words("free zone"))


def free_zone(address: pl.Expr, name: pl.Expr) -> pl.Expr:
    """True where either says free zone, by `says_free_zone`; null where neither is given."""
    return either(address, name)


def address_keys(addresses: pl.Series) -> pl.Series:
    """The parts of each address in one spelling and order; null where it names no house or box."""
    return pl.Series([parts_key(text) for text in addresses.to_list()], dtype=pl.String)


def countries_written(addresses: pl.Series) -> pl.Series:
    """The country that each address names, null where it names none."""
    return pl.Series([country_written(text) for text in addresses.to_list()], dtype=pl.String)


def address_key(parts: pl.Expr, written: pl.Expr, stated: pl.Expr) -> pl.Expr:
    """The address as all its spellings have it; null where it is blank or names no house or box.

    By `address_keys` and `countries_written`, and the country stated beside it.
    """
    country = pl.coalesce(written, _as_folded(stated), pl.lit("?"))
    return pl.concat_str(country, pl.lit(" "), parts)


def key_of_address(parts: str | None, written: str | None, stated: str | None) -> str | None:
    """The `address_key` of one address."""
    own = "CN" if stated in _PARTS_OF_CHINA else stated
    return None if parts is None else f"{written or own or '?'} {parts}"


def address_countries(addresses: pl.Series) -> pl.Series:
    """The country that each address names, or whose city it ends in; null where it names neither."""
    return pl.Series([country_of(text) for text in addresses.to_list()], dtype=pl.String)


def address_elsewhere(address: pl.Expr, named: pl.Expr, stated: pl.Expr) -> pl.Expr:
    """True where the address names (`address_countries`) another country than the one stated.

    Null where the address or the stated country is blank.
    """
    # Hong Kong and Macao fold to China, and the occupied parts of Ukraine have codes of their own.
    own = _as_folded(stated).str.slice(0, 2)
    apart = (named.str.slice(0, 2) != own).fill_null(False)
    return pl.when(address.is_not_null() & stated.is_not_null()).then(apart)


def _as_folded(country: pl.Expr) -> pl.Expr:
    return pl.when(country.is_in(_PARTS_OF_CHINA)).then(pl.lit("CN")).otherwise(country)


def parts_key(text: str) -> str | None:
    """What `address_keys` says of one address."""
    address = fold_once(text)
    if not address.tells_a_place:
        return None
    numbers = {f"{number.level}:{number.text}" for number in address.numbers if number.level != "floor"}
    return " ".join([*sorted({word.text for word in address.words}), *sorted(numbers)])


def country_written(text: str) -> str | None:
    """What `countries_written` says of one address."""
    return fold_once(text).country or None


def country_of(text: str) -> str | None:
    """What `address_countries` says of one address."""
    if country := fold_once(text).country:
        return country
    last = _PARTS.split(text.strip(" ,;"))[-1]
    return _cities().get(" ".join(_LETTERS.findall(latin(last))))


def _box_alone(address: Address) -> bool:
    """True when a box is all that the address names besides its town, where other firms have streets."""
    numbered = any(number.level not in ("box", "floor") for number in address.numbers)
    street = sum(word.kind == "own" for word in address.words) > 1
    return not numbered and not street and address.country not in _BOX_COUNTRIES


@cache
def _cities() -> dict[str, str]:
    return {row["city"]: row["country"] for row in rows(_CITIES)}


@cache
def _words(kind: str) -> str:
    return pattern(line for line in rows(_WORDS) if line["kind"] == kind)
