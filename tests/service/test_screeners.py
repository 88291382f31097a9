"""A screener is exchanged when a file changes that it rests on: those too that the user keeps."""

from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.flows.keeping import keep_corridors
from screening.service.screeners import Screeners
from screening.service.settings import Settings
from screening.watchlists.corridors import COLUMNS

ENTRY = "de-kg,DE,KG,total,{},0.5,2023-01-01,,computed,Comext,,2026-11-21,\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def corridors(folder: Path, measure: str = "gap") -> Path:
    file = folder / "lanes.csv"
    file.write_text(",".join(COLUMNS) + "\n" + ENTRY.format(measure))
    return file


def test_a_list_of_corridors_that_the_user_keeps_is_taken_up_and_let_go(
    settings: Settings, home: Path, tmp_path: Path
) -> None:
    screeners = Screeners.load(settings)
    bundled = len(screeners.current.lists.corridors)
    assert not screeners.look()
    kept, _ = keep_corridors(corridors(tmp_path))
    assert screeners.look() and len(screeners.current.lists.corridors) == bundled + 1
    assert not screeners.look()
    kept.unlink()
    assert screeners.look() and len(screeners.current.lists.corridors) == bundled


def test_corridors_that_cannot_be_read_change_nothing(settings: Settings, home: Path) -> None:
    screeners = Screeners.load(settings)
    before = screeners.current
    (home / "corridors").mkdir(parents=True)
    corridors(home / "corridors", "colour")
    with pytest.raises(WatchlistError, match="colour"):
        screeners.look()
    assert screeners.current is before and not screeners.look()
