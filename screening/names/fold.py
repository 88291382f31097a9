"""One fold for query and list: what of a name is its own, in one script and one spelling.

Script and diacritics (rigour's transliteration, ICU for Arabic and Han), punctuation, `&` and `and`,
address and reference tails, legal forms, and romanisation habits, in that order.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rigour.text import ascii_text
from rigour.text.translit import maybe_ascii

from screening.names.legal import JOINING, mended, set_aside
from screening.names.sound import key
from screening.names.tails import parties

# Letters that trade documents write otherwise than the standard transliteration does.
_LETTERS = str.maketrans(
    {"ё": "е", "Ё": "Е", "№": " no ", "ў": "о", "Ў": "О", "&": " and ", "+": " and ", "@": " at "}
    | dict.fromkeys("ʼ’‘`´ʻʹ′ʺ\u0301", "'")
    | dict.fromkeys('«»“”„"', " ")
)
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12"}


@dataclass(frozen=True, slots=True)
class Folded:
    """What of a name is compared: its own words as written and as keys, and the form set aside."""

    words: tuple[str, ...]
    keys: tuple[str, ...]
    form: str

    @property
    def text(self) -> str:
        """The folded name: its keys in order, one space between."""
        return " ".join(self.keys)


def latin(text: str) -> str:
    """The text in lower-case ASCII letters, whatever script it came in."""
    if not text.isascii():
        text = maybe_ascii(text.translate(_LETTERS))
        if not text.isascii():
            text = ascii_text(text)
    elif "&" in text or "+" in text:
        text = text.translate(_LETTERS)
    return text.lower()


def readings(text: str) -> list[str]:
    """The names in one cell, in order: `A c/o B` holds A and B, `M/S A, TAX ID 1` holds A."""
    lowered = latin(text)
    return [part for part in parties(lowered) if _WORDS.search(part)] or [lowered]


@lru_cache(maxsize=20_000)
def _folded(lowered: str) -> Folded:
    words = _WORDS.findall(_ORDINAL.sub("", lowered.replace("'", "")))
    words = [_ROMAN.get(word, word) if place else word for place, word in enumerate(words)]
    own = [word for word in mended(words) if word not in JOINING] or words
    kept, form = set_aside(own)
    return Folded(tuple(own[i] for i in kept), tuple(key(own[i]) for i in kept), form)


def fold(text: str) -> Folded:
    """The folded name: equal for two spellings of one name, whatever script, case, form or habit."""
    return _folded(readings(text)[0])


def folds(text: str) -> list[Folded]:
    """One folded name for each name that the cell holds."""
    return [_folded(reading) for reading in readings(text)]
