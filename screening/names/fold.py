"""One fold for query and list: what of a name is its own, in one script and one spelling.

Script and diacritics (rigour's transliteration; `scripts` for Hangul and Han), punctuation, `&` and `and`,
address and reference tails, legal forms, and romanisation habits, in that order.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from rigour.text import ascii_text
from rigour.text.translit import maybe_ascii

from screening.names.legal import JOINING, mended, set_aside
from screening.names.scripts import spellings
from screening.names.sound import key
from screening.names.tails import parties

# Letters that trade documents write otherwise than the standard transliteration does.
_LETTERS = str.maketrans(
    {"ё": "е", "Ё": "Е", "№": " no ", "ў": "о", "Ў": "О", "&": " and ", "+": " and ", "@": " at "}
    | dict.fromkeys("ʼ’‘`´ʻʹ′ʺ\u0301", "'")
    | dict.fromkeys('«»“”„"', " ")
)
_LONGEST = 2_000  # letters of a cell that are read: a name is compared by its first words
_WORDS = re.compile(r"[a-z]+|[0-9]+")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
# A scanner reads a digit for a letter; between letters there is no digit in a name.
_MISREAD = re.compile(r"(?<=[a-z]{2})[1358](?=[a-z])|(?<=[a-z])0(?=[a-z])|\b0(?=[a-z]{3})")
_READ = {"0": "o", "1": "i", "3": "e", "5": "s", "8": "b"}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vii": "7", "viii": "8", "ix": "9", "xii": "12"}
_LETTERS_OF_ONE = 3
_UNITS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_UNITS |= {"six": "6", "seven": "7", "eight": "8", "nine": "9"} | {unit: unit for unit in "123456789"}
_TENS = {"twenty": "2", "thirty": "3", "forty": "4", "fourty": "4", "fifty": "5"}
_TENS |= {"sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9"}


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
    if text.isascii():
        return (text.translate(_LETTERS) if "&" in text or "+" in text else text).lower()
    found = maybe_ascii(text.translate(_LETTERS))
    found = (found if found.isascii() else ascii_text(found)).lower()
    return found if _WORDS.search(found) else _letter_by_letter(text)


def _letter_by_letter(text: str) -> str:
    """A script that nothing romanises, each letter by its number: such names meet their own spelling."""
    numbers = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
    return "".join(
        f"{ord(letter):x}".translate(numbers) if unicodedata.category(letter)[0] in "LMN" else " "
        for letter in text
    )


def readings(text: str) -> list[str]:
    """The names in one cell, in order: `A c/o B` holds A and B, `M/S A, TAX ID 1` holds A.

    A name in a script of many spellings is read in each of them.
    """
    return [part for spelling in _spellings(text[:_LONGEST]) for part in _parties(spelling)]


def _spellings(text: str) -> list[str]:
    return [latin(text)] if text.isascii() else spellings(text, latin)


def _parties(lowered: str) -> list[str]:
    return [part for part in parties(lowered) if _WORDS.search(part)] or [lowered]


@lru_cache(maxsize=20_000)
def _folded(lowered: str) -> Folded:
    bare = _ORDINAL.sub("", lowered.replace("'", ""))
    words = _WORDS.findall(_MISREAD.sub(lambda found: _READ[found.group()], bare))
    words = [_ROMAN.get(word, word) if place else word for place, word in enumerate(words)]
    own = [word for word in mended(words) if word not in JOINING] or words
    kept, form = set_aside(own)
    rest = _counted(_acronyms([own[i] for i in kept]))
    return Folded(tuple(rest), tuple(map(key, rest)), form)


def _acronyms(words: list[str]) -> list[str]:
    """The words, where three single letters or more in a row are one: `A.B.C.` is `abc`."""
    if list(map(len, words)).count(1) < _LETTERS_OF_ONE:
        return words
    found: list[str] = []
    for single, run in groupby(words, lambda word: len(word) == 1 and word.isalpha()):
        letters = list(run)
        found += ["".join(letters)] if single and len(letters) >= _LETTERS_OF_ONE else letters
    return found


def _counted(words: list[str]) -> list[str]:
    """The words, where tens and a unit are one number: `forty four` is `44`."""
    if _TENS.keys().isdisjoint(words):
        return words
    found: list[str] = []
    before = ""
    for word in words:
        tens, unit = _TENS.get(before), _UNITS.get(word)
        if tens and unit:
            found[-1] = tens + unit
        else:
            found.append(_TENS[word] + "0" if word in _TENS else word)
        before = word
    return found


def fold(text: str) -> Folded:
    """The folded name: equal for two spellings of one name, whatever script, case, form or habit."""
    return _folded(readings(text)[0])


def folds(text: str) -> list[Folded]:
    """One folded name for each reading of each name that the cell holds."""
    return [_folded(reading) for reading in readings(text)]


def holds_one(text: str) -> bool:
    """Whether the cell holds one name and no second, however many ways it may be read."""
    return len(_parties(_spellings(text[:_LONGEST])[0])) == 1
