"""A statistics file as the one typed table, with what is known of it and what it could not say.

Texts are asked about once for each that is different: twenty million rows have a few thousand.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import polars as pl

from screening.errors import InputError
from screening.flows import areas, periods
from screening.flows.cells import Cells, read_cells
from screening.flows.mapping import AS_IT_IS, TableMapping
from screening.flows.table import (
    EXPORT,
    IMPORT,
    KEY,
    MINOR,
    REVISIONS,
    SCHEMA,
    TOTAL,
    Source,
    Statistics,
)

_FLOWS = {
    **dict.fromkeys(
        ("x", "e", "2", "export", "exports", "exportation", "2-export", "domestic export"), EXPORT
    ),
    **dict.fromkeys(("m", "i", "1", "import", "imports", "importation", "1-import"), IMPORT),
}
_PART_OF_A_FLOW = ("re-export", "re-import", "rx", "rm", "dx", "fm", "mip", "mop", "xip", "xop", "3", "4")
"""Rows that stand in the exports or imports already."""
_REVISIONS = dict(zip((f"h{number}" for number in range(7)), REVISIONS[1:], strict=True))
_TOTALS = frozenset({"total", "ag-total", "alltotal", "all commodities"})
_WHOLES = {"mode": ("0", ""), "second_partner": ("0", ""), "procedure": ("C00", "")}
"""What a row says that is the total over these."""
_NOT_SAID = ("", "NA", "-", ":", "nan", "NaN", "null", "c")
_TEXTS = ("period", "year", "month", "reporter", "partner", "flow", "code", "revision", "currency", *_WHOLES)
_SHOWN = 5


def read_statistics(
    path: str | Path,
    mapping: TableMapping = AS_IT_IS,
    currency: str | None = None,
    extracted_on: dt.date | None = None,
    name: str | None = None,
) -> Statistics:
    """The figures of one file; InputError, in a line, where it is none of statistics."""
    file = Path(path)
    cells = read_cells(file, mapping)
    told = _Typing(file, cells, mapping, currency).rows(name or file.name)
    day = extracted_on or told.day
    source = Source(
        name or file.name, cells.layout.name, _digest(file), told.table.height, day, tuple(told.notes)
    )
    return Statistics(told.table, (source,))


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class _Typed:
    """Typed rows, the day of their extraction where the file says it, and what was left out."""

    def __init__(self, table: pl.DataFrame, day: dt.date | None, notes: list[str]) -> None:
        self.table, self.day, self.notes = table, day, notes


class _Typing:
    """Makes typed rows of one file's cells."""

    def __init__(self, path: Path, cells: Cells, mapping: TableMapping, currency: str | None) -> None:
        self._path, self._mapping = path, mapping
        self._columns = set(cells.rows.collect_schema().names())
        stated = {**(cells.layout.constants or {}), **mapping.constants}
        added = {name: value for name, value in stated.items() if name not in self._columns}
        rows = cells.rows.with_columns(**{name: pl.lit(value) for name, value in added.items()})
        self._columns |= added.keys()
        self._currency = currency or cells.layout.currency
        self._notes: list[str] = []
        self._day: dt.date | None = None
        self._rows = self._numbered(rows)

    def rows(self, source: str) -> _Typed:
        """Every figure of the file once, in the order of its key."""
        self._require("reporter", "partner", "flow", "value")
        table = self._whole_flows(self._rows)
        table = self._in_periods(table)
        for column, read in (("reporter", areas.area_code), ("partner", areas.area_code)):
            table = self._told(table, column, read, "countries")
        table = self._told(table, "flow", _flow, "flows")
        table = self._told(table, "code", _code, "codes")
        table = table.with_columns(revision=self._revision(), currency=self._money(), source=pl.lit(source))
        table = _once(table).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        return _Typed(table, self._day, self._notes)

    def _require(self, *names: str) -> None:
        for name in names:
            if name not in self._columns:
                what = f"no column says the {name}"
                raise InputError(str(self._path), what, "name it in a mapping file, or as a constant there")

    def _numbered(self, rows: pl.LazyFrame) -> pl.DataFrame:
        """The rows with their numbers read and their texts as categories, which take less room."""
        if "value" not in self._columns:
            self._require("value")
        texts = [
            pl.col(name).str.strip_chars().cast(pl.Categorical) for name in _TEXTS if name in self._columns
        ]
        numbers = [pl.col("value").alias("stated"), self._number("value") * self._mapping.unit]
        if "weight_kg" in self._columns:
            numbers.append(self._number("weight_kg"))
        extra = [pl.col(name) for name in ("indicator", "extracted_on") if name in self._columns]
        try:
            table = rows.select(*texts, *numbers, *extra).collect(engine="streaming")
        except pl.exceptions.PolarsError as error:
            what = str(error).partition("\n")[0][:200]
            raise InputError(
                str(self._path), f"can't be read as a table: {what}", "save it again as CSV"
            ) from error
        self._refuse_unreadable(table)
        self._day = _stated_day(table)
        table = _by_indicator(table.drop("stated", "extracted_on", strict=False)).filter(
            pl.col("value").is_not_null()
        )
        if not table.height:
            raise InputError(str(self._path), "holds no figure", "check that it was saved whole")
        return table

    def _number(self, name: str) -> pl.Expr:
        text = pl.col(name).str.strip_chars()
        if self._mapping.thousands:
            text = text.str.replace_all(self._mapping.thousands, "", literal=True)
        if self._mapping.decimal == ",":
            text = text.str.replace(",", ".", literal=True)
        return text.cast(pl.Float64, strict=False).alias(name)

    def _refuse_unreadable(self, table: pl.DataFrame) -> None:
        bad = pl.col("value").is_null() & ~pl.col("stated").str.strip_chars().is_in(_NOT_SAID)
        at = table.select(bad.fill_null(False).arg_true()).to_series()
        if at.len():
            text = table["stated"][at[0]]
            what = f'value "{text[:40]}" is not a number'
            raise InputError(
                f"{self._path}, row {at[0] + 1}", what, "say in a mapping file how it writes numbers"
            )

    def _whole_flows(self, table: pl.DataFrame) -> pl.DataFrame:
        """Of a flow that is told in total and in parts, the total alone."""
        identity = [name for name in _TEXTS if name in table.columns and name not in _WHOLES]
        for name, wholes in _WHOLES.items():
            if name in table.columns and table[name].n_unique() > 1:
                whole = pl.col(name).cast(pl.String).fill_null("").is_in(wholes)
                table = table.filter(whole | ~whole.any().over(identity))
        return table

    def _in_periods(self, table: pl.DataFrame) -> pl.DataFrame:
        names = [name for name in ("period",) if name in table.columns]
        names = names or [name for name in ("year", "month") if name in table.columns]
        if not names:
            self._require("period")
        found = table.select(names).unique(maintain_order=True).with_columns(pl.all().cast(pl.String))
        told = [_period(*cells) for cells in found.iter_rows()]
        unread = [cells for cells, period in zip(found.iter_rows(), told, strict=True) if period is None]
        if unread:
            what = f"the period {' '.join(str(cell) for cell in unread[0])!r} is no month or year"
            raise InputError(str(self._path), what, "write it as 2022-01 or 2022")
        dated = found.with_columns(
            pl.Series("first", [day for day, _ in filter(None, told)], dtype=pl.Date),
            pl.Series("months", [months for _, months in filter(None, told)], dtype=pl.Int8),
        )
        dated = dated.with_columns(pl.col(names).cast(pl.Categorical))
        return table.join(dated, on=names, nulls_equal=True).drop(names).rename({"first": "period"})

    def _told(
        self, table: pl.DataFrame, column: str, read: Callable[[str], str | None], what: str
    ) -> pl.DataFrame:
        """The column as the texts are read; rows whose text means nothing here are left out, and told of."""
        texts = table[column].cast(pl.String).fill_null("").unique().sort()
        meanings = {text: read(text) for text in texts}
        unread = [text for text, meaning in meanings.items() if meaning is None]
        if len(unread) == len(meanings):
            raise InputError(
                str(self._path), f"no {column} is understood: {_listed(unread)}", "check the column"
            )
        if unread:
            self._notes.append(f"{what} that are not understood, left out: {_listed(unread)}")
        kept = {text: meaning for text, meaning in meanings.items() if meaning}
        meant = (
            pl.col(column)
            .cast(pl.String)
            .fill_null("")
            .replace_strict(kept, default=None, return_dtype=pl.String)
        )
        return table.with_columns(meant.cast(pl.Categorical)).filter(pl.col(column).is_not_null())

    def _revision(self) -> pl.Expr:
        if "revision" not in self._columns:
            return pl.lit("")
        stated = pl.col("revision").cast(pl.String).str.to_lowercase()
        known = {**_REVISIONS, **{name.lower(): name for name in REVISIONS}}
        return stated.replace_strict(known, default="", return_dtype=pl.String)

    def _money(self) -> pl.Expr:
        if "currency" in self._columns:
            return pl.col("currency").cast(pl.String).str.to_uppercase()
        if self._currency is None:
            raise InputError(str(self._path), "no column says the currency", "name it with --currency")
        return pl.lit(self._currency.upper())


