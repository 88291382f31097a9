"""Where the records of a CSV text begin and end."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.io.records import OpenQuote, Records, _walked, first_record, split_records, swallows_rows

CELLS = st.text(st.sampled_from('ab ,;"\n\r'), max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@st.composite
def sound_texts(draw: st.DrawFn) -> tuple[str, list[list[str]]]:
    """A text that keeps to RFC 4180, and its cells."""
    rows = draw(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6))
    end = draw(ENDS)
    text = "".join(",".join(map(quoted, row)) + end for row in rows)
    return text, rows


def texts(block: bytes, records: Records) -> list[bytes]:
    return [block[start:end] for start, end in zip(records.starts, records.ends, strict=True)]


def in_pieces(text: bytes, size: int) -> list[tuple[bytes, int, int]]:
    """The records with their cells and lines, when the text comes in pieces of `size` bytes."""
    found: list[tuple[bytes, int, int]] = []
    block, line, at, last = b"", 0, 0, False
    while not last:
        block, at, last = block + text[at : at + size], at + size, at >= len(text)
        records = split_records(block, ",", last)
        found += zip(
            texts(block, records), records.cells.tolist(), (records.lines + line).tolist(), strict=True
        )
        line += records.line_ends
        block = block[records.used :]
    return found


@given(sound_texts(), st.integers(1, 9))
def test_a_text_in_pieces_has_the_records_of_the_whole(given: tuple[str, list[list[str]]], size: int) -> None:
    text = given[0].encode()
    assert in_pieces(text, size) == in_pieces(text, len(text) + 1)


@given(sound_texts())
def test_a_sound_text_has_the_records_that_were_written(given: tuple[str, list[list[str]]]) -> None:
    text, rows = given
    records = split_records(text.encode(), ",", last=True)
    read = [next(csv.reader(io.StringIO(r.decode(), newline=""))) for r in texts(text.encode(), records)]
    assert (read, records.cells.tolist()) == (rows, [len(row) for row in rows])


@given(sound_texts())
def test_the_walk_finds_what_the_columns_find(given: tuple[str, list[list[str]]]) -> None:
    text = given[0].encode()
    fast, slow = split_records(text, ",", last=True), _walked(text, ",", last=True)
    assert [getattr(fast, name).tolist() for name in ("starts", "ends", "cells", "lines")] == [
        getattr(slow, name).tolist() for name in ("starts", "ends", "cells", "lines")
    ]
    assert (fast.used, fast.line_ends) == (slow.used, slow.line_ends)


@given(st.text(st.sampled_from('ab,"\n\r'), max_size=40), st.integers(1, 9))
def test_any_text_in_pieces_has_the_records_of_the_whole_or_an_open_quote(text: str, size: int) -> None:
    def outcome(pieces: int) -> object:
        try:
            return in_pieces(text.encode(), pieces)
        except OpenQuote:
            return "open quote"

    assert outcome(size) == outcome(1000)


def test_blank_lines_are_no_records_and_blank_cells_are() -> None:
    block = b'\n,,\r\n\r\n""\n\n'
    records = split_records(block, ",", last=True)
    assert texts(block, records) == [b",,", b'""']
    assert (records.cells.tolist(), records.lines.tolist(), records.line_ends) == ([3, 1], [1, 3], 5)


def test_a_quote_inside_a_cell_is_the_character_it_is() -> None:
    block = b'5" pipe,a\nb,2\n'
    assert split_records(block, ",", last=True).cells.tolist() == [2, 2]


def test_a_quote_that_closes_too_early_breaks_its_line_only() -> None:
    block = b'a,1\n"b" c,2\nd,"3"\n'
    assert split_records(block, ",", last=True).cells.tolist() == [2, 0, 2]


@pytest.mark.parametrize(
    ("text", "record", "line"),
    [
        (b'a,1\nb,"2\nc,3\n', 1, 1),
        (b'a,1\n\nb,"2\nc,"3"\n', 1, 2),
        (b'"a\n",1\nb,"2""\n', 1, 2),
        (b'a,5"\nb,"', 1, 1),
        (b'"', 0, 0),
    ],
)
def test_a_quote_left_open_is_told_with_its_record_and_line(text: bytes, record: int, line: int) -> None:
    with pytest.raises(OpenQuote) as left:
        split_records(text, ",", last=True)
    assert (left.value.record, left.value.line) == (record, line)


def test_a_record_that_goes_on_is_left_for_the_next_block() -> None:
    assert split_records(b'a,1\nb,"2\n', ",", last=False).used == 4
    assert split_records(b"a,1\r", ",", last=False).used == 0
    assert split_records(b'a,"1"', ",", last=False).used == 0


def test_the_first_record_is_found_whatever_comes_after_it() -> None:
    records = first_record(b'"a\nb",c\n"', ",", last=True)
    assert (records.cells.tolist(), records.used, records.line_ends) == ([2], 8, 2)


def test_rows_between_two_quotes_that_were_left_open_are_seen() -> None:
    assert swallows_rows(b'S3,"Acme,TR\nS4,Pipe 5",TR', ",", 3)
    assert not swallows_rows(b'S3,"Acme\nStreet 1",TR', ",", 3)
    assert not swallows_rows(b"S3,Acme,TR", ",", 3)
