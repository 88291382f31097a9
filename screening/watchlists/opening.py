"""What a list file is, told by how it begins, before anything of it is believed.

A download that failed is often a page of HTML, a spreadsheet under another name or half a file;
each is refused here in one line, with what to do about it.
"""

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path

from screening.errors import WatchlistError

HEAD_BYTES = 1 << 16
MAX_BYTES = 512 << 20
_AS_CSV = "save it as CSV in UTF-8"
_SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": ("a zip archive or an Excel workbook", f"unpack it, or {_AS_CSV}"),
    b"\x1f\x8b": ("a gzip archive", "unpack it"),
    b"\x28\xb5\x2f\xfd": ("a zstd archive", "unpack it"),
    b"BZh": ("a bzip2 archive", "unpack it"),
    b"%PDF": ("a PDF document", "bring the list as CSV"),
    b"\xd0\xcf\x11\xe0": ("an old Excel or Word document", _AS_CSV),
    b"PAR1": ("a Parquet file", "bring the list as CSV"),
    codecs.BOM_UTF16_LE: ("text in UTF-16", _AS_CSV),
    codecs.BOM_UTF16_BE: ("text in UTF-16", _AS_CSV),
}
_HTML = re.compile(r"\s*(<!doctype\s+html|<html|<head|<body)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a list file that is text, and not of a kind that can be no list."""

    path: Path
    text: str
    foreign: int | None = None
    """The first line that is not UTF-8; some formats are read in other encodings too."""

    @property
    def first_line(self) -> str:
        """The first line without its line break."""
        return self.text.partition("\n")[0].rstrip("\r")

    @property
    def separator(self) -> str:
        """The character that parts the cells of the first line: comma, semicolon, tab or bar."""
        return max(",;\t|", key=self.first_line.count)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the first line names, folded; of a file that is no table, nothing known."""
        return _columns(self.first_line, self.separator)

    @property
    def columns_below(self) -> frozenset[str]:
        """The columns that the second line names, in files whose first one is a title; by commas."""
        return _columns(self.text.partition("\n")[2].partition("\n")[0].rstrip("\r"), ",")


def opened(path: Path) -> Opening:
    """How the file begins; WatchlistError when it is not there, is empty or can be no list."""
    head = _head(path)
    _refuse_known_kinds(path, head)
    return _as_text(path, head)


def _columns(line: str, separator: str) -> frozenset[str]:
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return frozenset()
    return frozenset(map(folded_header, cells))


def folded_header(cell: str) -> str:
    """A column's name in lower case with `_` between its words."""
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise WatchlistError(str(path), "is a folder, not a list file", "name the file in it")
        if path.exists() and not path.is_file():
            raise WatchlistError(str(path), "is not a regular file", "save the list to a file first")
        if path.stat().st_size > MAX_BYTES:
            raise WatchlistError(str(path), f"is larger than {MAX_BYTES >> 20} MB", "no list is that large")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise WatchlistError(str(path), "there is no such file", "check the path") from None
    except OSError as error:
        reason = error.strerror or "can't be read"
        raise WatchlistError(str(path), reason.lower(), "check the path and its permissions") from None


def _refuse_known_kinds(path: Path, head: bytes) -> None:
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise WatchlistError(str(path), "is empty", "bring the whole file")
    for signature, (kind, remedy) in _SIGNATURES.items():
        if head.startswith(signature):
            raise WatchlistError(str(path), f"is {kind}, not a list", remedy)
    if b"\0" in head:
        raise WatchlistError(str(path), "is a binary file or text in UTF-16", _AS_CSV)
    if b"\r" in head and b"\n" not in head:
        raise WatchlistError(str(path), "ends its lines as no system does any more (CR alone)", _AS_CSV)


def _as_text(path: Path, head: bytes) -> Opening:
    foreign = None
    try:
        # An incremental decoder forgives a character that the end of the head cuts in two.
        text = codecs.getincrementaldecoder("utf-8")().decode(head).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        # What a list is known by is ASCII; whether the rest can be read is for its format to say.
        text, foreign = head.decode("ascii", "replace"), head[: error.start].count(b"\n") + 1
    if _HTML.match(text):
        raise WatchlistError(str(path), "is a web page, not a list", "download the list file itself")
    return Opening(path, text, foreign)


def not_utf8(path: Path, line: int) -> WatchlistError:
    """The error for a file in another encoding."""
    return WatchlistError(f"{path}, line {line}", "is not UTF-8", _AS_CSV)
