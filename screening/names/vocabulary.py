"""The words of many names as arrays, so that names are compared by numbers and not one by one.

Every distinct word key has a number; what the comparison asks of a word (length, letters, weight, loose
key) is kept once per word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from screening.names import words
from screening.names.fold import Folded
from screening.names.sound import loose

Ints = npt.NDArray[np.int64]
AnyInts = npt.NDArray[np.integer[Any]]
Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float32]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PRIME = 2**31 - 1
_SHIFTS = np.array([pow(256, length, _PRIME) for length in range(64)], dtype=np.int64)
LONGEST = 24
"""Words of a name that are compared; a longer name is compared by its first so many."""


@dataclass(slots=True)
class WordColumns:
    """What the comparison asks of words, one row a word.

    `meaning` numbers what a word stands for, so that words of one meaning have one number.
    """

    keys: Texts
    loose: Texts
    meaning: Ints
    weight: Floats
    length: npt.NDArray[np.int16]
    letters: npt.NDArray[np.uint32]
    head: Ints
    sum: npt.NDArray[np.int32]
    digits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, keys: list[str], meaning: list[int], weight: Floats) -> "WordColumns":
        """The columns of words, with the numbers of their meanings and their weights."""
        return cls(
            np.array(keys, dtype=object),
            np.array([loose(word) for word in keys], dtype=object),
            np.array(meaning, dtype=np.int64),
            weight,
            np.array([len(word) for word in keys], dtype=np.int16),
            np.array([_letter_set(word) for word in keys], dtype=np.uint32),
            np.array([_head(word) for word in keys], dtype=np.int64),
            np.array([_sum(word) for word in keys], dtype=np.int32),
            np.array([word[0].isdigit() for word in keys], dtype=bool),
        )

    def only(self, words: Ints, more: "WordColumns") -> "WordColumns":
        """The columns of these words, and after them those of more words."""
        pairs = ((getattr(self, f.name)[words], getattr(more, f.name)) for f in fields(self))
        return WordColumns(*(np.concatenate(pair) for pair in pairs))


@dataclass(slots=True)
class Vocabulary:
    """The distinct words of a list by number, and the numbers of what they stand for."""

    numbers: dict[str, int]
    meanings: dict[str, int]
    columns: WordColumns

    @classmethod
    def of(cls, numbers: dict[str, int], weight: Floats) -> "Vocabulary":
        """The vocabulary of words, numbered in their order, with their weights."""
        meanings: dict[str, int] = {}
        meaning = [meanings.setdefault(_stands_for(word), len(meanings)) for word in numbers]
        return cls(numbers, meanings, WordColumns.of(list(numbers), meaning, weight))

    def among(
        self, asked: "Names", listed: "Names", unseen: dict[str, int], weight: Floats
    ) -> "tuple[WordColumns, Names, Names]":
        """The words of these names alone, and the names numbered by them.

        `unseen` are those that the vocabulary lacks, numbered after its own. A comparison that holds only
        the words it needs costs the same however many the list has.
        """
        known = len(self.numbers)
        both = np.concatenate([asked.words, listed.words])
        used = np.unique(both[both < known])
        others: dict[str, int] = {}
        meaning = [
            self.meanings.get(word, len(self.meanings) + others.setdefault(word, len(others)))
            for word in map(_stands_for, unseen)
        ]
        more = WordColumns.of(list(unseen), meaning, weight)
        if not len(used) and not unseen:
            more = _NO_WORD
        columns = self.columns.only(used, more)
        return columns, asked.renumbered(used, known), listed.renumbered(used, known)


@dataclass(slots=True)
class Names:
    """Folded names as runs of word numbers in one vocabulary."""

    starts: Ints
    words: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def only(self, names: Ints) -> "Names":
        """These of the names, in the order given."""
        at, places = spread(self.starts[names], self.starts[names + 1])
        return Names(np.searchsorted(at, np.arange(len(names) + 1)), self.words[places])

    def renumbered(self, used: AnyInts, known: int) -> "Names":
        """The same names, words below `known` by their place in `used` and the others after those."""
        unseen = self.words - known + len(used)
        words = np.where(self.words < known, np.searchsorted(used, self.words), unseen)
        return Names(self.starts, words.astype(np.int32))

    def padded(self, names: Ints, width: int) -> Ints:
        """The first `width` word numbers of these names, one row each, -1 where a name is shorter."""
        places = self.starts[names][:, None] + np.arange(width)
        inside = places < self.starts[names + 1][:, None]
        found = np.full(places.shape, -1, dtype=np.int64)
        found[inside] = self.words[places[inside]]
        return found

    def lengths(self) -> Ints:
        """How many words each name has."""
        return np.diff(self.starts)

    def sizes(self, columns: WordColumns) -> Ints:
        """How many letters each name has."""
        letters = np.concatenate(([0], np.cumsum(columns.length[self.words], dtype=np.int64)))
        return np.diff(letters[self.starts])

    def letters(self, columns: WordColumns) -> npt.NDArray[np.uint32]:
        """Which letters each name has, as its words say it."""
        # One more for names without a word, which start where all words end.
        of_words = np.append(columns.letters[self.words], np.uint32(0))
        found: npt.NDArray[np.uint32] = np.bitwise_or.reduceat(of_words, self.starts[:-1])
        found[self.lengths() == 0] = 0
        return found

    def texts(self, names: Ints, columns: WordColumns, between: str = "") -> list[str]:
        """The words of these names written one after the other."""
        bounds = zip(self.starts[names].tolist(), self.starts[names + 1].tolist(), strict=True)
        return [between.join(columns.keys[self.words[start:end]]) for start, end in bounds]


def numbered(folded: Sequence[Folded], known: dict[str, int], unseen: dict[str, int]) -> Names:
    """The names as word numbers; words that are not known are numbered after those, in `unseen`."""
    first = len(known)
    found = []
    for name in folded:
        for word in name.keys:
            number = known.get(word)
            found.append(unseen.setdefault(word, first + len(unseen)) if number is None else number)
    starts = np.cumsum([0, *(len(name.keys) for name in folded)], dtype=np.int64)
    return Names(starts, np.array(found, dtype=np.int32))


def spread(starts: AnyInts, ends: AnyInts) -> tuple[Ints, Ints]:
    """Every place of the ranges (start, end): which range it belongs to, and the place."""
    counts = ends - starts
    at = np.repeat(np.arange(len(counts)), counts)
    return at, np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts - starts, counts)


def joined_sum(
    first: npt.NDArray[np.int32], second: npt.NDArray[np.int32], second_length: npt.NDArray[np.int16]
) -> npt.NDArray[np.int32]:
    """The sums of words that are each a first and a second word written as one."""
    shift = _SHIFTS[np.minimum(second_length, len(_SHIFTS) - 1)]
    return ((first * shift + second) % _PRIME).astype(np.int32)


def _stands_for(word: str) -> str:
    return words.common_words().same_as.get(word, word)


def _letter_set(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (_LETTERS.find(letter) if letter.isalpha() else 26 + int(letter) % 5)
    return bits


def _sum(word: str) -> int:
    """A checksum of the word's letters; two words of one sum are hardly ever different."""
    return int.from_bytes(word.encode()) % _PRIME


def _head(word: str) -> int:
    """The first three letters as one number."""
    return sum(ord(letter) << (8 * place) for place, letter in enumerate(word[:3]))


_NO_WORD = WordColumns.of(["0"], [-1], np.ones(1, dtype=np.float32))
"""Stands for the words of names that have none, since nothing can be looked up in empty columns."""
