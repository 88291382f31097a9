"""What the process of a job does: screens its file, and puts the alerts into the store, each once.

    python -m screening.service.jobs.work JOB WORKER

It is started by the thread that looks after jobs (`runner.py`) and ends with it. Killed at any moment, it
leaves parts that the next one goes on from, and in the store how many of the alerts are there.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from screening.errors import ScreeningError, StoreError
from screening.io.writers.joined import join_alerts
from screening.options import prepare
from screening.passes.progress import Told
from screening.run import run
from screening.screener import Screener
from screening.service import keeping
from screening.service.jobs.folder import JobFolder, options
from screening.service.settings import Settings
from screening.service.suppressing import Suppressing
from screening.store import jobs
from screening.store.canonical import canonical
from screening.store.casework.policy import WorkPolicy, read_work_policy
from screening.store.database import Database
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing
from screening.written import WrittenRecord

BEAT = 3.0
"""Seconds between two signs of life."""
AT_ONCE = 500
"""Alerts of one transaction."""
_POLITE = 10
"""Requests go before jobs."""
LOST = 3
"""Ends a process whose job is another's by now."""


def main() -> None:
    """Works on the job that the arguments name."""
    _end_with_parent()
    os.nice(_POLITE)
    settings = Settings.read()
    with Database.open(settings.database.get_secret_value(), make=False) as database:
        policy = read_work_policy(Path(settings.work_policy) if settings.work_policy else None)
        work = Work(settings, database, policy, sys.argv[1], sys.argv[2])
        threading.Thread(target=work.beat_on, daemon=True).start()
        work.go_or_tell()


@dataclass(slots=True)
class Work:
    """One job, and how far it is."""

    settings: Settings
    database: Database
    policy: WorkPolicy
    job_id: str
    worker: str
    rows: int = 0
    total: int | None = None
    _over: threading.Event = field(default_factory=threading.Event)

    def go_or_tell(self) -> None:
        """The job is done, or failed for a reason that its owner can mend."""
        try:
            self.go()
        except StoreError:
            # That is not the file's fault: another attempt may find the store again.
            raise
        except ScreeningError as error:
            fault = str(error)
            self.database.write(lambda tx: jobs.fail(tx, self.job_id, self.worker, fault))

    def go(self) -> None:
        """The job is done. Raises ScreeningError where its file can't be screened."""
        with self.database.reading() as tx:
            job = jobs.job(tx, self.job_id)
        folder = JobFolder.of(self.settings, self.job_id)
        os.chdir(folder.path)
        asked = options(job["file"], self.settings, bool(job["everything"]))
        screener = Suppressing(self.database, time.monotonic).applied(prepare(asked))
        before: int = job["kept"]
        if _run_of(folder) != screener.run:
            run(asked, screener, self._watch)
            join_alerts(folder.table, [folder.alerts], _columns(folder))
            # What others have kept came of other rules or lists, and stands besides.
            self._write(lambda tx: jobs.kept(tx, self.job_id, self.worker, before, 0))
            before = 0
        self._keep(folder, screener, job["principal"], before)
        counts = json.loads(folder.manifest.read_text(encoding="utf-8"))["counts"]
        self._write(lambda tx: jobs.finish(tx, self.job_id, self.worker, screener.run, counts))

    def _watch(self, told: Told) -> None:
        self.rows, self.total = int(told.done), None if told.rows is None else int(told.rows)

    def _keep(self, folder: JobFolder, screener: Screener, actor: str, before: int) -> None:
        """Puts the alerts after the first ones, which are there, into the store."""
        for records in _chunks(islice(_alerts(folder), before, None)):
            after = before + len(records)
            self._write(partial(self._keep_some, records, screener, actor, before, after))
            keeping.count(records)
            before = after

    def _keep_some(
        self,
        records: list[WrittenRecord],
        screener: Screener,
        actor: str,
        before: int,
        after: int,
        tx: Writing,
    ) -> bool:
        own = jobs.kept(tx, self.job_id, self.worker, before, after)
        if own:
            screened = list(map(_screened, records))
            keeping.keep_screened(tx, screened, screener, "job", actor, self.policy)
        return own

    def beat_on(self) -> None:
        """Says every few seconds that somebody works on the job; ends the process when it is another's."""
        while not self._over.wait(BEAT):
            self._write(lambda tx: jobs.beat(tx, self.job_id, self.worker, self.rows, self.total))

    def _write(self, work: Callable[[Writing], bool]) -> None:
        if not self.database.write(work):
            os._exit(LOST)


def _run_of(folder: JobFolder) -> str | None:
    """By which run the result was made, where it is whole."""
    if not folder.manifest.exists():
        return None
    run_id: str = json.loads(folder.manifest.read_text(encoding="utf-8"))["run"]
    return run_id


def _alerts(folder: JobFolder) -> Iterator[WrittenRecord]:
    """The records of the result that are alerts."""
    with folder.alerts.open("rb") as lines:
        for line in lines:
            record = WrittenRecord(json.loads(line), line[:-1].decode())
            if record["decision"] != "clear":
                yield record


def _columns(folder: JobFolder) -> list[str] | None:
    with folder.alerts.open("rb") as lines:
        first = lines.readline()
    return list(json.loads(first)["shipment"]) if first else None


def _screened(record: WrittenRecord) -> ScreenedShipment:
    stated = {name: cell for name, cell in record["shipment"].items() if cell is not None}
    return ScreenedShipment(canonical({"shipment_id": record["shipment_id"], **stated}), record)


def _chunks(records: Iterable[WrittenRecord]) -> Iterator[list[WrittenRecord]]:
    left = iter(records)
    while some := list(islice(left, AT_ONCE)):
        yield some


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
