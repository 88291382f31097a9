"""A shipment file in pieces gives the same rows, however it is cut and wherever the pieces are read."""

import gzip
import hashlib
import io
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from screening.errors import InputError
from screening.io.batch import Batch
from screening.io.mapping import ColumnMapping
from screening.io.pieces import read_pieces

Given = Callable[..., Path]

ROWS = pl.DataFrame(
    {
        "shipment_id": [f"S{at}" for at in range(23)],
        "exporter_name": [f'Firm "{at}"\nCity' if at % 5 else "" for at in range(23)],
        "hs_code": ["85" if at % 7 == 0 else "854231" for at in range(23)],
    }
)


def as_csv(rows: pl.DataFrame) -> bytes:
    return b"\n" + rows.write_csv().replace("S7,", "\n\r\nS7,x,").encode() + b"\n\n"


def as_json(rows: pl.DataFrame) -> bytes:
    lines = [json.dumps(row) for row in rows.iter_rows(named=True)]
    return "\n".join([*lines[:9], "", "{", *lines[9:]]).encode()


def as_parquet(rows: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    rows.write_parquet(held, row_group_size=6)
    return held.getvalue()


def as_arrow(rows: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    rows.with_columns(pl.col("hs_code").cast(pl.Categorical)).write_ipc(held)
    return held.getvalue()


def as_stream(rows: pl.DataFrame) -> bytes:
    held = io.BytesIO()
    rows.write_ipc_stream(held)
    return held.getvalue()


FORMATS = pytest.mark.parametrize(
    "content",
    [form(ROWS) for form in (as_csv, as_json, as_parquet, as_arrow, as_stream)]
    + [gzip.compress(as_csv(ROWS))],
    ids=["csv", "json", "parquet", "arrow", "stream", "csv.gz"],
)


def as_one(batches: list[Batch]) -> tuple[list[pl.DataFrame], list[int | None]]:
    frames = [pl.concat([getattr(b, part) for b in batches]) for part in ("typed", "cells", "rejects")]
    return frames, [line for b in batches for line in b.lines]


@FORMATS
@pytest.mark.parametrize("rows", [1, 2, 5, 22, 23, 1000])
def test_the_rows_are_the_same_however_the_file_is_cut(given: Given, content: bytes, rows: int) -> None:
    found = list(read_pieces(given(content), rows=rows))
    whole = as_one([piece.batch() for piece in read_pieces(given(content))])
    assert max(piece.height for piece in found) <= rows
    frames, lines = as_one([piece.batch() for piece in found])
    assert lines == whole[1]
    assert all(one.equals(other) for one, other in zip(frames, whole[0], strict=True))


@FORMATS
def test_a_piece_can_be_read_elsewhere(given: Given, content: bytes) -> None:
    for piece in read_pieces(given(content), rows=10):
        sent = pickle.loads(pickle.dumps(piece))
        assert sent.digest == piece.digest
        assert sent.batch().typed.equals(piece.batch().typed)
        assert sent.batch().rejects.equals(piece.batch().rejects)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"sep=,\r\n"], ids=["plain", "BOM", "sep"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_of_a_csv_file_on_the_disk_only_the_place_is_sent(
    given: Given, monkeypatch: pytest.MonkeyPatch, start: bytes, end: bytes
) -> None:
    monkeypatch.setattr("screening.io.csv_header._MOST", 60)
    monkeypatch.setattr("screening.io.csv_text._BLOCK", 64)
    path = given(start + as_csv(ROWS).replace(b"\n", end) + end)
    for piece in read_pieces(path, rows=3):
        packet = pickle.dumps(piece)
        assert b"Firm" in b"".join(piece.part.content())
        assert b"Firm" not in packet
        assert pickle.loads(packet) == piece


def test_a_csv_file_that_is_not_on_the_disk_as_it_is_read_is_sent_whole(given: Given) -> None:
    (piece,) = read_pieces(given("consignee_name\nÖz\n".encode("cp1254")), ColumnMapping(encoding="cp1254"))
    assert "Öz".encode() in pickle.dumps(piece)


def test_a_file_that_changes_while_it_is_read_is_refused(given: Given) -> None:
    path = given(as_csv(ROWS))
    coming = read_pieces(path, rows=5)
    sent = pickle.dumps(next(coming))
    path.write_bytes(as_csv(ROWS[::-1]))
    with pytest.raises(InputError, match="the file was changed while it was read; run it again"):
        pickle.loads(sent)
    with pytest.raises(InputError, match="the file was changed while it was read; run it again"):
        list(coming)


@FORMATS
def test_a_packet_of_few_rows_does_not_take_all_of_them_along(given: Given, content: bytes) -> None:
    sizes = {rows: len(pickle.dumps(next(read_pieces(given(content), rows=rows)))) for rows in (1, 23)}
    assert sizes[1] < sizes[23]


@FORMATS
def test_the_same_file_has_the_same_digests_and_no_two_pieces_share_one(given: Given, content: bytes) -> None:
    digests = [[piece.digest for piece in read_pieces(given(content), rows=4)] for _ in range(2)]
    assert digests[0] == digests[1]
    assert len(set(digests[0])) == len(digests[0]) > 1


@FORMATS
def test_the_files_own_bytes_are_hashed_as_they_are_read(given: Given, content: bytes) -> None:
    digest = hashlib.sha256()
    assert list(read_pieces(given(content), digest=digest))
    assert digest.hexdigest() == hashlib.sha256(content).hexdigest()


@FORMATS
def test_the_fraction_read_grows_to_the_whole(given: Given, content: bytes) -> None:
    told = [piece.fraction or 0.0 for piece in read_pieces(given(content), rows=5)]
    assert told == sorted(told) and told[-1] == 1.0


def test_parquet_tells_how_many_rows_it_has(given: Given) -> None:
    assert {piece.total for piece in read_pieces(given(as_parquet(ROWS)), rows=5)} == {23}
    assert {piece.total for piece in read_pieces(given(as_csv(ROWS)), rows=5)} == {None}


def test_rows_of_standard_input_have_no_fraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(as_csv(ROWS))))
    digest = hashlib.sha256()
    assert [piece.fraction for piece in read_pieces("-", digest=digest)] == [None]
    assert digest.hexdigest() == hashlib.sha256(as_csv(ROWS)).hexdigest()


