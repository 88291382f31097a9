"""What kind of place an address is, by its words: a home, a free zone, a place where only mail arrives.

A firm that trades from a flat or sits where hundreds sit is a published red flag. Flats hold offices, and
along the Gulf every firm has a box; so an address that also names an office, a plant or a street is none.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from screening.addresses.fold import Address, fold
from screening.names.fold import latin
from screening.phrases import found_in, once_per_value, pattern, plain_words, rows

_HERE = Path(__file__).parent
_WORDS, _CITIES = _HERE / "kind_words.csv", _HERE / "cities.csv"
_PARTS = re.compile(r"[,;\n]")
_LETTERS = re.compile(r"[a-z]{2,}")
_ONE_FOR_ALL = {"HK": "CN", "MO": "CN"}
_BOX_COUNTRIES = frozenset(
    {"AE", "SA", "QA", "KW", "BH", "OM", "JO", "IQ", "YE", "KE", "TZ", "UG", "ET", "RW"}
)
"""Where mail comes to boxes alone, so that every firm gives one."""


def residential(addresses: pl.Series) -> pl.Series:
    """True where the words of the address are those of a flat or a home; null where it is blank."""
    return once_per_value(addresses, lambda distinct: _says(distinct, "home") & ~_says(distinct, "work"))


def mail_drop(addresses: pl.Series) -> pl.Series:
    """True for care-of addresses, shared and virtual offices, and boxes with no street; null for blanks."""
    return once_per_value(addresses, _mail_drop)


def free_zone(addresses: pl.Series, names: pl.Series) -> pl.Series:
    """True where the address or the name says free zone; null where neither is given."""
    said = pl.DataFrame({"address": _in_free_zone(addresses), "name": _in_free_zone(names)})
    either = pl.col("address").fill_null(False) | pl.col("name").fill_null(False)
    known = pl.col("address").is_not_null() | pl.col("name").is_not_null()
    return said.select(pl.when(known).then(either).alias("free_zone")).to_series()


def address_keys(addresses: pl.Series, countries: pl.Series) -> pl.Series:
    """The address as all its spellings have it; null where it is blank or names no house or box."""
    asked = pl.DataFrame({"address": addresses, "country": countries})
    distinct = asked.filter(pl.col("address").is_not_null()).unique(maintain_order=True)
    keys = [address_key(text, country) for text, country in distinct.iter_rows()]
    known = distinct.with_columns(key=pl.Series(keys, dtype=pl.String))
    return asked.join(
        known, on=["address", "country"], how="left", nulls_equal=True, maintain_order="left"
    ).get_column("key")


def address_countries(addresses: pl.Series) -> pl.Series:
    """The country that each address names, or whose city it ends in; null where it names neither."""
    return once_per_value(
        addresses,
        lambda distinct: pl.Series([_country_of(text) for text in distinct], dtype=pl.String),
    )


def address_elsewhere(addresses: pl.Series, countries: pl.Series) -> pl.Series:
    """True where the address names another country than the one stated; null where either is blank."""
    told = pl.DataFrame({"address": addresses, "named": address_countries(addresses), "stated": countries})
    # Hong Kong and Macao fold to China, and the occupied parts of Ukraine have codes of their own.
    stated = pl.col("stated").replace(_ONE_FOR_ALL).str.slice(0, 2)
    apart = (pl.col("named").str.slice(0, 2) != stated).fill_null(False)
    known = pl.col("address").is_not_null() & pl.col("stated").is_not_null()
    return told.select(pl.when(known).then(apart).alias("elsewhere")).to_series()


def address_key(text: str, country: str | None) -> str | None:
    """The key of one address: its parts in one spelling and order; None if it tells no place."""
    found = _read(text)
    if not found.tells_a_place:
        return None
    numbers = sorted({f"{number.level}:{number.text}" for number in found.numbers if number.level != "floor"})
    words = sorted({word.text for word in found.words})
    return " ".join([found.country or _ONE_FOR_ALL.get(country or "", country) or "?", *words, *numbers])


def _country_of(text: str) -> str | None:
    if country := _read(text).country:
        return country
    last = _PARTS.split(text.strip(" ,;"))[-1]
    return _cities().get(" ".join(_LETTERS.findall(latin(last))))


def _in_free_zone(texts: pl.Series) -> pl.Series:
    return once_per_value(texts, lambda distinct: _says(distinct, "free zone"))


def _mail_drop(addresses: pl.Series) -> pl.Series:
    boxed = _says(addresses, "box")
    asked = zip(addresses.to_list(), boxed.to_list(), strict=True)
    alone = pl.Series([box and _box_alone(_read(text)) for text, box in asked], dtype=pl.Boolean)
    return _says(addresses, "drop") | alone


@lru_cache(maxsize=1 << 16)
def _read(text: str, country: str | None = None) -> Address:
    """The folded address; several fields ask for the same."""
    return fold(text, country)


def _box_alone(address: Address) -> bool:
    """True when a box is all that the address names besides its town, where other firms have streets."""
    numbered = any(number.level not in ("box", "floor") for number in address.numbers)
    street = sum(word.kind == "own" for word in address.words) > 1
    return not numbered and not street and address.country not in _BOX_COUNTRIES


def _says(texts: pl.Series, kind: str) -> pl.Series:
    return found_in(plain_words(texts), _words(kind))


@cache
def _cities() -> dict[str, str]:
    return {row["city"]: row["country"] for row in rows(_CITIES)}


@cache
def _words(kind: str) -> str:
    return pattern(line for line in rows(_WORDS) if line["kind"] == kind)