def _period(*cells: str | None) -> periods.Period | None:
    if len(cells) == 1:
        return periods.period_of(cells[0] or "")
    return periods.period_of_parts(*cells)


def _flow(text: str) -> str | None:
    wanted = text.lower()
    return "" if wanted in _PART_OF_A_FLOW else _FLOWS.get(wanted)


def _code(text: str) -> str | None:
    """The code to six digits, without its label; with the zero in front that spreadsheets take away."""
    stated = text if text.lower() in _TOTALS else text.partition("-")[0].strip()
    if stated.lower() in _TOTALS:
        return TOTAL
    digits = stated.replace(".", "").replace(" ", "")
    if not digits.isdigit():
        return text.upper() or None
    return (digits if len(digits) % 2 == 0 else f"0{digits}")[:6]


def _stated_day(table: pl.DataFrame) -> dt.date | None:
    if "extracted_on" not in table.columns:
        return None
    days = table["extracted_on"].str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
    found = days.max()
    return found if isinstance(found, dt.date) else None


def _by_indicator(table: pl.DataFrame) -> pl.DataFrame:
    """Rows of a kind of figure each, as SDMX has them, with value and weight in columns of their own."""
    if "indicator" not in table.columns:
        return table
    indicator, figure = pl.col("indicator").str.to_uppercase(), pl.col("value")
    return table.select(
        pl.exclude("indicator", "value", "weight_kg"),
        value=pl.when(indicator.str.contains("VALUE"))
        .then(figure)
        .when(indicator.str.contains("100KG"))
        .then(0.0),
        weight_kg=pl.when(indicator.str.contains("100KG")).then(figure * 100),
    )


def _once(table: pl.DataFrame) -> pl.DataFrame:
    """One row a key, in order; lines that part a figure are summed, a line that stands twice counts once."""
    weight = pl.col("weight_kg") if "weight_kg" in table.columns else pl.lit(None, dtype=pl.Float64)
    exact = table.with_columns(
        value=(pl.col("value") * MINOR).round().cast(pl.Int64),
        weight_g=(weight * 1000).round().cast(pl.Int64),
    ).drop("weight_kg", strict=False)
    by = [*KEY, "revision", "currency", "source"]
    sums = [pl.col("value").sum(), _sum_or_null("weight_g"), pl.len().alias("lines")]
    summed = exact.group_by(by).agg(sums)
    if (summed["lines"].max() or 0) != 1:
        summed = exact.unique().group_by(by).agg(sums)
    return summed.sort(*KEY, "revision", "currency")


def _sum_or_null(name: str) -> pl.Expr:
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)


def _listed(texts: Iterable[str]) -> str:
    told = list(texts)
    more = f" and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return ", ".join(repr(text[:60]) for text in told[:_SHOWN]) + more
