"""What the words of an address are there for: to mark a number, to name a place, or to say nothing.

`words.csv` says so, a word or a phrase a line, each with its source. A word that it does not know is the
address's own: the name of a street, a building or a town.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORDS = Path(__file__).parent / "words.csv"
MARKS = {"unit": "unit", "floor": "floor", "house": "house", "block": "house", "box": "box"}
"""The classes of words that say what the number after them is, and how much of a place it tells."""
PLACES = frozenset({"city", "district", "direction"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase of the table stands for; it may be several things at once."""

    classes: frozenset[str]
    means: str
    """One spelling for all; of a country its code."""

    @property
    def place(self) -> str:
        """city, district or direction; empty for others."""
        return next(iter(self.classes & PLACES), "")

    @property
    def mark(self) -> str:
        """What the number after it is: unit, floor, house or box; empty where it says nothing of numbers."""
        return next((level for name, level in MARKS.items() if name in self.classes), "")


class Phrase(NamedTuple):
    """The phrase at a place of a text, and how many words it takes."""

    meaning: Meaning
    length: int


def phrase_at(words: Sequence[str], place: int) -> Phrase | None:
    """The longest phrase of the table that begins at that place; None for a word of the address's own."""
    for length in _lengths().get(words[place], ()):
        meaning = _meanings().get(" ".join(words[place : place + length]))
        if meaning is not None:
            return Phrase(meaning, length)
    return None


@cache
def countries() -> dict[str, str]:
    """The code of each country by its names here."""
    return {words: found.means for words, found in _meanings().items() if "country" in found.classes}


def words_of(name: str) -> list[str]:
    """The words of a class, the longer ones first."""
    found = (words for words, meaning in _meanings().items() if name in meaning.classes)
    return sorted(found, key=len, reverse=True)


@cache
def _meanings() -> dict[str, Meaning]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    classes: dict[str, set[str]] = {}
    means: dict[str, str] = {}
    for row in rows:
        classes.setdefault(row["word"], set()).add(row["class"])
        means[row["word"]] = row["means"] or means.get(row["word"], "") or row["word"]
    return {word: Meaning(frozenset(found), means[word]) for word, found in classes.items()}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the phrases are that begin with a word, the longest first."""
    found: dict[str, set[int]] = {}
    for phrase in _meanings():
        words = phrase.split()
        found.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}
