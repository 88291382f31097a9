"""Who the parties of a batch are: each distinct name is matched once, then taken as of each row's date.

A party listed only after the shipment is still matched, and marked so; one whose listing had ended
is shown, and counts for no rule.
"""

import threading

import polars as pl

from screening.address_matches import status
from screening.fields import FIELDS
from screening.names.fold import fold, holds_one
from screening.phrases import once_per_value
from screening.shipment import ROLES
from screening.watchlists.parties import PartyList

CANDIDATES = 10
"""How many entries are kept for a name, unless all of them are so like it that there may be more."""
_LIKE = 0.85
_MORE = 8
LEAST_SCORE = 0.7
"""Below this a likeness is noise, and no rule may ask for it."""
_MOST_REMEMBERED = 500_000

PARTY = "party"
"""The kind of a match by name or number, beside the kinds of `address_matches`."""
_SUBJECT = ("name", "country", "identifier", "address")
_APART = ";"
"""Stands between the identifiers of one party."""
_FOUND = {"query": pl.UInt32, "entry": pl.UInt32, "matched_name": pl.String, "score": pl.Float64}


class PartyMatcher:
    """Matches parties against the watchlists and remembers every distinct one that it has seen."""

    def __init__(self, parties: PartyList) -> None:
        self.parties = parties
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._known = pl.DataFrame(schema=dict.fromkeys(_SUBJECT, pl.String) | {"query": pl.UInt32})
        self._found = pl.DataFrame(schema=_FOUND)

    def matches(self, rows: pl.DataFrame, at: pl.DataFrame | None = None) -> pl.DataFrame:
        """The listed parties that stand on each row, best first within a row and role.

        `rows` has the typed columns of a batch; `at` tells which of their addresses are listed ones, and
        the others say nothing of who a party is. The result has `index` (the position of the row in the
        batch), `role`, `name` (the identifier where the party has no name), `entry`, `matched_name`,
        `score`, `status`, `kind` and `listed_on`.
        """
        named = _named(rows, at)
        with self._lock:
            self._learn(named.select(list(_SUBJECT)).unique(maintain_order=True))
            known, found = self._known, self._found
        met = named.join(known, on=list(_SUBJECT), nulls_equal=True).join(found, on="query")
        dated = met.join(self.parties.entries.select("entry", "id", "listed_on", "ended_on"), on="entry")
        order = pl.col("role").replace_strict(
            {role: i for i, role in enumerate(ROLES)}, return_dtype=pl.UInt8
        )
        return (
            dated.with_columns(status(), kind=pl.lit(PARTY))
            .sort("index", order, -pl.col("score"), "id")
            .with_columns(pl.coalesce("name", "identifier").alias("name"))
            .select("index", "role", "name", "entry", "matched_name", "score", "status", "kind", "listed_on")
        )

    def _learn(self, subjects: pl.DataFrame) -> None:
        if self._known.height > _MOST_REMEMBERED:
            self._forget()
        new = subjects.join(
            self._known, on=list(_SUBJECT), how="anti", nulls_equal=True, maintain_order="left"
        )
        if new.is_empty():
            return
        found = self._asked(new, CANDIDATES)
        first = self._known.height
        numbered = new.with_columns(query=pl.int_range(first, first + new.height, dtype=pl.UInt32))
        self._known = pl.concat([self._known, numbered.select(self._known.columns)])
        shifted = found.with_columns((pl.col("query") + first).cast(pl.UInt32))
        self._found = pl.concat([self._found, shifted.select(list(_FOUND)).cast(_FOUND)])  # type: ignore[arg-type]

    def _asked(self, subjects: pl.DataFrame, limit: int) -> pl.DataFrame:
        """The entries like each subject: `query` (its position), `entry`, `matched_name`, `score`.

        A name that many lists have is asked for again: its listings of other days, however many, must
        not crowd out the one in force.
        """
        found = self.parties.match_many(
            subjects["name"],
            countries=subjects["country"],
            identifiers=subjects["identifier"].str.split(_APART).to_list(),
            addresses=subjects["address"],
            limit=limit,
            min_score=LEAST_SCORE,
        )
        alike = found.filter(pl.col("score") >= _LIKE).group_by("query", maintain_order=True).len()
        crowded = alike.filter(pl.col("len") >= limit)["query"]
        if crowded.is_empty() or limit >= len(self.parties):
            return found
        again = self._asked(subjects[crowded], limit * _MORE)
        asked = pl.DataFrame({"whole": crowded}).with_row_index("query")
        whole = again.join(asked, on="query", maintain_order="left").with_columns(query="whole")
        rest = found.filter(~pl.col("query").is_in(crowded.implode()))
        return pl.concat([rest, whole.select(found.columns)])


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
    if len(_KEYS) > _MOST_REMEMBERED:
        _KEYS.clear()
    return once_per_value(
        names, lambda distinct: pl.Series([_known_key(name) or None for name in distinct], dtype=pl.String)
    )


def _known_key(name: str) -> str:
    found = _KEYS.get(name)
    if found is None:
        found = _KEYS[name] = name_key(name)
    return found


def remember_keys(names: pl.Series, keys: pl.Series) -> None:
    """Spares `name_keys` the work for these names; `keys` are what it said of them, by the same code."""
    pairs = pl.DataFrame({"name": names, "key": keys}).drop_nulls("name").unique()
    _KEYS.update(zip(pairs["name"], pairs["key"].fill_null(""), strict=True))


def _named(rows: pl.DataFrame, at: pl.DataFrame | None) -> pl.DataFrame:
    day = pl.col("shipment_date") if "shipment_date" in rows.columns else pl.lit(None, pl.Date)
    present = [
        role for role in ROLES if {f"{role}_name", *FIELDS[f"{role}.identifier"].columns} & set(rows.columns)
    ]
    schema = {"index": pl.UInt32, "role": pl.String, **dict.fromkeys(_SUBJECT, pl.String), "day": pl.Date}
    numbered = rows.with_row_index("index")
    frames = [numbered.select("index", *_subject(role, rows), day.alias("day")) for role in present]
    whole = pl.concat([pl.DataFrame(schema=schema), *(frame.select(list(schema)) for frame in frames)])
    known = whole.filter(pl.col("name").is_not_null() | pl.col("identifier").is_not_null())
    if at is None or at.is_empty():
        return known
    listed = at.select("index", "role", "address").unique()
    return known.drop("address").join(listed, on=["index", "role"], how="left", maintain_order="left")


def _subject(role: str, rows: pl.DataFrame) -> list[pl.Expr]:
    def column(name: str) -> pl.Expr:
        return pl.col(name) if name in rows.columns else pl.lit(None, pl.String)

    numbers = pl.concat_str(
        [column(name) for name in FIELDS[f"{role}.identifier"].columns], separator=_APART, ignore_nulls=True
    )
    return [
        pl.lit(role).alias("role"),
        column(f"{role}_name").alias("name"),
        column(f"{role}_country").alias("country"),
        numbers.replace("", None).alias("identifier"),
        pl.lit(None, pl.String).alias("address"),
    ]


def best_score(matches: pl.DataFrame, status: str) -> pl.DataFrame:
    """The best score of each row and role among the parties matched: `index`, `role`, `score`."""
    chosen = matches.filter(pl.col("status") == status, pl.col("kind") == PARTY)
    return chosen.group_by("index", "role", maintain_order=True).agg(pl.col("score").max())
