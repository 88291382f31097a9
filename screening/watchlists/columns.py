"""The parties of a run as columns: what is asked of all of them at once, and kept between two runs.

An entry is put together again from its row when somebody is shown it; the other thousands stay columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from itertools import accumulate, chain
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints, overload

import polars as pl
import pyarrow as pa

from screening.names import NameIndex
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.premises import Premises

NAME_KINDS = ("primary", "alias", "original", "weak")
_NAME_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "name": pl.UInt32,
    "entry": pl.UInt32,
    "text": pl.String,
    "kind": pl.Enum(NAME_KINDS),
}
_DTYPES: dict[type, pl.DataType] = {str: pl.String(), bool: pl.Boolean(), date: pl.Date()}


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """All that a `PartyList` otherwise makes of its entries at the first question."""

    parties: Sequence[PartyEntry]
    entries: pl.DataFrame
    names: pl.DataFrame
    identifiers: pl.DataFrame
    """entry, key: each form in which an identifier may be written elsewhere."""
    index: NameIndex
    premises: Premises


class Entries(Sequence[PartyEntry]):
    """The entries of some rows of a frame, each made when it is asked for."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame
        self._made: dict[int, PartyEntry] = {}

    def __len__(self) -> int:
        return self._frame.height

    @overload
    def __getitem__(self, number: int) -> PartyEntry: ...
    @overload
    def __getitem__(self, number: slice) -> "Entries": ...
    def __getitem__(self, number: int | slice) -> "PartyEntry | Entries":
        if isinstance(number, slice):
            return Entries(self._frame[number])
        number = range(len(self))[number]
        if number not in self._made:
            self._made[number] = _entry(self._frame.row(number, named=True))
        return self._made[number]

    def __iter__(self) -> Iterator[PartyEntry]:
        return map(_entry, self._frame.iter_rows(named=True))


def in_columns(snapshots: Sequence[Snapshot], entries: Sequence[PartyEntry]) -> Iterator[Snapshot]:
    """The snapshots with their entries taken from the columns of all of them."""
    first = 0
    for snapshot in snapshots:
        own = entries[first : first + len(snapshot.entries)]
        first += len(own)
        yield replace(snapshot, entries=own)


def entry_columns(parties: Sequence[PartyEntry]) -> pl.DataFrame:
    """One row an entry: its number (`entry`), every field, and `rank`, its place by id."""
    columns = {"entry": pl.Series(range(len(parties)), dtype=pl.UInt32)}
    for name, dtype in _kinds_of_fields().items():
        values = [getattr(party, name) for party in parties]
        columns[name] = _many_texts(values) if _many(dtype) else pl.Series(values, dtype=dtype)
    return pl.DataFrame(columns).with_columns(rank=pl.col("id").rank("ordinal").cast(pl.UInt32))


def _many_texts(values: list[tuple[str, ...]]) -> pl.Series:
    """A list of texts a row; put together by Arrow, which a million empty ones cost next to nothing."""
    starts = pa.array(accumulate(map(len, values), initial=0), type=pa.int64())
    texts = pa.array(list(chain.from_iterable(values)), type=pa.large_string())
    return pl.Series(pl.from_arrow(pa.LargeListArray.from_arrays(starts, texts)))


def name_columns(parties: Sequence[PartyEntry]) -> pl.DataFrame:
    """One row a distinct name of an entry: `name` (its number), `entry`, `text`, `kind`."""
    rows = [
        (number, text, kind) for number, party in enumerate(parties) for text, kind in _kinds(party).items()
    ]
    schema = {name: _NAME_SCHEMA[name] for name in ("entry", "text", "kind")}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("name")
    return frame.select(list(_NAME_SCHEMA))


def _kinds(party: PartyEntry) -> dict[str, str]:
    """Each distinct name of a party and the best kind that it is of; `names` has the order."""
    kinds = {name.strip(): "weak" for name in (*party.mentioned, *party.weak_aliases)}
    kinds |= {name.strip(): "original" for name in party.original_names}
    kinds |= {name.strip(): "alias" for name in party.aliases}
    kinds |= {party.name.strip(): "primary"}
    return {name: kinds[name] for name in party.names}


def _entry(row: Mapping[str, Any]) -> PartyEntry:
    values: dict[str, Any] = {field.name: row[field.name] for field in fields(PartyEntry)}
    values |= {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return PartyEntry(**values)


@cache
def _kinds_of_fields() -> dict[str, pl.DataType]:
    return {name: _dtype(of) for name, of in get_type_hints(PartyEntry).items()}


def _dtype(of: Any) -> pl.DataType:
    """The column type of a field of an entry: texts, one or many, days, and yes or no."""
    if get_origin(of) is tuple:
        return pl.List(_dtype(get_args(of)[0]))
    kinds = {kind if isinstance(kind, type) else type(kind) for kind in get_args(of) or (of,)}
    (kind,) = kinds - {NoneType}
    return _DTYPES[kind]


def _many(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.List)
