"""Mail addresses and websites: whose they can be, and what country their ending is of.

A mailbox that anybody can open says nothing of the firm; an ending such as `.ru` says where it is at home.
Endings that are sold to the whole world (`.co`, `.io`) are of no country.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import once_per_value, rows
from screening.places.countries import country_code

_HERE = Path(__file__).parent
_ADDRESS = re.compile(r"[^\s@<>,;:\"'()]+@([\w-]+(?:\.[\w-]+)+)")
_SITE = re.compile(r"^(?:[a-z]+://)?(?:[^\s@/]*@)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def free_mail(addresses: pl.Series) -> pl.Series:
    """True where every address of the cell is at a provider that anybody can use; null for blanks.

    False where the cell holds no mail address.
    """
    return once_per_value(
        addresses,
        lambda distinct: pl.Series([_all_free(cell) for cell in distinct.to_list()], dtype=pl.Boolean),
    )


def mail_countries(addresses: pl.Series) -> pl.Series:
    """The country of the ending of the first mail address of each cell; null where it is of none.

    Free mailboxes are left out: a Kazakh firm at mail.ru is where it is.
    """
    return _countries(addresses, lambda cell: next((d for d in mail_domains(cell) if not _is_free(d)), None))


def site_countries(sites: pl.Series) -> pl.Series:
    """The country of the ending of each website; null where it is of none."""
    return _countries(sites, site_domain)


def mail_domains(cell: str) -> list[str]:
    """The domains of the mail addresses in a cell, in small letters."""
    return [domain.lower() for domain in _ADDRESS.findall(cell)]


def site_domain(cell: str) -> str | None:
    """The domain of a website in small letters, without `www.`; None where the cell holds none."""
    found = _SITE.match(cell.strip())
    return found[1].lower().removeprefix("www.") if found else None


def own_domains(cell: str) -> list[str]:
    """The domains of a cell's mail addresses that belong to one firm, not to everybody."""
    return [domain for domain in mail_domains(cell) if not _is_free(domain)]


def _all_free(cell: str) -> bool:
    domains = mail_domains(cell)
    return bool(domains) and all(_is_free(domain) for domain in domains)


def _is_free(domain: str) -> bool:
    name, _, ending = domain.partition(".")
    return domain in _free() or (bool(ending) and f"{name}.*" in _free())


def _countries(cells: pl.Series, domain_of: Callable[[str], str | None]) -> pl.Series:
    def told(distinct: pl.Series) -> pl.Series:
        return pl.Series([_ending_country(domain_of(cell)) for cell in distinct.to_list()], dtype=pl.String)

    return once_per_value(cells, told)


def _ending_country(domain: str | None) -> str | None:
    ending = domain.rpartition(".")[2] if domain else ""
    if ending in _endings():
        return _endings()[ending] or None
    return country_code(ending) if len(ending) == 2 and ending.isascii() and ending.isalpha() else None


@cache
def _free() -> frozenset[str]:
    return frozenset(row["domain"] for row in rows(_HERE / "free_mail.csv"))


@cache
def _endings() -> dict[str, str]:
    return {row["ending"]: row["country"] for row in rows(_HERE / "country_endings.csv")}
