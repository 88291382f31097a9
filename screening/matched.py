"""The fields that rest on the parties and addresses matched on the rows, as of each row's day."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import polars as pl

from screening.abreast import FEW
from screening.address_matches import ADDRESS_ROLES, LISTED, SHARED
from screening.fields import FIELDS
from screening.parties import PARTY
from screening.remembered import fact_name, said
from screening.shipment import ROLES

SUCCESSOR_DAYS = 365
"""How soon after a listing a firm at the same address may be its successor."""
_ANY = "any_party"
_STATUS = {"match.score": "in_force", "later_match.score": "designated_after_shipment"}
_AT_ADDRESS = {
    "address.listed": LISTED,
    "address.shared_with_listed": SHARED,
    "address.follows_listed": SHARED,
}
_FOLLOWS = "address.follows_listed"
_NOWHERE = pl.repeat(False, pl.len())
_COURSES = 1024


def matched_formula(name: str) -> pl.Expr | None:
    """The field, as `found_on_lists` tells it of a role; None for one that rests on no match."""
    role, _, attribute = name.partition(".")
    of_party = attribute in _STATUS and role in (_ANY, *ROLES)
    of_address = attribute in _AT_ADDRESS and role in ADDRESS_ROLES
    return said(role, attribute) if of_party or of_address else None


def found_on_lists(
    rows: pl.DataFrame, matches: pl.DataFrame, asked: Sequence[tuple[str, str]]
) -> Iterator[pl.Series]:
    """For each asked role and attribute what the matches tell of every row.

    The best score of a party, 0 where a party is named that is not found; or whether something is listed at
    the address. Null where no such party or address is stated.
    """
    groups = _grouped(matches)
    for (role, attribute), whole in zip(asked, _nothing_found(rows, tuple(asked)), strict=True):
        status = _STATUS.get(attribute)
        key = (status, PARTY, role) if status else ("in_force", _AT_ADDRESS[attribute], role)
        own = groups.get(key)
        if own is not None and attribute == _FOLLOWS:
            own = _followed(rows, own, role)
        if own is not None:
            whole = whole.clone().scatter(own["index"], own["score"] if status else True)
        yield whole.alias(fact_name(role, attribute))


def _nothing_found(rows: pl.DataFrame, asked: tuple[tuple[str, str], ...]) -> list[pl.Series]:
    """What is told of each of them where nothing is found: what is stated decides."""
    if rows.height > FEW:
        return rows.select(_where_stated(asked, frozenset(rows.columns))).get_columns()
    stated = (zip(rows.columns, row, strict=True) for row in rows.rows())
    return _of_few(asked, tuple(frozenset(name for name, cell in row if cell is not None) for row in stated))


@lru_cache(_COURSES)
def _of_few(asked: tuple[tuple[str, str], ...], stated: tuple[frozenset[str], ...]) -> list[pl.Series]:
    """The same for a few rows, in each of which these columns are stated."""
    there = frozenset[str]().union(*stated)
    rows = pl.DataFrame({name: [True if name in one else None for one in stated] for name in there})
    return rows.select(_where_stated(asked, there)).get_columns()


@lru_cache(_COURSES)
def _where_stated(asked: tuple[tuple[str, str], ...], there: frozenset[str]) -> list[pl.Expr]:
    told = (_unlisted(f"{role}.{attribute}", there) for role, attribute in asked)
    return [formula.alias(str(place)) for place, formula in enumerate(told)]


def _unlisted(name: str, there: frozenset[str]) -> pl.Expr:
    """What the field says of what is stated in the columns that are there, and not listed."""
    columns = FIELDS[name].columns
    if not name.endswith(tuple(_STATUS)):
        known = [pl.col(column).is_not_null() for column in columns if column in there]
        stated = pl.all_horizontal(known) if len(known) == len(columns) else _NOWHERE
        return pl.when(stated).then(False)
    # An identifier alone may find a party; that it finds none leaves open who the party is.
    names = (pl.col(column) for column in columns if column.endswith("_name") and column in there)
    return pl.when(pl.any_horizontal(_NOWHERE, *(named.is_not_null() for named in names))).then(0.0)


def _grouped(matches: pl.DataFrame) -> dict[tuple[object, ...], pl.DataFrame]:
    """The matches by status, kind and role, and of all roles together; the best of each row stand last."""
    if matches.is_empty():
        return {}
    told = matches.select("status", "kind", "role", "index", "score", "listed_on")
    both = pl.concat([told, told.with_columns(role=pl.lit(_ANY))]).sort("score", maintain_order=True)
    return both.partition_by("status", "kind", "role", maintain_order=True, as_dict=True)


def _followed(rows: pl.DataFrame, shared: pl.DataFrame, role: str) -> pl.DataFrame:
    """The matches of an address whose party was registered within a year after the listing."""
    unknown = pl.repeat(None, rows.height, dtype=pl.Date, eager=True)
    registered = rows.get_column(f"{role}_registered_on", default=unknown).gather(shared["index"])
    after = (pl.col("registered") - pl.col("listed_on")).dt.total_days()
    return shared.with_columns(registered.alias("registered")).filter(after.is_between(0, SUCCESSOR_DAYS))
