"""The fields that rest on the parties and addresses matched on the rows, as of each row's day."""

from collections.abc import Iterator, Sequence

import polars as pl

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
_NO_SCORE, _NOT_THERE = pl.Series([None], dtype=pl.Float64), pl.Series([False])


def matched_formula(name: str) -> pl.Expr | None:
    """The field, by what `found_on_lists` tells of a role; None for one that rests on no match."""
    role, _, attribute = name.partition(".")
    if attribute in _STATUS and role in (_ANY, *ROLES):
        # An identifier alone may find a party; that it finds none leaves open who the party is.
        names = [column for column in FIELDS[name].columns if column.endswith("_name")]
        nobody = pl.when(pl.coalesce(*names).is_not_null()).then(0.0)
        return pl.coalesce(said(role, attribute), nobody)
    if attribute in _AT_ADDRESS and role in ADDRESS_ROLES:
        known = pl.all_horizontal(pl.col(column).is_not_null() for column in FIELDS[name].columns)
        return pl.when(known).then(said(role, attribute))
    return None


def found_on_lists(
    rows: pl.DataFrame, matches: pl.DataFrame, asked: Sequence[tuple[str, str]]
) -> Iterator[pl.Series]:
    """For each asked role and attribute what the matches tell of every row.

    The best score of a party, null where none is found; or whether something is listed at the address.
    """
    groups = _grouped(matches)
    for role, attribute in asked:
        if status := _STATUS.get(attribute):
            told, own = _NO_SCORE, groups.get((status, PARTY, role))
        else:
            told, own = _NOT_THERE, groups.get(("in_force", _AT_ADDRESS[attribute], role))
        whole = told.new_from_index(0, rows.height)
        if own is not None and attribute == _FOLLOWS:
            own = _followed(rows, own, role)
        if own is not None:
            whole = whole.scatter(own["index"], own["score"] if status else True)
        yield whole.alias(fact_name(role, attribute))


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
