"""Shipments in JSON lines: one object a line, its keys the headers."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import accumulate, count, repeat
from typing import Any

import polars as pl

from screening.errors import InputError
from screening.io.batch import MOST_TEXT, PLACE, RawRows, broken_rows
from screening.io.headers import Headings, resolve_headers
from screening.io.mapping import ColumnMapping
from screening.io.reasons import shortened
from screening.io.sources import Opened, readable

LONGEST_LINE = 64 * 1024 * 1024
_ROWS = 10_000
_STRING = re.compile(r'"((?:[^"\\]|\\.){2,500}+)"')


class _Unreadable(Exception):
    """A line that is no shipment; the message is the reason."""


@dataclass(frozen=True, slots=True)
class _Line:
    row: int
    line: int
    cells: dict[str, str]
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JsonPart:
    """Some lines of a JSON lines file with their numbers; `keys` are those of the headings."""

    headings: Headings
    keys: tuple[str, ...]
    lines: tuple[bytes, ...]
    numbers: tuple[int, ...]
    row: int
    total: None = None

    @property
    def height(self) -> int:
        """How many rows these are."""
        return len(self.lines)

    def raw(self, file: str) -> RawRows:
        """The rows as text, and the lines that are none."""
        numbered = zip(self.lines, count(self.row), self.numbers, strict=False)
        return _rows([_read(*line) for line in numbered], self.keys, self.headings)

    def content(self) -> Iterator[bytes]:
        """All that the rows depend on."""
        yield repr((self.keys, self.row, self.numbers, [len(line) for line in self.lines])).encode()
        yield from self.lines


def json_parts(file: Opened, mapping: ColumnMapping | None, rows: int) -> Iterator[JsonPart]:
    """The lines of a JSON lines file, `rows` at a time. Keys that appear later widen the headings."""
    if file.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        raise InputError(file.name, "a JSON array", "write one object a line (JSON lines)")
    part = JsonPart(Headings(()), (), (), (), 1)
    for held in _some(_lines(file)):
        keys = _widened(part.keys, [line for _, line in held])
        if not keys and any(not _read(line, 0, 0).reason for _, line in held):
            raise InputError(file.name, "the objects have no keys", "write one shipment a line")
        if keys != part.keys:
            if part.lines:
                yield part
            part = _after(part, keys, resolve_headers(keys, mapping, file.name))
        numbers, lines = zip(*held, strict=True)
        part = replace(part, lines=part.lines + lines, numbers=part.numbers + numbers)
        while part.height >= rows or sum(map(len, part.lines)) > MOST_TEXT:
            first, part = _cut(part, rows)
            yield first
    if part.lines:
        yield part


def _after(part: JsonPart, keys: tuple[str, ...], headings: Headings) -> JsonPart:
    return JsonPart(headings, keys, (), (), part.row + part.height)


def _cut(part: JsonPart, rows: int) -> tuple[JsonPart, JsonPart]:
    """The first rows of a part, no more than their number and their text may be, and the others."""
    ends = accumulate(map(len, part.lines))
    at = next((at for at, end in enumerate(ends, 1) if end > MOST_TEXT), part.height)
    at = min(at, rows)
    first = replace(part, lines=part.lines[:at], numbers=part.numbers[:at])
    return first, replace(part, lines=part.lines[at:], numbers=part.numbers[at:], row=part.row + at)


def _widened(keys: tuple[str, ...], lines: list[bytes]) -> tuple[str, ...]:
    """The keys, and after them those that only these lines have."""
    known = dict.fromkeys(keys)
    for line in lines:
        if not _has_only(line, known):
            known |= dict.fromkeys(_read(line, 0, 0).cells)
    return tuple(known)


def _has_only(line: bytes, known: dict[str, None]) -> bool:
    """Whether a plain look, much quicker than a reading, finds no other key."""
    try:
        return set(json.loads(line.decode()).keys()) <= known.keys()
    except (ValueError, RecursionError, AttributeError):
        return False


def _some(lines: Iterator[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    held: list[tuple[int, bytes]] = []
    text = 0
    for number, line in lines:
        held.append((number, line))
        text += len(line)
        if len(held) == _ROWS or text > MOST_TEXT:
            yield held
            held, text = [], 0
    if held:
        yield held


def _lines(file: Opened) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers."""
    number = 0
    while True:
        with readable(file.name):
            line = file.stream.readline(LONGEST_LINE + 1)
        if not line:
            return
        number += 1
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"{file.name}, line {number}", "a line without an end", "write one object a line"
            )
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _read(line: bytes, row: int, number: int) -> _Line:
    try:
        return _Line(row, number, _object(line))
    except _Unreadable as error:
        return _Line(row, number, {}, line.decode(errors="replace"), str(error))


