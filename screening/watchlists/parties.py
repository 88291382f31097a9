"""All parties that a run looks out for, as columns, and the question it exists for: who is this?

Names are matched in bulk and once each; what stands beside a name (country, type, address, birth date,
identifier) ranks its matches, and never hides one.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock

import polars as pl

from screening.names import NameIndex
from screening.watchlists.columns import Entries, PartyColumns, entry_columns, in_columns, name_columns
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.premises import Premises
from screening.watchlists.weighing import EVIDENCE_MOVES, Asked, Evidence, Many, identifier_columns

WEAK_ALIAS_COSTS = 0.05
"""A weak alias is one that the list itself calls too common to go by."""
_NAMES_AN_ENTRY = 8
_NAMES_AT_LEAST = 40
_QUERIES_AT_ONCE = 50_000
_MATCH_SCHEMA = {"query": pl.UInt32, "entry": pl.UInt32, "matched_name": pl.String, "score": pl.Float64}


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
        return {party.id: number for number, party in enumerate(self._parties)}

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
            return pl.DataFrame(schema=_MATCH_SCHEMA)
        least = max(min_score - EVIDENCE_MOVES, 0.0) if asked.beside else min_score
        candidates = pl.concat([self._by_name(asked, limit, least), self._by_identifier(asked)])
        found = self._evidence.weighed(asked, candidates.unique(["query", "entry"], keep="first"), min_score)
        return self._best(found.filter(pl.col("score") >= min_score), limit)

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
    def _primary(self) -> pl.DataFrame:
        """The first name of each entry: entry, name."""
        return self.names.group_by("entry", maintain_order=True).agg(pl.col("name").first())

    def _by_name(self, asked: Asked, limit: int, least: float) -> pl.DataFrame:
        """Every candidate entry of every query with its best name: query, entry, name, score."""
        distinct = asked.names.drop_nulls().unique(maintain_order=True)
        wanted = max(_NAMES_AT_LEAST, limit * _NAMES_AN_ENTRY)
        starts = range(0, max(len(distinct), 1), _QUERIES_AT_ONCE)
        parts = [self._names_like(distinct[at : at + _QUERIES_AT_ONCE], wanted, least) for at in starts]
        rows = pl.DataFrame({"asked": asked.names}).with_row_index("query")
        return rows.join(pl.concat(parts), on="asked").select("query", "entry", "name", "score")

    def _names_like(self, distinct: pl.Series, wanted: int, least: float) -> pl.DataFrame:
        """The entries whose names are like those asked: asked, entry, name (the best), score."""
        found = self.index.match(distinct.to_list(), limit=wanted, min_score=least)
        weak = pl.when(pl.col("kind") == "weak").then(WEAK_ALIAS_COSTS).otherwise(0.0)
        return (
            found.join(self.names.select("name", "entry", "kind"), on="name")
            .with_columns((pl.col("score") - weak).clip(0.0).round(4))
            .sort("query", "entry", "score", "name", descending=[False, False, True, False])
            .unique(["query", "entry"], keep="first", maintain_order=True)
            .join(pl.DataFrame({"asked": distinct}).with_row_index("query"), on="query")
            .select("asked", "entry", "name", "score")
        )

    def _by_identifier(self, asked: Asked) -> pl.DataFrame:
        """The entries that share an identifier with a query, whatever their names: score 0 so far."""
        shared = self._evidence.sharing(asked).join(self._primary, on="entry")
        return shared.select("query", "entry", "name", pl.lit(0.0).alias("score"))

    def _best(self, found: pl.DataFrame, limit: int) -> pl.DataFrame:
        """The best entries of each query; of equal ones those whose first name it is, then by id."""
        told = found.join(self.names.select("name", "kind", matched_name="text"), on="name")
        return (
            told.join(self.entries.select("entry", "rank"), on="entry")
            .sort("query", "score", "kind", "rank", descending=[False, True, False, False])
            .group_by("query", maintain_order=True)
            .head(limit)
            .select(list(_MATCH_SCHEMA))
        )
