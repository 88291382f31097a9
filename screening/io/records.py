"""Where the records of a CSV text begin and end.

A parser that mends what is broken may swallow rows: an unclosed quote turns the rest of a file into
one cell. So records are found first, strictly, with their lines counted, and only sound ones are
parsed. Sound quoting is checked on whole blocks; a block with any other quote is walked through.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_QUOTE, _LF, _CR = 34, 10, 13
Places = NDArray[np.int64]


class OpenQuote(Exception):
    """A quote that opens in a record and does not close as it should."""

    def __init__(self, record: int, line: int) -> None:
        self.record = record
        self.line = line
        super().__init__()


@dataclass(frozen=True, slots=True)
class Records:
    """The whole records of a block of text, blank lines left out.

    `cells` counts the cells of each record (0: its quotes are broken), where that was asked for; `lines`
    is the physical line that it begins on, 0 for the first of the block; `used` the bytes that the
    records take, and `line_ends` the lines that end in them. `plain` where the quotes are sound and
    every line is a record.
    """

    starts: Places
    ends: Places
    cells: Places
    lines: Places
    used: int
    line_ends: int
    plain: bool


def split_records(block: bytes, separator: str, last: bool, counted: bool = True) -> Records:
    """The records of a block that begins with one; a last record may lack its line end.

    A record that goes on beyond the block is left for the next one, unless the block is the last.
    Cells are `counted` only where they are asked for: it takes as long as all else. Raises OpenQuote.
    """
    text = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE)
    if not _sound(text, quotes, separator):
        return _walked(block, separator, last)
    if last and len(quotes) % 2:
        raise _open_quote(block, separator)
    breaks = _breaks(block, text)
    ends = breaks[np.searchsorted(quotes, breaks) % 2 == 0]
    separators = _separators(text, separator) if counted else None
    return _records(text, ends, breaks, separators, last)


def _breaks(block: bytes, text: NDArray[np.uint8]) -> Places:
    """Line ends by their first byte: the line feed of a CR LF is no line end of its own."""
    if b"\r" not in block:
        return np.flatnonzero(text == _LF)
    breaks = np.flatnonzero((text == _LF) | (text == _CR))
    second = (text[breaks] == _LF) & (breaks > 0) & (text[breaks - 1] == _CR)
    firsts: Places = breaks[~second]
    return firsts


def _separators(text: NDArray[np.uint8], separator: str) -> Places:
    """Those that stand outside of quotes."""
    marks = np.flatnonzero((text == _QUOTE) | (text == ord(separator)))
    quote = text[marks] == _QUOTE
    outside: Places = marks[~quote & (np.cumsum(quote) % 2 == 0)]
    return outside


def swallows_rows(record: bytes, separator: str, width: int) -> bool:
    """Whether each line of a record of several lines looks like a row of `width` cells.

    Two quotes that were left open, some rows apart, make one sound cell of all that is between them.
    """
    lines = _LINE_END.split(record)
    mark = separator.encode()
    return width >= 3 and len(lines) > 1 and all(line.count(mark) == width - 1 for line in lines)


@cache
def _marks(separator: str) -> NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[[_QUOTE, _LF, _CR, ord(separator)]] = True
    return table


def _sound(text: NDArray[np.uint8], quotes: Places, separator: str) -> bool:
    """Whether each quote stands beside a separator, a line end, another quote or an end of the text."""
    beside = _marks(separator)
    opening, closing = quotes[0::2], quotes[1::2]
    before = opening[opening > 0] - 1
    after = closing[closing < len(text) - 1] + 1
    return bool(np.all(beside[text[before]]) and np.all(beside[text[after]]))


def _records(
    text: NDArray[np.uint8], ends: Places, breaks: Places, separators: Places | None, last: bool
) -> Records:
    if not last and len(ends) and ends[-1] == len(text) - 1 and text[-1] == _CR:
        ends = ends[:-1]  # its line feed may be the first byte of the next block
    double = np.zeros(len(ends), np.int64)
    inner = ends + 1 < len(text)
    double[inner] = (text[ends[inner]] == _CR) & (text[ends[inner] + 1] == _LF)
    after = ends + 1 + double
    starts = np.concatenate([np.zeros(1, np.int64), after])
    if last and starts[-1] < len(text):
        ends, used = np.append(ends, len(text)), len(text)
    else:
        starts, used = starts[:-1], int(starts[-1])
    full = ends > starts
    starts, ends = starts[full], ends[full]
    lines = np.searchsorted(breaks, starts)
    line_ends = int(np.searchsorted(breaks, used))
    plain = line_ends <= len(lines) and (not len(lines) or int(lines[-1]) == len(lines) - 1)
    cells = starts[:0]
    if separators is not None:
        cells = np.searchsorted(separators, ends) - np.searchsorted(separators, starts) + 1
    return Records(starts, ends, cells, lines, used, line_ends, plain)


_LINE_END = re.compile(rb"\r\n|\r|\n")
_QUOTED = re.compile(rb'"[^"]*+(?:""[^"]*+)*+"')


@cache
def _cell(separator: str) -> re.Pattern[bytes]:
    mark = re.escape(separator.encode())
    return re.compile(rb'(?:"[^"]*+(?:""[^"]*+)*+"|(?!")[^%b\r\n]*+)(%b|\r\n|\r|\n|\Z)' % (mark, mark))


@dataclass(slots=True)
class _Walk:
    """A walk from cell to cell, for text whose quotes need a closer look."""

    block: bytes
    last: bool
    found: list[tuple[int, int, int]]
    used: int = 0

    def has(self, most: int | None) -> bool:
        """Whether the walk has come far enough."""
        return most is not None and sum(end > start for start, end, _ in self.found) >= most


def first_record(block: bytes, separator: str, last: bool) -> Records:
    """The first record alone, whatever comes after it. Raises OpenQuote."""
    return _walked(block, separator, last, most=1)


def _walked(block: bytes, separator: str, last: bool, most: int | None = None) -> Records:
    walk = _Walk(block, last, [])
    cell, mark = _cell(separator), separator.encode()
    start = at = count = 0
    while (at < len(block) or count) and not walk.has(most):
        match = cell.match(block, at)
        if match is None:
            end = _broken_end(walk, start, at)
            if end is None:
                break
            walk.found.append((start, end.start(), 0))
            start = at = walk.used = end.end()
            count = 0
        elif match[1] == mark:
            at, count = match.end(), count + 1
        elif not last and match.end() == len(block) and match[1] in (b"", b"\r"):
            break
        else:
            walk.found.append((start, match.start(1), count + 1))
            start = at = walk.used = match.end()
            count = 0
    return _collected(walk)


def _broken_end(walk: _Walk, start: int, at: int) -> re.Match[bytes] | None:
    """The end of the line with a broken quote at `at`; None where the quote goes on beyond the block."""
    closed = _QUOTED.match(walk.block, at)
    if closed is not None and not _LINE_END.search(closed[0]):
        end = _LINE_END.search(walk.block, closed.end())
        if end is not None and (walk.last or end.end() < len(walk.block)):
            return end
        return re.compile(rb"\Z").search(walk.block) if walk.last else None
    if closed is None and not walk.last:
        return None
    full = sum(1 for first, end, _ in walk.found if end > first)
    raise OpenQuote(full, len(_LINE_END.findall(walk.block, 0, at)))


def _collected(walk: _Walk) -> Records:
    found = np.array([row for row in walk.found if row[1] > row[0]], np.int64).reshape(-1, 3)
    breaks = np.array([m.start() for m in _LINE_END.finditer(walk.block, 0, walk.used)], np.int64)
    lines = np.searchsorted(breaks, found[:, 0])
    return Records(found[:, 0], found[:, 1], found[:, 2], lines, walk.used, len(breaks), False)


def _open_quote(block: bytes, separator: str) -> OpenQuote:
    try:
        _walked(block, separator, last=True)
    except OpenQuote as error:
        return error
    raise AssertionError("an odd number of sound quotes leaves one open")
