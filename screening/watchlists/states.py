"""The states of a list that can be compared: a file, a kept list by its name, and what was kept before it."""

from pathlib import Path

from screening.errors import WatchlistError
from screening.watchlists.store import ImportedList, imported

PREVIOUS = "@previous"


def state_path(named: str) -> Path:
    """Where the state stands: a file or folder, a kept list by its name, or `NAME@previous`.

    WatchlistError when it is none of them.
    """
    if Path(named).exists():
        return Path(named)
    kept = {item.name: item for item in imported()}
    item = kept.get(named.removesuffix(PREVIOUS))
    if item is None:
        there = f"; imported are {', '.join(kept)}" if kept else ""
        raise WatchlistError(named, "is no file and no imported list", f"check the name{there}")
    return previous_path(item) if named.endswith(PREVIOUS) else item.path


def previous_path(item: ImportedList) -> Path:
    """Where the state before the current one stands; WatchlistError when there is none."""
    state = item.path.parent if item.file else item.path
    before = state.with_name((item.previous or "")[: len(state.name)] or "none")
    files = sorted(before.iterdir()) if before.is_dir() else []
    if not files:
        raise WatchlistError(item.name, "has no state before the current one", "name a file to compare with")
    return files[0] if len(files) == 1 else before
