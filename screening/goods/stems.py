"""Words without their endings, so that `bearings`, `rulmanları` and `подшипников` meet their singular.

A light stemmer for three languages at once: the language of a description is not known, and a word
that loses a letter too many loses it on both sides. What matters is that different goods stay
different, so endings that change the meaning (Turkish `işlemcili`, with a processor) stay on.
"""

from functools import cache
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


def stem(word: pl.Expr) -> pl.Expr:
    """The stem of each word as `phrases.folded` gives words; a word with a digit in it is its own stem."""
    plain = word
    for expression, spelling in (*_SPELLINGS, *_PLURALS):
        plain = plain.str.replace(expression, spelling)
    plain = pl.when(plain.is_in(_english())).then(plain).otherwise(plain.str.replace(*_TURKISH_PLURAL))
    for expression, spelling in _CASES:
        plain = plain.str.replace(expression, spelling)
    russian = word.str.replace("^(.{3,}?)" + _CYRILLIC, "$1").str.replace(*_FLEETING)
    fixed = word.str.contains(r"\p{N}") | (word.str.len_chars() < 4)
    return pl.when(fixed).then(word).when(word.str.contains("[а-я]")).then(russian).otherwise(plain)


@cache
def _english() -> list[str]:
    """English words that end as a Turkish plural does."""
    return [line["word"] for line in rows(Path(__file__).parent / "words_in_ler.csv")]
