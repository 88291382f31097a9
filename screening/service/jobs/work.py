"""What the process of a job does: it takes the part that its kind asks for, and says that it is still at it.

    python -m screening.service.jobs.work JOB WORKER

It is started by the thread that looks after jobs (`runner.py`) and ends with it. Killed at any moment, it
leaves parts that the next one goes on from, and in the store how far it was.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import RowMapping

from screening.errors import ScreeningError, StoreError
from screening.service.jobs.ending import AGAIN, LOST
from screening.service.jobs.file import screen_file
from screening.service.jobs.hold import Hold
from screening.service.jobs.refreshing import refresh_lists
from screening.service.jobs.rescreening import screen_again
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.database import Database

_POLITE = 10
"""Requests go before jobs."""
_FIRST_TO_GO = "500"
"""What the kernel adds to the process, of a thousand, when it looks for what to end for want of memory."""
_KINDS: Mapping[str, Callable[[Hold, RowMapping], None]] = {
    "file": screen_file,
    "refresh": refresh_lists,
    "rescreening": screen_again,
}


def main() -> None:
    """Works on the job that the arguments name."""
    _end_with_parent()
    _give_way()
    try:
        _work(Settings.read())
    except StoreError as error:
        raise SystemExit(AGAIN) from error


def _work(settings: Settings) -> None:
    with Database.open(settings.database.get_secret_value(), make=False) as database:
        hold = Hold(settings, database, sys.argv[1], sys.argv[2])
        threading.Thread(target=hold.beat_on, daemon=True).start()
        work_on(hold)


def work_on(hold: Hold) -> None:
    """The job is done, or failed for a reason that its owner can mend."""
    try:
        with hold.database.reading() as tx:
            job = jobs.job(tx, hold.job_id)
        _KINDS[job["kind"]](hold, job)
    except StoreError:
        # That is not the job's fault: another attempt may find the store again.
        raise
    except ScreeningError as error:
        fault = str(error)
        hold.database.write(lambda tx: jobs.fail(tx, hold.job_id, hold.worker, fault))


def _give_way() -> None:
    """The service goes before the job: its requests, and its life where memory runs out."""
    os.nice(_POLITE)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    # Else an interrupt is raised wherever the job is, and may be taken there for something else.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _end_with_parent() -> None:
    """However the parent ends, its end of the pipe is closed then."""

    def wait() -> None:
        # The file of `sys.stdin` holds a lock that a process can't end without.
        while os.read(0, 1):
            pass
        os._exit(LOST)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    main()
