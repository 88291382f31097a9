"""How goods are paid for, by the words of the papers.

Cash for what banks usually finance, and open account to a place of passage, are published red flags. What
the words leave open stays open: a share paid in advance is a deposit, and ordinary.
"""

from pathlib import Path

import polars as pl

from screening.phrases import first_class

_WORDS = Path(__file__).parent / "payment_words.csv"
OTHER = "other"
_ON_CREDIT = ["letter of credit", "documentary collection", "open account"]
"""Who pays so pays when the papers are there, or later."""
_PART = r"(?:^|[^0-9])[1-9]?[0-9](?:[.,][0-9]+)?\s*%"


def methods_said(texts: pl.Series) -> pl.Series:
    """The method that each text speaks of, `other` where it names none."""
    return first_class(texts, _WORDS, "method", OTHER)


def whole_advance(texts: pl.Series) -> pl.Series:
    """True where a text speaks of payment in advance, and not of a part of the price."""
    return (methods_said(texts) == "advance") & ~texts.str.contains(_PART)


def payment_method(method: pl.Expr, terms: pl.Expr) -> pl.Expr:
    """The method in one word; `other` where the words name none, null where there are none.

    The terms are asked where the method says nothing: `T/T` with `net 60` is a wire on open account, and
    open account it is. Both by `methods_said`.
    """
    told = terms.is_in(["open account", "advance", "letter of credit"]) & method.is_in(["wire", OTHER])
    chosen = pl.when(told | (method == OTHER)).then(pl.coalesce(terms, method))
    return chosen.otherwise(pl.coalesce(method, terms))


def paid_in_advance(paid: pl.Expr, method: pl.Expr, terms: pl.Expr) -> pl.Expr:
    """True where the whole price is paid before the goods leave; null where nothing is said of payment.

    `paid` is the method of payment; of the words of method and terms, what `whole_advance` tells.
    """
    either = method.fill_null(False) | terms.fill_null(False)
    return pl.when(paid.is_not_null()).then(either & ~paid.is_in(_ON_CREDIT))
