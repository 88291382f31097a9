"""What the name of a party says that it does.

A forwarder or a bank does not use the goods that are sent to it; as the last consignee it is a
published red flag. Names tell in English, Turkish and Russian, the last in Latin letters too.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import folded, once_per_value, pattern, rows

_WORDS = Path(__file__).parent / "trade_words.csv"


def is_forwarder(names: pl.Series) -> pl.Series:
    """True where the name says that the party forwards freight; null where it is blank."""
    return once_per_value(names, lambda distinct: _says(distinct, "forwarder"))


def is_bank(names: pl.Series) -> pl.Series:
    """True where the name says that the party is a bank; null where it is blank."""
    return once_per_value(names, lambda distinct: _says(distinct, "bank"))


def _says(names: pl.Series, trade: str) -> pl.Series:
    words = folded(pl.col("name")).str.replace_all(" |", "", literal=True)
    told = words.str.replace_all(_words(f"no {trade}"), " ").str.contains(_words(trade))
    return names.to_frame("name").select(told).to_series()


@cache
def _words(trade: str) -> str:
    return pattern(line for line in rows(_WORDS) if line["trade"] == trade)
