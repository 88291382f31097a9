"""All parties that a run looks out for, as columns, and the question it exists for: who is this?

Names are matched in bulk and once each; what stands beside a name (country, type, address, birth date,
identifier) ranks its matches, and never hides one.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.names import NameIndex
from screening.names.vocabulary import Ints, spread
from screening.watchlists.asked import Asked, Many
from screening.watchlists.columns import Entries, PartyColumns, entry_columns, in_columns, name_columns
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.pairs import NO_PAIRS, Pairs
from screening.watchlists.premises import Premises
from screening.watchlists.weighing import Evidence, identifier_columns

WEAK_ALIAS_COSTS = 0.05
"""A weak alias is one that the list itself calls too common to go by."""
_NAMES_AN_ENTRY = 8
_NAMES_AT_LEAST = 40
_QUERIES_AT_ONCE = 50_000
_MATCH_SCHEMA = {"query": pl.UInt32, "entry": pl.UInt32, "matched_name": pl.String, "score": pl.Float64}
_NOBODY = pl.DataFrame(schema=_MATCH_SCHEMA)
_DIGITS = 6


class PartyList:
    """The entries of several snapshots, each known by its number in the order of the snapshots.

    It may be asked from many threads; its columns and its index are built at the first question.
    """

    def __init__(
        self,
        snapshots: Sequence[Snapshot],
        columns: PartyColumns | None = None,
        built: Callable[[PartyColumns], None] | None = None,
    ) -> None:
        """`columns`: those of the snapshots, where they were made before; `built` is told them once made."""
        self.snapshots = tuple(snapshots)
        self._columns = columns
        self._built = built
        self._parties: Sequence[PartyEntry] = (
            columns.parties if columns else tuple(e for s in self.snapshots for e in s.entries)
        )
        self._building = Lock()

    def __len__(self) -> int:
        return len(self._parties)

    def __getitem__(self, number: int) -> PartyEntry:
        return self._parties[number]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the names, digests and sizes of the lists."""
        told = "".join(f"{s.name} {s.digest} {len(s.entries)}\n" for s in self.snapshots)
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each entry by its id."""
        return {id_: number for number, id_ in enumerate(self.entries["id"])}

    @cached_property
    def entries(self) -> pl.DataFrame:
        """One row an entry: its number (`entry`), every field; `rank` is its place by id."""
        return self._columns.entries if self._columns else entry_columns(self._parties)

    @cached_property
    def names(self) -> pl.DataFrame:
        """One row a distinct name of an entry: `name` (its number), `entry`, `text`, `kind`."""
        return self._columns.names if self._columns else name_columns(self._parties)

    @property
    def index(self) -> NameIndex:
        """The index of all names, built once."""
        return self._ready.index

    @property
    def premises(self) -> Premises:
        """The addresses of the parties, folded once."""
        return self._ready.premises

    @property
    def _ready(self) -> PartyColumns:
        with self._building:
            if self._columns is None:
                self._columns = self._made_columns()
                if self._built:
                    self._built(self._columns)
            return self._columns

    def _made_columns(self) -> PartyColumns:
        """The columns of the parties, which take the place of the entries before names are indexed: a
        long list would stand in memory twice."""
        keys = identifier_columns([party.identifiers for party in self._parties])
        premises = Premises.of(self._parties)
        names, entries = self.names, self.entries
        self._parties = Entries(entries)
        self.snapshots = tuple(in_columns(self.snapshots, self._parties))
        index = NameIndex.build(names["text"].to_list())
        return PartyColumns(self._parties, entries, names, keys, index, premises)

    def match_many(
        self,
        names: pl.Series | Sequence[str | None],
        countries: Many | None = None,
        types: pl.Series | Sequence[str | None] | None = None,
        identifiers: Many | None = None,
        addresses: Many | None = None,
        birth_dates: Many | None = None,
        limit: int = 10,
        min_score: float = 0.0,
    ) -> pl.DataFrame:
        """The best `limit` entries for each name, each by its best name: best first, equal ones by id.

        Columns: query and entry (UInt32, positions), matched_name, score (0 to 1). What stands beside
        the names is given name by name. A name that reaches `min_score` by itself keeps it whatever
        stands beside it. An empty list, and a blank name without an identifier, matches nothing.
        """
        asked = Asked.of(names, countries, types, identifiers, addresses, birth_dates)
        if not self._parties or limit < 1:
            return _NOBODY.clone()
        # As exact as scores are: what a subtraction leaves beyond that would hide a name.
        shares = self._evidence.may_share(asked)
        least = round(max(min_score - self._evidence.most_raised(asked, shares), 0.0), _DIGITS)
        parts = [self._by_name(asked, limit, least)]
        found = Pairs.joined([*parts, self._by_identifier(asked)] if shares else parts)
        if not len(found):
            return _NOBODY.clone()
        found = self._evidence.weighed(asked, found.first_of_each(len(self)), min_score)
        return self._best(found.at(np.flatnonzero(found.score >= min_score)), limit)

    def reasons(
        self,
        entry: int,
        country: str | None = None,
        identifiers: Sequence[str] = (),
        address: str | None = None,
        birth_date: str | None = None,
    ) -> tuple[str, ...]:
        """What stands beside a name and speaks for the entry of this number or against it."""
        asked = Asked.of([None], [country], None, [identifiers], [address], [birth_date])
        return self._evidence.reasons(asked, entry)

    @cached_property
    def _evidence(self) -> Evidence:
        keys = self._columns.identifiers if self._columns else None
        return Evidence(self._parties, self.entries, keys, lambda: self.premises)

    @cached_property
    def _facts(self) -> "_NameFacts":
        return _NameFacts.of(self.names)

    def _by_name(self, asked: Asked, limit: int, least: float) -> Pairs:
        """Every candidate entry of every query with its best name."""
        texts = asked.names
        distinct = {text: number for number, text in enumerate(dict.fromkeys(filter(None, texts)))}
        numbers = np.array([distinct[text] if text else -1 for text in texts], dtype=np.int64)
        wanted = max(_NAMES_AT_LEAST, limit * _NAMES_AN_ENTRY)
        all_, starts = list(distinct), range(0, len(distinct), _QUERIES_AT_ONCE)
        parts = [self._names_like(all_[at : at + _QUERIES_AT_ONCE], at, wanted, least) for at in starts]
        like = Pairs.joined(parts)
        if not len(like):
            return NO_PAIRS
        # What was found for a text is given to every query that has it.
        by_text = np.argsort(numbers, kind="stable")
        first, last = (np.searchsorted(numbers[by_text], like.query, side) for side in ("left", "right"))
        at, place = spread(first, last)
        return Pairs(by_text[place], like.entry[at], like.name[at], like.score[at])

    def _names_like(self, texts: list[str], offset: int, wanted: int, least: float) -> Pairs:
        """The entries whose names are like these texts, each by its best name."""
        query, name, score = self.index.best(texts, limit=wanted, min_score=least)
        if not len(query):
            return NO_PAIRS
        score = np.maximum(score - np.where(self._facts.weak[name], WEAK_ALIAS_COSTS, 0.0), 0.0).round(4)
        entry = self._facts.entry[name]
        order = np.lexsort((name, -score, entry, query))
        found = Pairs(query + offset, entry, name, score)
        return found.at(order).first_of_each(len(self))

    def _by_identifier(self, asked: Asked) -> Pairs:
        """The entries that share an identifier with a query, whatever their names: score 0 so far."""
        query, entry = self._evidence.sharing(asked)
        # The names stand in order of their entries, the first one first.
        return Pairs(query, entry, np.searchsorted(self._facts.entry, entry), np.zeros(len(query)))

    def _best(self, found: Pairs, limit: int) -> pl.DataFrame:
        """The best entries of each query; of equal ones those whose first name it is, then by id."""
        kind, rank = self._facts.kind[found.name], self._ranks[found.entry]
        order = np.lexsort((rank, kind, -found.score, found.query))
        query = found.query[order]
        told = found.at(order[np.arange(len(query)) - np.searchsorted(query, query) < limit])
        columns = (told.query, told.entry, self._texts[told.name], told.score)
        return pl.DataFrame(dict(zip(_MATCH_SCHEMA, columns, strict=True)), schema=_MATCH_SCHEMA)

    @cached_property
    def _texts(self) -> pl.Series:
        return self.names["text"]

    @cached_property
    def _ranks(self) -> Ints:
        return self.entries["rank"].to_numpy()


@dataclass(frozen=True, slots=True)
class _NameFacts:
    """What ranks the names of a list: whose they are, and of which kind."""

    entry: Ints
    kind: npt.NDArray[np.integer[Any]]
    """Its place in `NAME_KINDS`: the entry's first name comes first."""
    weak: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, names: pl.DataFrame) -> "_NameFacts":
        return cls(
            names["entry"].cast(pl.Int64).to_numpy(),
            names["kind"].to_physical().to_numpy(),
            (names["kind"] == "weak").to_numpy(),
        )