def test_a_digest_tells_what_a_mapping_file_changes(given: Given) -> None:
    path = given("HS,more\n854231,\n")
    mappings = (
        None,
        ColumnMapping(constants={"country_of_export": "TR"}),
        ColumnMapping(columns={"more": None}),
    )
    (one,), (other,), (same,) = (list(read_pieces(path, mapping)) for mapping in mappings)
    assert one.digest != other.digest
    assert one.digest == same.digest


def test_a_part_before_and_one_after_a_new_key_of_json_lines(
    given: Given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.io.json_lines._ROWS", 2)
    lines = ['{"Shipper": "A"}'] * 3 + ['{"Shipper": "A", "HS": "854231"}', '{"HS": {}, "z": 1}', "{}"]
    found = list(read_pieces(given("\n".join(lines)), rows=3))
    assert [(piece.height, piece.part.headings.names) for piece in found] == [
        (2, ("exporter_name",)),
        (3, ("exporter_name", "hs_code")),
        (1, ("exporter_name", "hs_code")),
    ]


@FORMATS
def test_wide_rows_make_small_pieces(given: Given, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in ("csv_text", "json_lines", "arrow_tables"):
        monkeypatch.setattr(f"screening.io.{reader}.MOST_TEXT", 100)
    monkeypatch.setattr("screening.io.csv_text._BLOCK", 10)
    monkeypatch.setattr("screening.io.csv_header._MOST", 50)
    found = list(read_pieces(given(content)))
    assert len(found) > 4
    rows = sorted(
        row for piece in found for row in [*piece.batch().typed["row"], *piece.batch().rejects["row"]]
    )
    assert rows == list(range(1, len(rows) + 1))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(st.text(st.sampled_from('ab,"\n\r'), max_size=60), st.integers(1, 9), st.integers(1, 4))
def test_any_text_in_pieces_is_the_text_as_a_whole(given: Given, text: str, block: int, rows: int) -> None:
    path = given("exporter_name,hs_code\n" + text)

    def outcome(rows: int) -> object:
        try:
            frames, lines = as_one([piece.batch() for piece in read_pieces(path, rows=rows)])
        except InputError as error:
            return str(error)
        return [frame.rows() for frame in frames], lines

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("screening.io.csv_text._BLOCK", block)
        patch.setattr("screening.io.csv_header._MOST", 22)
        in_pieces = outcome(rows)
    assert in_pieces == outcome(1000)
