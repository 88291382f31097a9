"""The US Consolidated Screening List in JSON, as the International Trade Administration publishes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening
from screening.watchlists.sources import us_csl
from screening.watchlists.sources.json_text import read_document
from screening.watchlists.sources.source import Source
from screening.watchlists.table import Row, Table

FORMAT = "us-csl-json"
_ADDRESS = ("address", "city", "state", "postal_code", "country")
_IDENTIFIER = ("type", "number", "country")


def read(path: Path, name: str) -> Snapshot:
    """The whole list as a snapshot; WatchlistError with all that is wrong with it."""
    document, digest = read_document(path)
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, list) or not all(isinstance(result, dict) for result in results):
        raise WatchlistError(str(path), "has no list of objects under `results`", "download the list again")
    faults: list[str] = []
    rows = [_row(number, result, faults) for number, result in enumerate(results, 1)]
    return us_csl.snapshot_of(Table(path, frozenset(), rows, digest, faults), FORMAT, name)


def _recognises(opening: Opening) -> bool:
    text = opening.text.lstrip()
    return text.startswith("{") and '"results"' in text and ('"alt_names"' in text or '"source"' in text)


SOURCE = Source(FORMAT, True, _recognises, read, lambda path: us_csl.FORMAT)


def _row(number: int, result: dict[str, Any], faults: list[str]) -> Row:
    """A result as the row that the CSV file has for it."""
    lists = {key: tuple(map(_plain, value)) for key, value in result.items() if isinstance(value, list)}
    lists["addresses"] = tuple(_joined(result.get("addresses"), _ADDRESS))
    lists["ids"] = tuple(_joined(result.get("ids"), _IDENTIFIER))
    cells = {key: _plain(value) for key, value in result.items() if not isinstance(value, list | dict)}
    # Two rows of one name are told apart by all that is in them, so lists count as their text too.
    cells |= {key: "; ".join(values) for key, values in lists.items()}
    return Row(number, cells, faults, lists, "result")


def _joined(items: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Each of the objects as its values at the keys, parted by commas; a blank one keeps its place last."""
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict):
            *before, last = (_plain(item.get(key)) for key in keys)
            said = [value for value in before if value]
            yield ", ".join([*said, last] if last or keys == _IDENTIFIER else said)


def _plain(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value).strip()
