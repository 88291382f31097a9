"""A worker's hold on its job: it lasts as long as the store says so, and everything is written under it."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from screening.errors import StoreError
from screening.service.jobs.ending import LOST
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.casework.policy import WorkPolicy, read_work_policy
from screening.store.database import Database
from screening.store.transaction import Writing

BEAT = 3.0
"""Seconds between two signs of life."""


@dataclass(slots=True)
class Hold:
    """One job in the hands of this process, and how far it is."""

    settings: Settings
    database: Database
    job_id: str
    worker: str
    rows: int = 0
    total: int | None = None

    @property
    def policy(self) -> WorkPolicy:
        """How alerts are worked off."""
        named = self.settings.work_policy
        return read_work_policy(Path(named) if named else None)

    def write(self, work: Callable[[Writing], bool]) -> None:
        """Writes what the job comes to; ends the process when the job is another's by now."""
        if not self.database.write(work):
            os._exit(LOST)

    def beat_on(self) -> None:
        """Says every few seconds that somebody works on the job; a store that is away may come back."""
        pause = threading.Event()
        while not pause.wait(BEAT):
            with suppress(StoreError):
                self.write(lambda tx: jobs.beat(tx, self.job_id, self.worker, self.rows, self.total))
