"""Lists of corridors: every cell is what it should be, or named."""

from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.corridors import COLUMNS, corridor_entries
from screening.watchlists.lists import ListCatalogue

ROW = "a,EE,KG,total,gap,0.95,2023-01-01,,computed,Eurostat,,2024-01-01,"


def listed(folder: Path, row: str) -> Path:
    path = folder / "lanes.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    return path


def test_an_entry_is_read(tmp_path: Path) -> None:
    ((entry,), _) = corridor_entries(listed(tmp_path, ROW), "corridors/lanes")
    assert (entry.origin, entry.destination, entry.measure, entry.value) == ("EE", "KG", "gap", 0.95)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("EE", "Atlantis", "is no country"),
        ("total", "chips", "neither total, chpl nor a code"),
        ("gap", "hole", "is none of gap, surge, score"),
        ("0.95", "much", "no plain number"),
        ("computed", "guessed", "neither published nor computed"),
        ("Eurostat", "", "is blank"),
        ("2023-01-01,", "2023-01-01,2022-01-01", "is before from"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(WatchlistError, match=fault):
        corridor_entries(listed(tmp_path, ROW.replace(old, new, 1)), "corridors/lanes")


def test_what_the_user_keeps_joins_the_bundled_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path))
    before = ListCatalogue.load()
    (tmp_path / "corridors").mkdir()
    listed(tmp_path / "corridors", ROW)
    after = ListCatalogue.load()
    assert len(after.corridors) == len(before.corridors) + 1
    assert after.digest != before.digest
