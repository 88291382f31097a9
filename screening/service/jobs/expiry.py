"""Files of jobs hold what shipments said, and nobody needs them for ever: some days after its end a job's go.

What came of the job stays in the store, and the job says that its files are gone. Files go too that stopped
coming in: their service was killed, and no job was made of them.
"""

import logging
import threading
import time
from contextlib import suppress

from screening.errors import ScreeningError
from screening.service.jobs.folder import JobFolder, jobs_folder, unfinished
from screening.service.settings import Settings
from screening.store import job_files, runs
from screening.store.database import Database
from screening.store.job_files import Why

EVERY = 3_600.0
"""Seconds between two looks for files whose days are over."""
ABANDONED = 86_400.0
"""Seconds after which nothing more is expected of a file that was coming in."""
_LOG = logging.getLogger("screening.jobs")


class Expiry:
    """Removes files whose days are over, now and every hour, until it is closed."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings, self._database = settings, database
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="expiry", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Removes no more."""
        self._closed.set()
        self._thread.join()

    def _serve(self) -> None:
        due = True
        while due:
            with suppress(ScreeningError):
                remove_unfinished(self._settings)
                remove_overdue(self._settings, self._database)
            due = not self._closed.wait(EVERY)


def remove_unfinished(settings: Settings) -> None:
    """Files that stopped coming in are gone."""
    for folder in unfinished(settings, time.time() - ABANDONED):
        folder.remove()


def remove_overdue(settings: Settings, database: Database) -> None:
    """The files of jobs that ended too long ago are gone, unless the settings keep all."""
    if not settings.jobs_days:
        return
    with database.reading() as tx:
        overdue = job_files.overdue(tx, settings.jobs_days)
    for job_id in overdue:
        remove_files(settings, database, job_id, runs.SYSTEM, "their days are over")


def remove_files(settings: Settings, database: Database, job_id: str, actor: str, why: Why) -> bool:
    """Whether the files of the job are gone; where there is no folder of jobs at all, they are elsewhere."""
    folder = JobFolder.of(settings, job_id)
    folder.remove()
    if folder.path.exists() or not jobs_folder(settings).is_dir():
        _LOG.warning("the files of job %s can't be removed", job_id)
        return False
    database.write(lambda tx: job_files.removed(tx, job_id, actor, why))
    return True
