"""Pairs of a query and an entry that it may be, as columns: what a search finds, weighs and ranks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from screening.names.vocabulary import Ints

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """One row a pair: positions of the query, the entry and the entry's best name, and the score."""

    query: Ints
    entry: Ints
    name: Ints
    score: Doubles

    def __len__(self) -> int:
        return len(self.query)

    @classmethod
    def joined(cls, parts: "Iterable[Pairs]") -> "Pairs":
        """All pairs of the parts, in their order."""
        columns = [(part.query, part.entry, part.name, part.score) for part in (NO_PAIRS, *parts)]
        query, entry, name, score = (np.concatenate(column) for column in zip(*columns, strict=True))
        return cls(query, entry, name, score)

    def at(self, places: Ints) -> "Pairs":
        """The pairs at these places, in their order."""
        return Pairs(self.query[places], self.entry[places], self.name[places], self.score[places])

    def scored(self, score: Doubles) -> "Pairs":
        """The same pairs with other scores."""
        return replace(self, score=score)

    def first_of_each(self, entries: int) -> "Pairs":
        """Each query and entry once, as it first stands, in order of query and entry."""
        _, first = np.unique(self.query * entries + self.entry, return_index=True)
        return self.at(first)


_NO_PLACES = np.empty(0, dtype=np.int64)
NO_PAIRS = Pairs(_NO_PLACES, _NO_PLACES, _NO_PLACES, np.empty(0))
