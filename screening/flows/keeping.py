"""Statistics that a user loads once and asks again and again, kept in the user's data folder.

A file is kept as the typed table in Parquet with a record of its source beside it; the same name again
replaces it. Both are written aside and renamed, so that a load that breaks off leaves what was there.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import polars as pl

from screening.errors import InputError, UsageError, WatchlistError
from screening.flows.reading import read_statistics
from screening.flows.table import SCHEMA, Source, Statistics, joined
from screening.io.writers.atomic import whole_file
from screening.watchlists.corridors import corridor_entries
from screening.watchlists.slug import slug
from screening.watchlists.store import home

_AGAIN = "load the file again with `screening flows load`"


def folder() -> Path:
    """Where statistics are kept; it need not be there yet."""
    return home() / "statistics"


def keep(statistics: Statistics) -> Path:
    """Where the one source of these statistics is kept from now on."""
    (source,) = statistics.sources
    path = folder() / f"{slug(source.name)}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as stream:
        statistics.rows.with_columns(pl.col(pl.Categorical).cast(pl.String)).write_parquet(stream)
    with whole_file(path.with_suffix(".json")) as stream:
        stream.write(json.dumps(asdict(source), indent=2, default=str, ensure_ascii=False).encode())
    return path


def keep_corridors(path: Path) -> tuple[Path, int]:
    """Where the list of corridors is kept from now on, and its entries; WatchlistError for faults."""
    if not path.is_file():
        raise WatchlistError(str(path), "no such file", "check the path")
    entries, _ = corridor_entries(path, path.stem)
    to = home() / "corridors" / f"{slug(path.stem)}.csv"
    to.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(to) as stream:
        stream.write(path.read_bytes())
    return to, len(entries)


def kept() -> tuple[Source, ...]:
    """The sources that are kept, in the order of their names."""
    return tuple(_record(path) for path in sorted(folder().glob("*.json")))


def forget(name: str) -> None:
    """Keep the source of that name no longer; UsageError where there is none."""
    path = folder() / f"{slug(name)}.parquet"
    if not path.is_file():
        raise UsageError(f"{name}: no statistics of that name are kept; `screening flows list` names them")
    path.unlink()
    path.with_suffix(".json").unlink(missing_ok=True)


def statistics_of(files: Sequence[str | Path] = ()) -> Statistics:
    """The statistics of these files, or of all that is kept; UsageError where there is nothing."""
    if files:
        return joined(read_statistics(path) for path in _each(files))
    parts = [_kept(path) for path in sorted(folder().glob("*.parquet"))]
    if not parts:
        raise UsageError("no statistics are loaded yet; `screening flows load FILE` keeps a file of them")
    return joined(parts)


def _each(files: Sequence[str | Path]) -> list[Path]:
    """The files, those of a folder in the order of their names."""
    paths = [Path(name) for name in files]
    return [file for path in paths for file in (sorted(path.glob("*.*")) if path.is_dir() else [path])]


def read_kept(path: Path) -> pl.DataFrame:
    """The rows of a kept table; InputError where it is none."""
    try:
        rows = pl.scan_parquet(path).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        return rows.collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(str(path), "can't be read as kept statistics", _AGAIN) from error


def _kept(path: Path) -> Statistics:
    return Statistics(read_kept(path), (_record(path.with_suffix(".json")),))


def _record(path: Path) -> Source:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        day = dt.date.fromisoformat(told["extracted_on"]) if told["extracted_on"] else None
        return Source(
            told["name"], told["layout"], told["digest"], told["rows"], day, tuple(told["left_out"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(str(path), "can't be read as the record of kept statistics", _AGAIN) from error
