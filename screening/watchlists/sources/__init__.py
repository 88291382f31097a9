"""The formats of watchlists, one module each; a file is told by its content, never by its name.

A new format is a module with a `SOURCE` and a line in `SOURCES`, before the user's own CSV, which
takes every table that has a `name`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.opening import Opening, not_utf8, opened
from screening.watchlists.slug import list_name
from screening.watchlists.sources import (
    address_csv,
    bis_dpl,
    eu_csv,
    eu_journal,
    eu_xml,
    ftm_json,
    ofac_csv,
    ofac_enhanced,
    ofac_xml,
    opensanctions_csv,
    own_csv,
    uk_csv,
    un_xml,
    us_csl,
    us_csl_json,
)
from screening.watchlists.sources.own_mapping import ListMapping
from screening.watchlists.sources.source import Source
from screening.watchlists.sources.xml_records import root_tag

SOURCES: tuple[Source, ...] = (
    us_csl.SOURCE,
    us_csl_json.SOURCE,
    ofac_csv.SOURCE,
    ofac_xml.SOURCE,
    ofac_enhanced.SOURCE,
    eu_xml.SOURCE,
    un_xml.SOURCE,
    bis_dpl.SOURCE,
    eu_csv.SOURCE,
    eu_journal.SOURCE,
    uk_csv.SOURCE,
    opensanctions_csv.SOURCE,
    ftm_json.SOURCE,
    address_csv.SOURCE,
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


def read_list(path: Path, name: str | None = None, mapping: ListMapping | None = None) -> Snapshot:
    """The parties of a list, called `name` or what its format calls it; whole, or WatchlistError.

    The path is a list file, or a folder of files that belong together. With a mapping it is a list
    of one's own, whatever its columns are called.
    """
    if mapping is not None:
        return own_csv.read(path, name or list_name(path), mapping)
    if path.is_dir():
        return _of_folder(path, name)
    source = source_of(path)
    snapshot = source.read(path, name or source.named(path))
    return replace(snapshot, entries=tuple(_apart(snapshot.entries)))


def list_files(path: Path) -> tuple[Path, ...]:
    """The file itself, or the lists of a folder in the order of their names, each by its first file."""
    if not path.is_dir():
        return (path,)
    files = [file for file in sorted(path.iterdir()) if file.is_file() and _is_list(file)]
    if not files:
        raise WatchlistError(str(path), "no file in this folder is a list", "name a folder with lists in it")
    return tuple(dict.fromkeys(source_of(file).files(file)[0] for file in files))


def _of_folder(folder: Path, name: str | None) -> Snapshot:
    """The one list of a folder, or the several of one authority and format as one."""
    lists = list_files(folder)
    sources = [source_of(file) for file in lists]
    if len(lists) == 1:
        return read_list(lists[0], name)
    if len(set(sources)) > 1 or not sources[0].official:
        what = f"holds {len(lists)} lists that do not belong together: {', '.join(f.name for f in lists)}"
        raise WatchlistError(str(folder), what, "name one of them")
    snapshots = [read_list(file) for file in lists]
    return replace(
        snapshots[0],
        name=name or sources[0].format,
        entries=tuple(entry for snapshot in snapshots for entry in snapshot.entries),
        date=max((snapshot.date for snapshot in snapshots if snapshot.date), default=None),
        digest=hashlib.sha256("".join(f"{snapshot.digest}\n" for snapshot in snapshots).encode()).hexdigest(),
        files=tuple(file for snapshot in snapshots for file in snapshot.files or (snapshot.path,)),
    )


def _is_list(file: Path) -> bool:
    """Whether the file says it is a list; a file that says so and is damaged is refused later."""
    if file.name.startswith("."):
        return False
    try:
        source_of(file)
    except WatchlistError:
        # A README beside the lists is no fault; a table or a document that may be a list is.
        if file.suffix.lower() in {".csv", ".tsv", ".xml", ".xlsx", ".json"}:
            raise
        return False
    return True


def _apart(entries: Iterable[PartyEntry]) -> Iterator[PartyEntry]:
    """The entries, the second of two with one number ending in `-2`: both are listed, whoever slipped."""
    seen: Counter[str] = Counter()
    for entry in entries:
        seen[entry.id] += 1
        if (number := seen[entry.id]) > 1:
            entry = replace(entry, id=f"{entry.id}-{number}", source_id=f"{entry.source_id}-{number}")
        yield entry


def _unknown(opening: Opening) -> WatchlistError:
    where, tag = str(opening.path), root_tag(opening)
    if opening.foreign:
        return not_utf8(opening.path, opening.foreign)
    if tag == "!DOCTYPE":
        return WatchlistError(
            where, "declares a document type, which no list does", "download the list again"
        )
    if tag:
        what = f"is XML with the root {tag[:40]!r}, which is no list that is known"
        remedy = "bring the XML of OFAC (SDN.XML, SDN_ENHANCED.XML), the EU or the UN, or CSV"
        return WatchlistError(where, what, remedy)
    what = "its first line has no column `name`, and it is no official list that is known"
    return WatchlistError(where, what, "a list of one's own is a CSV file with a column `name`")
