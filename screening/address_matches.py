"""Who is listed at the addresses of a batch: each distinct one is looked up once, then taken as of its row.

An address may be listed by itself, whoever gives it. Where it is that of a listed firm, the firm on the
shipment may be that one under another name; so an entry that the party is known to be by name is left out.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from screening.abreast import FEW
from screening.addresses import SAME
from screening.shipment import ROLES, role_attributes
from screening.watchlists.parties import PartyList
from screening.watchlists.remembered import Remembered, Subject, Subjects

LISTED, SHARED = "address", "shared address"
"""The kinds of matches of an address: it is listed itself, or a firm of another name is listed there."""
ADDRESS_ROLES = tuple(role for role in ROLES if "address" in role_attributes(role))
_THE_SAME_PARTY = 0.85
"""Names so like each other are one firm's, and its own address shows nothing new."""
_SUBJECT = ("address", "country")
_FOUND = {"entry": pl.UInt32, "listed": pl.UInt32, "likeness": pl.Float64}
_AT: dict[str, type[pl.DataType]] = {
    "index": pl.UInt32,
    "role": pl.String,
    "name": pl.String,
    "address": pl.String,
    "entry": pl.UInt32,
    "listed": pl.UInt32,
    "likeness": pl.Float64,
}
_NOTHING_ASKED = pl.DataFrame(schema={"asked": pl.UInt32, **_FOUND})
_NOWHERE = pl.DataFrame(schema=_AT)
_NUMBER = pl.int_range(pl.len(), dtype=pl.UInt32).alias("index")


class AddressMatcher:
    """Looks addresses up on the watchlists and remembers every distinct one that it has seen."""

    def __init__(self, parties: PartyList) -> None:
        self.parties = parties
        self.memory = Remembered(_SUBJECT, _SUBJECT[:1], _FOUND, self._asked)

    def at(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The entries listed at the addresses of each row, or in the house of one.

        `rows` has the typed columns of a batch. The result has `index` (the position of the row in the
        batch), `role`, `name` (the party's), `address` (as written), `entry`, `listed` (the number of the
        entry's address) and `likeness`.
        """
        roles = [role for role in ADDRESS_ROLES if f"{role}_address" in rows.columns]
        if not roles or self.parties.premises.owners.is_empty():
            return _NOWHERE
        if rows.height <= FEW and self.memory.clear(_few(rows, roles)):
            return _NOWHERE
        met = self.memory.found([_in_role(rows, role) for role in roles])
        return met.select(list(_AT)) if met.height else _NOWHERE

    def _asked(self, new: Subjects) -> pl.DataFrame:
        found = self.parties.premises.found([text or "" for text in new["address"]], new["country"])
        if found.is_empty():
            return _NOTHING_ASKED
        return found.select("asked", "entry", listed="address", likeness="score")

    def matches(self, at: pl.DataFrame, rows: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
        """The addresses of `at` that are listed or shared with a listed firm, with the columns of `named`.

        `named` are the parties matched on the rows by name; `matched_name` is here the listed address.
        """
        if at.is_empty():
            return named.clear()
        day = pl.col("shipment_date") if "shipment_date" in rows.columns else pl.lit(None, pl.Date)
        days = rows.with_row_index("index").select("index", day.alias("day"))
        facts = self.parties.entries.select("entry", "id", "type", "listed_on", "ended_on")
        same = at.filter(pl.col("likeness") >= SAME).join(days, on="index").join(facts, on="entry")
        known = named.filter(pl.col("score") >= _THE_SAME_PARTY).select("index", "role", "entry")
        others = pl.concat(
            [
                same.filter(pl.col("type") == "address").with_columns(kind=pl.lit(LISTED)),
                same.filter(pl.col("type") != "address")
                .join(known, on=["index", "role", "entry"], how="anti")
                .with_columns(kind=pl.lit(SHARED)),
            ]
        )
        texts = self.parties.premises.texts.select(listed="address", matched_name="text")
        return (
            others.join(texts, on="listed")
            .with_columns(status(), pl.coalesce("name", "address").alias("name"), score=pl.col("likeness"))
            .sort("index", "role", "score", "id", descending=[False, False, True, False])
            .select(named.columns)
        )


def _in_role(rows: pl.DataFrame, role: str) -> pl.DataFrame:
    """index, role, name, address, country: each address that stands on a row in this role."""
    told = [_column(rows, f"{role}_{part}").alias(part) for part in ("name", "address", "country")]
    return rows.select(_NUMBER, pl.lit(role).alias("role"), *told).drop_nulls("address")


def _column(rows: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name) if name in rows.columns else pl.lit(None, pl.String)


def _few(rows: pl.DataFrame, roles: Sequence[str]) -> Iterator[Subject]:
    """The addresses of a few rows, as they are remembered."""
    for row in rows.rows(named=True):
        for role in roles:
            if row[f"{role}_address"] is not None:
                yield row[f"{role}_address"], row.get(f"{role}_country")


def status() -> pl.Expr:
    """How a listing (`listed_on`, `ended_on`) stands on the `day` of a shipment."""
    day = pl.col("day")
    ended = pl.col("ended_on").is_not_null() & (day.is_null() | (pl.col("ended_on") < day))
    later = (pl.col("listed_on") > day).fill_null(False)
    return (
        pl.when(ended)
        .then(pl.lit("ended_before_shipment"))
        .when(later)
        .then(pl.lit("designated_after_shipment"))
        .otherwise(pl.lit("in_force"))
        .alias("status")
    )
