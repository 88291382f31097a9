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
Texts = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float32]

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 24
"""Words of a name that are compared; a longer name is compared by its first so many."""


@dataclass(slots=True)
class Vocabulary:
    """Distinct words by number: key, loose key, and what the comparison asks of each.

    `meanings` numbers what words stand for, so that words of one meaning have one number.
    """

    numbers: dict[str, int]
    meanings: dict[str, int]
    keys: Texts
    loose: Texts
    meaning: Ints
    weight: Floats
    length: npt.NDArray[np.int16]
    letters: npt.NDArray[np.uint32]
    head: Ints
    digits: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, numbers: dict[str, int], weight: Floats) -> "Vocabulary":
        """The vocabulary of words, numbered in their order, with their weights."""
        meanings: dict[str, int] = {}
        keys = list(numbers)
        return cls(
            numbers,
            meanings,
            np.array(keys, dtype=object),
            np.array([loose(word) for word in keys], dtype=object),
            np.array(
                [meanings.setdefault(_stands_for(word), len(meanings)) for word in keys], dtype=np.int64
            ),
            weight,
            np.array([len(word) for word in keys], dtype=np.int16),
            np.array([_letter_set(word) for word in keys], dtype=np.uint32),
            np.array([_head(word) for word in keys], dtype=np.int64),
            np.array([word[0].isdigit() for word in keys], dtype=bool),
        )

    def with_more(self, unseen: dict[str, int], weight: Floats) -> "Vocabulary":
        """This vocabulary and, numbered after it, words that it has not seen."""
        if not unseen:
            return self
        more = Vocabulary.of(unseen, weight)
        first = len(self.meanings)
        own = zip(more.keys.tolist(), more.meaning.tolist(), strict=True)
        meaning = [self.meanings.get(_stands_for(word), first + of) for word, of in own]
        return Vocabulary(
            self.numbers,
            self.meanings,
            np.concatenate([self.keys, more.keys]),
            np.concatenate([self.loose, more.loose]),
            np.concatenate([self.meaning, np.array(meaning, dtype=np.int64)]),
            np.concatenate([self.weight, more.weight]),
            np.concatenate([self.length, more.length]),
            np.concatenate([self.letters, more.letters]),
            np.concatenate([self.head, more.head]),
            np.concatenate([self.digits, more.digits]),
        )


@dataclass(slots=True)
class Names:
    """Folded names as runs of word numbers in one vocabulary, and as one string of letters each."""

    starts: Ints
    words: Ints
    texts: list[str]
    sizes: Ints

    def padded(self, names: Ints, width: int) -> Ints:
        """The word numbers of these names, one row each, -1 where a name is shorter."""
        places = self.starts[names][:, None] + np.arange(width)
        inside = places < self.starts[names + 1][:, None]
        return np.where(inside, self.words[np.where(inside, places, 0)], -1)

    def lengths(self) -> Ints:
        """How many words each name has."""
        return np.diff(self.starts)


def numbered(folded: Sequence[Folded], known: dict[str, int], unseen: dict[str, int]) -> Names:
    """The names as word numbers; words that are not known are numbered after those, in `unseen`."""
    first = len(known)
    found = []
    for name in folded:
        for word in name.keys[:LONGEST]:
            number = known.get(word)
            found.append(unseen.setdefault(word, first + len(unseen)) if number is None else number)
    lengths = [min(len(name.keys), LONGEST) for name in folded]
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    texts = ["".join(name.keys) for name in folded]
    sizes = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    return Names(starts, np.array(found, dtype=np.int64), texts, sizes)


def _stands_for(word: str) -> str:
    return words.common_words().same_as.get(word, word)


def _letter_set(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (_LETTERS.find(letter) if letter.isalpha() else 26 + int(letter) % 5)
    return bits


def _head(word: str) -> int:
    """The first three letters as one number."""
    return sum(ord(letter) << (8 * place) for place, letter in enumerate(word[:3]))
