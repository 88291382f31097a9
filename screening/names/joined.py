"""Words that one name joins and the other splits: `EuroAsia` and `Euro Asia`.

Looked for among what is left over on both sides, and only where the letters allow it.
"""

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from screening.names.alignment import Aligned
from screening.names.initials import meet_initials
from screening.names.vocabulary import Ints, WordColumns, joined_sum

Flags = npt.NDArray[np.bool_]

_WEAK = 0.8
_SHORTEST = 4
_LONG = 14
_BEYOND = 1_000  # longer than any word
_RUN_SIZES = (2, 3)
_CREDIT_SAME = 0.98
_CREDIT_NEAR = 0.85


def join(v: WordColumns, aligned: Aligned) -> None:
    """Runs that are one word on the other side count as met, in place.

    Words that met something but weakly may still be joined. The further words of a listed run are taken
    out of what is left: they are part of the word that the first one met.
    """
    left = (aligned.query >= 0) & ((aligned.met < 0) | (aligned.credit < _WEAK))
    right = _free(aligned)
    worth = _could_spell(v, aligned.query, left, aligned.name, right)
    worth |= _could_spell(v, aligned.name, right, aligned.query, left)
    for row in np.flatnonzero(worth).tolist():
        _join_row(v, aligned, row, np.flatnonzero(left[row]), np.flatnonzero(right[row]))
    meet_initials(v, aligned)


def _free(aligned: Aligned) -> Flags:
    """Words of the listed name that met nothing, or met weakly."""
    free = aligned.name >= 0
    rows, places = np.nonzero((aligned.met >= 0) & (aligned.credit >= _WEAK))
    free[rows, aligned.met[rows, places]] = False
    return free


def _could_spell(v: WordColumns, ones: Ints, free_ones: Flags, others: Ints, free_others: Flags) -> Flags:
    """Rows where a free word of one side is, by its checksum, a run of free words of the other.

    A long word may have a slip, which changes its length by one and its letters by two at most. Cheap, and
    never wrong in saying no.
    """
    could = np.zeros(len(ones), dtype=bool)
    if ones.shape[1] < _RUN_SIZES[0]:
        return could
    words = free_ones & _long_enough(v, ones, others, free_others)
    rows = np.flatnonzero(words.any(axis=1))
    if not len(rows):
        return could
    ones, others, free, words = ones[rows], others[rows], free_others[rows], words[rows][:, :, None]
    slips = words & (v.length[ones] >= _LONG)[:, :, None]
    sums, length, letters = v.sum[others], v.length[others], v.letters[others]
    for size in _RUN_SIZES:
        last = others[:, size - 1 :]
        sums = joined_sum(sums[:, :-1], v.sum[last], v.length[last])
        length, letters = length[:, :-1] + v.length[last], letters[:, :-1] | v.letters[last]
        free = free[:, :-1] & free_others[rows][:, size - 1 :]
        spelt = words & (v.sum[ones][:, :, None] == sums[:, None, :])
        near = slips & (np.abs(v.length[ones][:, :, None] - length[:, None, :]) <= 1)
        near &= np.bitwise_count(v.letters[ones][:, :, None] ^ letters[:, None, :]) <= 2
        could[rows] |= ((spelt | near) & free[:, None, :]).any(axis=(1, 2))
    return could


def _long_enough(v: WordColumns, ones: Ints, others: Ints, free_others: Flags) -> Flags:
    """Words that are no shorter than two free words of the other side, and have no letter that those lack.

    But for a slip in a long one: it settles nearly all rows, and runs of words need not be made.
    """
    length = v.length[ones]
    slip = length >= _LONG
    shortest = np.partition(np.where(free_others, v.length[others], _BEYOND), 1, axis=1)[:, :2].sum(axis=1)
    there = np.bitwise_or.reduce(np.where(free_others, v.letters[others], np.uint32(0)), axis=1)
    foreign = np.bitwise_count(v.letters[ones] & ~there[:, None])
    return np.asarray((length + slip >= shortest[:, None]) & (foreign <= 2 * slip))


def _join_row(v: WordColumns, aligned: Aligned, row: int, left: Ints, right: Ints) -> None:
    words_left = [(int(place), v.keys[aligned.query[row, place]]) for place in left]
    words_right = [(int(place), v.keys[aligned.name[row, place]]) for place in right]
    for one, run, credit in _meetings(words_left, words_right):
        _part(aligned, row, run)
        parts = v.weight[aligned.name[row, run]].sum()
        aligned.met[row, one], aligned.credit[row, one] = run[0], credit
        aligned.joined[row, one] = min(v.weight[aligned.query[row, one]], parts)
        aligned.name[row, run[1:]] = -1
    words_right = [(place, word) for place, word in words_right if aligned.name[row, place] >= 0]
    for one, run, credit in _meetings(words_right, words_left):
        _part(aligned, row, [one])
        parts = v.weight[aligned.query[row, run]]
        most = min(v.weight[aligned.name[row, one]] / parts.sum(), 1)
        aligned.met[row, run], aligned.credit[row, run], aligned.joined[row, run] = one, credit, parts * most


def _part(aligned: Aligned, row: int, places: list[int]) -> None:
    """Whatever had met these words of the listed name is left over again."""
    apart = (aligned.met[row][:, None] == places).any(axis=1)
    aligned.met[row, apart], aligned.credit[row, apart], aligned.joined[row, apart] = -1, 0, 0


def _meetings(
    ones: list[tuple[int, str]], others: list[tuple[int, str]]
) -> list[tuple[int, list[int], float]]:
    """Words of one side, each with the run of neighbours of the other that spells it."""
    found: list[tuple[int, list[int], float]] = []
    taken: set[int] = set()
    for place, word in ones:
        run, credit = _best_run(word, [other for other in others if other[0] not in taken])
        if run:
            found.append((place, run, credit))
            taken |= set(run)
    return found


def _best_run(word: str, others: list[tuple[int, str]]) -> tuple[list[int], float]:
    """The places of two or three neighbours that together spell the word, and with what credit."""
    best: tuple[list[int], float] = ([], 0.0)
    for size in _RUN_SIZES:
        for start in range(len(others) - size + 1):
            run = others[start : start + size]
            credit = _spells(word, [part for _, part in run])
            if credit > best[1] and run[-1][0] - run[0][0] == size - 1:
                best = ([place for place, _ in run], credit)
    return best


def _spells(word: str, parts: list[str]) -> float:
    run = "".join(parts)
    # Short words are put together of single letters only, as `A B C` for `ABC`.
    short = len(word) < _SHORTEST and max(map(len, parts)) > 1
    if short or abs(len(word) - len(run)) > 1:
        return 0.0
    if word == run:
        return _CREDIT_SAME
    # One slip in a long joined word is a slip; in a shorter one it makes another word.
    return _CREDIT_NEAR if len(word) >= _LONG and OSA.distance(word, run, score_cutoff=1) <= 1 else 0.0
