"""The lists that a user keeps: imported once, used from then on, with their date and age.

They stand in the user's data folder, or where `SCREENING_HOME` points. A list is copied in whole
before the one file that names it (`current.json`) is exchanged, so an import that fails, or stops
halfway, leaves what was there. The state before is kept.
"""

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_data_dir

from screening.errors import UsageError, WatchlistError
from screening.resources import HOME_VARIABLE
from screening.watchlists.entry import Snapshot
from screening.watchlists.slug import slug
from screening.watchlists.sources import read_list
from screening.watchlists.turn import turn

SHRINKS_TO = 0.9
"""A new state with fewer than this share of the entries is taken for a broken download."""
POINTER = "current.json"
_UNSAFE = re.compile(r"[^\w.-]+")
_STATE_DIGITS = 16
_AGAIN = "import the list again"


@dataclass(frozen=True, slots=True)
class ImportedList:
    """What is known of a kept list without reading it."""

    name: str
    format: str
    file: str
    digest: str
    entries: int
    names: int
    addresses: int
    identifiers: int
    imported_on: dt.date
    date: dt.date | None
    """When the list was drawn up, if its content or its file name says so."""
    previous: str | None
    """The digest of the state before, which is kept too."""

    @property
    def path(self) -> Path:
        """Where the list file stands; the folder of a list that is several files."""
        return _state(self.name, self.digest) / self.file

    @property
    def as_of(self) -> dt.date:
        """The date that the list's age counts from: its own, else the day of its import."""
        return self.date or self.imported_on

    def age(self, today: dt.date | None = None) -> int:
        """How many days old the list is."""
        return max(((today or _today()) - self.as_of).days, 0)

    def snapshot(self) -> Snapshot:
        """The parties of the list; WatchlistError when its file is gone or was changed."""
        snapshot = read_list(self.path, self.name)
        if snapshot.digest != self.digest:
            raise WatchlistError(str(self.path), "was changed after its import", _AGAIN)
        return replace(snapshot, date=self.as_of)


def import_list(
    path: Path, name: str | None = None, allow_shrink: bool = False, today: dt.date | None = None
) -> ImportedList:
    """The list as kept from now on, under `name` or what its format or file calls it.

    WatchlistError when it can't be read, and when it has shrunk as a broken download would.
    """
    snapshot = read_list(path, _safe_name(name))
    with _written_in_turn(snapshot.name):
        before = _current(_lists() / snapshot.name / POINTER)
        if before and not allow_shrink:
            _refuse_shrunken(path, snapshot, before)
        item = _described(snapshot, before, today or _today())
        _copy_in(path, snapshot, item)
        _exchange(item)
        _forget_older(item)
    return item


def confirmed(item: ImportedList, today: dt.date | None = None) -> ImportedList:
    """The list as it stands, which its publisher still gives on that day; a newer one that came since."""
    with _written_in_turn(item.name):
        now = _current(_lists() / item.name / POINTER)
        if now and now.digest != item.digest:
            return now
        current = replace(item, imported_on=today or _today())
        _exchange(current)
    return current


def fetched_record(item: ImportedList) -> Path:
    """Where it stands what servers said of the files of the list."""
    return _lists() / item.name / "fetched.json"


def imported() -> tuple[ImportedList, ...]:
    """Every kept list, in the order of their names; none where nothing was imported."""
    found = (_current(pointer) for pointer in sorted(_lists().glob(f"*/{POINTER}")))
    return tuple(item for item in found if item)


def home() -> Path:
    """The user's data folder; it need not be there yet."""
    return Path(os.environ.get(HOME_VARIABLE) or user_data_dir("diversion-screening", appauthor=False))


@contextmanager
def _written_in_turn(name: str) -> Iterator[None]:
    """Nobody else changes the list of that name; WatchlistError when it can't be written."""
    try:
        with turn(_lists() / name):
            yield
    except OSError as error:
        raise WatchlistError(str(_lists()), f"can't be written to: {error.strerror}", _other_home()) from None


