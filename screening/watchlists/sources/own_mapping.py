"""What the columns of somebody's own list mean, where they are not called as ours are.

Its owner says so in a YAML file beside the list, `LIST.csv.mapping.yaml`, in the words of the mapping
files for shipments: `columns` (their header: our column), `date_format`, `separator`, `encoding`, and
here `list_separator`.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from screening.errors import WatchlistError
from screening.watchlists.entry import told
from screening.watchlists.opening import folded_header
from screening.watchlists.table import Row, shown

KEYS = ("columns", "date_format", "separator", "encoding", "list_separator")
LISTS = frozenset(
    (
        *("aliases", "weak_aliases", "original_names", "country", "address", "identifiers"),
        *("birth_dates", "programmes"),
    )
)
DAYS = frozenset({"listed_on", "ended_on"})
COLUMNS = LISTS | DAYS | {"id", "name", "type", "source", "authority", "source_url", "reason", "verified"}
_LARGEST = 100_000
_DIRECTIVE = re.compile(r"%[A-Za-z]")


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How somebody writes a list; the default is how we do."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Their header to our column."""
    date_format: str | None = None
    list_separator: str = ";"
    separator: str | None = None
    """What parts the cells, where the first line does not show it."""
    encoding: str = "utf-8"

    @property
    def synonyms(self) -> dict[str, str]:
        """Our columns by their folded headers."""
        return {folded_header(theirs): ours for theirs, ours in self.columns.items()}

    def applied(self, row: Row) -> Row:
        """The row with its lists taken apart and its days as we write them; what can't be is a fault."""
        lists = {
            name: tuple(told(row.text(name).split(self.list_separator))) for name in LISTS & row.cells.keys()
        }
        days = {name: self._day(row, name) for name in DAYS & row.cells.keys()}
        return replace(row, lists=lists, cells={**row.cells, **days})

    def _day(self, row: Row, column: str) -> str:
        text = row.text(column)
        if not text or not self.date_format:
            return text
        try:
            return datetime.strptime(text, self.date_format).date().isoformat()
        except ValueError:
            row.fault(column, f"{shown(text)} is no date written as {self.date_format}")
            return ""


def mapping_beside(path: Path) -> Path | None:
    """The mapping file that stands beside a list, if one does."""
    beside = path.with_name(f"{path.name}.mapping.yaml")
    return beside if beside.is_file() else None


def read_mapping(path: Path) -> ListMapping:
    """What a mapping file says; WatchlistError when it says something else than it may."""
    loaded = _loaded(path)
    if unknown := [str(key) for key in loaded if key not in KEYS]:
        raise WatchlistError(
            str(path), f"{shown(unknown[0])} is not a key of it", f"it may have: {', '.join(KEYS)}"
        )
    separator, form = loaded.get("list_separator", ";"), loaded.get("date_format")
    if not isinstance(separator, str) or not separator.strip():
        raise WatchlistError(str(path), "list_separator is no mark", 'write for example "|"')
    if form is not None and (not isinstance(form, str) or len(_DIRECTIVE.findall(form)) != 3):
        what = "date_format does not name day, month and year once each"
        raise WatchlistError(str(path), what, 'write for example "%d.%m.%Y"')
    cells, encoding = loaded.get("separator"), _encoding(path, loaded.get("encoding"))
    if cells is not None and (not isinstance(cells, str) or len(cells) != 1 or not cells.isascii()):
        raise WatchlistError(str(path), "separator is no single mark", 'write for example "|"')
    return ListMapping(_columns(path, loaded.get("columns")), form, separator, cells, encoding)


def _encoding(path: Path, stated: Any) -> str:
    """The encoding by its usual name; only such as keep ASCII, by which a list is known."""
    try:
        name = codecs.lookup(str(stated or "utf-8")).name
        # Bytes decode in text encodings alone; `codecs` also knows rot13 and zip.
        if b"name,".decode(name) == "name,":
            return name
    except (LookupError, ValueError):
        pass
    what = f"{shown(str(stated))} is not an encoding of letters as bytes"
    raise WatchlistError(str(path), what, "write for example cp1254 or cp1251")


def _columns(path: Path, section: Any) -> dict[str, str]:
    if section is None:
        return {}
    if not isinstance(section, dict):
        raise WatchlistError(
            str(path), "`columns` is no list of `header: column` lines", "write one pair a line"
        )
    columns = {str(theirs): str(ours) for theirs, ours in section.items()}
    for theirs, ours in columns.items():
        if ours not in COLUMNS:
            what = f"{shown(theirs)} is mapped to {shown(ours)}, which is no column of a list"
            raise WatchlistError(str(path), what, f"columns are: {', '.join(sorted(COLUMNS))}")
    return columns


def _loaded(path: Path) -> dict[Any, Any]:
    try:
        text = path.read_bytes()[:_LARGEST].decode("utf-8-sig")
        loaded = YAML(typ="safe", pure=True).load(text)
    except (OSError, UnicodeDecodeError, YAMLError, ValueError, RecursionError):
        raise WatchlistError(
            str(path), "is no YAML that can be read", "write `key: value` lines in UTF-8"
        ) from None
    if not isinstance(loaded, dict):
        raise WatchlistError(str(path), "is no mapping file", f"it may have: {', '.join(KEYS)}")
    return loaded
