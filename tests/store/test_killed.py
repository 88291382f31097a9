"""Whoever was answered finds the answer's work in the store once, however the process ended."""

import os
import subprocess
import sys
from pathlib import Path

from screening.store.audit import verify
from screening.store.database import Database
from screening.store.schema import ALERTS, SCREENINGS, SHIPMENTS
from tests.store.records import rows_of

REPOSITORY = Path(__file__).parents[2]
ANSWERS = 20


def answered_before_the_kill(url: str) -> int:
    """How many posts were answered by a process that was killed while it posted."""
    words = [sys.executable, "-m", "tests.store.writer", url]
    writer = subprocess.Popen(
        words,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    for _ in range(ANSWERS):
        writer.stdout.readline()
    writer.kill()
    told = ANSWERS + len(writer.stdout.read().splitlines())
    writer.stdout.close()
    writer.wait()
    return told


def test_what_was_answered_is_in_the_store_once_and_the_log_verifies(url: str) -> None:
    answered = answered_before_the_kill(url)
    with Database.open(url) as database:
        with database.reading() as tx:
            assert verify(tx).faults == []
        kept = [len(rows_of(database, table)) for table in (SHIPMENTS, SCREENINGS, ALERTS)]
        assert answered >= ANSWERS
        assert kept in ([5 * answered] * 3, [5 * (answered + 1)] * 3)
