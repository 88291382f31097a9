import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists import turn as turns
from screening.watchlists.turn import turn

HOLDING = """
import sys, time
from pathlib import Path
from screening.watchlists.turn import turn
with turn(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another process that has the turn."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout and one.stdout.readline() == "mine\n"
        yield one
        one.kill()


def test_a_turn_that_another_has_is_waited_for_and_then_told_of(
    tmp_path: Path, holder: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with pytest.raises(WatchlistError, match="is being imported by another run"), turn(tmp_path):
        raise AssertionError("two have the turn")


def test_a_process_that_is_killed_leaves_the_turn(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    holder.kill()
    with turn(tmp_path):
        assert (tmp_path / ".turn").exists()