def _object(line: bytes) -> dict[str, str]:
    try:
        found = _decoder().decode(line.decode())
    except UnicodeDecodeError as error:
        raise _Unreadable(
            f"not UTF-8 text (byte 0x{line[error.start]:02X}); save the file as UTF-8"
        ) from error
    except json.JSONDecodeError as error:
        raise _Unreadable(f"not JSON at character {error.pos + 1}; write one object a line") from error
    except RecursionError as error:
        raise _Unreadable("objects within objects; write one flat object a line") from error
    if not isinstance(found, dict):
        raise _Unreadable("not a JSON object; write one object a line")
    cells = {key: value if type(value) is str else _cell(key, value) for key, value in found.items()}
    if b"\\u" in line and not _whole_letters(cells):
        raise _Unreadable("half a character (a lone surrogate such as \\ud800); remove it")
    return cells


@cache
def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        parse_int=str, parse_float=_plain, parse_constant=_no_number, object_pairs_hook=_pairs
    )


def _whole_letters(cells: dict[str, str]) -> bool:
    try:
        "".join([*cells, *cells.values()]).encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(number: str) -> str:
    """The number without an exponent: JSON writes `1e-7` where CSV writes `0.0000001`."""
    if "e" not in number.lower():
        return number
    try:
        exact = Decimal(number)
    except InvalidOperation as error:
        raise _Unreadable(f"{number[:40]} is not a number that can be read") from error
    if not -400 < exact.adjusted() < 400:
        raise _Unreadable(f"{number[:40]} is not a number that can be read")
    return format(exact, "f")


def _no_number(name: str) -> str:
    raise _Unreadable(f"{name} is not JSON; leave the value out, or write null")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Unreadable(f'the key "{twice[:40]}" stands there twice; remove one')
    return found


def _cell(key: str, value: Any) -> str:
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = ";".join(value)
    if isinstance(value, dict | list):
        raise _Unreadable(f'"{key[:40]}" holds an object or a list; write text, a number or null')
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text


def _rows(held: list[_Line], keys: tuple[str, ...], headings: Headings) -> RawRows:
    good = [line for line in held if not line.reason]
    bad = [line for line in held if line.reason]
    # Row by row: a walk through all rows for each column finds none of them near the processor.
    rows = [tuple([line.cells.get(key, "") for key in keys]) for line in good]
    columns = zip(*rows, strict=True) if rows else repeat((), len(keys))
    named = zip(headings.names, columns, strict=True)
    cells = pl.DataFrame([pl.Series(name, column, dtype=pl.String) for name, column in named])
    place = pl.DataFrame([(line.row, line.line) for line in good], schema=PLACE, orient="row")
    told = [(line.row, line.line, shortened(line.text), line.reason) for line in bad]
    return RawRows(headings, place, cells, _with_strings(told, bad, headings))


def _with_strings(
    told: Sequence[tuple[int, int | None, str, str]], bad: list[_Line], headings: Headings
) -> pl.DataFrame:
    """The broken lines; their strings are loose cells, so that no listed name hides in one."""
    broken = broken_rows(told, [[] for _ in bad], headings.names)
    strings = [_STRING.findall(line.text[:100_000])[:200] for line in bad]
    return broken.with_columns(pl.Series("loose_cells", strings, dtype=pl.List(pl.String)))
