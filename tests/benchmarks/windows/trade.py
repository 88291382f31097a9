"""Books of any size for rules over time: many even parties, or one that has a fifth of all rows."""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.fields import FIELDS, Field, FieldType
from screening.watchlists.lists import ListCatalogue

_BEGIN, _DAYS = date(2022, 1, 1), 1_095
_COUNTRIES = ("DE", "US", "TR", "KZ", "AE", "CN", "KG", "RU", "AZ", "NL", "IT", "AM", "BY", "GE", "HK", "FR")
_TIERS = ("none", "none", "none", "none", "none", "1", "2", "3.A")
_KINDS = 400
"""Different values of a text that names no party and no paper."""
SKEW = 0.2
_GIANTS = {"consignee.key", "exporter.key"}

Flags = npt.NDArray[np.bool_]


def trade(rows: int, parties: int, fields: Iterable[str], skewed: bool, seed: int = 7) -> pl.DataFrame:
    """A book with a column for each field. Deterministic for a seed."""
    rng = np.random.default_rng(seed)
    giant = rng.random(rows) < (SKEW if skewed else 0.0)
    made = {name: _column(FIELDS[name], rows, parties, giant, rng) for name in sorted(fields)}
    made |= {
        "shipment.date": _days(rows, rng),
        "shipment_id": pl.select(pl.format("S{}", pl.int_range(rows))).to_series(),
        "story": pl.repeat(0, rows, dtype=pl.UInt32, eager=True),
    }
    return pl.DataFrame(made)


def _days(rows: int, rng: np.random.Generator) -> pl.Series:
    first = (_BEGIN - date(1970, 1, 1)).days
    return pl.Series(rng.integers(first, first + _DAYS, rows, dtype=np.int32)).cast(pl.Date)


def _column(field: Field, rows: int, parties: int, giant: Flags, rng: np.random.Generator) -> pl.Series:
    match field.type:
        case FieldType.NUMBER:
            return pl.Series(np.round(rng.lognormal(5, 2, rows), 2))
        case FieldType.DATE:
            return _days(rows, rng)
        case FieldType.BOOLEAN:
            return pl.Series(rng.random(rows) < SKEW)
        case FieldType.COUNTRIES:
            return _chosen(_COUNTRIES, rows, rng).reshape((rows, 1)).arr.to_list()
        case FieldType.TEXT if field.name != "goods.chpl_tier":
            return _texts(field.name, rows, parties, giant, rng)
    return _chosen(_codes(field), rows, rng)


def _texts(name: str, rows: int, parties: int, giant: Flags, rng: np.random.Generator) -> pl.Series:
    many = name.endswith(".key") or name.startswith("document.")
    numbers = rng.integers(1, parties if many else _KINDS, rows)
    if name in _GIANTS:
        numbers[giant] = 0
    return pl.select(pl.format("{} limited", pl.Series(numbers))).to_series()


def _codes(field: Field) -> Sequence[str]:
    if field.type is FieldType.HS6:
        listed = sorted(ListCatalogue.load().members("goods/chpl", None))
        return [*listed, *(f"{code:06}" for code in range(_KINDS))]
    return _COUNTRIES if field.type is FieldType.COUNTRY else _TIERS


def _chosen(values: Sequence[str], rows: int, rng: np.random.Generator) -> pl.Series:
    return pl.Series(values).gather(rng.integers(0, len(values), rows))
