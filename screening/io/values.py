"""What a cell says, by the column it stands in.

Every way into the package ends here: a file, a single `Shipment`, a table. So a date or an HS code
means the same everywhere, and what can't be read is told in the same words.
"""

from collections.abc import Callable

import polars as pl

from screening.io.notation import PLAIN, Notation
from screening.io.reasons import CONTROL, LONGEST_CELL, answer_words, reason_for, shortened
from screening.places.countries import country_code
from screening.shipment import COLUMNS, Kind

_BASIC_DATE = r"^([0-9]{8})$"
_ISO_DATE = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?$"
)
FAULTS = {"at": pl.UInt32, "column": pl.String, "value": pl.String, "reason": pl.String}
"""A faults frame: the place in the frame (0 is the first row), the column, the value, the reason."""


def typed_columns(cells: pl.DataFrame, notation: Notation = PLAIN) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The contract's columns of `cells` with their types, and a fault for each cell that can't be read.

    `cells` holds text under canonical names, other columns besides. Both frames are in the order of
    the rows; a cell with a fault is null in the typed frame. Faults: `FAULTS`.
    """
    typed, faults = [], []
    for cell in cells.get_columns():
        unfit = _unfit(cell)
        column = COLUMNS.get(cell.name)
        wrong = unfit
        if column is not None:
            text = _stripped(cell, unfit)
            values = _READERS[column.kind](text, notation)
            typed.append(_blank_lists(values) if column.kind is Kind.COUNTRIES else values)
            wrong = unfit | (text.is_not_null() & values.is_null())
        if wrong.any():
            faults.append(_faults(cell, wrong, column.kind if column else Kind.TEXT, notation))
    frame = pl.DataFrame(typed) if typed else pl.DataFrame()
    found = pl.concat(faults) if faults else pl.DataFrame(schema=FAULTS)
    return frame, found.sort("at", maintain_order=True)


def _unfit(cell: pl.Series) -> pl.Series:
    too_long = (cell.str.len_bytes() > LONGEST_CELL) & (cell.str.len_chars() > LONGEST_CELL)
    return (too_long | cell.str.contains(CONTROL)).fill_null(False)


def _stripped(cell: pl.Series, unfit: pl.Series) -> pl.Series:
    text = cell.set(unfit, None).str.strip_chars()
    return text.set((text == "").fill_null(False), None)


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


def _text(text: pl.Series, notation: Notation) -> pl.Series:
    return text


def _date(text: pl.Series, notation: Notation) -> pl.Series:
    # `%Y` and `%m` alone would take `2024-1-5` too.
    extended = text.str.extract(_ISO_DATE)
    basic = text.str.extract(_BASIC_DATE)
    date = extended.str.to_date("%Y-%m-%d", strict=False).fill_null(basic.str.to_date("%Y%m%d", strict=False))
    if notation.date_format is not None:
        date = text.str.to_date(notation.date_format, strict=False).fill_null(date)
    # A year of two digits would pass as one of the first century.
    return date.set((date.dt.year() < 1000).fill_null(False), None)


def _country(text: pl.Series, notation: Notation) -> pl.Series:
    distinct = text.drop_nulls().unique(maintain_order=True)
    codes = pl.Series([country_code(value) for value in distinct.to_list()], dtype=pl.String)
    return text.replace_strict(distinct, codes, default=None, return_dtype=pl.String).alias(text.name)


def _countries(text: pl.Series, notation: Notation) -> pl.Series:
    distinct = text.drop_nulls().unique(maintain_order=True)
    lists = pl.Series([_country_list(value) for value in distinct.to_list()], dtype=pl.List(pl.String))
    places = pl.DataFrame({"text": distinct, text.name: lists})
    return (
        text.to_frame("text").join(places, on="text", how="left", maintain_order="left").get_column(text.name)
    )


def _country_list(text: str) -> list[str] | None:
    codes = [country_code(part) for part in text.split(";") if part.strip()]
    return None if None in codes else [code for code in codes if code]


def _blank_lists(values: pl.Series) -> pl.Series:
    """Null becomes an empty list: a blank cell says that no transit country is stated."""
    return values.fill_null(pl.lit([], dtype=pl.List(pl.String))) if values.null_count() else values


def _hs_code(text: pl.Series, notation: Notation) -> pl.Series:
    # `854231.0` is a number that a program wrote out, and may have lost its leading zero.
    number = text.str.contains(r"^[0-9]{5,}\.0$").fill_null(False)
    digits = text.str.replace_all(r"[.\s]", "")
    return digits.set(number | ~digits.str.contains(r"^[0-9]{6,10}$").fill_null(False), None)


def _locode(text: pl.Series, notation: Notation) -> pl.Series:
    # `Izmir` has five letters too; a port's name is no LOCODE.
    word = text.str.contains(r"^[A-Z][a-z]{4}$").fill_null(False)
    code = text.str.replace_all(r"\s", "").str.to_uppercase()
    fits = code.str.contains(r"^[A-Z]{2}[A-Z0-9]{3}$").fill_null(False)
    country = _country(code.str.slice(0, 2).set(~fits, None), notation)
    known = country.is_not_null() | (code.str.starts_with("XZ")).fill_null(False)
    return code.set(word | ~fits | ~known, None)


def _amount(text: pl.Series, notation: Notation) -> pl.Series:
    plain = _ungrouped(text, notation) if notation.thousands else text
    if notation.decimal != ".":
        # A point is no decimal here: it must not slip through as one.
        plain = plain.str.replace_all(".", "?", literal=True).str.replace(notation.decimal, ".", literal=True)
    plain = plain.set(~plain.str.contains(r"^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$").fill_null(False), None)
    number = plain.cast(pl.Float64, strict=False)
    return number.set(~number.is_finite().fill_null(False), None).alias(text.name)


def _ungrouped(text: pl.Series, notation: Notation) -> pl.Series:
    """Without the thousands separators, where they part groups of three; `12.34` is no thousands."""
    mark, decimal = (rf"\x{{{ord(sign):X}}}" for sign in (notation.thousands or "", notation.decimal))
    grouped = text.str.contains(rf"^[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{decimal}[0-9]*)?$")
    return text.zip_with(
        ~grouped.fill_null(False), text.str.replace_all(notation.thousands or "", "", literal=True)
    )


def _count(text: pl.Series, notation: Notation) -> pl.Series:
    whole = text.str.extract(r"^([0-9]{1,18})(?:\.0*)?$")
    return whole.cast(pl.Int64, strict=False)


def _yes_no(text: pl.Series, notation: Notation) -> pl.Series:
    answers = {word: answer == "yes" for word, answer in answer_words().items()}
    plain = text.str.to_lowercase().str.replace_all("i̇", "i", literal=True)
    return plain.replace_strict(answers, default=None, return_dtype=pl.Boolean)


_READERS: dict[Kind, Callable[[pl.Series, Notation], pl.Series]] = {
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.COUNTRY: _country,
    Kind.COUNTRIES: _countries,
    Kind.HS_CODE: _hs_code,
    Kind.LOCODE: _locode,
    Kind.AMOUNT: _amount,
    Kind.COUNT: _count,
    Kind.YES_NO: _yes_no,
}
