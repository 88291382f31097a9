"""How goods are paid for, by the words of the papers.

Cash for what banks usually finance, and open account to a place of passage, are published red flags. What
the words leave open stays open: a share paid in advance is a deposit, and ordinary.
"""

from pathlib import Path

import polars as pl

from screening.phrases import first_class, once_per_value

_WORDS = Path(__file__).parent / "payment_words.csv"
OTHER = "other"
_ON_CREDIT = ["letter of credit", "documentary collection", "open account"]
"""Who pays so pays when the papers are there, or later."""
_PART = r"(?:^|[^0-9])[1-9]?[0-9](?:[.,][0-9]+)?\s*%"


def payment_method(method: pl.Series, terms: pl.Series) -> pl.Series:
    """The method in one word; `other` where the words name none, null where there are none.

    The terms are asked where the method says nothing: `T/T` with `net 60` is a wire on open account, and
    open account it is.
    """
    said = pl.DataFrame({"method": _read(method), "terms": _read(terms)})
    told = pl.col("terms").is_in(["open account", "advance", "letter of credit"]) & pl.col("method").is_in(
        ["wire", OTHER]
    )
    chosen = pl.when(told | (pl.col("method") == OTHER)).then(pl.coalesce("terms", "method"))
    return said.select(chosen.otherwise(pl.coalesce("method", "terms")).alias("payment")).to_series()


def paid_in_advance(method: pl.Series, terms: pl.Series) -> pl.Series:
    """True where the whole price is paid before the goods leave; null where nothing is said of payment."""
    said = pl.DataFrame({"method": _whole_advance(method), "terms": _whole_advance(terms)})
    either = pl.col("method").fill_null(False) | pl.col("terms").fill_null(False)
    paid = payment_method(method, terms).alias("paid")
    by_credit = pl.col("paid").is_in(_ON_CREDIT)
    return (
        said.with_columns(paid)
        .select(pl.when(pl.col("paid").is_not_null()).then(either & ~by_credit))
        .to_series()
    )


def _read(texts: pl.Series) -> pl.Series:
    return first_class(texts, _WORDS, "method", OTHER)


def _whole_advance(texts: pl.Series) -> pl.Series:
    part = once_per_value(texts, lambda distinct: distinct.str.contains(_PART))
    return (_read(texts) == "advance") & ~part
