"""A mapping file for statistics: what the headers of anybody's table mean, and how it writes numbers.

In the words of the mapping files for shipments: `columns` (their header: our column), `constants` (our
column: its value), `decimal`, `thousands`, `separator`, `encoding`; and here `unit`, by which every value
is multiplied.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from screening.errors import InputError
from screening.flows.layout import COLUMNS

KEYS = ("columns", "constants", "decimal", "thousands", "separator", "encoding", "unit")
_SEPARATORS = {",": ",", ";": ";", "|": "|", "tab": "\t"}
_MARKS = (None, ".", ",", " ", "'", "\u2019", "\u00a0", "\u202f")
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How somebody writes a table of statistics; the default is as its office does."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Our column to their header."""
    constants: Mapping[str, str] = field(default_factory=dict)
    decimal: str = "."
    thousands: str | None = None
    separator: str | None = None
    encoding: str = "utf8"
    unit: int = 1


AS_IT_IS = TableMapping()


def read_mapping(path: str | Path) -> TableMapping:
    """What a mapping file says; InputError when it says something else than it may."""
    loaded, where = _loaded(Path(path)), str(path)
    if unknown := [str(key) for key in loaded if key not in KEYS]:
        raise InputError(where, f'"{unknown[0]}" is not a key of it', f"it may have: {', '.join(KEYS)}")
    columns = {ours: theirs for theirs, ours in _pairs(loaded, "columns", where).items()}
    constants = _pairs(loaded, "constants", where)
    for ours in (*columns, *constants):
        if ours not in COLUMNS:
            raise InputError(where, f'"{ours}" is no column of statistics', f"there are {', '.join(COLUMNS)}")
    return TableMapping(columns, constants, **_notation(loaded, where))


def _loaded(path: Path) -> dict[str, Any]:
    try:
        loaded = YAML(typ="safe", pure=True).load(path.read_bytes()[:_LARGEST].decode("utf-8-sig"))
    except OSError as error:
        raise InputError(
            str(path), (error.strerror or "can't be read").lower(), "name a mapping file"
        ) from error
    except (UnicodeDecodeError, YAMLError, ValueError, RecursionError) as error:
        raise InputError(
            str(path), "is no YAML that can be read", "write `key: value` lines in UTF-8"
        ) from error
    if not isinstance(loaded, dict):
        raise InputError(str(path), "is no mapping file", f"it may have: {', '.join(KEYS)}")
    return loaded


def _pairs(loaded: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    section = loaded.get(key) or {}
    if not isinstance(section, dict):
        raise InputError(where, f'"{key}" is not a list of `name: value` lines', "write one pair a line")
    return {str(name): str(value) for name, value in section.items()}


def _notation(loaded: Mapping[str, Any], where: str) -> dict[str, Any]:
    decimal, thousands = loaded.get("decimal", "."), loaded.get("thousands")
    if decimal not in (".", ",") or thousands not in _MARKS or thousands == decimal:
        raise InputError(where, "decimal or thousands is no such mark", 'write for example decimal: ","')
    separator = loaded.get("separator")
    if separator is not None and separator not in _SEPARATORS:
        raise InputError(where, f'separator is "{separator}"', 'write "," or ";" or "tab" or "|"')
    unit = loaded.get("unit", 1)
    if not isinstance(unit, int) or unit < 1:
        raise InputError(where, f'unit is "{unit}"', "write a whole number, for example 1000")
    return {
        "decimal": decimal,
        "thousands": thousands,
        "separator": _SEPARATORS.get(separator) if separator else None,
        "encoding": str(loaded.get("encoding", "utf8")),
        "unit": unit,
    }
