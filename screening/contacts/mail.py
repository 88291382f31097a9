"""Mail addresses and websites: whose they can be, and what country their ending is of.

A mailbox that anybody can open says nothing of the firm; an ending such as `.ru` says where it is at home.
Endings that are sold to the whole world (`.co`, `.io`) are of no country.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import rows
from screening.places.countries import country_code

_HERE = Path(__file__).parent
_ADDRESS = re.compile(r"[^\s@<>,;:\"'()]+@([\w-]+(?:\.[\w-]+)+)")
_SITE = re.compile(r"^(?:[a-z]+://)?(?:[^\s@/]*@)?([\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def free_mail(addresses: pl.Series) -> pl.Series:
    """True where every address of the cell is at a provider that anybody can use.

    False where the cell holds no mail address.
    """
    return pl.Series([_all_free(cell) for cell in addresses.to_list()], dtype=pl.Boolean)


def own_mail(addresses: pl.Series) -> pl.Series:
    """The first domain of each cell that belongs to one firm, not to everybody; null where there is none."""
    return _domains(addresses, lambda cell: next(iter(own_domains(cell)), None))


def own_site(sites: pl.Series) -> pl.Series:
    """The domain of each website; null where the cell holds none."""
    return _domains(sites, site_domain)


def mail_countries(addresses: pl.Series) -> pl.Series:
    """The country of the ending of the first mail address of each cell; null where it is of none.

    Free mailboxes are left out: a Kazakh firm at mail.ru is where it is.
    """
    return _domains(addresses, lambda cell: _ending_country(next(iter(own_domains(cell)), None)))


def site_countries(sites: pl.Series) -> pl.Series:
    """The country of the ending of each website; null where it is of none."""
    return _domains(sites, lambda cell: _ending_country(site_domain(cell)))


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


def _domains(cells: pl.Series, read: Callable[[str], str | None]) -> pl.Series:
    return pl.Series([read(cell) for cell in cells.to_list()], dtype=pl.String)


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
