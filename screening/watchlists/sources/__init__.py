"""The formats of watchlists, one module each; a file is told by its content, never by its name.

A new format is a module with a `SOURCE` and a line in `SOURCES`, before the user's own CSV, which
takes every table that has a `name`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening, opened
from screening.watchlists.sources import eu_xml, ofac_xml, own_csv, un_xml, us_csl
from screening.watchlists.sources.source import Source
from screening.watchlists.sources.xml_records import root_tag

SOURCES: tuple[Source, ...] = (
    us_csl.SOURCE,
    ofac_xml.SOURCE,
    eu_xml.SOURCE,
    un_xml.SOURCE,
    own_csv.SOURCE,
)
OFFICIAL = frozenset(source.format for source in SOURCES if source.official)


def source_of(path: Path) -> Source:
    """The format of a list file; WatchlistError when it is none that is known."""
    opening = opened(path)
    for source in SOURCES:
        if source.recognises(opening):
            return source
    raise _unknown(opening)


def read_list(path: Path, name: str | None = None) -> Snapshot:
    """The parties of a list file, called `name` or what its format calls it; whole, or WatchlistError."""
    source = source_of(path)
    snapshot = source.read(path, name or source.named(path))
    return replace(snapshot, entries=tuple(_apart(snapshot.entries)))


def _apart(entries: tuple[PartyEntry, ...]) -> Iterator[PartyEntry]:
    """The entries, the second of two with one number ending in `-2`: authorities slip, and both are listed."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.id] += 1
        number = seen[entry.id]
        yield entry if number == 1 else replace(entry, **_renumbered(entry, number))


def _renumbered(entry: PartyEntry, number: int) -> dict[str, str]:
    return {"id": f"{entry.id}-{number}", "source_id": f"{entry.source_id}-{number}"}


def _unknown(opening: Opening) -> WatchlistError:
    where, tag = str(opening.path), root_tag(opening)
    if tag == "!DOCTYPE":
        return WatchlistError(
            where, "declares a document type, which no list does", "download the list again"
        )
    if tag:
        what = f"is XML with the root {tag[:40]!r}, which is no list that is known"
        return WatchlistError(where, what, "bring the XML of OFAC, the EU or the UN, or CSV")
    what = "its first line has no column `name`, and it is no official list that is known"
    return WatchlistError(where, what, "a list of one's own is a CSV file with a column `name`")
