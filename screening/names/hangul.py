"""Names in Hangul as lists and passports spell them, syllable by syllable: `김정은` is `kim jong un`.

No spelling is the one. The north, the McCune-Reischauer of older lists, passports of the south and the
Revised Romanization write one name four ways (Jong, Chong, Jung, Jeong), so a name is read in each of them.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HABITS = ("north", "reischauer", "passport", "revised")
"""The columns of `hangul.csv` that spell; the first is what lists of the sanctioned use."""

_FIRST, _LAST = 0xAC00, 0xD7A3
_MEDIALS, _FINALS = 21, 28


@dataclass(frozen=True, slots=True)
class _Spelling:
    """How one habit spells: the parts of a syllable in Unicode's order, syllables, and surnames."""

    initials: tuple[str, ...]
    medials: tuple[str, ...]
    finals: tuple[str, ...]
    syllables: dict[str, str]
    surnames: dict[str, str]

    def syllable(self, letter: str) -> str:
        """The syllable in Latin letters."""
        if letter in self.syllables:
            return self.syllables[letter]
        rest, final = divmod(ord(letter) - _FIRST, _FINALS)
        initial, medial = divmod(rest, _MEDIALS)
        return self.initials[initial] + self.medials[medial] + self.finals[final]


@cache
def _spellings() -> tuple[_Spelling, ...]:
    text = files("screening.names").joinpath("hangul.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return tuple(_spelling(rows, habit) for habit in HABITS)


def _spelling(rows: list[dict[str, str]], habit: str) -> _Spelling:
    parts: dict[str, dict[str, str]] = {}
    for row in rows:
        parts.setdefault(row["part"], {})[row["hangul"]] = row[habit]
    initials, medials, finals = (tuple(parts[part].values()) for part in ("initial", "medial", "final"))
    return _Spelling(initials, medials, ("", *finals), parts["syllable"], parts["surname"])


def syllables(word: str, habit: int, surnamed: bool = False) -> list[str]:
    """The syllables of a Hangul word in the habit of this number; a name's may begin with a surname."""
    spelling = _spellings()[habit]
    surname = _surname(spelling, word) if surnamed else ""
    found = [spelling.surnames[surname]] if surname else []
    return [*found, *map(spelling.syllable, word[len(surname) :])]


def _surname(spelling: _Spelling, word: str) -> str:
    """The surname that the word starts with, of two syllables or one; "" where it does not."""
    return next((word[:size] for size in (2, 1) if word[:size] in spelling.surnames), "")
