"""Which names could it be? Candidates by the rare letter runs that two names share.

Runs of three and four letters of the space-free name survive a misspelling, a joined or split word and
most reorderings, where an index of whole words does not. Each query asks with its rarest runs only, so
that a common word costs nothing. Queries and names are sparse matrices over the runs; their product, of
which only the best of each row are kept, is the candidates.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sparse_dot_topn import sp_matmul_topn

from screening.names.vocabulary import Floats, Ints, spread

Places = npt.NDArray[np.int32]

_BASE = 37
_THREES = _BASE**3
_RUNS = _THREES + _BASE**4
_ASKED_ALWAYS = 12
_ASKED_AT_MOST = 24
_ENOUGH_NAMES = 4_000
_NAMES_AT_ONCE = 50_000
_CHANCE = 0.1
"""A name that shares less of what a query asks for shares it by chance."""

_CODES = np.zeros(256, dtype=np.int32)
_CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
_CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)


@dataclass(frozen=True, slots=True)
class GramIndex:
    """Letter runs and the names that hold them, as one compressed table."""

    starts: Places
    names: Places
    rarity: Floats
    length: Floats

    @classmethod
    def build(cls, texts: Sequence[str]) -> "GramIndex":
        """The index of space-free folded names, by their position."""
        by_name = _held(texts)
        counts = np.bincount(by_name.indices, minlength=_RUNS)
        rarity = np.log(1.0 + len(texts) / np.maximum(counts, 1)).astype(np.float32)
        owners = np.repeat(np.arange(len(texts)), np.diff(by_name.indptr))
        length = np.sqrt(np.bincount(owners, rarity[by_name.indices] ** 2, minlength=len(texts)))
        by_run = by_name.tocsc()
        return cls(by_run.indptr, by_run.indices, rarity, np.maximum(length, 1e-6).astype(np.float32))

    def candidates(self, texts: Sequence[str], limit: int) -> tuple[Ints, Ints]:
        """Query and name positions of the `limit` names that share most with each query."""
        queries, runs = self._asked(texts)
        if not len(queries):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        weight = self.rarity[runs] ** 2
        runs, rows = np.unique(runs, return_inverse=True)
        starts = np.searchsorted(queries, np.arange(len(texts) + 1))
        asked = csr_matrix((weight, rows, starts), shape=(len(texts), len(runs)))
        found = sp_matmul_topn(asked, self._held_by(runs), top_n=limit)
        query = np.repeat(np.arange(len(texts)), np.diff(found.indptr))
        name = found.indices[: len(query)].astype(np.int64)
        shared = found.data[: len(query)] * self.length[name]
        likely = shared >= _CHANCE * np.bincount(queries, weight, minlength=len(texts))[query]
        return query[likely], name[likely]

    def _held_by(self, runs: Ints) -> csr_matrix:
        """One row a run, one column a name: what sharing the run says for the name, by the name's length."""
        at, places = spread(self.starts[runs], self.starts[runs + 1])
        names = self.names[places]
        starts = np.searchsorted(at, np.arange(len(runs) + 1))
        return csr_matrix((1 / self.length[names], names, starts), shape=(len(runs), len(self.length)))

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


def _held(texts: Sequence[str]) -> csr_matrix:
    """One row a name, one column a run: true where the name holds the run."""
    sizes, held = [np.zeros(1, np.int64)], [np.empty(0, np.int32)]
    for start in range(0, len(texts), _NAMES_AT_ONCE):
        part = texts[start : start + _NAMES_AT_ONCE]
        owners, runs = _distinct_runs(part)
        sizes.append(np.bincount(owners, minlength=len(part)))
        held.append(runs.astype(np.int32))
    indices = np.concatenate(held)
    starts = np.cumsum(np.concatenate(sizes)).astype(np.int32)
    return csr_matrix((np.ones(len(indices), dtype=bool), indices, starts), shape=(len(texts), _RUNS))


def _distinct_runs(texts: Sequence[str]) -> tuple[Ints, Ints]:
    """Owner and run of every distinct run of three and four letters, a boundary at both ends."""
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    blob = np.frombuffer(("|" + "|".join(texts) + "|").encode("ascii"), dtype=np.uint8)
    codes = _CODES[blob]
    owner = np.append(np.repeat(np.arange(len(texts)), lengths), len(texts))
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
