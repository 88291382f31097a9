"""Every query against every name: `rapidfuzz.process.cdist` with `token_sort_ratio` on folded names."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process

from tests.benchmarks.names.matchers import COLUMNS, Matcher
from tests.benchmarks.names.matchers.folded import folded

_QUERIES_AT_ONCE = 64
_CUTOFF = 50


class Brute(Matcher):
    """No candidates and nothing missed but by the score itself."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def build(self, names: Sequence[str]) -> None:
        """The folded names."""
        self.names = [folded(name) for name in names]

    def match(self, queries: Sequence[str], limit: int) -> pl.DataFrame:
        """The best names of each query."""
        parts = [
            self._block([folded(query) for query in queries[start : start + _QUERIES_AT_ONCE]], start, limit)
            for start in range(0, len(queries), _QUERIES_AT_ONCE)
        ]
        return pl.concat(parts) if parts else pl.DataFrame(schema=COLUMNS)

    def _block(self, queries: list[str], offset: int, limit: int) -> pl.DataFrame:
        scores = np.asarray(
            process.cdist(
                queries, self.names, scorer=fuzz.token_sort_ratio, score_cutoff=_CUTOFF, dtype=np.uint8
            )
        )
        most = min(limit, scores.shape[1])
        top = np.argpartition(scores, scores.shape[1] - most, axis=1)[:, -most:]
        score = np.take_along_axis(scores, top, axis=1).ravel() / 100
        query = np.repeat(np.arange(len(queries)) + offset, most)
        found = pl.DataFrame({"query": query, "name": top.ravel(), "score": score}, schema=COLUMNS)
        return found.filter(pl.col("score") > 0).sort("query", "score", descending=[False, True])
