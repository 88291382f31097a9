"""Kills of the service, and of its database, at random moments under load; and what the store holds then."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from screening.store.database import Database
from screening.store.jobs import listed
from tests.benchmarks.service.ledger import Ledger, faults
from tests.benchmarks.service.machine import Server, database_server
from tests.benchmarks.service.traffic import Traffic
from tests.books import Row

BETWEEN = 6.0
"""Seconds between a start and the next kill: on average, and sometimes many times as many."""
_PATIENCE = 300
"""Seconds that jobs have when the kills are over."""
_OF_KILLS = ("no answer", "503 Service Unavailable")
_KEY = "key of those who are cut off"


class Killable(Protocol):
    """What can be killed, and started again."""

    def kill(self) -> None: ...

    def start(self) -> object: ...


@contextmanager
def store(name: str, folder: Path) -> Iterator[tuple[str, list[Killable]]]:
    """The URL of a new store, and its server if it has one."""
    if name == "sqlite":
        yield f"sqlite:///{folder / 'killed.sqlite'}", []
        return
    with database_server() as server:
        yield server.url, [server]


def survived(
    database: str, folder: Path, rows: Sequence[Row], kills: int, workers: int = 2, between: float = BETWEEN
) -> list[str]:
    """What is wrong in the store after so many kills, `between` seconds apart on average."""
    with ExitStack() as stack:
        url, servers = stack.enter_context(store(database, folder))
        service = Server(folder, url, workers, _KEY)
        service.start()
        stack.callback(service.stop)
        ledger, found = Ledger(), list[str]()
        held = stack.enter_context(Database.open(url))
        with Traffic(service.port, _KEY, rows, ledger).flowing():
            for number in range(1, kills + 1):
                time.sleep(random.expovariate(1 / between))
                _kill_and_start([service, *servers])
                found += faults(ledger.copy(), held)
                _say(f"{database}: {number} of {kills} kills", ledger, found)
        found += [*faults(ledger, held), *_unfinished(held), *_refused(ledger)]
        _say(f"{database}: at the end", ledger, found)
    return found


def _kill_and_start(parts: Sequence[Killable]) -> None:
    """Kills one of them, or all; those without which others can't start are started first."""
    killed = parts if random.random() < 1 / 3 else [random.choice(parts)]
    for part in killed:
        part.kill()
    for part in reversed(killed):
        part.start()


def _unfinished(held: Database) -> Iterator[str]:
    """Jobs that did not come to their end, also those of whose acceptance nobody heard."""
    for _ in range(_PATIENCE):
        with held.reading() as tx:
            jobs = {job["id"]: job for job in listed(tx, 10_000)}
        if all(job["state"] in ("done", "failed") for job in jobs.values()):
            break
        time.sleep(1)
    for name, job in jobs.items():
        if job["state"] != "done":
            yield f"job {name} is {job['state']}: {job['fault']}"


def _refused(ledger: Ledger) -> Iterator[str]:
    """Answers that no kill explains."""
    for answer, times in ledger.unanswered.items():
        if answer not in _OF_KILLS:
            yield f"{times} requests were answered with {answer}"


def _say(when: str, ledger: Ledger, found: Sequence[str]) -> None:
    told = ledger.copy()
    answered = f"{len(told.shipments):,} shipments, {len(told.comments):,} comments, {len(told.jobs)} jobs"
    print(f"{when}: {answered} answered; {len(found)} faults; given up {dict(ledger.unanswered)}", flush=True)
    for fault in found[:5]:
        print(f"    {fault}", flush=True)
