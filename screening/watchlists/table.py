"""List files that are tables: rows with their lines, cells with their types, faults all at once.

Everything read from a list passes here, so a bad cell is named by file, line and column in the same
words whatever the format.
"""

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from screening.errors import WatchlistError
from screening.places.countries import country_code
from screening.watchlists.entry import told
from screening.watchlists.opening import folded_header, not_utf8, opened

LONGEST_LINE = 1 << 20
LONGEST_CELL = 1 << 17
MOST_LINES = 3_000_000
MOST_COLUMNS = 1_000
UTF8 = ("utf-8",)
UTF8_OR_WINDOWS = ("utf-8", "cp1252")
"""For the lists of authorities that went from Windows to UTF-8 without saying so."""
_SHOWN_FAULTS = 5
_SHOWN_CHARACTERS = 40
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": None}


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table; what can't be read in it joins the faults of its table."""

    line: int
    cells: Mapping[str, str]
    faults: list[str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The parts of cells that came apart already, where `;` is not what parts them."""
    unit: str = "line"
    """What `line` counts: an entry, where the file has no lines."""

    def fault(self, column: str, what: str) -> None:
        """Remember what is wrong with a cell."""
        self.faults.append(f"{self.unit} {self.line}, {column}: {what}")

    def text(self, column: str) -> str:
        """The cell, stripped; empty where the table has no such column."""
        return self.cells.get(column, "")

    def required(self, column: str) -> str:
        """The cell, which must say something."""
        if not (text := self.text(column)):
            self.fault(column, "is blank, and must say something")
        return text

    def many(self, column: str) -> tuple[str, ...]:
        """The distinct parts of the cell that say something; `;` parts them if nothing else did."""
        parts = self.lists.get(column)
        return tuple(dict.fromkeys(told(self.text(column).split(";") if parts is None else parts)))

    def day(self, column: str) -> date | None:
        """The day that the cell names, None for a blank one."""
        if not (text := self.text(column)):
            return None
        try:
            if _ISO_DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.fault(column, f"{shown(text)} is no date, write it as 2024-05-31")
        return None

    def required_day(self, column: str) -> date:
        """The day that the cell names, which must name one."""
        found = self.day(column)
        if not self.text(column):
            self.fault(column, "is blank, and must be a date")
        return found or date.min

    def countries(self, column: str) -> tuple[str, ...]:
        """The codes of the `;`-separated countries of the cell."""
        codes = [self._country(column, text) for text in self.many(column)]
        return tuple(dict.fromkeys(filter(None, codes)))

    def flag(self, column: str) -> bool | None:
        """Yes or no; None for a blank cell."""
        text = self.text(column).casefold()
        if text not in _FLAGS:
            self.fault(column, f"{shown(text)} is neither yes nor no")
        return _FLAGS.get(text)

    def _country(self, column: str, text: str) -> str | None:
        if not (code := country_code(text)):
            self.fault(column, f"{shown(text)} is no country, write its two-letter code")
        return code


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read to its end."""

    path: Path
    columns: frozenset[str]
    rows: list[Row]
    digest: str
    faults: list[str] = field(default_factory=list)

    def sound(self) -> None:
        """Return when nothing is wrong with the table; WatchlistError that names its faults otherwise."""
        if self.faults:
            raise WatchlistError(str(self.path), faults_in_a_line(self.faults))


def read_table(
    path: Path,
    synonyms: Mapping[str, str] | None = None,
    above: int = 0,
    separator: str | None = None,
    encodings: Sequence[str] = UTF8,
    repeats: bool = False,
) -> Table:
    """All records of a CSV file with a header, its columns by their folded names or their synonyms.

    The header is the first record after the `above` ones. Blank rows are left out. WatchlistError
    when the file can't be read to its end in the first of the encodings, or from its first letter
    beyond ASCII on in the next. Of a column that stands twice the first is read if there may be `repeats`.
    """
    separator = separator or opened(path).separator
    lines = _Lines(path, encodings)
    records = _records(path, lines, separator)
    for _ in range(above):
        next(records, None)
    line, cells = next(records, (1, []))
    if len(cells) > MOST_COLUMNS:
        raise WatchlistError(f"{path}, line {line}", f"has {len(cells):,} columns", "no list is that wide")
    header = [(synonyms or {}).get(name, name) for name in map(folded_header, cells)]
    faults: list[str] = []
    if repeats:
        header = ["" if name in header[:at] else name for at, name in enumerate(header)]
    else:
        faults = [f"line {line}: the column {name} stands twice" for name in _repeated(header)]
    rows = [row for line, cells in records if (row := _row(line, header, cells, faults))]
    return Table(path, frozenset(header), rows, lines.digest.hexdigest(), faults)


def read_rows(path: Path, columns: Sequence[str], encodings: Sequence[str] = UTF8) -> Table:
    """All records of a comma-separated file without a header, whose columns are known."""
    lines = _Lines(path, encodings)
    faults: list[str] = []
    # Some authorities still end a file as CP/M did, with a control-Z.
    records = ((line, cells) for line, cells in _records(path, lines, ",") if cells != ["\x1a"])
    rows = [row for line, cells in records if (row := _row(line, list(columns), cells, faults))]
    return Table(path, frozenset(columns), rows, lines.digest.hexdigest(), faults)


def faults_in_a_line(faults: list[str]) -> str:
    """The first few distinct faults and how many more there are."""
    faults = list(dict.fromkeys(faults))
    more = len(faults) - _SHOWN_FAULTS
    told_faults = "; ".join(faults[:_SHOWN_FAULTS])
    return told_faults + (f"; and {more} more" if more > 0 else "")


def shown(text: str) -> str:
    """A cell as an error shows it: quoted, its control characters escaped, cut when long."""
    cut = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "..."
    return repr(cut)


class _Lines:
    """The lines of a file as text, and the digest of the bytes that were read."""

    def __init__(self, path: Path, encodings: Sequence[str]) -> None:
        self.path = path
        self.digest = hashlib.sha256()
        self._encodings = list(encodings)
        self._tried = encodings[0]
        self._sure = False
        """True once letters beyond ASCII were read: from then on no other encoding is tried."""

    def __iter__(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                self.digest.update(line)
                yield self._text(number, line)

    def _text(self, number: int, line: bytes) -> str:
        where = f"{self.path}, line {number}"
        if len(line) > LONGEST_LINE:
            raise WatchlistError(where, f"is longer than {LONGEST_LINE:,} bytes", "no list has such a line")
        if b"\0" in line:
            raise WatchlistError(where, "holds a NUL character", "download the file again")
        if number > MOST_LINES:
            raise WatchlistError(where, f"follows {MOST_LINES:,} other lines", "no list is that long")
        text = self._decoded(line)
        if text is None:
            raise (
                not_utf8(self.path, number)
                if self._tried == "utf-8"
                else WatchlistError(
                    where, f"is not text in {self._tried}", "name its encoding in the mapping file"
                )
            )
        return text.removeprefix("\ufeff") if number == 1 else text

    def _decoded(self, line: bytes) -> str | None:
        while self._encodings:
            try:
                text = line.decode(self._encodings[0])
            except UnicodeDecodeError:
                if self._sure:
                    return None
                self._encodings.pop(0)
            else:
                self._sure = self._sure or not line.isascii()
                return text
        return None


def _records(path: Path, lines: _Lines, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on."""
    csv.field_size_limit(LONGEST_CELL)  # the module's own limit, and whoever reads last sets it
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        where = f"{path}, line {line}"
        if "field limit" in str(error):
            most = f"holds a cell of more than {LONGEST_CELL:,} characters"
            raise WatchlistError(where, most, "a quotation mark may be missing; or cut the cell") from None
        raise WatchlistError(where, "a quoted cell is not closed", "the file may be cut short") from None


def _row(line: int, header: list[str], cells: list[str], faults: list[str]) -> Row | None:
    stripped = [cell.strip() for cell in cells]
    if not any(stripped):
        return None
    while len(stripped) > len(header) and not stripped[-1]:
        stripped.pop()
    if len(stripped) != len(header):
        faults.append(f"line {line}: {len(stripped)} cells under {len(header)} columns")
        return None
    return Row(line, dict(zip(header, stripped, strict=True)), faults)


def _repeated(header: list[str]) -> list[str]:
    return sorted(name for name, times in Counter(header).items() if name and times > 1)
