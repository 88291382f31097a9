"""How a cell of each kind is read: the one place that says what a date, a port or an amount looks like."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import polars as pl

from screening.io.known_values import Reading, Told
from screening.io.notation import Notation
from screening.io.reasons import CONTROL, LONGEST_CELL, answer_words
from screening.places.countries import country_code
from screening.shipment import Kind

_BASIC_DATE = r"^([0-9]{8})$"
_ISO_DATE = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?$"
)


def read_cells(kind: Kind, notation: Notation, cells: pl.Series) -> Reading:
    """The values of the cells, null where one says nothing, and which of them can't be read."""
    told = cells.to_frame("cell").select(_texts())
    if kind in _WORDS:
        return _worded(kind, told)
    values, wrong = told.select(_values(kind, notation)).get_columns()
    return values, wrong


def read_few(notation: Notation, asked: Mapping[Kind, Sequence[str | None]]) -> dict[Kind, list[Told]]:
    """What `read_cells` says of cells of several kinds, in the time that those of one kind take."""
    cells = pl.Series("cell", list(chain.from_iterable(asked.values())), dtype=pl.String)
    told = cells.to_frame().select(_texts())
    values = told.select(fact for kind in asked if kind not in _WORDS for fact in _values(kind, notation))
    read, at = {}, 0
    for kind, own in asked.items():
        if kind in _WORDS:
            reading = _worded(kind, told.slice(at, len(own)))
        else:
            value, wrong = values.get_column(kind), values.get_column(f"{kind} wrong")
            reading = value.slice(at, len(own)), wrong.slice(at, len(own))
        read[kind] = list(zip(*(column.to_list() for column in reading), strict=True))
        at += len(own)
    return read


def plainly(kind: Kind, cell: str) -> Any:
    """The value of a cell that is written as every program writes it; None for any other.

    It is what `read_cells` says of the cell, without a query: a text that shows what it holds stands for
    itself, and so do digits.
    """
    if not cell.isprintable() or cell[:1] == " " or cell[-1:] == " " or len(cell) > LONGEST_CELL:
        return None
    form = _PLAIN.get(kind)
    if form is None:
        return cell if cell and kind is Kind.TEXT else None
    written, value = form
    return value(cell) if written.fullmatch(cell) else None


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


