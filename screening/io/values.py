"""What a cell says, by the column it stands in.

Every way into the package ends here: a file, a single `Shipment`, a table. So a date or an HS code
means the same everywhere, and what can't be read is told in the same words.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from itertools import groupby, islice
from types import MappingProxyType
from typing import Any

import polars as pl

from screening.io.known_values import KnownValues, Told
from screening.io.meanings import amount, is_unfit, plainly, read_cells, read_few, stated, stripped
from screening.io.notation import PLAIN, Notation
from screening.io.reasons import LONGEST_CELL, reason_for, shortened
from screening.io.signs import UNSEEN, Signs, signs_of
from screening.shipment import COLUMNS, Kind

FAULTS = {"at": pl.UInt32, "column": pl.String, "value": pl.String, "reason": pl.String}
"""A faults frame: the place in the frame (0 is the first row), the column, the value, the reason."""

_DIFFERENT = (Kind.TEXT, Kind.AMOUNT)
"""Of these kinds most cells differ; of the others each different cell is read once."""


def typed_columns(
    cells: pl.DataFrame,
    notation: Notation = PLAIN,
    signs: Signs = UNSEEN,
    tables: Mapping[str, pl.Series] = MappingProxyType({}),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The contract's columns of `cells` with their types, and a fault for each cell that can't be read.

    `cells` holds text under canonical names, other columns besides; `signs` are those of all its text,
    and `tables` the columns that a table has with types of their own: where those say what their text
    would, they need no reading. Both frames are in the order of the rows; a cell with a fault is null
    in the typed frame. Faults: `FAULTS`.
    """
    kinds = {name: COLUMNS[name].kind if name in COLUMNS else None for name in cells.columns}
    read = _as_they_are(tables, kinds, notation)
    left = [name for name in kinds if name not in read]
    different = [name for name in left if kinds[name] is None or kinds[name] in _DIFFERENT]
    read |= _different(cells.select(different), kinds, notation, signs)
    for name in left:
        kind = kinds[name]
        if kind is not None and kind not in _DIFFERENT:
            read[name] = _known(kind, notation).reading(cells.get_column(name))
    faults = [
        _faults(cells.get_column(name), wrong, kind or Kind.TEXT, notation)
        for name, kind in kinds.items()
        if (wrong := read[name][1]) is not None and wrong.any()
    ]
    typed = [_blank_lists(read[name][0]) for name, kind in kinds.items() if kind is not None]
    found = pl.concat(faults).sort("at", maintain_order=True) if faults else pl.DataFrame(schema=FAULTS)
    return pl.DataFrame(typed), found


def typed_values(
    cells: Mapping[str, Sequence[str | None]], notation: Notation = PLAIN
) -> dict[str, list[Any]] | None:
    """The values of a few cells of the contract's columns; None where one of them can't be read.

    They are those of `typed_columns`, told without columns: for a single row that is much quicker.
    """
    names = {kind: list(own) for kind, own in groupby(sorted(cells, key=_kind), key=_kind)}
    told = _told(notation, {k: [cell for name in own for cell in cells[name]] for k, own in names.items()})
    if any(wrong for own in told.values() for _, wrong in own):
        return None
    typed = dict[str, list[Any]]()
    for kind, own in names.items():
        values = iter([value for value, _ in told[kind]])
        typed |= {name: list(islice(values, len(cells[name]))) for name in own}
    return typed


def _kind(name: str) -> Kind:
    return COLUMNS[name].kind


def _told(notation: Notation, cells: Mapping[Kind, list[str | None]]) -> dict[Kind, list[Told]]:
    """What these cells say; those that are neither plain nor met before are read together."""
    plain = {kind: _plain(kind, notation, own) for kind, own in cells.items()}
    left = {kind: [cell for cell in own if cell not in plain[kind]] for kind, own in cells.items()}
    known = {kind: _known(kind, notation) for kind in left if kind not in _DIFFERENT}
    unmet = {kind: own.unmet(left[kind]) for kind, own in known.items()}
    asked = {kind: new for kind, own in left.items() if (new := unmet.get(kind, own))}
    read = read_few(notation, asked) if asked else {}
    for kind, new in unmet.items():
        if new:
            known[kind].keep(new, read[kind])
    for kind, own in left.items():
        plain[kind] |= zip(own, known[kind].told(own) if kind in known else read.get(kind, ()), strict=True)
    return {kind: [plain[kind][cell] for cell in own] for kind, own in cells.items()}


def _plain(kind: Kind, notation: Notation, cells: Sequence[str | None]) -> dict[str | None, Told]:
    """The cells that need no reading, and what they say."""
    found: dict[str | None, Told] = {None: (None, False)}
    if notation == PLAIN:
        values = ((cell, plainly(kind, cell)) for cell in cells if cell is not None)
        found |= {cell: (value, False) for cell, value in values if value is not None}
    return found


_Read = dict[str, tuple[pl.Series, pl.Series | None]]
"""By column its values, and which of its cells can't be read if any can't."""


def _as_they_are(
    tables: Mapping[str, pl.Series], kinds: Mapping[str, Kind | None], notation: Notation
) -> _Read:
    """The columns of a table that need no reading."""
    found = {name: _as_it_is(column, kinds.get(name), notation) for name, column in tables.items()}
    return {name: (column, None) for name, column in found.items() if column is not None}


