"""Who is listed at the addresses of a batch: each distinct one is looked up once, then taken as of its row.

An address may be listed by itself, whoever gives it. Where it is that of a listed firm, the firm on the
shipment may be that one under another name; so an entry that the party is known to be by name is left out.
"""

import threading

import polars as pl

from screening.addresses import SAME
from screening.shipment import ROLES, role_attributes
from screening.watchlists.parties import PartyList

LISTED, SHARED = "address", "shared address"
"""The kinds of matches of an address: it is listed itself, or a firm of another name is listed there."""
ADDRESS_ROLES = tuple(role for role in ROLES if "address" in role_attributes(role))
_THE_SAME_PARTY = 0.85
"""Names so like each other are one firm's, and its own address shows nothing new."""
_MOST_REMEMBERED = 500_000
_SUBJECT = ("address", "country")
_FOUND = {"asked": pl.UInt32, "entry": pl.UInt32, "listed": pl.UInt32, "likeness": pl.Float64}
_AT: dict[str, type[pl.DataType]] = {
    "index": pl.UInt32,
    "role": pl.String,
    "name": pl.String,
    "address": pl.String,
    "entry": pl.UInt32,
    "listed": pl.UInt32,
    "likeness": pl.Float64,
}


class AddressMatcher:
    """Looks addresses up on the watchlists and remembers every distinct one that it has seen."""

    def __init__(self, parties: PartyList) -> None:
        self.parties = parties
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._known = pl.DataFrame(schema=dict.fromkeys(_SUBJECT, pl.String) | {"asked": pl.UInt32})
        self._found = pl.DataFrame(schema=_FOUND)

    def at(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The entries listed at the addresses of each row, or in the house of one.

        `rows` has the typed columns of a batch. The result has `index` (the position of the row in the
        batch), `role`, `name` (the party's), `address` (as written), `entry`, `listed` (the number of the
        entry's address) and `likeness`.
        """
        written = _written(rows)
        if written.is_empty() or self.parties.premises.owners.is_empty():
            return pl.DataFrame(schema=_AT)
        with self._lock:
            self._learn(written.select(_SUBJECT).unique(maintain_order=True))
            known, found = self._known, self._found
        met = written.join(known, on=list(_SUBJECT), nulls_equal=True).join(found, on="asked")
        return met.select(list(_AT))

    def matches(self, at: pl.DataFrame, rows: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
        """The addresses of `at` that are listed or shared with a listed firm, with the columns of `named`.

        `named` are the parties matched on the rows by name; `matched_name` is here the listed address.
        """
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

    def _learn(self, subjects: pl.DataFrame) -> None:
        if self._known.height > _MOST_REMEMBERED:
            self._forget()
        new = subjects.join(
            self._known, on=list(_SUBJECT), how="anti", nulls_equal=True, maintain_order="left"
        )
        if new.is_empty():
            return
        found = self.parties.premises.found(new["address"].to_list(), new["country"].to_list())
        first = self._known.height
        numbered = new.with_columns(asked=pl.int_range(first, first + new.height, dtype=pl.UInt32))
        self._known = pl.concat([self._known, numbered.select(self._known.columns)])
        shifted = found.select((pl.col("asked") + first).cast(pl.UInt32), "entry", "address", "score")
        self._found = pl.concat(
            [self._found, shifted.rename(dict(zip(shifted.columns, _FOUND, strict=True)))]
        )


def _written(rows: pl.DataFrame) -> pl.DataFrame:
    """index, role, name, address, country: each address that stands on a row."""
    numbered = rows.with_row_index("index")
    present = [role for role in ADDRESS_ROLES if f"{role}_address" in rows.columns]
    schema = {"index": pl.UInt32, **dict.fromkeys(("role", "name", "address", "country"), pl.String)}
    frames = [numbered.select("index", *_subject(role, rows)).drop_nulls("address") for role in present]
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _subject(role: str, rows: pl.DataFrame) -> list[pl.Expr]:
    columns = [
        (pl.col(f"{role}_{name}") if f"{role}_{name}" in rows.columns else pl.lit(None, pl.String)).alias(
            name
        )
        for name in ("name", "address", "country")
    ]
    return [pl.lit(role).alias("role"), *columns]


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
