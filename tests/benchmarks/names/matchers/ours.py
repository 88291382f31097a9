"""Our own matcher, built from names and found again in the cache that a run uses."""

from collections.abc import Sequence

import polars as pl

from screening.names import NameIndex
from screening.names.stored import arrays_of, index_of
from screening.shelf import Contents, put, taken
from tests.benchmarks.names.matchers import Matcher

_KEY = "names-benchmark"


class Ours(Matcher):
    """`NameIndex`, as the screener asks it."""

    def __init__(self) -> None:
        self.index = NameIndex.build([])

    def build(self, names: Sequence[str]) -> None:
        """The index of the names."""
        self.index = NameIndex.build(names)

    def match(self, queries: Sequence[str], limit: int) -> pl.DataFrame:
        """What the index answers."""
        return self.index.match(queries, limit)

    def keep(self) -> None:
        """The index stands in the cache."""
        put(_KEY, Contents({}, arrays_of(self.index), {}))


class OursFromCache(Ours):
    """The same, its index taken from the cache where the run before has put it."""

    def build(self, names: Sequence[str]) -> None:
        """The index of the run before. LookupError when there is none."""
        kept = taken(_KEY)
        if kept is None:
            raise LookupError("nothing in the cache: measure `ours` first, with the same SCREENING_HOME")
        self.index = index_of(kept.arrays)
