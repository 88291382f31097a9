"""What stands beside the names of two parties, weighed for whole columns of pairs at a time.

The weights are those of `screening.names`; here each distinct combination of score, countries and what
else is known is weighed once, since a batch has far fewer of them than pairs.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from screening.addresses import SAME
from screening.errors import UsageError
from screening.names import Beside, adjusted
from screening.names.births import births, births_of
from screening.names.compare import REVIEW
from screening.names.evidence import MOST_MOVED, AddressLikeness, identifier_kind
from screening.places.countries import country_code
from screening.watchlists.columns import entry_columns
from screening.watchlists.entry import PartyEntry
from screening.watchlists.premises import Premises

EVIDENCE_MOVES = MOST_MOVED
"""No score moves further than this by what stands beside a name; identifiers that settle it apart."""
TYPE_DIFFERS = 0.03
"""What a score loses when one party is a vessel and the other a firm, say."""
_JOINT = "|"
_WEIGHED = ["score", "countries_asked", "countries", "births_asked", "births", "place"]
_HALF = re.compile("[\ud800-\udfff]")
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
    addresses: list[Texts]
    births: list[Texts]

    @classmethod
    def of(
        cls,
        names: pl.Series | Sequence[str | None],
        countries: Many | None,
        types: pl.Series | Sequence[str | None] | None,
        identifiers: Many | None,
        addresses: Many | None = None,
        births: Many | None = None,
    ) -> "Asked":
        """The queries; UsageError for names that are no texts, or when what stands beside them is not
        as long as they are."""
        series = _names(names)
        size = len(series)
        beside = {"countries": countries, "types": types, "identifiers": identifiers}
        for what, column in (beside | {"addresses": addresses, "birth_dates": births}).items():
            if column is not None and len(column) != size:
                raise UsageError(f"{what}: there are {len(column):,} for {size:,} names; give one for each")
        return cls(
            names=series.replace("", None),
            countries=[_codes(each) for each in _texts(countries, size)],
            types=[each[0] if each else "unknown" for each in _texts(types, size)],
            identifiers=_texts(identifiers, size),
            addresses=_texts(addresses, size),
            births=_texts(births, size),
        )

    @property
    def beside(self) -> bool:
        """True when anything besides a name is known of any query."""
        told = (self.countries, self.identifiers, self.addresses, self.births)
        return any(map(any, told)) or any(kind != "unknown" for kind in self.types)

    @property
    def frame(self) -> pl.DataFrame:
        """query, countries_asked and births_asked (joined), type_asked."""
        joined = pl.Series("countries_asked", map(_JOINT.join, self.countries), dtype=pl.String)
        births = pl.Series("births_asked", map(_JOINT.join, self.births), dtype=pl.String)
        kinds = pl.Series("type_asked", self.types, dtype=pl.String)
        return pl.DataFrame([joined, births, kinds]).with_row_index("query")

    def beside_of(self, query: int) -> Beside:
        """What is known of one query besides its name and its address."""
        return Beside(self.countries[query], self.identifiers[query], births_of(self.births[query]))


class Evidence:
    """What a list knows of its parties besides their names."""

    def __init__(
        self,
        parties: Sequence[PartyEntry],
        entries: pl.DataFrame | None = None,
        keys: pl.DataFrame | None = None,
        premises: Callable[[], Premises] | None = None,
    ) -> None:
        """`entries` and `keys` are the columns of the parties and their identifiers, where they are made.

        `premises` gives their addresses when somebody first asks by one.
        """
        self._parties = parties
        entries = entry_columns(parties) if entries is None else entries
        joined = {"countries": "countries", "births": "birth_dates"}
        lists = [pl.col(column).list.join(_JOINT).alias(name) for name, column in joined.items()]
        self._frame = entries.select("entry", "type", *lists)
        self._keys = identifier_columns([p.identifiers for p in parties]) if keys is None else keys
        self._premises = premises or (lambda: Premises.of(parties))

    def sharing(self, asked: Asked) -> pl.DataFrame:
        """The pairs (query, entry) that share an identifier whose check digits are right."""
        keys = _keyed("query", asked.identifiers)
        shared = keys.join(self._keys, on="key").filter(pl.col("key").map_elements(_valid, pl.Boolean))
        return shared.select("query", "entry").unique(maintain_order=True)

    def weighed(self, asked: Asked, pairs: pl.DataFrame, least: float) -> pl.DataFrame:
        """The pairs with their scores after all that stands beside; who had `least` before keeps it."""
        if not asked.beside or pairs.is_empty():
            return pairs
        # Birth dates split what is weighed at once, so they stand there only where somebody asked by one.
        born = pl.when(pl.col("births_asked") != "").then("births").otherwise(pl.lit(""))
        beside = pairs.join(asked.frame, on="query").join(self._frame, on="entry").with_columns(births=born)
        placed = self._by_address(asked, beside)
        moved = self._by_identifier(asked, _by_all(placed)).with_columns(_by_type(pl.col("moved")))
        kept = pl.when(pl.col("score") >= least).then(pl.max_horizontal("moved", pl.lit(least)))
        return moved.with_columns(kept.otherwise("moved").alias("score")).select(pairs.columns)

    def _by_identifier(self, asked: Asked, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs that share an identifier, weighed in full; the others as they are."""
        keys = _keyed("query", asked.identifiers).join(self._keys, on="key")
        shared = keys.select("query", "entry").unique().join(pairs, on=["query", "entry"])
        scores = [
            adjusted(score, asked.beside_of(query), self._beside(entry), place)
            for query, entry, score, place in shared.select("query", "entry", "score", "place").iter_rows()
        ]
        found = shared.select("query", "entry", found=pl.Series([a.score for a in scores], dtype=pl.Float64))
        joined = pairs.join(found, on=["query", "entry"], how="left")
        return joined.with_columns(moved=pl.coalesce("found", "moved"))

    def _beside(self, entry: int) -> Beside:
        party = self._parties[entry]
        return Beside(party.countries, party.identifiers, births_of(party.birth_dates))

    def _by_address(self, asked: Asked, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs with `place`: how alike the nearest addresses of both are; blank where one has none."""
        if not any(asked.addresses):
            return pairs.with_columns(place=pl.lit(""))
        premises = self._premises()
        rows = [(query, text) for query, texts in enumerate(asked.addresses) for text in texts]
        written = pl.DataFrame(rows, schema={"query": pl.UInt32, "text": pl.String}, orient="row")
        lands = [asked.countries[query][0] if asked.countries[query] else None for query, _ in rows]
        own = written.with_columns(country=pl.Series(lands, dtype=pl.String))
        distinct = own.select("text", "country").unique(maintain_order=True).with_row_index("asked")
        near = premises.found(distinct["text"].to_list(), distinct["country"].to_list())
        asked_by = own.join(distinct, on=["text", "country"], nulls_equal=True).select("query", "asked")
        best = (
            near.join(asked_by, on="asked")
            .group_by("query", "entry")
            .agg(pl.col("score").max().alias("near"))
        )
        telling = premises.index.telling(distinct["text"].to_list())
        told = asked_by.filter(pl.col("asked").is_in(telling.implode())).select("query", told=True).unique()
        placed = premises.owners.select("entry", placed=True).unique()
        joined = (
            pairs.join(best, on=["query", "entry"], how="left")
            .join(told, on="query", how="left")
            .join(placed, on="entry", how="left")
        )
        return joined.with_columns(place=_place()).drop("near", "told", "placed")

    def reasons(self, asked: Asked, entry: int) -> tuple[str, ...]:
        """What stands beside the one query and speaks for the entry or against it."""
        pair = pl.DataFrame({"query": [0], "entry": [entry]}, schema={"query": pl.UInt32, "entry": pl.UInt32})
        place: AddressLikeness = self._by_address(asked, pair)["place"][0]
        return adjusted(0.0, asked.beside_of(0), self._beside(entry), place).reasons


def _place() -> pl.Expr:
    near = pl.col("near")
    both = pl.col("told") & pl.col("placed")
    other = pl.when(both.fill_null(False)).then(pl.lit("other")).otherwise(pl.lit(""))
    return (
        pl.when(near >= SAME)
        .then(pl.lit("same"))
        .when(near.is_not_null())
        .then(pl.lit("house"))
        .otherwise(other)
    )


def _by_all(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs with `moved`: the score after countries, birth dates and addresses."""
    distinct = pairs.select(_WEIGHED).unique()
    moved = [
        adjusted(score, _side(asked, born), _side(listed, births), place).score
        for score, asked, listed, born, births, place in distinct.iter_rows()
    ]
    return pairs.join(distinct.with_columns(moved=pl.Series(moved, dtype=pl.Float64)), on=_WEIGHED)


def _side(countries: str, births: str) -> Beside:
    return Beside(_parts(countries), births=births_of(_parts(births)))


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


def birth_texts(dates: Sequence[date | str | None]) -> list[str | None]:
    """The birth dates as texts; UsageError for one that names no year."""
    told = [given.isoformat() if isinstance(given, date) else (given or "").strip() for given in dates]
    for text in told:
        if text and not births(text):
            raise UsageError(f"birth_date: {text!r} is no date; write 1962-03-12, 1962 or circa 1962")
    return [text or None for text in told]


def _names(names: pl.Series | Sequence[str | None]) -> pl.Series:
    """The names stripped; UsageError for a single text and for what is none."""
    if isinstance(names, str):
        raise UsageError("names: one text; give a list of names")
    if not isinstance(names, pl.Series):
        for place, name in enumerate(names):
            if not isinstance(name, str | None):
                raise UsageError(f"names: number {place + 1:,} is {type(name).__name__}; give a text")
            if name and _HALF.search(name):
                raise UsageError(f"names: number {place + 1:,} holds half a character; give whole ones")
    return pl.Series("asked", names, dtype=pl.String).str.strip_chars()


def _texts(column: Many | None, size: int) -> list[Texts]:
    return [_told(each) for each in column] if column is not None else [()] * size


def _told(each: str | Sequence[str] | None) -> Texts:
    texts = (each,) if isinstance(each, str) else tuple(each or ())
    return tuple(text.strip() for text in texts if text and text.strip())


def _codes(texts: Texts) -> Texts:
    return tuple(dict.fromkeys(filter(None, map(country_code, texts))))


def _parts(joined: str) -> list[str]:
    return joined.split(_JOINT) if joined else []
