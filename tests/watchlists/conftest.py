"""List files written for one test, and parties to match."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.parties import PartyList

ListFile = Callable[..., Path]


@pytest.fixture
def list_file(tmp_path: Path) -> ListFile:
    """A file of that name with these lines."""

    def written(*lines: str, name: str = "mine.csv") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written


@pytest.fixture
def no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that is not there yet."""
    home = tmp_path / "home"
    monkeypatch.setenv("SCREENING_HOME", str(home))
    return home


@pytest.fixture
def looked_for() -> Callable[..., PartyList]:
    """A list of these parties, each given by the fields that matter; ids are `mine:1`, `mine:2`, ..."""

    def parties(*fields: dict[str, object]) -> PartyList:
        entries = tuple(
            PartyEntry(
                **{"id": f"mine:{n}", "source_id": str(n), "watchlist": "mine", "source": "test", **given}  # type: ignore[arg-type]
            )
            for n, given in enumerate(fields, 1)
        )
        return PartyList([Snapshot("own-csv", "mine", entries, None, "", Path("mine.csv"))])

    return parties
