"""Looks after the jobs of a store: a thread in each worker process that starts a process for each job.

It takes a job when fewer are under way than may be; so many services on one store share the work, and the
jobs of a service that is gone are taken over when they have been silent for a while.
"""

import logging
import os
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from screening.errors import ScreeningError
from screening.service.jobs.ending import blamed, told
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import Kind

POLL = 1.0
"""Seconds between two looks for a job."""
OUTLIVED = 1.0
"""Seconds after the end of a process in which its service may turn out to be ending too."""
_LOG = logging.getLogger("screening.jobs")


class JobRunner:
    """Takes jobs of some kinds one after the other until it is closed."""

    def __init__(
        self, settings: Settings, database: Database, kinds: Sequence[Kind] = ("file",), at_once: int = 1
    ) -> None:
        self._settings, self._database = settings, database
        self._kinds, self._at_once = kinds, at_once
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="jobs", daemon=True)
        if at_once:
            self._thread.start()

    def close(self) -> None:
        """Stops the job that is under way, which another one goes on with, and takes no more."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            with suppress(ScreeningError):
                if self._work():
                    continue
            self._stopping.wait(POLL)

    def _work(self) -> bool:
        """Whether there was a job to do."""
        taken = self._database.write(lambda tx: jobs.take(tx, self._name, self._at_once, self._kinds))
        if taken is not None:
            self._done_by_process(taken["id"])
        return taken is not None

    def _done_by_process(self, job_id: str) -> None:
        """Waits for the process of the job, which another one goes on with where it ends in its midst."""
        words = [sys.executable, "-m", "screening.service.jobs.work", job_id, self._name]
        environment = {**os.environ, **self._settings.environment(), "POLARS_MAX_THREADS": "1"}
        with subprocess.Popen(words, env=environment, stdin=subprocess.PIPE) as process:
            while process.poll() is None and not self._stopping.wait(0.1):
                pass
            process.kill()
        if process.returncode:
            self._left(job_id, process.returncode)

    def _left(self, job_id: str, returncode: int) -> None:
        """The job waits again; an end of its process is counted where it is the job's own."""
        ended = told(returncode)
        # What ended the process may be about to end the service.
        if self._stopping.wait(OUTLIVED) or not blamed(returncode):
            self._database.write(lambda tx: jobs.give_back(tx, job_id, self._name))
            return
        _LOG.warning("the process of job %s ended %s", job_id, ended)
        self._database.write(lambda tx: jobs.count_attempt(tx, job_id, self._name, ended))
