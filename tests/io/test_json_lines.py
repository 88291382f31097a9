"""Shipments in JSON lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.io.batch import Batch
from screening.io.readers import read_shipments

Given = Callable[..., Path]
Read = Callable[..., Batch]


def test_the_keys_of_an_object_are_the_headers(read: Read) -> None:
    batch = read('{"Shipper": "Acme", "HTS": 854231, "Value": 12.50, "x": true, "transit": ["KZ", "TR"]}\n')
    assert batch.typed.select("exporter_name", "hs_code", "value").rows() == [("Acme", "854231", 12.5)]
    assert batch.typed["transit_countries"].to_list() == [["KZ", "TR"]]
    assert batch.cells["x"].to_list() == ["true"]


def test_a_key_that_is_missing_or_null_is_a_blank_cell(read: Read) -> None:
    batch = read('{"Shipper": "A", "HS": "854231"}\n\n{"Shipper": null, "Consignee": "B"}\n')
    assert batch.typed.select("row", "exporter_name", "hs_code", "consignee_name").rows() == [
        (1, "A", "854231", None),
        (2, None, None, "B"),
    ]
    assert batch.lines.to_list() == [1, 3]


def test_an_exponent_of_json_is_told_in_digits(read: Read) -> None:
    assert read('{"Value": 1.2e3}\n{"Value": 1E-7}').cells["value"].to_list() == ["1200", "0.0000001"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"Shipper": "A"', "not JSON at character"),
        ('{"Shipper": "A", "Shipper": "B"}', 'the key "Shipper" stands there twice'),
        ('{"Shipper": {"name": "A"}}', '"Shipper" holds an object or a list'),
        ('{"Value": NaN}', "NaN is not JSON"),
        ('{"Value": 1e999999}', "1e999999 is not a number that can be read"),
        ('["A"]', "not a JSON object"),
        ("[" * 100_000, "objects within objects"),
        ('{"Shipper": "\\ud800"}', "half a character"),
        (b'{"Shipper": "\xff"}', "not UTF-8 text (byte 0xFF)"),
        ('{"Shipper": "A\\u0000"}', "U+0000"),
    ],
)
def test_a_broken_line_is_a_reject_and_its_neighbours_stay(read: Read, line: str | bytes, told: str) -> None:
    content = line if isinstance(line, bytes) else line.encode()
    batch = read(b'{"Shipper": "first"}\n' + content + b'\n{"Shipper": "last"}\n')
    assert batch.typed.select("row", "exporter_name").rows() == [(1, "first"), (3, "last")]
    assert batch.rejects.select("row", "line").rows() == [(2, 2)]
    assert told in batch.rejects["reason"][0]


def test_the_strings_of_a_broken_line_are_kept_for_matching(read: Read) -> None:
    batch = read('{"Shipper": "first"}\n{"Shipper": "Listed Trading", \n')
    assert "Listed Trading" in batch.rejects["loose_cells"][0]


def test_two_keys_that_mean_one_column_are_refused(given: Given) -> None:
    with pytest.raises(InputError, match='"Shipper" and "Exporter"'):
        list(read_shipments(given('{"Shipper": "A"}\n{"Exporter": "B"}\n')))


@pytest.mark.parametrize(
    ("content", "told"),
    [('[{"Shipper": "A"}]', "a JSON array"), ('{"a": 1}', "no column that we know"), ("{}", "have no keys")],
)
def test_json_that_holds_no_shipments_is_refused(given: Given, content: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        list(read_shipments(given(content)))
