"""Shipments in CSV: what is read, what becomes a reject, what is refused."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from screening.errors import InputError
from screening.io.batch import ROWS, Batch, batch_of
from screening.io.csv_text import csv_parts
from screening.io.mapping import ColumnMapping
from screening.io.notation import PLAIN
from screening.io.readers import read_shipments
from screening.io.sources import Opened

Given = Callable[..., Path]
Read = Callable[..., Batch]

CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('",;\t|\r\n'), max_size=8
)


def read_bytes(content: bytes) -> Batch:
    file = Opened("f.csv", io.BufferedReader(io.BytesIO(content)), content[:100])
    (part,) = csv_parts(file, None, ROWS)
    return batch_of(part.raw("f.csv"), "f.csv", PLAIN)


def written(rows: list[list[str]], separator: str, end: str, quote_all: bool) -> bytes:
    def cell(text: str) -> str:
        needed = quote_all or any(mark in text for mark in f'{separator}"\r\n') or not text
        return '"' + text.replace('"', '""') + '"' if needed else text

    return "".join(separator.join(map(cell, row)) + end for row in rows).encode()


@for_any(
    st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=6),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_every_row_that_was_written_is_read_as_it_was_or_is_a_reject(
    rows: list[tuple[str, ...]], separator: str, end: str, quote_all: bool
) -> None:
    header = ["Shipper", "Goods", "Remarks", "More"]
    batch = read_bytes(written([header, *map(list, rows)], separator, end, quote_all))
    numbers = batch.typed["row"].to_list()
    assert sorted([*numbers, *batch.rejects["row"].to_list()]) == list(range(1, len(rows) + 1))
    assert batch.cells.rows() == [rows[number - 1] for number in numbers]


@for_any(st.text(st.sampled_from('ab ,;"\n\r\0\té'), max_size=60))
def test_any_text_gives_rows_or_one_error(text: str) -> None:
    try:
        batch = read_bytes(b"exporter_name,hs_code\n" + text.encode())
    except InputError as error:
        assert "a quote opens here" in str(error)
    else:
        rows = sorted([*batch.typed["row"].to_list(), *batch.rejects["row"].to_list()])
        assert rows == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_read_off_the_header(read: Read, separator: str) -> None:
    batch = read(
        f"shipment_id{separator}value{separator}note, of; ours\nS1{separator}5{separator}x\n".replace(
            "note, of; ours", "note" if separator in ",;" else "note, of; ours"
        )
    )
    assert batch.typed.select("shipment_id", "value").rows() == [("S1", 5.0)]


def test_the_known_headers_decide_not_the_number_of_separators(read: Read) -> None:
    batch = read("Shipper;a, b, c, d, e;HS\nAcme;x;854231\n")
    assert batch.cells.columns == ["exporter_name", "a, b, c, d, e", "hs_code"]


def test_a_first_line_that_names_the_separator_is_obeyed(read: Read) -> None:
    batch = read("sep=;\r\nShipper;HS\r\nAcme;85\r\n")
    assert batch.rejects["line"].to_list() == [3]


@pytest.mark.parametrize("head", [b"\xef\xbb\xbf", b"\r\n\n", b""])
def test_a_byte_order_mark_or_blank_lines_before_the_header_are_no_part_of_it(
    read: Read, head: bytes
) -> None:
    assert read(head + b"Shipper\nAcme\n").typed["exporter_name"].to_list() == ["Acme"]


def test_a_file_of_one_column_needs_no_separator(read: Read) -> None:
    assert read('Shipper\nAcme\n""\n').typed["exporter_name"].to_list() == ["Acme", None]


def test_a_file_of_header_only_has_no_rows_and_tells_its_columns(read: Read) -> None:
    for content in ("Shipper,HS\n", "Shipper,HS"):
        batch = read(content)
        assert (batch.typed.height, batch.rejects.height) == (0, 0)
        assert batch.present == {"exporter_name", "hs_code"}


def test_a_row_of_blank_cells_is_a_row_and_an_empty_line_is_none(read: Read) -> None:
    batch = read("Shipper,HS,x\n,,\n\n\r\nAcme,854231,\n")
    assert batch.typed["row"].to_list() == [1, 2]
    assert batch.lines.to_list() == [2, 5]


def test_unknown_columns_are_carried_through_untouched(read: Read) -> None:
    batch = read("Shipper,Our Remarks\n  Acme  ,  as it is \n")
    assert batch.cells.rows() == [("  Acme  ", "  as it is ")]
    assert batch.typed["exporter_name"].to_list() == ["Acme"]


def test_a_ragged_row_is_a_reject_and_the_rows_after_it_keep_their_numbers(read: Read) -> None:
    batch = read('Shipper,HS\nA,854231\nB\nC,"85\n4231",x\nD,854231\n')
    assert batch.typed["row"].to_list() == [1, 4]
    assert batch.lines.to_list() == [2, 6]
    assert batch.rejects.select("row", "line", "column", "value").rows() == [
        (2, 3, "", "B"),
        (3, 4, "", "C | 85 4231 | x"),
    ]
    assert batch.rejects["reason"].to_list() == [
        "the row has 1 cell, the header 2; write every cell, blank ones too",
        "the row has 3 cells, the header 2; quote cells that hold the separator",
    ]


def test_the_names_of_a_reject_are_kept_for_matching(read: Read) -> None:
    batch = read("Shipper,HS,Consignee\nA,85,B\nAcme, Ltd,854231,C\n")
    assert batch.rejects.select("exporter_name", "consignee_name").rows() == [("A", "B"), ("Acme", "854231")]
    assert batch.rejects["loose_cells"].to_list() == [[], ["Acme", "Ltd", "C"]]


def test_all_faults_of_a_row_stand_in_its_one_reject(read: Read) -> None:
    batch = read("hs_code,value,consignee_country\n85.42,-1,Wakanda\n")
    (reason,) = batch.rejects["reason"].to_list()
    assert batch.rejects.select("column", "value").rows() == [("hs_code", "85.42")]
    assert "4 digits" in reason and "also value: " in reason and '"Wakanda"' in reason


def test_an_unclosed_quote_is_one_error_with_the_row_and_line_where_it_opens(given: Given) -> None:
    path = given('Shipper,HS\nA,854231\n\n"B,854231\nC,854231\n')
    with pytest.raises(InputError, match=r"row 2, line 4: a quote opens here and is not closed; close it"):
        list(read_shipments(path))


def test_rows_that_two_open_quotes_would_swallow_are_a_reject(read: Read) -> None:
    batch = read('id,Shipper,HS\nS3,"Acme,854231\nS4,Pipe 5",854231\nS5,B,854231\n')
    assert batch.rejects["row"].to_list() == [1]
    assert "looks like whole rows" in batch.rejects["reason"][0]


def test_an_address_of_several_lines_is_an_address(read: Read) -> None:
    batch = read('id,Shipper,Shipper Address\nS3,Acme,"Street 1, House 2\nCity"\n')
    assert batch.typed["exporter_address"].to_list() == ["Street 1, House 2\nCity"]


def test_a_huge_cell_costs_its_own_row_only(read: Read) -> None:
    batch = read("Shipper,HS\nA,854231\n" + "x" * 10_000_000 + ",854231\nB,854231\n")
    assert batch.typed["row"].to_list() == [1, 3]
    assert batch.rejects["reason"].to_list() == ["the cell has 10,000,000 characters; it may have 100,000"]
    assert len(batch.rejects["exporter_name"][0]) < 1000


def test_a_nul_costs_its_own_row_only(read: Read) -> None:
    batch = read("Shipper,HS\nA\0,854231\nB,854231\n")
    assert batch.typed["exporter_name"].to_list() == ["B"]
    assert "U+0000" in batch.rejects["reason"][0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty; it needs at least a header line"),
        (b"\xef\xbb\xbf\r\n \n", "the file is empty"),
        (b"a,b\n1,2\n", 'no column that we know among "a", "b"'),
        (b"Shipper,Exporter\n", '"Shipper" and "Exporter" (columns 1 and 2) both mean exporter_name'),
        ("Shipper,HS\nA,1\n".encode("utf-16"), "UTF-16 text"),
        ("Shipper,HS\nA,1\n".encode("utf-16-le"), "UTF-16 text"),
        ("Shipper,HS\nA,1\n".encode("utf-32"), "UTF-16 text"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x01\x00\x00\x00\x00", "a binary file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not UTF-8 text"),
        (b"<!DOCTYPE html><html></html>", "an HTML or XML page"),
        (b"PK\x03\x04xyz", "an Excel workbook or a zip archive; save the shipments as CSV"),
        (b"%PDF-1.7", "a PDF file"),
        (b'"Shipper,HS\nA,1\n', "line 1: the quotes of the header line do not match"),
        (
            "Shipper,HS\nM\u00fcller,1\n".encode("latin-1"),
            "line 2: not UTF-8 text (byte 0xFC); save it as UTF-8",
        ),
        ("Shipper,G\u00fcmr\u00fck\nA,1\n".encode("cp1254"), "line 1: not UTF-8 text (byte 0xFC)"),
    ],
)
def test_what_is_no_shipment_file_is_refused_in_one_line(given: Given, content: bytes, told: str) -> None:
    with pytest.raises(InputError) as refused:
        list(read_shipments(given(content)))
    assert told in str(refused.value)
    assert "shipments.csv" in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["cp1254", "utf-16", "latin-1", "utf-8"])
def test_another_encoding_is_read_where_the_mapping_file_names_it(given: Given, encoding: str) -> None:
    path = given("Shipper,HS\nMüller,854231\n".encode(encoding))
    (batch,) = read_shipments(path, ColumnMapping(encoding=encoding))
    assert batch.typed["exporter_name"].to_list() == ["Müller"]


@pytest.mark.parametrize("encoding", ["cp1254", "utf-16", "utf-32", "undefined"])
def test_text_that_is_not_in_the_encoding_named_is_refused(given: Given, encoding: str) -> None:
    path = given(b"Shipper,HS\n\x81\x8d,854231\n")
    with pytest.raises(InputError, match=f"not {encoding} text, as the mapping file says"):
        list(read_shipments(path, ColumnMapping(encoding=encoding)))


def test_half_a_letter_is_no_text_in_any_encoding(given: Given) -> None:
    with pytest.raises(InputError, match="not utf-7 text, as the mapping file says"):
        list(read_shipments(given(b"Shipper,HS\n+2AA-,854231\n"), ColumnMapping(encoding="utf-7")))


def test_a_constant_of_the_mapping_file_stands_in_every_row(given: Given) -> None:
    mapping = ColumnMapping(constants={"country_of_export": "Türkiye"})
    (batch,) = read_shipments(given("HS\n854231\n854232\n"), mapping)
    assert batch.typed["country_of_export"].to_list() == ["TR", "TR"]
    assert "country_of_export" in batch.present


def test_a_record_without_an_end_is_refused_before_it_fills_the_memory(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.io.csv_header._MOST", 1000)
    monkeypatch.setattr("screening.io.csv_text._BLOCK", 1000)
    monkeypatch.setattr("screening.io.csv_text.LONGEST_RECORD", 5000)
    path = given("Shipper,HS\nA,854231\n" + "B" * 50_000 + ",854231\n")
    with pytest.raises(InputError, match=r"row 2, line 3: .* has no end within"):
        list(read_shipments(path))


def test_the_batches_of_a_file_are_its_rows_in_order(given: Given) -> None:
    rows = [["A", "85" if at % 7 == 0 else "854231"] for at in range(25)]
    text = io.StringIO()
    csv.writer(text).writerows([["Shipper", "HS"], *rows])
    parts = list(read_shipments(given(text.getvalue()), size=10))
    assert [part.typed.height + part.rejects.height for part in parts] == [10, 10, 5]
    assert [row for part in parts for row in sorted([*part.typed["row"], *part.rejects["row"]])] == list(
        range(1, 26)
    )
