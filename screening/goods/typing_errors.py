"""Typing errors in trade words: a long word that nobody knows, one letter away from one that is known."""

from collections.abc import Iterable, Iterator
from functools import cache

import polars as pl

from screening.goods.lexicon import phrases
from screening.goods.nomenclature_index import nomenclature_index

_LONG = 6
"""Shorter words have too many neighbours that mean something else."""


def corrected(stems: pl.Series) -> pl.Series:
    """The stems, with each long unknown one replaced by the only trade word that is one letter away."""
    wrong = {word: meant for word in stems if (meant := corrected_stem(word)) != word}
    return stems.replace(wrong) if wrong else stems


def corrected_stem(word: str) -> str:
    """The stem, or the trade word that is meant by it."""
    if len(word) < _LONG or not word.isalpha() or word in _trade_words():
        return word
    meant = _meant(word)
    # The nomenclature takes long to read, so only what would be replaced is looked up there.
    return word if meant is None or word in nomenclature_index().vocabulary else meant


def _meant(word: str) -> str | None:
    near = _neighbours()
    found = {meant for form in (word, *_shortened(word)) for meant in near.get(form, ())}
    alike = [meant for meant in sorted(found) if _one_apart(word, meant)]
    return alike[0] if len(alike) == 1 else None


def _one_apart(first: str, second: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=1) <= 1


def _shortened(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


@cache
def _neighbours() -> dict[str, tuple[str, ...]]:
    """The trade words by themselves and by each form in which one letter is missing."""
    forms: dict[str, set[str]] = {}
    for word in _long(_trade_words()):
        for form in (word, *_shortened(word)):
            forms.setdefault(form, set()).add(word)
    return {form: tuple(sorted(words)) for form, words in forms.items()}


def _long(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if len(word) >= _LONG and word.isalpha())


@cache
def _trade_words() -> frozenset[str]:
    return frozenset(phrases()["stems"].explode().to_list())
