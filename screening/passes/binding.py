"""The second pass: which rows of the book are told again, and which ones a higher revision replaces.

Rows that may be of one shipment are found by numbers; only those are compared by what they say.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.io.batch import Batch
from screening.io.book import identities, settled, standings
from screening.passes.book import PartedBook
from screening.passes.folder import Parts
from screening.passes.stock import get, get_batch, put

Keys = npt.NDArray[np.uint64]

AT_ONCE = 4_000_000
"""Rows whose numbers are compared at once; those of a larger book are compared in several rounds."""
_TOLD = {"batch": pl.Int64, "place": pl.UInt32, "reason": pl.String}
_OTHERS = {"batch": pl.Int64, "place": pl.UInt32, "of": pl.Int64}
_PLACE = ["batch", "place"]
_SHIPMENT = ["shipment_id", "line_number"]


def bind(parts: Parts, book: PartedBook, rows: int) -> None:
    """Makes the part that tells of the rows told again or replaced, over all batches."""
    if parts.has(book.bound):
        return
    rounds = max(1, -(-rows // AT_ONCE))
    found = [_round(parts, book, rounds, number) for number in range(rounds)]
    with parts.making(book.bound) as (folder, _):
        told = pl.concat([pl.DataFrame(schema=_TOLD), *(one for one, _ in found)])
        others = pl.concat([pl.DataFrame(schema=_OTHERS), *(one for _, one in found)])
        put(folder, "standings", told.sort(_PLACE))
        put(folder, "others", others.sort("of", *_PLACE))


def settled_batch(parts: Parts, book: PartedBook, number: int) -> tuple[Batch, Batch]:
    """A batch as it is judged, and its rows that are replaced; of the cells it has names alone."""
    name = book.read[number]
    facts = parts.facts(name)
    # Rejects tell the names of their rows; the other cells are of use where rows are shown.
    names = [column for column in facts["columns"] if column.endswith("_name")]
    batch = get_batch(parts.of(name), facts, columns=names or facts["columns"][:1])
    return settled(batch, _standings(parts, book, number))


def settled_rows(parts: Parts, book: PartedBook, number: int, places: pl.Series) -> Batch:
    """The rows at these places of a settled batch, with all their cells."""
    name, gone = book.read[number], _standings(parts, book, number)["place"].to_numpy()
    wanted = places.to_numpy()
    stayed = np.delete(np.arange(wanted.max() + 1 + gone.size), gone[gone <= wanted.max() + gone.size])
    return get_batch(parts.of(name), parts.facts(name), pl.Series(stayed[wanted], dtype=pl.UInt32))


def other_revisions(parts: Parts, book: PartedBook, number: int) -> list[pl.DataFrame]:
    """The typed rows that rows of this batch replace, wherever they stand."""
    others = get(parts.of(book.bound), "others").filter(pl.col("of") == number)
    by_batch = others.partition_by("batch", maintain_order=True)
    return [get(parts.of(book.read[rows["batch"][0]]), "typed")[rows["place"]] for rows in by_batch]


def _standings(parts: Parts, book: PartedBook, number: int) -> pl.DataFrame:
    return get(parts.of(book.bound), "standings").filter(pl.col("batch") == number)


def _round(parts: Parts, book: PartedBook, rounds: int, number: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What is told of the shipments of one round: `standings`, and whom each replaced row gave way to."""
    repeated = _repeated(parts, book, rounds, number)
    if not repeated.size:
        return pl.DataFrame(schema=_TOLD), pl.DataFrame(schema=_OTHERS)
    several = pl.concat(_places(parts, book, batch, repeated) for batch in book.numbers)
    rows = pl.concat(_identities(parts, book, several))
    told = standings(rows)
    replaced = rows.join(told.filter(pl.col("reason").is_null()), on=_PLACE, how="semi")
    standing = rows.join(told, on=_PLACE, how="anti").select(*_SHIPMENT, pl.col("batch").alias("of"))
    return told, replaced.join(standing, on=_SHIPMENT).select(list(_OTHERS))


def _repeated(parts: Parts, book: PartedBook, rounds: int, number: int) -> Keys:
    """The numbers of this round that more than one row has, in their order."""
    every = (_keys(parts, book, batch) for batch in book.numbers)
    own = (keys[keys % rounds == number] if rounds > 1 else keys for keys in every)
    keys = np.concatenate([*own])
    keys.sort()
    return np.unique(keys[1:][keys[1:] == keys[:-1]])


def _keys(parts: Parts, book: PartedBook, batch: int) -> Keys:
    return get(parts.of(book.read[batch]), "keys")["key"].to_numpy()


def _places(parts: Parts, book: PartedBook, batch: int, repeated: Keys) -> pl.DataFrame:
    """Where the rows of a batch stand that have one of these numbers."""
    keys = _keys(parts, book, batch)
    nearest = np.minimum(np.searchsorted(repeated, keys), repeated.size - 1)
    places = np.flatnonzero(repeated[nearest] == keys)
    return pl.select(pl.lit(batch, pl.Int64).alias("batch"), pl.lit(pl.Series("place", places, pl.UInt32)))


def _identities(parts: Parts, book: PartedBook, several: pl.DataFrame) -> Iterator[pl.DataFrame]:
    for rows in several.partition_by("batch", maintain_order=True):
        number, places = rows["batch"][0], rows["place"]
        name = book.read[number]
        batch = get_batch(parts.of(name), parts.facts(name), places, columns=())
        yield identities(batch, number).with_columns(places)
