"""What a cell says, by the column it stands in.

Every way into the package ends here: a file, a single `Shipment`, a table. So a date or an HS code
means the same everywhere, and what can't be read is told in the same words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby, islice
from typing import Any

import polars as pl

from screening.io.known_values import KnownValues, Reading
from screening.io.notation import PLAIN, Notation
from screening.io.reasons import CONTROL, LONGEST_CELL, answer_words, reason_for, shortened
from screening.io.signs import UNSEEN, Signs, signs_of
from screening.places.countries import country_code
from screening.shipment import COLUMNS, Kind

_BASIC_DATE = r"^([0-9]{8})$"
_ISO_DATE = (
    r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?)?$"
)
FAULTS = {"at": pl.UInt32, "column": pl.String, "value": pl.String, "reason": pl.String}
"""A faults frame: the place in the frame (0 is the first row), the column, the value, the reason."""

_DIFFERENT = (Kind.TEXT, Kind.AMOUNT)
"""Of these kinds most cells differ; of the others each different cell is read once."""


def typed_columns(
    cells: pl.DataFrame, notation: Notation = PLAIN, signs: Signs = UNSEEN
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The contract's columns of `cells` with their types, and a fault for each cell that can't be read.

    `cells` holds text under canonical names, other columns besides; `signs` are those of all its text.
    Both frames are in the order of the rows; a cell with a fault is null in the typed frame. Faults:
    `FAULTS`.
    """
    kinds = {name: COLUMNS[name].kind if name in COLUMNS else None for name in cells.columns}
    different = [name for name, kind in kinds.items() if kind is None or kind in _DIFFERENT]
    read = _different(cells.select(different), kinds, notation, signs)
    for name, kind in kinds.items():
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
    typed = dict[str, list[Any]]()
    for kind, names in groupby(sorted(cells, key=_kind), key=_kind):
        columns = list(names)
        told = _told(kind, notation, [cell for name in columns for cell in cells[name]])
        if any(wrong for _, wrong in told):
            return None
        values = iter([value for value, _ in told])
        typed |= {name: list(islice(values, len(cells[name]))) for name in columns}
    return typed


def _kind(name: str) -> Kind:
    return COLUMNS[name].kind


def _told(kind: Kind, notation: Notation, cells: list[str | None]) -> list[tuple[Any, bool]]:
    if kind not in _DIFFERENT:
        return _known(kind, notation).told(cells)
    values, wrong = _read(kind, notation, pl.Series(cells, dtype=pl.String))
    return list(zip(values.to_list(), wrong.to_list(), strict=True))


def _different(
    cells: pl.DataFrame, kinds: dict[str, Kind | None], notation: Notation, signs: Signs
) -> dict[str, tuple[pl.Series, pl.Series | None]]:
    """The values of columns in which most cells differ, and which cells can't be read if any can't."""
    blanks, unfit = _looked_over(cells, signs)
    fit = cells.with_columns(cells.get_column(name).set(mask, None) for name, mask in unfit.items())
    contract = [name for name in cells.columns if kinds[name] is not None]
    texts = fit.select(_stated(_stripped(name) if name in blanks else pl.col(name)) for name in contract)
    read = {cell.name: (cell, unfit.get(cell.name)) for cell in cells.get_columns()}
    read |= {text.name: (text, unfit.get(text.name)) for text in texts.get_columns()}
    amounts = [name for name in texts.columns if kinds[name] is Kind.AMOUNT]
    for values in texts.select(_amount(pl.col(name), notation) for name in amounts).get_columns():
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
    columns = [pl.col(name) for name in cells.columns]
    blank = [column.str.starts_with(" ") | column.str.ends_with(" ") for column in columns]
    tests = [column.str.len_bytes().max() for column in columns], [test.any() for test in blank]
    told = [cells.select(one.alias(f"{at}") for at, one in enumerate(test)).row(0) for test in tests]
    if signs.control:
        texts = cells.select(pl.all().str.join("").cast(pl.Binary)).row(0)
    blanks, unfit = set(), {}
    for at, name in enumerate(cells.columns):
        own = signs_of([texts[at]]) if signs.control else signs
        if own.blank or told[1][at]:
            blanks.add(name)
        if own.control or (told[0][at] or 0) > LONGEST_CELL:
            mask = cells.select(_unfit(pl.col(name))).to_series()
            if mask.any():
                unfit[name] = mask
    return blanks, unfit


def _unfit(cell: pl.Expr) -> pl.Expr:
    too_long = (cell.str.len_bytes() > LONGEST_CELL) & (cell.str.len_chars() > LONGEST_CELL)
    return (too_long | cell.str.contains(CONTROL)).fill_null(False)


def _stripped(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars()


def _stated(text: pl.Expr) -> pl.Expr:
    """The text, null where it is blank."""
    return pl.when(text != "").then(text)


@lru_cache(maxsize=256)
def _known(kind: Kind, notation: Notation) -> KnownValues:
    return KnownValues(partial(_read, kind, notation))


def _read(kind: Kind, notation: Notation, cells: pl.Series) -> Reading:
    told = cells.to_frame("cell").select(_facts(kind, notation))
    return _worded(kind, told) if kind in _WORDS else (told["value"], told["wrong"])


def _worded(kind: Kind, told: pl.DataFrame) -> Reading:
    word, blank, dtype = _WORDS[kind]
    values, wrong = [], []
    for cell, unfit, text in told.iter_rows():
        value = blank if cell is not None and not unfit and text is None else text and word(text)
        values.append(value)
        wrong.append(unfit or (text is not None and value is None))
    return pl.Series(values, dtype=dtype), pl.Series(wrong, dtype=pl.Boolean)


@lru_cache(maxsize=256)
def _facts(kind: Kind, notation: Notation) -> list[pl.Expr]:
    """Of a cell its value and whether it can't be read, or what that takes where no expression tells it."""
    unfit = _unfit(pl.col("cell"))
    text = pl.when(~unfit).then(_stated(_stripped("cell")))
    if kind in _WORDS:
        return [pl.col("cell"), unfit.alias("unfit"), text.alias("text")]
    value = _EXPRESSIONS[kind](text, notation)
    return [value.alias("value"), (unfit | (text.is_not_null() & value.is_null())).alias("wrong")]


def _blank_lists(values: pl.Series) -> pl.Series:
    """Null becomes an empty list: a blank cell says that no transit country is stated."""
    if values.dtype != pl.List or not values.null_count():
        return values
    return values.fill_null(pl.lit([], dtype=pl.List(pl.String)))


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
    date = pl.coalesce(extended, basic)
    if notation.date_format is not None:
        date = pl.coalesce(text.str.to_date(notation.date_format, strict=False), date)
    # A year of two digits would pass as one of the first century.
    return pl.when(date.dt.year() >= 1000).then(date)


def _hs_code(text: pl.Expr, notation: Notation) -> pl.Expr:
    # `854231.0` is a number that a program wrote out, and may have lost its leading zero.
    number = text.str.contains(r"^[0-9]{5,}\.0$")
    digits = text.str.replace_all(r"[.\s]", "")
    return pl.when(~number & digits.str.contains(r"^[0-9]{6,10}$")).then(digits)


def _amount(text: pl.Expr, notation: Notation) -> pl.Expr:
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
    Kind.AMOUNT: _amount,
    Kind.COUNT: _count,
    Kind.YES_NO: _yes_no,
}


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
