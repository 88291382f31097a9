"""What can't be used is refused in a line; two runs at once never mix."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.history import sqlite
from screening.history.asked import Asked
from screening.history.history import History
from tests.history.books import LISTS, RULES, book_of, post, row

ASKED = Asked.by(RULES)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with History(tmp_path / "h.db") as history:
        post(history, book_of(tmp_path, *(row(shipment_id=f"A{n}") for n in range(50))))
    return tmp_path / "h.db"


def refused(place: Path, what: str) -> None:
    book = book_of(place.parent, row(shipment_id="B"))
    with pytest.raises(InputError, match=what) as told:
        post(History(place), book)
    assert str(told.value).startswith(str(place))
    assert "\n" not in str(told.value)


def test_a_history_in_use_is_refused_after_a_while(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    with History(place) as first, first.turn(ASKED, LISTS):
        refused(place, "in use by another run")
    post(History(place), book_of(place.parent, row(shipment_id="B")))


def test_runs_at_once_wait_for_each_other(place: Path, tmp_path: Path) -> None:
    work = (
        "import sys; from pathlib import Path; from tests.history.books import *\n"
        "folder = Path(sys.argv[2]); folder.mkdir()\n"
        "for n in range(5):\n"
        "    post(History(sys.argv[1]), book_of(folder, row(shipment_id=folder.name + str(n))))"
    )
    words = [[sys.executable, "-c", work, str(place), str(tmp_path / name)] for name in ("one", "two")]
    both = [subprocess.Popen(one, cwd=Path(__file__).parents[2]) for one in words]
    assert [one.wait() for one in both] == [0, 0]
    holding = History(place).holding()
    assert (holding.runs, holding.shipments) == (11, 60)


def test_a_file_that_is_cut_short_is_damaged(place: Path) -> None:
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    refused(place, "damaged")


def test_bent_bytes_in_a_block_are_damage(place: Path) -> None:
    driver = sqlite3.connect(place)
    driver.execute("UPDATE screening_blocks SET content = zeroblob(length(content))")
    driver.commit()
    refused(place, "damaged; restore it from a copy")


def test_a_newer_history_is_left_to_the_newer_version(place: Path) -> None:
    driver = sqlite3.connect(place)
    driver.execute("UPDATE screening_history SET schema = 99")
    driver.commit()
    refused(place, "of a newer version")


def test_a_file_that_may_not_be_written_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_HISTORY", replace(sqlite._HISTORY, settings=["query_only = ON"]))
    refused(place, "no permission to write")


def test_a_history_that_is_removed_meanwhile_is_told(tmp_path: Path) -> None:
    history = History(tmp_path / "h.db")
    (tmp_path / "h.db").unlink()
    with pytest.raises(InputError, match=r"removed|can't be opened"):
        (tmp_path / "h.db").mkdir()
        post(history, book_of(tmp_path, row(shipment_id="A")))


def test_a_password_is_not_shown() -> None:
    with pytest.raises(InputError) as told:
        post(History("nosuch://me:secret@host/db"), book_of(Path(), row()))
    assert "secret" not in str(told.value)
