"""The words of many names as arrays, so that names are compared by numbers and not one by one.

Every distinct word key has a number; what the comparison asks of a word (length, letters, weight, loose
key) is kept once per word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.names import words
from screening.names.fold import Folded
from screening.names.sound import loose

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 24
"""Words of a name that are compared; a longer name is compared by its first so many."""


@dataclass(slots=True)
class Vocabulary:
    """Distinct words by number: key, loose key, and what the comparison asks of each."""

    numbers: dict[str, int]
    keys: list[str]
    loose: list[str]
    meaning: Ints
    weight: Floats
    length: npt.NDArray[np.int16]
    letters: npt.NDArray[np.uint32]
    head: Ints
    digits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, numbers: dict[str, int], weight: Floats) -> "Vocabulary":
        """The vocabulary of numbered words with their weights."""
        keys = list(numbers)
        same = words.common_words().same_as
        extra = dict(numbers)
        meaning = [extra.setdefault(same.get(word, word), len(extra)) for word in keys]
        return cls(
            numbers,
            keys,
            [loose(word) for word in keys],
            np.array(meaning, dtype=np.int64),
            weight,
            np.array([len(word) for word in keys], dtype=np.int16),
            np.array([_letter_set(word) for word in keys], dtype=np.uint32),
            np.array([_head(word) for word in keys], dtype=np.int64),
            np.array([word[0].isdigit() for word in keys], dtype=bool),
        )


@dataclass(slots=True)
class Names:
    """Folded names as runs of word numbers in one vocabulary."""

    starts: Ints
    words: Ints

    def padded(self, names: Ints, width: int) -> Ints:
        """The word numbers of these names, one row each, -1 where a name is shorter."""
        places = self.starts[names][:, None] + np.arange(width)
        inside = places < self.starts[names + 1][:, None]
        return np.where(inside, self.words[np.where(inside, places, 0)], -1)

    def lengths(self) -> Ints:
        """How many words each name has."""
        return np.diff(self.starts)


def numbered(folded: Sequence[Folded], numbers: dict[str, int]) -> Names:
    """The names as word numbers; words not yet in `numbers` are added to it."""
    found = [numbers.setdefault(word, len(numbers)) for name in folded for word in name.keys[:LONGEST]]
    lengths = [min(len(name.keys), LONGEST) for name in folded]
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    return Names(starts, np.array(found, dtype=np.int64))


def _letter_set(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (_LETTERS.find(letter) if letter.isalpha() else 26 + int(letter) % 5)
    return bits


def _head(word: str) -> int:
    """The first three letters as one number."""
    return sum(ord(letter) << (8 * place) for place, letter in enumerate(word[:3]))
