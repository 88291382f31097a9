"""The fast recipe of today: candidates by character TF-IDF, scored by rapidfuzz.

Runs of three characters within words (`char_wb`), cosine by a sparse product that keeps the best ten, and
`token_sort_ratio` on those, all of them in bulk.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from tests.benchmarks.names.matchers import COLUMNS, Matcher
from tests.benchmarks.names.matchers.folded import folded

CANDIDATES = 10
_LEAST_COSINE = 0.3

Ints = npt.NDArray[np.int64]


class Tfidf(Matcher):
    """TF-IDF for candidates, rapidfuzz for the score."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=False, dtype=np.float32)
        self.columns: Any = None

    def build(self, names: Sequence[str]) -> None:
        """The folded names and their weighted runs."""
        self.names = [folded(name) for name in names]
        self.columns = self.runs.fit_transform(self.names).T.tocsr()

    def match(self, queries: Sequence[str], limit: int) -> pl.DataFrame:
        """The candidates that rapidfuzz likes best."""
        asked = [folded(query) for query in queries]
        query, name = self.candidates(asked)
        score = process.cpdist(
            [asked[at] for at in query.tolist()],
            [self.names[at] for at in name.tolist()],
            scorer=fuzz.token_sort_ratio,
            dtype=np.float32,
        )
        found = pl.DataFrame({"query": query, "name": name, "score": np.asarray(score) / 100}, schema=COLUMNS)
        return found.sort("query", "score", descending=[False, True]).group_by("query").head(limit)

    def candidates(self, asked: Sequence[str]) -> tuple[Ints, Ints]:
        """Folded queries and names by position, the ten nearest of each query."""
        rows = self.runs.transform(asked)
        near = sp_matmul_topn(rows, self.columns, top_n=CANDIDATES, threshold=_LEAST_COSINE, n_threads=1)
        return np.repeat(np.arange(len(asked)), np.diff(near.indptr)), near.indices.astype(np.int64)
