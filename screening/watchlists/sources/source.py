"""What a module of a list format offers: how to know such a file, and how to read it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from screening.watchlists.entry import Snapshot
from screening.watchlists.opening import Opening


def alone(path: Path) -> tuple[Path, ...]:
    """The file itself: most lists are one."""
    return (path,)


@dataclass(frozen=True, slots=True)
class Source:
    """One format of list files."""

    format: str
    official: bool
    """An authority's format, whose watchlists are named by the format and not by the file."""
    recognises: Callable[[Opening], bool]
    read: Callable[[Path, str], Snapshot]
    """The snapshot of a file, called by the name given."""
    named: Callable[[Path], str]
    """What the list in a file is called when nobody says otherwise."""
    files: Callable[[Path], tuple[Path, ...]] = alone
    """The files that make the list of which the file is one, the one to read it by first."""
