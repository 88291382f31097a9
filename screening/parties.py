"""Who the parties of a batch are: each distinct name is matched once, then taken as of each row's date.

A party listed only after the shipment is still matched, and marked so; one whose listing had ended
is shown, and counts for no rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import polars as pl

from screening.abreast import FEW
from screening.address_matches import status
from screening.fields import FIELDS
from screening.names.fold import fold, holds_one
from screening.phrases import once_per_value
from screening.shipment import ROLES
from screening.watchlists.parties import PartyList
from screening.watchlists.remembered import Remembered, Subject, Subjects

CANDIDATES = 10
"""How many entries are kept for a name, unless all of them are so like it that there may be more."""
_LIKE = 0.85
_MORE = 8
LEAST_SCORE = 0.7
"""Below this a likeness is noise, and no rule may ask for it."""
_MOST_REMEMBERED = 500_000

PARTY = "party"
"""The kind of a match by name or number, beside the kinds of `address_matches`."""
_SUBJECT = ("name", "identifier", "country", "address")
_TELLING = ("name", "identifier")
_APART = ";"
"""Stands between the identifiers of one party."""
_FOUND = {"entry": pl.UInt32, "matched_name": pl.String, "score": pl.Float64}
_SHOWN = {
    **{"index": pl.UInt32, "role": pl.String, "name": pl.String, "entry": pl.UInt32},
    **{"matched_name": pl.String, "score": pl.Float64, "status": pl.String, "kind": pl.String},
    "listed_on": pl.Date,
}
_MET = {"index": pl.UInt32, "role": pl.String, **dict.fromkeys(_TELLING, pl.String), **_FOUND}
_NOBODY = pl.DataFrame(schema=_SHOWN)
_ORDER = {role: place for place, role in enumerate(ROLES)}


class PartyMatcher:
    """Matches parties against the watchlists and remembers every distinct one that it has seen."""

    def __init__(self, parties: PartyList) -> None:
        self.parties = parties
        self.memory = Remembered(_SUBJECT, _TELLING, _FOUND, lambda new: self._asked(new, CANDIDATES))

    def matches(self, rows: pl.DataFrame, at: pl.DataFrame | None = None) -> pl.DataFrame:
        """The listed parties that stand on each row, best first within a row and role.

        `rows` has the typed columns of a batch; `at` tells which of their addresses are listed ones, and
        the others say nothing of who a party is. The result has `index` (the position of the row in the
        batch), `role`, `name` (the identifier where the party has no name), `entry`, `matched_name`,
        `score`, `status`, `kind` and `listed_on`.
        """
        roles = _roles(frozenset(rows.columns))
        housed = at is not None and not at.is_empty()
        if not roles:
            return _NOBODY
        if rows.height <= FEW and not housed:
            return self._of_few(rows)
        frames = [_in_role(rows, role, told) for role, told in roles.items()]
        met = self.memory.found(_housed(frames, at) if at is not None and housed else frames)
        return self._dated(met, rows) if met.height else _NOBODY

    def _of_few(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The same of a few rows, told one by one: most of their parties are on no list."""
        named = list(_few(rows))
        found = self.memory.few(subject for _, _, subject in named)
        told = [
            (index, role, *subject[: len(_TELLING)], *one)
            for index, role, subject in named
            for one in found.get(subject, ())
        ]
        return self._dated(pl.DataFrame(told, _MET, orient="row"), rows) if told else _NOBODY

    def _dated(self, met: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """What was found, as of the days of the rows."""
        facts = self.parties.entries.select("id", "listed_on", "ended_on")[met["entry"]]
        day = rows["shipment_date"] if "shipment_date" in rows.columns else _no_days(rows.height)
        whole = met.hstack(facts).with_columns(day.gather(met["index"]).alias("day"))
        order = pl.col("role").replace_strict(_ORDER, return_dtype=pl.UInt8)
        return (
            whole.with_columns(status(), kind=pl.lit(PARTY))
            .sort("index", order, -pl.col("score"), "id")
            .with_columns(pl.coalesce("name", "identifier").alias("name"))
            .select(list(_SHOWN))
        )

    def _asked(self, subjects: Subjects, limit: int) -> pl.DataFrame:
        """The entries like each subject: `asked` (its position), `entry`, `matched_name`, `score`.

        A name that many lists have is asked for again: its listings of other days, however many, must
        not crowd out the one in force.
        """
        found = self.parties.match_many(
            subjects["name"],
            countries=subjects["country"],
            identifiers=[told and told.split(_APART) for told in subjects["identifier"]],
            addresses=subjects["address"],
            limit=limit,
            min_score=LEAST_SCORE,
        )
        found.columns = ["asked", *found.columns[1:]]
        if found.height < limit:
            return found
        alike = found["asked"].to_numpy()[found["score"].to_numpy() >= _LIKE]
        names, listings = np.unique(alike, return_counts=True)
        crowded = names[listings >= limit].tolist()
        if not crowded or limit >= len(self.parties):
            return found
        again = {part: [texts[at] for at in crowded] for part, texts in subjects.items()}
        places = pl.DataFrame({"whole": crowded}, {"whole": pl.UInt32}).with_row_index("asked")
        whole = self._asked(again, limit * _MORE).join(places, on="asked", maintain_order="left")
        rest = found.filter(~pl.col("asked").is_in(crowded))
        return pl.concat([rest, whole.with_columns(asked="whole").select(found.columns)])


def name_key(name: str) -> str:
    """The name as all its spellings have it: legal form, script, case and word order set aside."""
    return " ".join(sorted(fold(name).keys))


def names_only(cells: pl.Series, party: str) -> pl.Series:
    """True where a cell names this party, in whatever spelling, and nobody besides."""
    key = name_key(party)

    def told(distinct: pl.Series) -> pl.Series:
        alone = (name_key(cell) == key and holds_one(cell) for cell in distinct)
        return pl.Series(alone, dtype=pl.Boolean)

    return once_per_value(cells, told)


_KEYS: dict[str, str] = {}
"""The keys of names that were met before: a book asks for them more than once, and a history knows more."""


def name_keys(names: pl.Series) -> pl.Series:
    """The key of each name; null where it is blank or has no letter or digit."""
    return once_per_value(names, lambda distinct: pl.Series(list(map(known_key, distinct)), dtype=pl.String))


def known_key(name: str) -> str | None:
    """The key of one name; None where it has no letter or digit."""
    found = _KEYS.get(name)
    if found is None:
        if len(_KEYS) > _MOST_REMEMBERED:
            _KEYS.clear()
        found = _KEYS[name] = name_key(name)
    return found or None


def remember_keys(names: pl.Series, keys: pl.Series) -> None:
    """Spares `name_keys` the work for these names; `keys` are what it said of them, by the same code."""
    pairs = pl.DataFrame({"name": names, "key": keys}).drop_nulls("name").unique()
    _KEYS.update(zip(pairs["name"], pairs["key"].fill_null(""), strict=True))


_NUMBER = pl.int_range(pl.len(), dtype=pl.UInt32).alias("index")


@lru_cache(maxsize=256)
def _roles(columns: frozenset[str]) -> dict[str, dict[str, list[str]]]:
    """The roles in which these columns can name a party, each with the columns that tell a part of it."""
    found: dict[str, dict[str, list[str]]] = {}
    for role in ROLES:
        numbers = [name for name in FIELDS[f"{role}.identifier"].columns if name in columns]
        told = {part: [f"{role}_{part}"] for part in ("name", "country") if f"{role}_{part}" in columns}
        if numbers:
            told["identifier"] = numbers
        if not told.keys().isdisjoint(_TELLING):
            found[role] = told
    return found


def _few(rows: pl.DataFrame) -> Iterator[tuple[int, str, Subject]]:
    """The parties of a few rows, as they are remembered, each with its row and its role."""
    roles = _roles(frozenset(rows.columns))
    for index, row in enumerate(rows.rows(named=True)):
        for role, told in roles.items():
            subject = tuple(_joined_cells(row, told.get(part, ())) for part in _SUBJECT)
            if any(subject[: len(_TELLING)]):
                yield index, role, subject


def _joined_cells(row: Mapping[str, str | None], columns: Sequence[str]) -> str | None:
    return _APART.join(filter(None, (row[name] for name in columns))) or None


def _joined_columns(columns: Sequence[str]) -> pl.Expr:
    """The same of whole columns."""
    if len(columns) == 1:
        return pl.col(columns[0])
    return pl.concat_str(columns, separator=_APART, ignore_nulls=True).replace("", None)


def _in_role(rows: pl.DataFrame, role: str, told: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """index, role, and what is told of the party of each row."""
    parts = (_joined_columns(columns).alias(part) for part, columns in told.items())
    return rows.select(_NUMBER, pl.lit(role).alias("role"), *parts)


def _housed(frames: Sequence[pl.DataFrame], at: pl.DataFrame) -> list[pl.DataFrame]:
    """The parties of all roles, those at a listed address with it and apart."""
    listed = at.select("index", "role", "address").unique(maintain_order=True)
    apart = [frame.join(listed, on=["index", "role"], how="inner") for frame in frames]
    others = [frame.join(listed, on=["index", "role"], how="anti") for frame in frames]
    return [*others, *apart]


def _no_days(height: int) -> pl.Series:
    return pl.repeat(None, height, dtype=pl.Date, eager=True)
