"""A mapping file: what the headers of somebody's shipment files mean, and how they write values.

Where a file does not follow the contract, its owner says so once, in YAML; nothing is guessed.
"""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import process
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from screening.errors import InputError
from screening.io.notation import PLAIN, Notation
from screening.shipment import COLUMNS

KEYS = ("columns", "constants", "date_format", "decimal", "thousands", "separator", "encoding")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a mapping file says; the default is a file as the contract describes it.

    `columns` maps a header to a column of the contract, or to None: carried through, not read.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    notation: Notation = PLAIN
    separator: str | None = None
    encoding: str | None = None

    def names(self, header: str) -> bool:
        """Whether the mapping speaks of this header."""
        return header.strip() in self.columns

    def column_of(self, header: str) -> str | None:
        """The column that the mapping gives this header."""
        return self.columns.get(header.strip())


def read_mapping(path: str | Path) -> ColumnMapping:
    """The mapping that a YAML file states; raises InputError with file and line."""
    loaded = _load(Path(path))
    where = _places(str(path), loaded)
    for key in loaded:
        if key not in KEYS:
            raise InputError(where(key), f'"{key}" is not a key of a mapping file', _nearest(str(key), KEYS))
    columns = _columns(loaded.get("columns"), str(path))
    constants = _constants(loaded.get("constants"), str(path))
    return ColumnMapping(
        columns=columns,
        constants=constants,
        notation=_notation(loaded, where),
        separator=_separator(loaded, where),
        encoding=_encoding(loaded, where),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes()[: _LARGEST + 1].decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            str(path), (error.strerror or "can't be read").lower(), "name a mapping file"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not UTF-8 text", "save the mapping file as UTF-8") from error
    if len(text) > _LARGEST:
        raise InputError(str(path), "more than a million characters", "a mapping file is a short list")
    try:
        # The round-trip loader makes no objects of the file's choosing, and keeps line numbers.
        loaded = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InputError(f"{path}{line}", f"not valid YAML: {error.problem}", "correct this line") from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise InputError(str(path), "not valid YAML", "write `key: value` lines") from error
    if not isinstance(loaded, dict):
        raise InputError(
            str(path), "not a mapping file", f"write `key: value` lines; keys: {', '.join(KEYS)}"
        )
    return loaded


def _places(path: str, loaded: Any) -> Callable[[Any], str]:
    def where(key: Any) -> str:
        lines = getattr(getattr(loaded, "lc", None), "data", None) or {}
        return f"{path}, line {lines[key][0] + 1}" if key in lines else path

    return where


def _nearest(name: str, choices: tuple[str, ...]) -> str:
    found = process.extractOne(name, choices, score_cutoff=60)
    return f'did you mean "{found[0]}"?' if found else f"it may have: {', '.join(choices)}"


def _section(section: Any, name: str, path: str) -> dict[Any, Any]:
    if section is None:
        return {}
    if not isinstance(section, dict):
        raise InputError(path, f'"{name}" is not a list of `name: value` lines', "write one pair a line")
    return section


def _columns(section: Any, path: str) -> dict[str, str | None]:
    pairs = _section(section, "columns", path)
    where = _places(path, pairs)
    meant: dict[str, str] = {}
    for header, column in pairs.items():
        if column is None:
            continue
        _known_column(column, where(header))
        if column in meant:
            what = f'"{meant[column]}" and "{header}" are both mapped to {column}'
            raise InputError(where(header), what, "map one of them")
        meant[column] = str(header)
    return {str(header).strip(): None if column is None else str(column) for header, column in pairs.items()}


def _constants(section: Any, path: str) -> dict[str, str]:
    pairs = _section(section, "constants", path)
    where = _places(path, pairs)
    for column, value in pairs.items():
        _known_column(column, where(column))
        if isinstance(value, dict | list | bool) or value is None:
            raise InputError(where(column), f"{column} has no plain value", "write text, in quotes")
    return {str(column): str(value) for column, value in pairs.items()}


def _known_column(column: Any, where: str) -> None:
    if not isinstance(column, str) or column not in COLUMNS:
        raise InputError(where, f'"{column}" is not a column', _nearest(str(column), tuple(COLUMNS)))


def _notation(loaded: dict[str, Any], where: Callable[[Any], str]) -> Notation:
    decimal = loaded.get("decimal", ".")
    if decimal not in (".", ","):
        raise InputError(where("decimal"), f'decimal is "{decimal}"', 'write "." or ","')
    thousands = loaded.get("thousands")
    if thousands not in (None, ".", ",", " ", "'", "\u2019", "\u00a0", "\u202f") or thousands == decimal:
        what = f'thousands is "{thousands}"'
        raise InputError(where("thousands"), what, "write one mark, another than the decimal's")
    return Notation(_date_format(loaded.get("date_format"), where), str(decimal), thousands)


_DIRECTIVES = {"d", "e", "m", "b", "B", "Y", "y", "H", "M", "S"}


def _date_format(stated: Any, where: Callable[[Any], str]) -> str | None:
    if stated is None:
        return None
    found = re.findall(r"%(.)", str(stated))
    day, month, year = (
        sum(found.count(d) for d in group) for group in (("d", "e"), ("m", "b", "B"), ("Y", "y"))
    )
    example = 'write for example "%d.%m.%Y"'
    if not isinstance(stated, str) or (day, month, year) != (1, 1, 1) or not set(found) <= _DIRECTIVES:
        what = f'date_format "{stated}" does not name day, month and year once each'
        raise InputError(where("date_format"), what, example)
    if not _can_be_read(stated):
        what = f'date_format "{stated}" is none by which dates can be read'
        raise InputError(where("date_format"), what, f"{example}; hours need minutes beside them")
    return stated


def _can_be_read(date_format: str) -> bool:
    """Whether a day written in this format is the same day when it is read."""
    moment = pl.Series([datetime(2024, 3, 31, 13, 45, 59)])
    try:
        read = moment.dt.to_string(date_format).str.to_date(date_format, strict=False)
    except pl.exceptions.PolarsError:
        return False
    return bool((read == moment.dt.date()).all())


def _separator(loaded: dict[str, Any], where: Callable[[Any], str]) -> str | None:
    stated = loaded.get("separator")
    separator = {"tab": "\t", "\\t": "\t"}.get(stated, stated) if isinstance(stated, str) else stated
    if separator not in (None, ",", ";", "\t", "|"):
        raise InputError(where("separator"), f'separator is "{stated}"', 'write "," or ";" or "tab" or "|"')
    return separator


def _encoding(loaded: dict[str, Any], where: Callable[[Any], str]) -> str | None:
    stated = loaded.get("encoding")
    if stated is None:
        return None
    try:
        codecs.getincrementaldecoder(str(stated))
        with suppress(UnicodeError):
            # Only text encodings decode bytes; `codecs` also knows rot13 and zip.
            b"a".decode(str(stated))
        return codecs.lookup(str(stated)).name
    except (LookupError, ValueError) as error:
        what = f'"{stated}" is not an encoding'
        raise InputError(where("encoding"), what, "write for example cp1254, cp1251 or utf-16") from error
