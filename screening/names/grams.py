"""Which names could it be? Candidates by the rare letter runs that two names share.

Runs of three and four letters of the space-free name survive a misspelling, a joined or split word and
most reorderings, where an index of whole words does not. Each query asks with its rarest runs only, so
that a common word costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_BASE = 37
_THREES = _BASE**3
_RUNS = _THREES + _BASE**4
_ASKED_ALWAYS = 12
_ASKED_AT_MOST = 24
_ENOUGH_NAMES = 4_000
_QUERIES_AT_ONCE = 256
_WEIGHT_BITS = 8

_CODES = np.zeros(256, dtype=np.int64)
_CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
_CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)


@dataclass(frozen=True, slots=True)
class GramIndex:
    """Letter runs and the names that hold them, as one compressed table."""

    starts: Ints
    names: npt.NDArray[np.int32]
    rarity: npt.NDArray[np.float32]
    length: npt.NDArray[np.float32]

    @classmethod
    def build(cls, texts: Sequence[str]) -> "GramIndex":
        """The index of space-free folded names, by their position."""
        owners, runs = _distinct_runs(texts)
        counts = np.bincount(runs, minlength=_RUNS)
        starts = np.concatenate(([0], np.cumsum(counts)))
        names = owners[np.argsort(runs, kind="stable")].astype(np.int32)
        rarity = np.log(1.0 + len(texts) / np.maximum(counts, 1)).astype(np.float32)
        length = np.sqrt(np.bincount(owners, rarity[runs] ** 2, minlength=len(texts)))
        return cls(starts, names, rarity, np.maximum(length, 1e-6).astype(np.float32))

    def candidates(self, texts: Sequence[str], limit: int) -> tuple[Ints, Ints]:
        """Query and name positions of the `limit` names that share most with each query."""
        blocks = [
            self._block(texts[start : start + _QUERIES_AT_ONCE], start, limit)
            for start in range(0, len(texts), _QUERIES_AT_ONCE)
        ]
        if not blocks:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        queries, names = zip(*blocks, strict=True)
        return np.concatenate(queries), np.concatenate(names)

    def _block(self, texts: Sequence[str], offset: int, limit: int) -> tuple[Ints, Ints]:
        queries, runs = self._asked(texts)
        pair, shared = self._shared(queries, runs)
        query, name = np.divmod(pair, len(self.length))
        likeness = shared / self.length[name]
        order = np.lexsort((name, -likeness, query))
        query, name = query[order], name[order]
        first = np.searchsorted(query, np.arange(len(texts)))
        keep = np.arange(len(query)) - first[query] < limit
        return query[keep] + offset, name[keep].astype(np.int64)

    def _asked(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The rarest known runs of each query."""
        queries, runs = _distinct_runs(texts)
        counts = self.starts[runs + 1] - self.starts[runs]
        known = counts > 0
        queries, runs, counts = queries[known], runs[known], counts[known]
        order = np.lexsort((runs, counts, queries))
        queries, runs = queries[order], runs[order]
        first = np.searchsorted(queries, np.arange(len(texts)))
        place = np.arange(len(queries)) - first[queries]
        # Names already asked for by rarer runs: past enough of them a common run costs and hardly adds.
        before = np.cumsum(counts[order]) - counts[order]
        asked_for = before - before[first[queries]] if len(queries) else before
        keep = (place < _ASKED_ALWAYS) | ((place < _ASKED_AT_MOST) & (asked_for < _ENOUGH_NAMES))
        return queries[keep], runs[keep]

    def _shared(self, queries: Ints, runs: Ints) -> tuple[Ints, npt.NDArray[np.float64]]:
        """Distinct (query, name) pairs, as query * names + name, with the rarity of what they share."""
        begins = self.starts[runs]
        counts = self.starts[runs + 1] - begins
        total = int(counts.sum())
        ends = np.cumsum(counts)
        places = np.arange(total) - np.repeat(ends - counts - begins, counts)
        weight = np.minimum(self.rarity[runs] ** 2, 255).astype(np.int64)
        pair = np.repeat(queries, counts) * len(self.length) + self.names[places]
        # Pair and weight sort as one number: much cheaper than sorting an order and then taking both by it.
        packed = np.sort((pair << _WEIGHT_BITS) | np.repeat(weight, counts))
        pair = packed >> _WEIGHT_BITS
        heads = (
            np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1])))
            if total
            else np.empty(0, np.int64)
        )
        sums = np.add.reduceat(packed & 255, heads) if total else np.empty(0, np.int64)
        return _promising(pair[heads], sums.astype(np.float64), queries, weight, len(self.length))


def _promising(
    pair: Ints, shared: npt.NDArray[np.float64], queries: Ints, weight: Ints, names: int
) -> tuple[Ints, npt.NDArray[np.float64]]:
    """The pairs that share a tenth or more of what the query asked for: the rest is chance."""
    if not len(pair):
        return pair, shared
    asked = np.bincount(queries, weight)
    keep = shared >= 0.1 * asked[pair // names]
    return pair[keep], shared[keep]


def _distinct_runs(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Owner and run of every distinct run of three and four letters, a boundary at both ends."""
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    blob = np.frombuffer(("|" + "|".join(texts) + "|").encode("ascii"), dtype=np.uint8)
    codes = _CODES[blob]
    owner = np.repeat(np.arange(len(texts)), lengths)
    owner = np.append(owner, len(texts))
    found = [_windows(codes, owner, width) for width in (3, 4)]
    owners = np.concatenate([found[0][0], found[1][0]])
    runs = np.concatenate([found[0][1], found[1][1] + _THREES])
    # Sorting is several times quicker here than numpy's own search for distinct values.
    held = np.sort(owners * _RUNS + runs)
    distinct = held[np.concatenate(([True], held[1:] != held[:-1]))] if len(held) else held
    return distinct // _RUNS, distinct % _RUNS


def _windows(codes: Ints, owner: Ints, width: int) -> tuple[Ints, Ints]:
    """Owner and number of each run of `width` codes that has no boundary inside."""
    count = len(codes) - width + 1
    if count <= 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    run = np.zeros(count, dtype=np.int64)
    inside = np.ones(count, dtype=bool)
    for place in range(width):
        part = codes[place : place + count]
        run = run * _BASE + part
        if 0 < place < width - 1:
            inside &= part > 0
    return owner[:count][inside], run[inside]
