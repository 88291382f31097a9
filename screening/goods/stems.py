"""Words without their endings, so that `bearings`, `rulmanları` and `подшипников` meet their singular.

A light stemmer for three languages at once: the language of a description is not known, and a word
that loses a letter too many loses it on both sides. What matters is that different goods stay
different, so endings that change the meaning (Turkish `işlemcili`, with a processor) stay on.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

import polars as pl

from screening.phrases import rows

_CYRILLIC = (
    "(?:иями|ями|ами|иях|ях|ах|ием|иям|ям|ам|ов|ев|еи|ои|ом|ого|его|ому|ему|ыми|ими|ых|их|ую|юю|ая|яя|ое|ее"
    "|ые|ие|ыи|ии|ия|ию|ью|а|я|о|е|ы|и|у|ю|ь)$"
)
_SPELLINGS = (
    ("^aluminum$", "aluminium"),
    ("(fib|cent|calib|met|lit)re(s?)$", "${1}er$2"),
    ("yser(s?)$", "yzer$1"),
    ("^mould", "mold"),
    ("jewellery", "jewelry"),
)
_PLURALS = (
    ("([a-z]{2})ies$", "${1}y"),
    ("(ch|sh|x|ss)es$", "$1"),
    ("([a-z]{2}[^suiöü])s$", "$1"),
    ("^([a-z]{3,})l[ae]r(?:i|in|ini|inin|a|e|da|de|dan|den|la|le)$", "$1"),
)
_TURKISH_PLURAL = ("^([a-z]{3,})l[ae]r$", "$1")
_CASES = (
    ("^([a-z]{3,}[aeiou])s[iu](?:n[iu]?n?)?$", "$1"),
    ("^([a-z]{3,})[aeiou]$", "$1"),
    ("^([a-z]{4,})g$", "${1}k"),
)
_FLEETING = ("([бвгджзклмнпрстфхцчшщ])[ое]к$", "${1}к")


_LONGER_RUSSIAN = ("^(.{3,}?)" + _CYRILLIC, "$1")
_RUSSIAN = "[а-я]"
_SHORT = 4
"""A word of fewer letters is its own stem."""


def stem(word: pl.Expr) -> pl.Expr:
    """The stem of each word as `phrases.folded` gives words; a word with a digit in it is its own stem."""
    plain = word
    for expression, spelling in (*_SPELLINGS, *_PLURALS):
        plain = plain.str.replace(expression, spelling)
    plain = pl.when(plain.is_in(_english())).then(plain).otherwise(plain.str.replace(*_TURKISH_PLURAL))
    for expression, spelling in _CASES:
        plain = plain.str.replace(expression, spelling)
    russian = word.str.replace(*_LONGER_RUSSIAN).str.replace(*_FLEETING)
    fixed = word.str.contains(r"\p{N}") | (word.str.len_chars() < _SHORT)
    return pl.when(fixed).then(word).when(word.str.contains(_RUSSIAN)).then(russian).otherwise(plain)


@lru_cache(1 << 14)
def stem_of(word: str) -> str:
    """What `stem` says of one word in common letters; a query for one costs fifty times as much."""
    if len(word) < _SHORT or any(map(str.isnumeric, word)):
        return word
    if _found(_RUSSIAN).search(word):
        return _replaced(word, _LONGER_RUSSIAN, _FLEETING)
    plain = _replaced(word, *_SPELLINGS, *_PLURALS)
    return _replaced(plain if plain in _english() else _replaced(plain, _TURKISH_PLURAL), *_CASES)


def _replaced(word: str, *spellings: tuple[str, str]) -> str:
    for expression, spelling in spellings:
        word = _found(expression).sub(_groups(spelling), word, 1)
    return word


@cache
def _found(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def _groups(spelling: str) -> str:
    """The replacement as Python writes it."""
    return re.sub(r"\$\{?(\d)\}?", r"\\g<\1>", spelling)


@cache
def _english() -> list[str]:
    """English words that end as a Turkish plural does."""
    return [line["word"] for line in rows(Path(__file__).parent / "words_in_ler.csv")]
