"""A mapping file: headers and notation of somebody's own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.io.mapping import ColumnMapping, read_mapping
from screening.io.notation import Notation

WHOLE = """
columns:
  Gönderen Firma: exporter_name
  Shipper: null
constants:
  country_of_export: TR
date_format: "%d.%m.%Y"
decimal: ","
thousands: "."
separator: tab
encoding: cp1254
"""


def test_a_mapping_file_is_read_whole(given: Callable[..., Path]) -> None:
    assert read_mapping(given(WHOLE, "m.yaml")) == ColumnMapping(
        columns={"Gönderen Firma": "exporter_name", "Shipper": None},
        constants={"country_of_export": "TR"},
        notation=Notation("%d.%m.%Y", ",", "."),
        separator="\t",
        encoding="cp1254",
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "decimal: ','\ncolums: {}\n",
            'm.yaml, line 2: "colums" is not a key of a mapping file; did you mean "columns"?',
        ),
        (
            "columns:\n  A: exporter_nam\n",
            'line 2: "exporter_nam" is not a column; did you mean "exporter_name"?',
        ),
        (
            "columns:\n  A: hs_code\n  B: hs_code\n",
            'line 3: "A" and "B" are both mapped to hs_code; map one of them',
        ),
        ("columns: [a]\n", '"columns" is not a list of `name: value` lines'),
        ("constants:\n  value: [1]\n", "line 2: value has no plain value"),
        ("date_format: '%d/%m'\n", 'line 1: date_format "%d/%m" does not name day, month and year once each'),
        ("date_format: 5\n", 'line 1: date_format "5" does not name'),
        ("date_format: '%d.%m.%Y %H'\n", "is none by which dates can be read; write for example"),
        ("date_format: '%d.%m.%Y%'\n", "is none by which dates can be read"),
        ("decimal: ;\n", 'line 1: decimal is ";"; write "." or ","'),
        ("decimal: ','\nthousands: ','\n", 'line 2: thousands is ","'),
        ("separator: ab\n", 'line 1: separator is "ab"'),
        ("encoding: klingon\n", 'line 1: "klingon" is not an encoding; write for example cp1254'),
        ("encoding: rot13\n", 'line 1: "rot13" is not an encoding'),
        ('encoding: "cp\\0"\n', "is not an encoding; write for example cp1254"),
        ("a: [\n", "not valid YAML"),
        ("decimal: '.'\ndecimal: ','\n", "not valid YAML"),
        ("- a\n", "not a mapping file; write `key: value` lines"),
        ("", "not a mapping file"),
        (b"\xff\xfe", "not UTF-8 text"),
        ("columns: !!python/object/apply:os.system ['true']\n", '"columns" is not a list'),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_remedy(
    given: Callable[..., Path], text: str, told: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_mapping(given(text, "m.yaml"))
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_mapping_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_mapping(tmp_path / "m.yaml")
    with pytest.raises(InputError, match="is a directory"):
        read_mapping(tmp_path)
