"""A run that was cut off anywhere is gone on with by the same command, and ends as if nothing had been."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from screening.errors import InputError
from screening.passes.folder import Parts
from tests.passes.books import outputs, screened, write

ROWS = 1_200
BATCH = 150


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("book") / "in.csv", ROWS)


@pytest.fixture(scope="module")
def undisturbed(source: Path) -> list[bytes]:
    output = source.parent / "whole.jsonl"
    screened(source, output, batch_rows=BATCH)
    return outputs(output)


class Mortal:
    """Parts of which so many are made before the end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, most: int, end: BaseException) -> None:
        self.made, self._most, self._end, self._making = 0, most, end, Parts.making
        monkeypatch.setattr(Parts, "making", self._mortal())

    def _mortal(self) -> Any:
        @contextmanager
        def making(parts: Parts, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
            with self._making(parts, name) as made:
                if self.made == self._most:
                    (made[0] / "half.arrow").write_bytes(b"half")
                    raise self._end
                yield made
            self.made += 1

        return making


def test_what_was_done_is_not_done_again(
    source: Path, undisturbed: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, made, cuts = tmp_path / "out.jsonl", [], (6, 3, 5, 4, 2, 7, 1_000)
    for most in cuts:
        with monkeypatch.context() as patch:
            mortal = Mortal(patch, most, KeyboardInterrupt())
            try:
                screened(source, output, batch_rows=BATCH)
            except KeyboardInterrupt:
                assert not output.exists()
            made.append(mortal.made)
    assert made[:-1] == list(cuts[:-1])
    assert outputs(output) == undisturbed


def test_a_full_disk_is_told_and_gone_on_from(
    source: Path, undisturbed: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.jsonl"
    with monkeypatch.context() as patch:
        Mortal(patch, 8, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        with pytest.raises(InputError, match="no space left on device; free space"):
            screened(source, output, batch_rows=BATCH)
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl.work"]
    assert (screened(source, output, batch_rows=BATCH), outputs(output))[1] == undisturbed


@pytest.mark.parametrize("changed", ["input", "rules", "all"])
def test_what_was_made_for_something_else_is_not_used(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    book, output = tmp_path / "in.csv", tmp_path / "out.jsonl"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    book.write_text("".join(lines), encoding="utf-8")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        Mortal(patch, 20, KeyboardInterrupt())
        screened(book, output, batch_rows=BATCH)
    if changed == "input":
        book.write_text("".join(lines[:1] + lines[5:]), encoding="utf-8")
    asked: dict[str, Any] = {"everything": changed == "all", "batch_rows": BATCH}
    asked |= {"batch_rows": BATCH + 1} if changed == "rules" else {}
    screened(book, output, **asked)
    again = tmp_path / "again.jsonl"
    screened(book, again, **asked)
    assert outputs(output) == outputs(again)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_killed_ends_with_the_same_bytes(
    source: Path, undisturbed: list[bytes], tmp_path: Path, workers: int
) -> None:
    output, rng = tmp_path / "out.jsonl", random.Random(workers)
    words = ["screen", str(source), "--output", str(output)]
    words += ["--workers", str(workers), "--batch-rows", str(BATCH)]
    for _ in range(3):
        running = subprocess.Popen([sys.executable, "-m", "screening", *words], stderr=subprocess.DEVNULL)
        begun = time.monotonic()
        while running.poll() is None and not (tmp_path / "out.jsonl.work" / "read").exists():
            assert time.monotonic() - begun < 60
            time.sleep(0.01)
        time.sleep(rng.uniform(0, 1.5))
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run([sys.executable, "-m", "screening", *words], stderr=subprocess.DEVNULL, check=True)
    assert outputs(output) == undisturbed
