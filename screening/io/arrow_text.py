"""The columns of an Arrow table as text: what a CSV of the same rows would hold."""

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import polars as pl
import pyarrow as pa

from screening.io.signs import UNSEEN, Signs, signs_of


def table_column(name: str, column: pa.ChunkedArray) -> pl.Series:
    """A column as polars holds it, with its own type; text that a dictionary holds as text."""
    if pa.types.is_dictionary(column.type) and is_text(column.type.value_type) and column.chunks:
        # Taken from the dictionary by their places, the rows share its texts.
        return pl.concat([_taken(chunk) for chunk in column.chunks]).alias(name)
    return pl.Series(name, pl.from_arrow(_as_polars_knows(column)))


def _taken(chunk: pa.DictionaryArray) -> pl.Series:
    texts, places = pl.Series(pl.from_arrow(chunk.dictionary)), pl.Series(pl.from_arrow(chunk.indices))
    return texts.gather(places.cast(pl.UInt32)) if len(texts) else texts.extend_constant(None, len(places))


def _as_polars_knows(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same values in types that polars holds: it wraps seconds, and ends at wide decimals."""
    kind = value_type(column.type)
    if pa.types.is_decimal256(kind) or (pa.types.is_decimal(kind) and kind.scale < 0):
        told = [None if number is None else format(number, "f") for number in column.to_pylist()]
        return pa.chunked_array([told], pa.string())
    if pa.types.is_timestamp(kind) and kind.unit == "s":
        return column.cast(kind).cast(pa.timestamp("ms", kind.tz))
    return column


def as_text(column: pl.Series) -> pl.Series:
    """The values as a CSV file would hold them, null as an empty cell."""
    if column.dtype == pl.Date:
        text = _when(column, "%Y-%m-%d", 1)
    elif isinstance(column.dtype, pl.Datetime):
        text = _when(column, "%Y-%m-%dT%H:%M:%S", _DAY[column.dtype.time_unit])
    elif column.dtype.is_float():
        text = _decimal(column.cast(pl.String))
    elif column.dtype == pl.List:
        text = column.list.join(";", ignore_nulls=True)
    else:
        text = column.cast(pl.String)
    return (text.fill_null("") if text.null_count() else text).alias(column.name)


_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_MOST_DAYS = 4_000_000
"""Days from 1970: past any year of four digits, and within what a calendar can tell."""


def _when(moments: pl.Series, form: str, day: int) -> pl.Series:
    """The days as text, and what no calendar tells as a count of its unit; that row is then a reject."""
    distinct = moments.unique()
    if len(distinct) * 2 < len(moments):
        return moments.replace_strict(distinct, _when(distinct, form, day), return_dtype=pl.String)
    numbers = moments.to_physical()
    told = (numbers // day).is_between(-_MOST_DAYS, _MOST_DAYS).fill_null(True)
    if told.all():
        return moments.dt.to_string(form)
    count = pl.Series([f"{moments.dtype}: "]) + numbers.cast(pl.String)
    return moments.set(~told, None).dt.to_string(form).fill_null(count)


def _decimal(numbers: pl.Series) -> pl.Series:
    """Without exponents: `1e-7` is `0.0000001`."""
    short = numbers.filter(numbers.str.contains("e", literal=True).fill_null(False)).unique().to_list()
    return numbers.replace({text: format(Decimal(text), "f") for text in short}) if short else numbers


def table_signs(table: pa.Table) -> Signs:
    """The signs of all text in a table."""
    signs = Signs(control=False, blank=False)
    for column in table.columns:
        for chunk in column.chunks:
            signs |= _signs_of(chunk)
    return signs


def _signs_of(chunk: pa.Array) -> Signs:
    if pa.types.is_dictionary(chunk.type):
        return _signs_of(chunk.dictionary)
    if pa.types.is_list(chunk.type) or pa.types.is_large_list(chunk.type):
        return _signs_of(chunk.flatten())
    if pa.types.is_string_view(chunk.type):
        return UNSEEN
    return signs_of([_text_in(chunk)] if is_text(chunk.type) and len(chunk) else [])


def _text_in(chunk: pa.Array) -> bytes:
    """All texts of an array one after another."""
    _, ends, text = chunk.buffers()
    width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
    at = np.frombuffer(ends, width)[chunk.offset : chunk.offset + len(chunk) + 1]
    return bytes(text.slice(int(at[0]), int(at[-1] - at[0]))) if text else b""


def value_type(kind: pa.DataType) -> pa.DataType:
    """The type of the values, of a dictionary too."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def is_text(kind: pa.DataType) -> bool:
    """Whether values of this type are text."""
    return any(test(kind) for test in _TEXT)


_TEXT: tuple[Callable[[pa.DataType], bool], ...] = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
)
