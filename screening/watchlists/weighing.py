"""What stands beside the names of two parties, weighed for whole columns of pairs at a time.

The weights are those of `screening.names`; here each distinct combination of score, countries and what
else is known is weighed once, since a batch has far fewer of them than pairs.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

import numpy as np
import polars as pl

from screening.addresses import SAME
from screening.names import Beside, adjusted
from screening.names.births import births_of
from screening.names.compare import REVIEW
from screening.names.evidence import MOST_MOVED, AddressLikeness, identifier_kind, most_raised
from screening.names.vocabulary import Ints
from screening.watchlists.asked import Asked, Texts
from screening.watchlists.columns import entry_columns
from screening.watchlists.entry import PartyEntry
from screening.watchlists.pairs import Doubles, Pairs
from screening.watchlists.premises import Premises

TYPE_DIFFERS = 0.03
"""What a score loses when one party is a vessel and the other a firm, say."""
_JOINT = "|"
_KIND_BEFORE = re.compile(r"^[A-Z]+(?=[0-9])")
_LIKENESSES: tuple[AddressLikeness, ...] = get_args(AddressLikeness)
_FEW = 16
_SCALE = 10_000  # scores have four digits


@dataclass(frozen=True, slots=True)
class _Distinct:
    """A column by its distinct values: for each row the number of its value."""

    numbers: Ints
    values: list[str]

    @classmethod
    def of(cls, column: pl.Series) -> "_Distinct":
        numbers = column.rank("dense").cast(pl.Int64).to_numpy() - 1
        return cls(numbers, column.unique().sort().to_list())


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
        self._entries = entry_columns(parties) if entries is None else entries
        self._keys = identifier_columns([p.identifiers for p in parties]) if keys is None else keys
        self._premises = premises or (lambda: Premises.of(parties))

    def sharing(self, asked: Asked) -> tuple[Ints, Ints]:
        """Queries and entries that share an identifier whose check digits are right."""
        return _places(self._shared(asked).filter(pl.col("key").map_elements(_valid, pl.Boolean)))

    def may_share(self, asked: Asked) -> bool:
        """False when no identifier of a few queries is listed; it is not looked up for many."""
        if len(asked.identifiers) > _FEW:
            return any(asked.identifiers)
        keys = (key for told in asked.identifiers for key in identifier_keys(told))
        return not self._listed_keys.isdisjoint(keys)

    @cached_property
    def _listed_keys(self) -> frozenset[str]:
        return frozenset(self._keys["key"])

    def _shared(self, asked: Asked) -> pl.DataFrame:
        return _keyed("query", asked.identifiers).join(self._keys, on="key")

    def most_raised(self, asked: Asked, shares: bool) -> float:
        """How far the score of a pair may rise by what stands beside the names, where it `may_share`.

        An identifier that settles it lifts it further, and is weighed with the best name of the entry: so
        the names of entries that may share one are looked for as far down as anything may lift them.
        """
        if shares:
            return MOST_MOVED
        return most_raised(any(asked.countries), any(asked.births), any(asked.addresses))

    def weighed(self, asked: Asked, pairs: Pairs, least: float) -> Pairs:
        """The pairs, distinct and in order, with their scores after all that stands beside; who had
        `least` before keeps it."""
        if not asked.beside or not len(pairs):
            return pairs
        place = self._by_address(asked, pairs)
        moved = self._by_identifier(asked, pairs, place, self._by_all(asked, pairs, place))
        moved = self._by_type(asked, pairs, moved)
        return pairs.scored(np.where(pairs.score >= least, np.maximum(moved, least), moved))

    @cached_property
    def _countries(self) -> _Distinct:
        return _Distinct.of(self._entries["countries"].list.join(_JOINT))

    @cached_property
    def _born(self) -> _Distinct:
        """The countries and birth dates of each entry."""
        lists = [pl.col(name).list.join(_JOINT) for name in ("countries", "birth_dates")]
        return _Distinct.of(self._entries.select(pl.concat_str(lists, separator="\n")).to_series())

    @cached_property
    def _types(self) -> _Distinct:
        return _Distinct.of(self._entries["type"])

    def _by_all(self, asked: Asked, pairs: Pairs, place: Ints) -> Doubles:
        """The scores after countries, birth dates and addresses; each combination is weighed once."""
        sides = list(zip(asked.countries, asked.births, strict=True))
        known = {side: number for number, side in enumerate(dict.fromkeys(sides))}
        stated = np.array([known[side] for side in sides])[pairs.query]
        # Birth dates split what is weighed at once, so they stand there only where somebody asked by one.
        born = np.array([bool(births) for births in asked.births])[pairs.query]
        listed = self._countries.numbers[pairs.entry]
        values = self._countries.values
        if born.any():
            listed = np.where(born, self._born.numbers[pairs.entry] + len(values), listed)
            values = values + self._born.values
        points = np.rint(pairs.score * _SCALE).astype(np.int64)
        combined = ((points * len(known) + stated) * len(values) + listed) * len(_LIKENESSES) + place
        _, first, at = np.unique(combined, return_index=True, return_inverse=True)
        asked_sides = [Beside(countries, births=births_of(births)) for countries, births in known]
        columns = (pairs.score[first], stated[first], listed[first], place[first])
        weighed = [
            adjusted(score, asked_sides[side], _listed(values[entry]), _LIKENESSES[near]).score
            for score, side, entry, near in zip(*(c.tolist() for c in columns), strict=True)
        ]
        return np.array(weighed)[at]

    def _by_identifier(self, asked: Asked, pairs: Pairs, place: Ints, moved: Doubles) -> Doubles:
        """The scores, where a pair shares an identifier weighed in full."""
        if not any(asked.identifiers):
            return moved
        query, entry = _places(self._shared(asked))
        wanted = query * len(self._parties) + entry
        at = np.flatnonzero(np.isin(pairs.query * len(self._parties) + pairs.entry, wanted))
        for n in at.tolist():
            beside, listed = asked.beside_of(int(pairs.query[n])), self._beside(int(pairs.entry[n]))
            moved[n] = adjusted(float(pairs.score[n]), beside, listed, _LIKENESSES[place[n]]).score
        return moved

    def _beside(self, entry: int) -> Beside:
        party = self._parties[entry]
        return Beside(party.countries, party.identifiers, births_of(party.birth_dates))

    def _by_type(self, asked: Asked, pairs: Pairs, score: Doubles) -> Doubles:
        """The scores after both types; what a reviewer would see before, a reviewer still sees."""
        if not any(kind != "unknown" for kind in asked.types):
            return score
        numbers = {kind: number for number, kind in enumerate(self._types.values)}
        stated = np.array([numbers.get(kind, -1) for kind in asked.types])[pairs.query]
        listed, unknown = self._types.numbers[pairs.entry], numbers.get("unknown", -2)
        told = np.array([kind != "unknown" for kind in asked.types])[pairs.query]
        differs = told & (listed != unknown) & (stated != listed) & (score < 1)
        floor = np.where(score >= REVIEW, REVIEW, 0.0)
        return np.where(differs, np.maximum(score - TYPE_DIFFERS, floor).round(4), score)

    def _by_address(self, asked: Asked, pairs: Pairs) -> Ints:
        """How alike the nearest addresses of both sides of each pair are, as a place in `_LIKENESSES`."""
        if not any(asked.addresses):
            return np.zeros(len(pairs), dtype=np.int64)
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
        places = {"query": pairs.query, "entry": pairs.entry}
        return (
            pl.DataFrame(places, schema={"query": pl.UInt32, "entry": pl.UInt32})
            .join(best, on=["query", "entry"], how="left", maintain_order="left")
            .join(told, on="query", how="left", maintain_order="left")
            .join(placed, on="entry", how="left", maintain_order="left")
            .select(_place())
            .to_series()
            .to_numpy()
        )

    def reasons(self, asked: Asked, entry: int) -> tuple[str, ...]:
        """What stands beside the one query and speaks for the entry or against it."""
        pair = Pairs(np.array([0]), np.array([entry]), np.array([0]), np.array([0.0]))
        place = _LIKENESSES[self._by_address(asked, pair)[0]]
        return adjusted(0.0, asked.beside_of(0), self._beside(entry), place).reasons


def _place() -> pl.Expr:
    """The place in `_LIKENESSES` of a pair's nearest addresses."""
    near, told = pl.col("near"), (pl.col("told") & pl.col("placed")).fill_null(False)
    like = {name: pl.lit(place, pl.Int64) for place, name in enumerate(_LIKENESSES)}
    one_has_none = pl.when(told).then(like["other"]).otherwise(like[""])
    found = pl.when(near >= SAME).then(like["same"]).when(near.is_not_null()).then(like["house"])
    return found.otherwise(one_has_none)


def _places(pairs: pl.DataFrame) -> tuple[Ints, Ints]:
    """The distinct pairs of query and entry, in order."""
    found = pairs.select("query", "entry").unique().sort("query", "entry").cast(pl.Int64)
    return found["query"].to_numpy(), found["entry"].to_numpy()


def _listed(joined: str) -> Beside:
    """One side of a list, as `_countries` or `_born` has it."""
    countries, _, born = joined.partition("\n")
    return Beside(_parts(countries), births=births_of(_parts(born)))


def _parts(joined: str) -> list[str]:
    return joined.split(_JOINT) if joined else []


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
