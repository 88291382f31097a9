"""Official lists kept up to date from the addresses at which their publishers put them.

A refresh exchanges a list for a newer one that was fetched whole, read whole and found sound, or it
leaves what was there and says in a line what happened. It is the only part that goes to the network.
"""

import datetime as dt
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from screening.errors import UsageError, WatchlistError
from screening.watchlists.download import Limits, Validators, download, refuse_unsafe
from screening.watchlists.slug import slug
from screening.watchlists.sources import source_of
from screening.watchlists.store import ImportedList, confirmed, fetched_record, import_list, imported
from screening.watchlists.table import read_table

ADDRESSES = Path(__file__).parent / "official_addresses.csv"
USUAL_LIMITS = Limits()
_COLUMNS = frozenset({"list", "file", "format", "url"})

Outcome = Literal["new", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """One file of an official list, and where its publisher puts it."""

    list: str
    file: str
    format: str
    url: str
    publisher: str
    source: str
    """Where the publisher names the address."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of one list."""

    list: str
    outcome: Outcome
    sentence: str


def official_files(addresses: Path = ADDRESSES) -> dict[str, tuple[OfficialFile, ...]]:
    """The files of each official list by its name; WatchlistError for an address that can't be used."""
    table = read_table(addresses)
    if missing := sorted(_COLUMNS - table.columns):
        raise WatchlistError(str(addresses), f"has no column {', '.join(missing)}", "add it")
    files: dict[str, tuple[OfficialFile, ...]] = {}
    for row in table.rows:
        cells = ("list", "file", "format", "url")
        told = [row.required(name) for name in cells] + [row.text("publisher"), row.text("source")]
        file = OfficialFile(*told)
        if file.list != slug(file.list) or Path(file.file).name != file.file or file.file.startswith("."):
            row.fault("file", "a list has a name of small letters and hyphens, and its file a plain name")
        files[file.list] = (*files.get(file.list, ()), file)
    table.sound()
    return files


def refresh(
    names: Sequence[str] = (),
    addresses: Path = ADDRESSES,
    allow_shrink: bool = False,
    limits: Limits = USUAL_LIMITS,
    today: dt.date | None = None,
) -> Iterator[Refreshed]:
    """What came of each list, one after the other; without names, of every official list that is imported.

    UsageError for a name that is no official list, and where there is nothing to refresh.
    """
    official = official_files(addresses)
    kept = {item.name: item for item in imported()}
    chosen = tuple(dict.fromkeys(names)) or tuple(name for name in official if name in kept)
    if unknown := [name for name in chosen if name not in official]:
        raise UsageError(f"{unknown[0]} is no official list; there are {', '.join(official)}")
    if not chosen:
        raise UsageError(f"no official list is imported yet; name those that you want: {', '.join(official)}")
    for name in chosen:
        yield _refreshed(official[name], kept.get(name), allow_shrink, limits, today)


def _refreshed(
    files: Sequence[OfficialFile],
    before: ImportedList | None,
    allow_shrink: bool,
    limits: Limits,
    today: dt.date | None,
) -> Refreshed:
    name = files[0].list
    try:
        for file in files:
            refuse_unsafe(file.url)
        with TemporaryDirectory(prefix="screening-") as folder:
            return _exchanged(Path(folder), files, before, allow_shrink, limits, today)
    except WatchlistError as error:
        stays = f"the list of {before.as_of} stays" if before else "there is no such list yet"
        return Refreshed(name, "failed", f"{name}: {error} ({stays})")
    except OSError as error:
        return Refreshed(name, "failed", f"{name}: {error.strerror or error}; what was there stays")


def _exchanged(
    folder: Path,
    files: Sequence[OfficialFile],
    before: ImportedList | None,
    allow_shrink: bool,
    limits: Limits,
    today: dt.date | None,
) -> Refreshed:
    name = files[0].list
    known = _known(before)
    found = {file.url: _fetched(folder / file.file, file, known, before, limits) for file in files}
    if before and not any(found.values()):
        return _unchanged(confirmed(before, today))
    item = _imported(folder, files, allow_shrink, today)
    _remember(item, {url: new or known.get(url, Validators()) for url, new in found.items()})
    if before and item.digest == before.digest:
        return _unchanged(item)
    then = f"{before.entries:,} before" if before else "new"
    told = f"{name}: {item.entries:,} entries ({then}), as of {item.as_of}"
    return Refreshed(name, "updated" if before else "new", told)


def _unchanged(item: ImportedList) -> Refreshed:
    told = f"{item.name}: as it was, {item.entries:,} entries, as of {item.as_of}"
    return Refreshed(item.name, "unchanged", told)


def _fetched(
    to: Path,
    file: OfficialFile,
    known: Mapping[str, Validators],
    before: ImportedList | None,
    limits: Limits,
) -> Validators | None:
    """The new file, or the one in use where nothing changed: None then."""
    found = download(file.url, to, known.get(file.url, Validators()), limits)
    if found is None and before:
        shutil.copyfile(before.path / to.name if before.path.is_dir() else before.path, to)
    return found


def _imported(
    folder: Path, files: Sequence[OfficialFile], allow_shrink: bool, today: dt.date | None
) -> ImportedList:
    """The files as the list in use; WatchlistError, that names the address, when they can't be."""
    path = folder / files[0].file if len(files) == 1 else folder
    try:
        _refuse_other_formats(folder, files)
        return import_list(path, files[0].list, allow_shrink, today)
    except WatchlistError as error:
        where = error.where
        for file in files:
            where = where.replace(str(folder / file.file), file.url)
        where = where.replace(str(folder), f"the files of {files[0].list}")
        raise WatchlistError(where, error.what, error.remedy) from None


def _refuse_other_formats(folder: Path, files: Iterable[OfficialFile]) -> None:
    for file in files:
        if (found := source_of(folder / file.file).format) != file.format:
            what = f"is {found} and not {file.format}"
            raise WatchlistError(file.url, what, "the address may have changed")


def _known(before: ImportedList | None) -> dict[str, Validators]:
    """What the servers said of the list in use; nothing when it was imported otherwise since."""
    if before is None or not before.path.exists():
        return {}
    try:
        told: dict[str, Any] = json.loads(fetched_record(before).read_text(encoding="utf-8"))
        if told["digest"] != before.digest:
            return {}
        return {url: Validators(**validators) for url, validators in told["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _remember(item: ImportedList, found: Mapping[str, Validators]) -> None:
    """Losing this costs a download; so it is not written with the care that the list is."""
    told = {"digest": item.digest, "files": {url: v.record for url, v in found.items()}}
    fetched_record(item).write_text(json.dumps(told, indent=2), encoding="utf-8")
