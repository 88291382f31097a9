"""A word that is the first letters of others: `PLA` and `People's Liberation Army`, `JC` and `Jean-Claude`.

Looked for among what is left over on both sides. Words that say nothing, as `of`, have no letter in it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screening.names.alignment import Aligned
from screening.names.vocabulary import Ints, WordColumns

Flags = npt.NDArray[np.bool_]

_LONGEST = 7
_FEW, _CREDIT_FEW, _CREDIT = 2, np.float32(0.6), np.float32(0.75)
_FUNCTION_WORD = 0.1
_COMPANY, _SURE = "k", 3  # `CNPC` has the letter of a corporation, whose word is set aside
_SOUNDS = str.maketrans("cq", "kk")  # keys write one letter as c or k by what follows it
_C, _K = (1 << "abcdefghijklmnopqrstuvwxyz".index(letter) for letter in "ck")


def meet_initials(v: WordColumns, aligned: Aligned) -> None:
    """A word left over that is the initials of others left over has met them, in place."""
    left = (aligned.query >= 0) & (aligned.met < 0)
    right = aligned.name >= 0
    rows, places = np.nonzero(aligned.met >= 0)
    right[rows, aligned.met[rows, places]] = False
    letters = _Letters.of(v)
    for row in _could_be(letters, aligned.query, left, aligned.name, right):
        _shorten(v, aligned, row, np.flatnonzero(left[row]), np.flatnonzero(right[row]))
    for row in _could_be(letters, aligned.name, right, aligned.query, left):
        _spell_out(v, aligned, row, np.flatnonzero(left[row]), np.flatnonzero(right[row]))


@dataclass(frozen=True, slots=True)
class _Letters:
    """For each word whether it may be initials, which letters it has, and which it begins with."""

    short: Flags
    all: Ints
    first: Ints

    @classmethod
    def of(cls, v: WordColumns) -> "_Letters":
        first = np.where(v.digits, 0, 1 << ((v.head & 255) - ord("a")).clip(0))
        short = (v.length >= _FEW) & (v.length <= _LONGEST) & ~v.digits
        return cls(short, _as_k(v.letters.astype(np.int64)) & ~_K, _as_k(first))


def _could_be(v: _Letters, ones: Ints, free_ones: Flags, others: Ints, free_others: Flags) -> list[int]:
    """Rows where a free word has no letter that begins no free word of the other side; cheap."""
    short = v.short[ones] & free_ones
    rows = np.flatnonzero(short.any(axis=1) & (free_others.sum(axis=1) >= _FEW))
    ones, others = ones[rows], others[rows]
    begun = np.bitwise_or.reduce(np.where(free_others[rows], v.first[others], 0), axis=1)[:, None]
    could = (short[rows] & (v.all[ones] & ~begun == 0)).any(axis=1)
    return [int(row) for row in rows[could]]


def _as_k(letters: Ints) -> Ints:
    return np.asarray(np.where(letters & _C, letters & ~_C | _K, letters))


def _shorten(v: WordColumns, aligned: Aligned, row: int, left: Ints, right: Ints) -> None:
    """A word of the query met a run of listed ones; the further ones are part of the first."""
    one, run = _run(v, aligned.query[row], left, aligned.name[row], right)
    if not run:
        return
    words = aligned.name[row, run]
    aligned.met[row, one], aligned.credit[row, one] = run[0], _credit(run)
    aligned.joined[row, one] = min(v.weight[aligned.query[row, one]], v.weight[words].sum())
    aligned.name[row, run[1:]] = -1


def _spell_out(v: WordColumns, aligned: Aligned, row: int, left: Ints, right: Ints) -> None:
    """Words of the query met one listed word."""
    one, run = _run(v, aligned.name[row], right, aligned.query[row], left)
    if not run:
        return
    parts = v.weight[aligned.query[row, run]]
    most = min(v.weight[aligned.name[row, one]] / parts.sum(), 1)
    aligned.met[row, run], aligned.credit[row, run] = one, _credit(run)
    aligned.joined[row, run] = parts * most


def _credit(run: list[int]) -> np.float32:
    return _CREDIT if len(run) > _FEW else _CREDIT_FEW


def _run(
    v: WordColumns, ones: Ints, free_ones: Ints, others: Ints, free_others: Ints
) -> tuple[int, list[int]]:
    """A free word and the places of the free words, in order, whose initials it is; none is (-1, [])."""
    telling = [place for place in free_others.tolist() if v.weight[others[place]] > _FUNCTION_WORD]
    letters = "".join(v.keys[others[place]][0] for place in telling).translate(_SOUNDS)
    for place in free_ones.tolist():
        word = v.keys[ones[place]].translate(_SOUNDS)
        if len(word) > _SURE and word == letters + _COMPANY:
            return place, telling
        start = letters.find(word) if _FEW <= len(word) <= _LONGEST else -1
        if start >= 0:
            return place, telling[start : start + len(word)]
    return -1, []
