"""The lists behind a result, with their dates and ages: a screening is as good as they are."""

import datetime as dt
from collections.abc import Iterable, Iterator

from screening.cli.printing import Page, counted
from screening.watchlists.entry import Snapshot
from screening.watchlists.store import imported

OLD_AFTER = 30
"""Days after which an official list is likely to lack a listing that matters."""
NO_SANCTIONS_LIST = (
    "The bundled firms are examples chosen from public sources. They are not a sanctions list, and no "
    "list of anybody's authority."
)
BRING_A_LIST = "screening watchlists import FILE"
"""The command that mends a missing or an old list."""
HEADERS = ("list", "format", "entries", "names", "date", "age", "origin")
NUMBERS = ("entries", "names")


def today() -> dt.date:
    """The day on which the command is run."""
    return dt.datetime.now(dt.UTC).date()


def age(day: dt.date | None) -> str:
    """How old a list of that day is."""
    return "" if day is None else counted(max((today() - day).days, 0), "day")


def origin(snapshot: Snapshot) -> str:
    """Where a list comes from: bundled, imported, or named for this run."""
    if snapshot.bundled:
        return "bundled"
    kept = {item.path for item in imported()}
    return "imported" if snapshot.path in kept else f"named: {snapshot.path}"


def list_rows(snapshots: Iterable[Snapshot]) -> Iterator[tuple[str, ...]]:
    """A row of `HEADERS` for each list."""
    for s in snapshots:
        date = s.date.isoformat() if s.date else ""
        yield s.name, s.format, f"{len(s.entries):,}", f"{s.names:,}", date, age(s.date), origin(s)


def list_sentence(snapshot: Snapshot) -> str:
    """A list in a line."""
    size = counted(len(snapshot.entries), "entry", "entries")
    dated = f", of {snapshot.date} ({age(snapshot.date)} old)" if snapshot.date else ""
    return f"{snapshot.name}: {size}{dated}, {origin(snapshot)}"


def old_lists() -> Iterator[str]:
    """A warning for each imported list that is old."""
    for item in imported():
        days = item.age(today())
        if days > OLD_AFTER:
            newer = f"bring a newer one with `{BRING_A_LIST}`"
            yield f"the imported list {item.name} is {days:,} days old ({item.as_of}); {newer}"


def warn_of_old_lists(page: Page) -> None:
    """Prints the warnings."""
    for warning in old_lists():
        page.line(f"warning: {warning}", "yellow")
