"""The key under which two descriptions are the same text.

Goods that go out under one code today and under another tomorrow are the same goods where the text is
the same: up to case, accents, punctuation, the order of words, an English plural, and words that say
nothing. Numbers stay, since they are part numbers. A text that says nothing has no key: parts of all
kinds are "spare parts".
"""

import polars as pl

from screening.goods.clauses import says_nothing, telling_words
from screening.goods.single_clauses import key_of_text, says_nothing_at_all


def text_keys(texts: pl.Series) -> pl.Series:
    """The key of each description; null for a blank one and for one that says nothing."""
    words = (
        telling_words(texts)
        .str.split(" ")
        .list.eval(pl.element().filter(pl.element() != "").str.replace("([a-z]{3,}[^s])s$", "$1"))
    )
    keys = words.list.unique().list.sort().list.join(" ")
    return texts.to_frame("text").select(pl.when(~says_nothing(texts)).then(keys)).to_series()


def text_key(text: str) -> str | None:
    """The key of one description that `is_common`, told without a query."""
    return None if says_nothing_at_all(text) else key_of_text(text)
