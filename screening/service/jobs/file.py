"""A file screened as a run over files is, and its alerts put into the store, each once."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from sqlalchemy import RowMapping

from screening.io.mapping import read_mapping
from screening.io.notation import PLAIN
from screening.io.writers.joined import join_alerts
from screening.options import prepare
from screening.passes.progress import Told
from screening.run import run
from screening.screener import Screener
from screening.service import keeping
from screening.service.jobs.folder import JobFolder, options
from screening.service.jobs.hold import Hold
from screening.service.jobs.stated import as_posted
from screening.service.suppressing import Suppressing
from screening.store import jobs
from screening.store.casework.policy import WorkPolicy
from screening.store.shipments import ScreenedShipment
from screening.store.transaction import Writing
from screening.written import WrittenRecord

AT_ONCE = 500
"""Alerts of one transaction."""


def screen_file(hold: Hold, job: RowMapping) -> None:
    """The job is done. Raises ScreeningError where its file can't be screened."""
    folder = JobFolder.of(hold.settings, hold.job_id)
    os.chdir(folder.path)
    asked = options(folder, job["file"], hold.settings, bool(job["everything"]))
    screener = Suppressing(hold.database, time.monotonic).applied(prepare(asked))
    before: int = job["kept"]
    if _run_of(folder) != screener.run:
        run(asked, screener, partial(_watch, hold))
        join_alerts(folder.table, [folder.alerts], _columns(folder))
        # What others have kept came of other rules or lists, and stands besides.
        hold.write(lambda tx: jobs.kept(tx, hold.job_id, hold.worker, before, 0))
        before = 0
    _keep(hold, folder, screener, job["principal"], before)
    counts = json.loads(folder.manifest.read_text(encoding="utf-8"))["counts"]
    hold.write(lambda tx: jobs.finish(tx, hold.job_id, hold.worker, screener.run, counts))


def _watch(hold: Hold, told: Told) -> None:
    hold.rows, hold.total = int(told.done), None if told.rows is None else int(told.rows)


def _keep(hold: Hold, folder: JobFolder, screener: Screener, actor: str, before: int) -> None:
    """Puts the alerts after the first ones, which are there, into the store."""
    policy = hold.policy
    notation = read_mapping(folder.mapping).notation if folder.mapping.exists() else PLAIN
    for records in _chunks(islice(_alerts(folder), before, None)):
        after = before + len(records)
        shipments = as_posted(records, notation)
        hold.write(partial(_keep_some, hold, shipments, screener, actor, policy, before, after))
        keeping.count(records)
        before = after


def _keep_some(
    hold: Hold,
    shipments: list[ScreenedShipment],
    screener: Screener,
    actor: str,
    policy: WorkPolicy,
    before: int,
    after: int,
    tx: Writing,
) -> bool:
    own = jobs.kept(tx, hold.job_id, hold.worker, before, after)
    if own:
        keeping.keep_screened(tx, shipments, screener, "job", actor, policy)
    return own


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


def _chunks(records: Iterable[WrittenRecord]) -> Iterator[list[WrittenRecord]]:
    left = iter(records)
    while some := list(islice(left, AT_ONCE)):
        yield some