def _as_it_is(column: pl.Series, kind: Kind | None, notation: Notation) -> pl.Series | None:
    """The values, where they are those that their text would be read as."""
    plain = notation.decimal == "." and not notation.thousands
    if kind is Kind.DATE and column.dtype == pl.Date and notation.date_format is None:
        return column if column.is_between(*_DAYS).all() else None
    if kind is Kind.COUNT or (kind is Kind.AMOUNT and plain):
        if column.dtype.is_integer():
            whole = column.cast(pl.Int64, strict=False)
            fits = whole.null_count() == column.null_count() and whole.is_between(0, _MOST_COUNTED).all()
            return whole.cast(_TYPES[kind]) if fits else None
        if kind is Kind.AMOUNT and column.dtype == pl.Float64:
            # The inverse tells a zero with a sign, which is no amount.
            return column if (column.is_finite() & (1 / column > 0)).all() else None
    return None


_DAYS = date(1000, 1, 1), date(9999, 12, 31)
_MOST_COUNTED = 10**18 - 1
_TYPES = {Kind.COUNT: pl.Int64, Kind.AMOUNT: pl.Float64}


def _different(cells: pl.DataFrame, kinds: dict[str, Kind | None], notation: Notation, signs: Signs) -> _Read:
    """The values of columns in which most cells differ, and which cells can't be read if any can't."""
    blanks, unfit = _looked_over(cells, signs)
    fit = cells
    if unfit:
        fit = cells.with_columns(cells.get_column(name).set(mask, None) for name, mask in unfit.items())
    contract = [name for name in cells.columns if kinds[name] is not None]
    texts = fit.select(_text(name, name in blanks) for name in contract)
    read = {cell.name: (cell, unfit.get(cell.name)) for cell in cells.get_columns()}
    read |= {text.name: (text, unfit.get(text.name)) for text in texts.get_columns()}
    amounts = [name for name in texts.columns if kinds[name] is Kind.AMOUNT]
    for values in texts.select(amount(pl.col(name), notation) for name in amounts).get_columns():
        text, wrong = read[values.name]
        if values.null_count() > text.null_count():
            unread = text.is_not_null() & values.is_null()
            wrong = unread if wrong is None else wrong | unread
        read[values.name] = values, wrong
    return read


def _looked_over(cells: pl.DataFrame, signs: Signs) -> tuple[set[str], dict[str, pl.Series]]:
    """The columns in which a cell may begin or end with a blank, and which cells are unfit if any are."""
    if not cells.width:
        return set(), {}
    told = cells.select(_tests(tuple(cells.columns))).row(0)
    longest, blank = told[: cells.width], told[cells.width :]
    if signs.control:
        texts = cells.select(pl.all().str.join("").cast(pl.Binary)).row(0)
    blanks, unfit = set(), {}
    for at, name in enumerate(cells.columns):
        own = signs_of([texts[at]]) if signs.control else signs
        if own.blank or blank[at]:
            blanks.add(name)
        if own.control or (longest[at] or 0) > LONGEST_CELL:
            mask = cells.select(is_unfit(pl.col(name))).to_series()
            if mask.any():
                unfit[name] = mask
    return blanks, unfit


@cache
def _text(name: str, blank: bool) -> pl.Expr:
    """The text of one of the contract's columns, null where it is blank."""
    return stated(stripped(name) if blank else pl.col(name))


@lru_cache(maxsize=64)
def _tests(names: tuple[str, ...]) -> list[pl.Expr]:
    columns = [pl.col(name).str for name in names]
    longest = [column.len_bytes().max().alias(f"{at} bytes") for at, column in enumerate(columns)]
    blank = [(column.starts_with(" ") | column.ends_with(" ")).any() for column in columns]
    return [*longest, *(test.alias(f"{at} blank") for at, test in enumerate(blank))]


@lru_cache(maxsize=256)
def _known(kind: Kind, notation: Notation) -> KnownValues:
    return KnownValues(partial(read_cells, kind, notation))


def _blank_lists(values: pl.Series) -> pl.Series:
    """Null becomes an empty list: a blank cell says that no transit country is stated."""
    if values.dtype != pl.List or not values.null_count():
        return values
    return values.fill_null(pl.lit([], dtype=pl.List(pl.String)))


def _faults(cell: pl.Series, wrong: pl.Series, kind: Kind, notation: Notation) -> pl.DataFrame:
    values = cell.filter(wrong)
    # One long text may stand in every row: only distinct ones become Python's own.
    distinct = values.unique(maintain_order=True)
    told = [(shortened(value), reason_for(kind, value, notation)) for value in distinct.to_list()]
    shown, reasons = (pl.Series(column, dtype=pl.String) for column in zip(*told, strict=True))
    return pl.DataFrame(
        {
            "at": wrong.arg_true(),
            "column": pl.repeat(cell.name, len(values), dtype=pl.String, eager=True),
            "value": values.replace_strict(distinct, shown, return_dtype=pl.String),
            "reason": values.replace_strict(distinct, reasons, return_dtype=pl.String),
        },
        schema_overrides=FAULTS,
    )
