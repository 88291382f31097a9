"""Which names could it be? Candidates by the rare letter runs that two names share.

Runs of three and four letters of the space-free name survive a misspelling, a joined or split word and
most reorderings, where an index of whole words does not. Each query asks with its rarest runs only, so
that a common word costs nothing. Queries and names are sparse matrices over the runs; their product, of
which only the best of each row are kept, is the candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screening.names.vocabulary import Floats, Ints, spread
from screening.sparse_tables import Places, SparseTable, best_cells

_BASE = 37
_THREES = _BASE**3
_RUNS = _THREES + _BASE**4
_ASKED_ALWAYS = 12
_ASKED_AT_MOST = 24
_ENOUGH_NAMES = 4_000
_NAMES_AT_ONCE = 50_000
_FEWEST_AT_ONCE = 256
_CELLS_AT_ONCE = 250_000_000
_FEW_RUNS = 1_000
_CHANCE = 0.1
"""A name that shares less of what a query asks for shares it by chance."""

_CODES = np.zeros(256, dtype=np.int32)
_CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
_CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)


@dataclass(frozen=True, slots=True)
class GramIndex:
    """Letter runs and the names that hold them, as one compressed table."""

    starts: Ints
    names: Places
    rarity: Floats
    length: Floats

    @classmethod
    def build(cls, texts: Sequence[str]) -> "GramIndex":
        """The index of folded names, by their position; spaces do not count."""
        parts = [_Part.of(texts[at : at + _NAMES_AT_ONCE]) for at in range(0, len(texts), _NAMES_AT_ONCE)]
        counts = np.zeros(_RUNS, dtype=np.int64)
        for part in parts:
            counts[part.runs] += part.counts
        rarity = np.log(1.0 + len(texts) / np.maximum(counts, 1)).astype(np.float32)
        length = np.concatenate([np.empty(0, np.float32), *(part.lengths(rarity) for part in parts)])
        starts = np.concatenate(([0], np.cumsum(counts)))
        return cls(starts, _merged(parts, starts), rarity, length)

    def candidates(self, texts: Sequence[str], limit: int) -> tuple[Ints, Ints]:
        """Query and name positions of the `limit` names that share most with each query."""
        size = max(_FEWEST_AT_ONCE, _CELLS_AT_ONCE // max(len(self.length), 1))
        blocks = [(at, self._block(texts[at : at + size], limit)) for at in range(0, len(texts), size)]
        found = [(query + at, name) for at, (query, name) in blocks]
        queries, names = zip((np.empty(0, np.int64), np.empty(0, np.int64)), *found, strict=True)
        return np.concatenate(queries), np.concatenate(names)

    def _block(self, texts: Sequence[str], limit: int) -> tuple[Ints, Ints]:
        queries, runs = self._asked(texts)
        if not len(queries):
            return queries, runs
        weight = self.rarity[runs] ** 2
        # What few queries ask for twice is told twice sooner than told apart.
        few = len(runs) <= _FEW_RUNS
        runs, rows = (runs, np.arange(len(runs))) if few else np.unique(runs, return_inverse=True)
        asked = SparseTable(weight, rows.astype(np.int32), _starts(queries, len(texts)))
        found = best_cells(asked, self._held_by(runs), len(self.length), limit, best_first=False)
        query = np.repeat(np.arange(len(texts)), np.diff(found.starts))
        name = found.columns.astype(np.int64)
        shared = found.values * self.length[name]
        likely = shared >= _CHANCE * np.bincount(queries, weight, minlength=len(texts))[query]
        return query[likely], name[likely]

    def _held_by(self, runs: Ints) -> SparseTable:
        """One row a run, one column a name: what sharing the run says for the name, by the name's length."""
        at, places = spread(self.starts[runs], self.starts[runs + 1])
        names = self.names[places]
        return SparseTable(1 / self.length[names], names, _starts(at, len(runs)))

    def _asked(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """The rarest known runs of each query."""
        queries, runs = _distinct_runs(texts)
        counts = (self.starts[runs + 1] - self.starts[runs]).astype(np.int64)
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


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the names: the runs that they hold, by how many each, and by whom."""

    size: int
    runs: Ints
    counts: Ints
    names: Places

    @classmethod
    def of(cls, texts: Sequence[str]) -> "_Part":
        owners, runs = _distinct_runs(texts)
        order = np.argsort(runs, kind="stable")
        heads = np.flatnonzero(np.diff(runs[order], prepend=-1))
        counts = np.diff(heads, append=len(runs))
        return cls(len(texts), runs[order][heads], counts, owners[order].astype(np.int32))

    def lengths(self, rarity: Floats) -> Floats:
        """How long each name is as an arrow in the space of its runs."""
        squares = np.bincount(self.names, np.repeat(rarity[self.runs], self.counts) ** 2, self.size)
        return np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)


def _starts(rows: Ints, count: int) -> Places:
    """Where each of so many rows begins among the cells in their order, and where the last one ends."""
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int32)


def _merged(parts: list[_Part], starts: Ints) -> Places:
    """The names of every run, part after part; the parts, as large as the whole, are used up."""
    names = np.empty(starts[-1], dtype=np.int32)
    free, first = starts[:-1].copy(), 0
    parts.reverse()
    while parts:
        part = parts.pop()
        begin = free[part.runs]
        names[spread(begin, begin + part.counts)[1]] = part.names + first
        free[part.runs] += part.counts
        first += part.size
    return names


def _distinct_runs(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Owner and run of every distinct run of three and four letters, a boundary at both ends."""
    blob = np.frombuffer(f"|{'|'.join(texts)}|".replace(" ", "").encode("ascii"), dtype=np.uint8)
    codes = _CODES[blob]
    owner = np.cumsum(blob == ord("|")) - 1
    found = [_windows(codes, owner, width) for width in (3, 4)]
    owners = np.concatenate([found[0][0], found[1][0]])
    runs = np.concatenate([found[0][1], found[1][1] + _THREES])
    # Sorting is several times quicker here than numpy's own search for distinct values.
    held = np.sort(owners * _RUNS + runs)
    distinct = held[np.concatenate(([True], held[1:] != held[:-1]))] if len(held) else held
    return np.divmod(distinct, _RUNS)


def _windows(codes: Places, owner: Ints, width: int) -> tuple[Ints, Ints]:
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
