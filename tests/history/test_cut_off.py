"""A run that is killed at any step leaves the history and its outputs as before, or as after."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from screening.history.asked import Asked
from screening.history.history import History
from tests.history.books import LISTS, book_of, csv_file, post, row
from tests.history.runs import screened_to

ROOT = Path(__file__).parents[2]
OUTPUTS = ("out.jsonl", "out.jsonl.manifest.json", "out.jsonl.rejects.csv")
BEFORE, AFTER = (1, 1), (2, 2)
"""Runs and shipments in the history."""


def killed_before(step: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """The run over the second day, killed before a step; 0 is none."""
    words = [sys.executable, "-m", "tests.history.cut_off", "second.csv", "out.jsonl", "h.db", str(step)]
    there = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(words, cwd=folder, env=there, capture_output=True, text=True, check=False)


def begun(folder: Path) -> Path:
    """A folder with a history of one day, and the file of the next."""
    folder.mkdir()
    csv_file(folder, "second.csv", [row(shipment_id="B"), row(shipment_id="C", shipment_date="nonsense")])
    post(History(folder / "h.db"), book_of(folder, row(shipment_id="A"), name="first.csv"))
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS if (folder / name).exists()}


def held(folder: Path) -> tuple[int, int]:
    with History(folder / "h.db") as history:
        holding = history.holding()
        return holding.runs, holding.shipments


def look_in(folder: Path) -> None:
    """Whatever is done next with the history, here by a run that fails."""
    with History(folder / "h.db") as history, pytest.raises(KeyError), history.turn(Asked.by(()), LISTS):
        raise KeyError


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], int]:
    """What a run that is not cut off leaves, and its steps."""
    folder = begun(tmp_path_factory.mktemp("whole") / "run")
    done = killed_before(0, folder)
    assert done.returncode == 0, done.stderr
    return outputs(folder), int(done.stdout)


def test_a_run_that_is_killed_at_any_step_is_wholly_done_or_not_at_all(
    whole: tuple[dict[str, bytes], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, steps = whole
    seen = set()
    for step in range(1, steps + 1):
        folder = begun(tmp_path / str(step))
        assert killed_before(step, folder).returncode == -signal.SIGKILL
        assert outputs(folder).items() <= expected.items()
        look_in(folder)
        seen.add(held(folder))
        assert outputs(folder) == ({} if held(folder) == BEFORE else expected)
        # The database clears its own journal away when it next writes.
        there = {"first.csv", "second.csv", "h.db", *outputs(folder)}
        assert {path.name for path in folder.iterdir()} - {"h.db-journal"} == there
        monkeypatch.chdir(folder)
        screened_to("second.csv", "out.jsonl", "h.db")
        assert (outputs(folder), held(folder)) == (expected, AFTER)
    assert seen == {BEFORE, AFTER}


def test_the_same_file_again_is_wholly_written_or_not_at_all(
    whole: tuple[dict[str, bytes], int], tmp_path: Path
) -> None:
    expected, _ = whole
    folder = begun(tmp_path / "again")
    killed_before(0, folder)
    steps = int(killed_before(0, folder).stdout)
    left = set()
    for step in range(steps // 2, steps + 1):
        for name in OUTPUTS:
            (folder / name).unlink(missing_ok=True)
        killed_before(step, folder)
        look_in(folder)
        left.add(len(outputs(folder)))
        assert outputs(folder) in ({}, expected)
    assert left == {0, len(expected)}
