"""The matches of many names as rows, one for each match and one for each name without any."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from screening.cli.names_asked import NameAsked
from screening.io.writers.atomic import STANDARD_OUTPUT, whole_file
from screening.io.writers.csv import write_rows
from screening.io.writers.jsonl import write_jsonl
from screening.screener import Screener

Row = dict[str, Any]


def match_rows(asked: Sequence[NameAsked], screener: Screener, limit: int) -> list[Row]:
    """The rows, in the order of the names, the best match of each first."""
    found = screener.parties.match_many(
        [one.name for one in asked],
        [one.country for one in asked],
        [one.type for one in asked],
        addresses=[one.address for one in asked],
        birth_dates=[one.birth_date for one in asked],
        limit=limit,
        min_score=screener.ruleset.policy.match_threshold,
    )
    of_query = found.partition_by("query", as_dict=True, maintain_order=True)
    rows: list[Row] = []
    for query, one in enumerate(asked):
        own = of_query.get((query,))
        rows += _matched(one, own.iter_rows(named=True), screener) if own is not None else [_row(one)]
    return rows


def _matched(one: NameAsked, found: Iterator[Row], screener: Screener) -> Iterator[Row]:
    for match in found:
        entry = screener.parties[match["entry"]]
        yield _row(one) | {
            "id": entry.id,
            "source_id": entry.source_id,
            "matched_name": match["matched_name"],
            "watchlist": entry.watchlist,
            "type": entry.type,
            "score": round(match["score"], 4),
            "listed_on": entry.listed_on.isoformat() if entry.listed_on else None,
            "source": entry.source or entry.authority,
            "reason": entry.reason,
        }


def _row(one: NameAsked) -> Row:
    unmatched = (
        "id",
        "source_id",
        "matched_name",
        "watchlist",
        "type",
        "score",
        "listed_on",
        "source",
        "reason",
    )
    known = {"row": one.row, "line": one.line, "name": one.name, "country": one.country}
    return known | dict.fromkeys(unmatched)


def write_matches(path: str, fields: Sequence[str], rows: Sequence[Row]) -> None:
    """The rows as CSV or JSON lines, by the file's ending; JSON lines on standard output."""
    with whole_file(path) as stream:
        if path != STANDARD_OUTPUT and Path(path).suffix.lower() == ".csv":
            write_rows(stream, fields, ([row[name] for name in fields] for row in rows))
        else:
            write_jsonl(stream, rows)
