"""How goods travel, in one word, whatever language or customs code the cell has."""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import found_in, once_per_value, pattern, plain_words, rows

_WORDS = Path(__file__).parent / "transport_words.csv"
OTHER, SEVERAL = "other", "multimodal"


def transport_kinds(modes: pl.Series) -> pl.Series:
    """The kind of transport of each cell: sea, rail, road, air, ... ; null where it is blank.

    A cell that names several is `multimodal`, one that names none is `other`.
    """
    return once_per_value(modes, _kinds)


def _kinds(modes: pl.Series) -> pl.Series:
    words = plain_words(modes)
    told = pl.DataFrame(
        [
            pl.select(pl.when(found_in(words, found)).then(pl.lit(kind))).to_series().alias(kind)
            for kind, found in _patterns().items()
        ]
    )
    several = pl.sum_horizontal(pl.all().is_not_null()) > 1
    return told.select(
        pl.when(several).then(pl.lit(SEVERAL)).otherwise(pl.coalesce(pl.all(), pl.lit(OTHER))).alias("kind")
    ).to_series()


@cache
def _patterns() -> dict[str, str]:
    lines = rows(_WORDS)
    kinds = dict.fromkeys(line["kind"] for line in lines)
    return {kind: pattern(line for line in lines if line["kind"] == kind) for kind in kinds}
