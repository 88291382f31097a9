"""Which word of one name met which of the other, for very many pairs of names at once.

Words meet one to one, the best meeting first. A meeting has a credit from 0 to 1: 1 for the same word,
less for a misspelling by how much of the word it spoils. What met nothing is left over.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from screening.names.vocabulary import Floats, Ints, Names, WordColumns

_SAME_MEANING = np.float32(0.97)
_BEGINNING = np.float32(0.7)
INITIAL = np.float32(0.6)
_LEAST_CREDIT = np.float32(0.4)
_FEW = 200
"""Word pairs of which to tell the distinct ones costs more than to look at all."""


@dataclass(slots=True)
class Aligned:
    """Pairs of names, their words, and for each word of the query the word it met and with what credit.

    `joined` is what a word weighs that met by being joined or split, 0 for the others.
    """

    query: Ints
    name: Ints
    met: Ints
    credit: Floats
    joined: Floats

    def at(self, pairs: Ints) -> "Aligned":
        """These of the pairs."""
        return Aligned(*(getattr(self, f.name)[pairs] for f in fields(self)))


def align(
    vocabulary: WordColumns, queries: Names, query: Ints, names: Names, name: Ints, width: int
) -> Aligned:
    """The words of every pair (query[i], name[i]) aligned; words beyond `width` are not looked at."""
    left, right = queries.padded(query, width), names.padded(name, width)
    credit = _credits(vocabulary, left, right)
    met, given = _assigned(credit, vocabulary.weight[np.maximum(right, 0)])
    return Aligned(left, right, met, given, np.zeros(met.shape, dtype=np.float32))


def _credits(v: WordColumns, left: Ints, right: Ints) -> Floats:
    """What every word of the left name would get for every word of the right one."""
    a, b = left[:, :, None], right[:, None, :]
    # The last word of the vocabulary stands for no word, -1, and must not be taken for one.
    real = (a >= 0) & (b >= 0)
    same = (v.meaning[left][:, :, None] == v.meaning[right][:, None, :]) & real
    credit = np.where(same, _SAME_MEANING, np.float32(0))
    credit[(a == b) & real] = 1.0
    at = np.flatnonzero(real & ~same & _may_be_alike(v, left, right))
    row, place = np.divmod(at, left.shape[1] * right.shape[1])
    one, other = np.divmod(place, right.shape[1])
    credit.ravel()[at] = _word_credits(v, left[row, one], right[row, other])
    return credit


def _may_be_alike(v: WordColumns, left: Ints, right: Ints) -> npt.NDArray[np.bool_]:
    """Cheap and never wrong in saying no: too few letters in common, or a number."""

    def each(column: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        return column[left][:, :, None], column[right][:, None, :]

    (long_a, long_b), (head_a, head_b) = each(v.length), each(v.head)
    letters_a, letters_b = each(v.letters)
    shorter = np.minimum(long_a, long_b)
    alike = (np.abs(long_a - long_b) <= 3) & (np.bitwise_count(letters_a ^ letters_b) <= 5)
    alike |= head_a == head_b
    alike &= shorter >= 3
    alike |= (shorter == 1) & ((head_a & 255) == (head_b & 255))
    word_a, word_b = each(~v.digits)
    alike &= word_a & word_b
    return np.asarray(alike)


def _word_credits(v: WordColumns, a: Ints, b: Ints) -> Floats:
    """Credits of many word pairs, each distinct pair looked at once."""
    if len(a) <= _FEW:
        return word_credits(v, a, b)
    distinct, back = np.unique(a * len(v.keys) + b, return_inverse=True)
    a, b = np.divmod(distinct, len(v.keys))
    return word_credits(v, a, b)[back]


def word_credits(v: WordColumns, a: Ints, b: Ints) -> Floats:
    """What the words a[i] and b[i] get for each other: 1 the same, 0 nothing in common."""
    if not len(a):
        return np.empty(0, dtype=np.float32)
    firsts, seconds = v.keys[a].tolist(), v.keys[b].tolist()
    exact = _distances(firsts, seconds)
    blurred = _distances(v.loose[a].tolist(), v.loose[b].tolist())
    longer = np.maximum(v.length[a], v.length[b]).astype(np.float32)
    shorter = np.minimum(v.length[a], v.length[b])
    credit = spelling_credit(exact, np.minimum(blurred, exact), longer)
    begun = np.flatnonzero((v.head[a] == v.head[b]) & (shorter >= 3))
    begun = begun[
        [firsts[i].startswith(seconds[i]) or seconds[i].startswith(firsts[i]) for i in begun.tolist()]
    ]
    credit[begun] = np.maximum(credit[begun], _BEGINNING * np.minimum(1, shorter[begun] / 4))
    credit = np.where(shorter == 1, INITIAL, credit)
    return np.where(credit < _LEAST_CREDIT, 0, credit).astype(np.float32)


def spelling_credit(exact: Floats, blurred: Floats, longer: Floats) -> Floats:
    """What two spellings get for each other: an edit counts by the word's length, one of sound only half."""
    edits = 0.6 * exact + 0.4 * blurred
    spoilt = edits / np.maximum(longer, 1)
    # One edit in a word of three is another word; in a word of ten it is a slip.
    return np.clip(1.0 - 2.0 * spoilt - 0.6 * (longer <= 3) * edits, 0, 0.98).astype(np.float32)


def _distances(a: list[str], b: list[str]) -> Floats:
    return np.asarray(process.cpdist(a, b, scorer=OSA.distance, dtype=np.float32))


def _assigned(credit: Floats, weight: Floats) -> tuple[Ints, Floats]:
    """For each word of the query the place that it met (-1 none) and its credit; best meetings first."""
    pairs, width, _ = credit.shape
    met = np.full((pairs, width), -1, dtype=np.int64)
    given = np.zeros((pairs, width), dtype=np.float32)
    # A heavier word is served first among equals, and then the earlier one.
    open_ = credit + np.where(credit > 0, 0.01 * weight[:, None, :], 0)
    rows = np.arange(pairs)
    for _ in range(width):
        flat = open_.reshape(len(rows), -1)
        best = flat.argmax(axis=1)
        found = flat[np.arange(len(rows)), best] > 0
        if not found.any():
            break
        rows, best, open_ = rows[found], best[found], open_[found]
        left, right = np.divmod(best, width)
        met[rows, left] = right
        given[rows, left] = credit[rows, left, right]
        here = np.arange(len(rows))
        open_[here, left, :] = 0
        open_[here, :, right] = 0
    return met, given
