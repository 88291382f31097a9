"""The formats of watchlists, one module each; a file is told by its content, never by its name.

A new format is a module with a `SOURCE` and a line in `SOURCES`, before the user's own CSV, which
takes every table that has a `name`.
"""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import opened
from screening.watchlists.sources import own_csv, us_csl
from screening.watchlists.sources.source import Source

SOURCES: tuple[Source, ...] = (us_csl.SOURCE, own_csv.SOURCE)
OFFICIAL = frozenset(source.format for source in SOURCES if source.official)


def source_of(path: Path) -> Source:
    """The format of a list file; WatchlistError when it is none that is known."""
    opening = opened(path)
    for source in SOURCES:
        if source.recognises(opening):
            return source
    what = "its first line has no column `name`, and it is no official list that is known"
    raise WatchlistError(str(path), what, "a list of one's own is a CSV file with a column `name`")


def read_list(path: Path, name: str | None = None) -> Snapshot:
    """The parties of a list file, called `name` or what its format calls it; whole, or WatchlistError."""
    source = source_of(path)
    return source.read(path, name or source.named(path))