_PLAIN: dict[Kind, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    Kind.DATE: (re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"), _day),
    Kind.HS_CODE: (re.compile("[0-9]{6,10}"), str),
    Kind.AMOUNT: (re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?"), float),
    Kind.COUNT: (re.compile("[0-9]{1,18}"), int),
}
"""How a cell of this kind is plainly written, and what makes it a value."""


def _worded(kind: Kind, told: pl.DataFrame) -> Reading:
    word, blank, dtype = _WORDS[kind]
    values, wrong = [], []
    for cell, unfit, text in told.iter_rows():
        value = blank if cell is not None and not unfit and text is None else text and word(text)
        values.append(value)
        wrong.append(unfit or (text is not None and value is None))
    return pl.Series(values, dtype=dtype), pl.Series(wrong, dtype=pl.Boolean)


@cache
def _texts() -> list[pl.Expr]:
    """Of a cell whether it is unfit, and its text."""
    unfit = is_unfit(pl.col("cell"))
    return [
        pl.col("cell"),
        unfit.alias("unfit"),
        pl.when(~unfit).then(stated(stripped("cell"))).alias("text"),
    ]


@lru_cache(maxsize=256)
def _values(kind: Kind, notation: Notation) -> list[pl.Expr]:
    """Of a text its value, and whether it can't be read."""
    text = pl.col("text")
    value = _EXPRESSIONS[kind](text, notation)
    wrong = pl.col("unfit") | (text.is_not_null() & value.is_null())
    return [value.alias(kind), wrong.alias(f"{kind} wrong")]


def is_unfit(cell: pl.Expr) -> pl.Expr:
    """Whether a cell is too long, or holds a control character."""
    too_long = (cell.str.len_bytes() > LONGEST_CELL) & (cell.str.len_chars() > LONGEST_CELL)
    return (too_long | cell.str.contains(CONTROL)).fill_null(False)


def stripped(name: str) -> pl.Expr:
    """The text of a column without the blanks at its ends."""
    return pl.col(name).str.strip_chars()


def stated(text: pl.Expr) -> pl.Expr:
    """The text, null where it is blank."""
    return pl.when(text != "").then(text)


def _country_list(text: str) -> list[str] | None:
    codes = [country_code(part) for part in text.split(";") if part.strip()]
    return None if None in codes else [code for code in codes if code]


def _locode(text: str) -> str | None:
    # `Izmir` has five letters too; a port's name is no LOCODE.
    code = "" if re.fullmatch("[A-Z][a-z]{4}", text) else re.sub(r"\s", "", text).upper()
    known = re.fullmatch("[A-Z]{2}[A-Z0-9]{3}", code) and (code.startswith("XZ") or country_code(code[:2]))
    return code if known else None


_WORDS: dict[Kind, tuple[Callable[[str], Any], Any, Any]] = {
    Kind.COUNTRY: (country_code, None, pl.String),
    Kind.COUNTRIES: (_country_list, [], pl.List(pl.String)),
    Kind.LOCODE: (_locode, None, pl.String),
}
"""How a text of this kind is read, what a blank cell says, and the type."""


def _date(text: pl.Expr, notation: Notation) -> pl.Expr:
    # `%Y` and `%m` alone would take `2024-1-5` too.
    extended = text.str.extract(_ISO_DATE).str.to_date("%Y-%m-%d", strict=False)
    basic = text.str.extract(_BASIC_DATE).str.to_date("%Y%m%d", strict=False)
    day = pl.coalesce(extended, basic)
    if notation.date_format is not None:
        day = pl.coalesce(text.str.to_date(notation.date_format, strict=False), day)
    # A year of two digits would pass as one of the first century.
    return pl.when(day.dt.year() >= 1000).then(day)


def _hs_code(text: pl.Expr, notation: Notation) -> pl.Expr:
    # `854231.0` is a number that a program wrote out, and may have lost its leading zero.
    number = text.str.contains(r"^[0-9]{5,}\.0$")
    digits = text.str.replace_all(r"[.\s]", "")
    return pl.when(~number & digits.str.contains(r"^[0-9]{6,10}$")).then(digits)


def amount(text: pl.Expr, notation: Notation) -> pl.Expr:
    """The amount that a text states; null where it is none."""
    plain = _ungrouped(text, notation) if notation.thousands else text
    if notation.decimal != ".":
        # A point is no decimal here: it must not slip through as one.
        plain = plain.str.replace_all(".", "?", literal=True).str.replace(notation.decimal, ".", literal=True)
    number = plain.cast(pl.Float64, strict=False)
    written = plain.str.contains(r"^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$")
    return pl.when(written & number.is_finite()).then(number)


def _ungrouped(text: pl.Expr, notation: Notation) -> pl.Expr:
    """Without the thousands separators, where they part groups of three; `12.34` is no thousands."""
    mark, decimal = (rf"\x{{{ord(sign):X}}}" for sign in (notation.thousands or "", notation.decimal))
    grouped = text.str.contains(rf"^[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{decimal}[0-9]*)?$")
    return (
        pl.when(grouped)
        .then(text.str.replace_all(notation.thousands or "", "", literal=True))
        .otherwise(text)
    )


def _count(text: pl.Expr, notation: Notation) -> pl.Expr:
    return text.str.extract(r"^([0-9]{1,18})(?:\.0*)?$").cast(pl.Int64, strict=False)


def _yes_no(text: pl.Expr, notation: Notation) -> pl.Expr:
    answers = {word: answer == "yes" for word, answer in answer_words().items()}
    plain = text.str.to_lowercase().str.replace_all("i̇", "i", literal=True)
    return plain.replace_strict(answers, default=None, return_dtype=pl.Boolean)


_EXPRESSIONS: dict[Kind, Callable[[pl.Expr, Notation], pl.Expr]] = {
    Kind.TEXT: lambda text, notation: text,
    Kind.DATE: _date,
    Kind.HS_CODE: _hs_code,
    Kind.AMOUNT: amount,
    Kind.COUNT: _count,
    Kind.YES_NO: _yes_no,
}
