"""What stands beside the names of two parties, weighed for whole columns of pairs at a time.

The weights are those of `screening.names`; here each distinct combination of score and countries is
weighed once, since a batch has far fewer of them than pairs.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from screening.errors import UsageError
from screening.names import Beside, adjusted
from screening.names.compare import REVIEW
from screening.names.evidence import identifier_kind
from screening.places.countries import country_code
from screening.watchlists.columns import entry_columns
from screening.watchlists.entry import PartyEntry

EVIDENCE_MOVES = 0.15
"""No score moves further than this by what stands beside a name; identifiers that settle it apart."""
TYPE_DIFFERS = 0.03
"""What a score loses when one party is a vessel and the other a firm, say."""
_KIND_BEFORE = re.compile(r"^[A-Z]+(?=[0-9])")

Texts = tuple[str, ...]
Many = pl.Series | Sequence[str | Sequence[str] | None]
"""One text, several or none for each name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The queries of one call, column by column and of one length."""

    names: pl.Series
    """Stripped; null where the query has no name."""
    countries: list[Texts]
    types: list[str]
    identifiers: list[Texts]

    @classmethod
    def of(
        cls,
        names: pl.Series | Sequence[str | None],
        countries: Many | None,
        types: pl.Series | Sequence[str | None] | None,
        identifiers: Many | None,
    ) -> "Asked":
        """The queries; UsageError when what stands beside the names is not as long as they are."""
        series = pl.Series("asked", names, dtype=pl.String).str.strip_chars()
        size = len(series)
        for what, column in (("countries", countries), ("types", types), ("identifiers", identifiers)):
            if column is not None and len(column) != size:
                raise UsageError(f"{what}: there are {len(column):,} for {size:,} names; give one for each")
        return cls(
            names=series.replace("", None),
            countries=[_codes(each) for each in _texts(countries, size)],
            types=[each[0] if each else "unknown" for each in _texts(types, size)],
            identifiers=_texts(identifiers, size),
        )

    @property
    def beside(self) -> bool:
        """True when anything besides a name is known of any query."""
        return any(self.countries) or any(self.identifiers) or any(t != "unknown" for t in self.types)

    @property
    def frame(self) -> pl.DataFrame:
        """query, countries_asked (joined by `;`), type_asked."""
        joined = pl.Series("countries_asked", map(";".join, self.countries), dtype=pl.String)
        kinds = pl.Series("type_asked", self.types, dtype=pl.String)
        return pl.DataFrame([joined, kinds]).with_row_index("query")


class Evidence:
    """What a list knows of its parties besides their names."""

    def __init__(
        self,
        parties: Sequence[PartyEntry],
        entries: pl.DataFrame | None = None,
        keys: pl.DataFrame | None = None,
    ) -> None:
        """`entries` and `keys` are the columns of the parties and their identifiers, where they are made."""
        self._parties = parties
        entries = entry_columns(parties) if entries is None else entries
        self._frame = entries.select("entry", pl.col("countries").list.join(";"), "type")
        self._keys = identifier_columns([p.identifiers for p in parties]) if keys is None else keys

    def sharing(self, asked: Asked) -> pl.DataFrame:
        """The pairs (query, entry) that share an identifier whose check digits are right."""
        keys = _keyed("query", asked.identifiers)
        shared = keys.join(self._keys, on="key").filter(pl.col("key").map_elements(_valid, pl.Boolean))
        return shared.select("query", "entry").unique(maintain_order=True)

    def weighed(self, asked: Asked, pairs: pl.DataFrame, least: float) -> pl.DataFrame:
        """The pairs with their scores after all that stands beside; who had `least` before keeps it."""
        if not asked.beside or pairs.is_empty():
            return pairs
        beside = pairs.join(asked.frame, on="query").join(self._frame, on="entry")
        moved = self._by_identifier(asked, _by_country(beside)).with_columns(_by_type(pl.col("moved")))
        kept = pl.when(pl.col("score") >= least).then(pl.max_horizontal("moved", pl.lit(least)))
        return moved.with_columns(kept.otherwise("moved").alias("score")).select(pairs.columns)

    def _by_identifier(self, asked: Asked, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs that share an identifier, weighed in full; the others as they are."""
        keys = _keyed("query", asked.identifiers).join(self._keys, on="key")
        shared = keys.select("query", "entry").unique().join(pairs, on=["query", "entry"])
        scores = [
            adjusted(score, Beside(asked.countries[query], asked.identifiers[query]), self._beside(entry))
            for query, entry, score in shared.select("query", "entry", "score").iter_rows()
        ]
        found = shared.select("query", "entry", found=pl.Series([a.score for a in scores], dtype=pl.Float64))
        joined = pairs.join(found, on=["query", "entry"], how="left")
        return joined.with_columns(moved=pl.coalesce("found", "moved"))

    def _beside(self, entry: int) -> Beside:
        party = self._parties[entry]
        return Beside(party.countries, party.identifiers)


def _by_country(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `moved`: the score after both countries."""
    keys = ["score", "countries_asked", "countries"]
    distinct = pairs.select(keys).unique()
    moved = [
        adjusted(score, Beside(_parts(asked)), Beside(_parts(listed))).score
        for score, asked, listed in distinct.iter_rows()
    ]
    return pairs.join(distinct.with_columns(moved=pl.Series(moved, dtype=pl.Float64)), on=keys)


def _by_type(score: pl.Expr) -> pl.Expr:
    """The score after both types; what a reviewer would see before, a reviewer still sees."""
    known = (pl.col("type") != "unknown") & (pl.col("type_asked") != "unknown")
    differs = known & (pl.col("type") != pl.col("type_asked")) & (score < 1)
    floor = pl.when(score >= REVIEW).then(REVIEW).otherwise(0.0)
    return pl.when(differs).then(pl.max_horizontal(score - TYPE_DIFFERS, floor).round(4)).otherwise(score)


def identifier_keys(identifiers: Sequence[str]) -> set[str]:
    """The forms in which an identifier may be written elsewhere: bare, with and without its kind."""
    bare = {"".join(filter(str.isalnum, text.upper())) for text in identifiers}
    return {key for key in bare | {_KIND_BEFORE.sub("", text) for text in bare} if key}


def identifier_columns(identifiers: Sequence[Texts]) -> pl.DataFrame:
    """entry, key: each form of each identifier of each entry."""
    return _keyed("entry", identifiers)


def _keyed(side: str, identifiers: Sequence[Texts]) -> pl.DataFrame:
    rows = [(n, key) for n, each in enumerate(identifiers) for key in sorted(identifier_keys(each))]
    return pl.DataFrame(rows, schema={side: pl.UInt32, "key": pl.String}, orient="row")


def _valid(key: str) -> bool:
    return bool(identifier_kind(key))


def _texts(column: Many | None, size: int) -> list[Texts]:
    return [_told(each) for each in column] if column is not None else [()] * size


def _told(each: str | Sequence[str] | None) -> Texts:
    texts = (each,) if isinstance(each, str) else tuple(each or ())
    return tuple(text.strip() for text in texts if text and text.strip())


def _codes(texts: Texts) -> Texts:
    return tuple(dict.fromkeys(filter(None, map(country_code, texts))))


def _parts(joined: str) -> list[str]:
    return joined.split(";") if joined else []
