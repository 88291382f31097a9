"""Values that stand for whole chapters, headings or single codes: the longest code that fits decides."""

from collections.abc import Mapping

import polars as pl

_LENGTHS = (6, 4, 2)


def longest_prefix(hs6: pl.Expr, values: Mapping[str, str]) -> pl.Expr:
    """The value of the longest code that the given one begins with, null where none fits."""
    return pl.coalesce(
        hs6.str.slice(0, length).replace_strict(
            {code: value for code, value in values.items() if len(code) == length},
            default=None,
            return_dtype=pl.String,
        )
        for length in _LENGTHS
    )
