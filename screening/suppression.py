"""A site's exceptions over a batch: which findings they hide, and what is shown of it."""

from collections.abc import Iterator, Sequence

import polars as pl

from screening.parties import name_key
from screening.ruleset.exceptions import RuleException
from screening.shipment import ROLES

EXCEPTION_FIELDS = frozenset(
    {"export.country", "destination.country", "goods.hs6", *(f"{r}.key" for r in ROLES)}
)
"""The fields that exceptions are compared with."""


def hidden(fields: pl.DataFrame, exceptions: Sequence[RuleException]) -> pl.DataFrame:
    """A Boolean column for each exception, by its id: true where it covers the row."""
    if not exceptions:
        return pl.DataFrame()
    return fields.select(_covers(exception).fill_null(False).alias(exception.id) for exception in exceptions)


def _covers(exception: RuleException) -> pl.Expr:
    day = pl.col("shipment.date")
    return (day <= exception.expires) & pl.all_horizontal(_subject(exception))


def _subject(exception: RuleException) -> Iterator[pl.Expr]:
    if exception.party is not None:
        key = name_key(exception.party)
        yield pl.any_horizontal((pl.col(f"{role}.key") == key).fill_null(False) for role in ROLES)
    if exception.lane is not None:
        yield pl.col("export.country") == exception.lane.origin
        yield pl.col("destination.country") == exception.lane.to
        if exception.lane.hs6:
            yield pl.col("goods.hs6") == exception.lane.hs6
