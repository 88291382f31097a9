"""Where the contact details of a party point to, and whether buyer and seller give the same ones.

A buyer who answers the seller's telephone, or sits at his address, may be the seller himself.
"""

from collections.abc import Sequence

import polars as pl


def contact_countries(given: Sequence[pl.Expr], countries: Sequence[pl.Expr]) -> pl.Expr:
    """The countries that the details point to, each once; null where none of the details is given."""
    known = pl.any_horizontal(detail.is_not_null() for detail in given)
    told = pl.concat_list(*countries).list.drop_nulls().list.unique(maintain_order=True)
    return pl.when(known).then(told)


def connected(own: Sequence[pl.Expr], *others: Sequence[pl.Expr]) -> pl.Expr:
    """True where another party gives a detail that this one gives too, each in one spelling.

    Null where no detail is given by both sides.
    """
    same = [mine == theirs for other in others for mine, theirs in zip(own, other, strict=True)]
    # Where none is the same and some are unknown, one that differs is enough to say no.
    return pl.coalesce(pl.any_horizontal(same), pl.all_horizontal(same))


def is_connected(own: Sequence[str | None], *others: Sequence[str | None]) -> bool | None:
    """What `connected` says of one row."""
    pairs = [pair for other in others for pair in zip(own, other, strict=True) if None not in pair]
    return any(mine == theirs for mine, theirs in pairs) if pairs else None