def _lists() -> Path:
    return home() / "watchlists"


def _state(name: str, digest: str) -> Path:
    return _lists() / name / digest[:_STATE_DIGITS]


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _other_home() -> str:
    return f"point {HOME_VARIABLE} at a folder that can be"


def _safe_name(name: str | None) -> str | None:
    """The name, if it can be a folder and a watchlist; UsageError otherwise."""
    if name is not None and name != slug(name):
        raise UsageError(f"{name!r} can't name a list; small letters, digits and hyphens can: {slug(name)}")
    return name


def _refuse_shrunken(path: Path, snapshot: Snapshot, before: ImportedList) -> None:
    now, then = len(snapshot.entries), before.entries
    if now < then * SHRINKS_TO:
        what = f"has {now:,} entries, and the list {before.name} that it would replace has {then:,}"
        raise WatchlistError(str(path), what, "if that is right, import it with --allow-shrink")


def _described(snapshot: Snapshot, before: ImportedList | None, today: dt.date) -> ImportedList:
    previous = before.digest if before and before.digest != snapshot.digest else None
    return ImportedList(
        name=snapshot.name,
        format=snapshot.format,
        file="" if snapshot.files else _safe_file(snapshot.path),
        digest=snapshot.digest,
        entries=len(snapshot.entries),
        names=snapshot.names,
        addresses=snapshot.addresses,
        identifiers=snapshot.identifiers,
        imported_on=today,
        date=snapshot.date,
        previous=previous or (before.previous if before else None),
    )


def _copy_in(path: Path, snapshot: Snapshot, item: ImportedList) -> None:
    """Put the files of the list in their place; the copy is what was validated, or nothing is."""
    state = _state(item.name, item.digest)
    aside = state.with_name(f".{state.name}.{os.getpid()}")
    aside.mkdir(parents=True, exist_ok=True)
    try:
        for file in snapshot.files or (snapshot.path,):
            shutil.copyfile(file, aside / _safe_file(file))
        if read_list(aside / item.file, item.name).digest != item.digest:
            raise WatchlistError(str(path), "changed while it was imported", _AGAIN)
        state.mkdir(exist_ok=True)
        for file in sorted(aside.iterdir()):
            os.replace(file, state / file.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _safe_file(file: Path) -> str:
    return _UNSAFE.sub("_", file.name).lstrip(".") or "list"


def _exchange(item: ImportedList) -> None:
    """Make this state the current one, in one step."""
    pointer = _lists() / item.name / POINTER
    aside = pointer.with_name(f".{POINTER}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8") as file:
            json.dump(asdict(item), file, indent=2, default=str, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, pointer)
    finally:
        aside.unlink(missing_ok=True)


def _forget_older(item: ImportedList) -> None:
    kept = {digest[:_STATE_DIGITS] for digest in (item.digest, item.previous) if digest}
    for state in (_lists() / item.name).iterdir():
        if state.is_dir() and state.name not in kept:
            shutil.rmtree(state, ignore_errors=True)


def _current(pointer: Path) -> ImportedList | None:
    """The kept list that the file names, None where there is none."""
    try:
        return _told(json.loads(pointer.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise WatchlistError(str(pointer), "can't be read", f"remove its folder and {_AGAIN}") from None


def _told(facts: Mapping[str, str]) -> ImportedList:
    numbers = {name: int(facts[name]) for name in ("entries", "names", "addresses", "identifiers")}
    return ImportedList(
        name=facts["name"],
        format=facts["format"],
        file=facts["file"],
        digest=facts["digest"],
        imported_on=dt.date.fromisoformat(facts["imported_on"]),
        date=dt.date.fromisoformat(facts["date"]) if facts["date"] else None,
        previous=facts["previous"],
        **numbers,
    )
