"""Clients of all kinds at once, each of which notes what it was answered.

Some send a request again until it is answered, under the key that it had; others give it up and go on.
"""

import csv
import io
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from screening.client import Client, Job
from screening.client.shown import Screened
from screening.errors import ServiceError
from tests.benchmarks.service.ledger import Ledger
from tests.books import Row

LISTED = "JSC Rosoboronexport"
OF_A_LIST = 20
OF_A_FILE = 2_000
_PATIENT, _HASTY = 1_000, 1
"""How often a request is sent."""
_PAUSE = 0.2


class Traffic:
    """Clients of the service at a port, who draw on these rows."""

    def __init__(self, port: int, key: str, rows: Sequence[Row], ledger: Ledger) -> None:
        """`ledger` is where they note what they were answered."""
        self._address, self._key, self._rows, self._ledger = f"http://127.0.0.1:{port}", key, rows, ledger
        self._numbers = count()
        self._over = threading.Event()

    @contextmanager
    def flowing(self, posters: int = 8) -> Iterator[None]:
        """So many clients post and comment, and one sends files; it ends when what they sent is answered."""
        works = [self._sends_files, *[self._posts] * posters]
        threads = [threading.Thread(target=self._client, args=(at, work)) for at, work in enumerate(works)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _client(self, at: int, work: Callable[[Client], None]) -> None:
        tries = _PATIENT if at % 2 else _HASTY
        with Client(self._address, self._key, timeout=30, tries=tries) as client:
            while not self._over.is_set():
                self._do(work, client)

    def _do(self, work: Callable[[Client], None], client: Client) -> None:
        try:
            work(client)
        except ServiceError as error:
            with self._ledger.lock:
                self._ledger.unanswered[f"{error.status or ''} {error.title}".strip()] += 1
            self._over.wait(_PAUSE)

    def _posts(self, client: Client) -> None:
        many = random.random() < 0.2
        shipments = [self._shipment() for _ in range(OF_A_LIST if many else 1)]
        self._note(client.screen_many(shipments) if many else [client.screen(shipments[0])], client)

    def _note(self, answers: Sequence[Screened], client: Client) -> None:
        with self._ledger.lock:
            self._ledger.shipments |= {one.result.shipment_id: one.alert for one in answers}
        alert = answers[0].alert
        if alert is not None:
            comment = f"comment {next(self._numbers)}"
            client.decide(alert, 1, "comment", comment=comment)
            with self._ledger.lock:
                self._ledger.comments[comment] = alert

    def _sends_files(self, client: Client) -> None:
        job = self._ended(client, client.queue_job(self._file(), name="book.csv").id)
        if job.state == "done":
            results = {result.shipment_id for result in client.job_result(job.id)}
            with self._ledger.lock:
                self._ledger.jobs[job.id] = results

    def _ended(self, client: Client, job: str) -> Job:
        while True:
            try:
                return client.wait_for_job(job)
            except ServiceError:
                threading.Event().wait(_PAUSE)

    def _file(self) -> io.BytesIO:
        text = io.StringIO()
        rows = [self._shipment() for _ in range(OF_A_FILE)]
        writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
        return io.BytesIO(text.getvalue().encode())

    def _shipment(self) -> Row:
        """One that was never posted before; every third goes to somebody who is listed."""
        number = next(self._numbers)
        row = {name: cell for name, cell in self._rows[number % len(self._rows)].items() if cell}
        return row | {"shipment_id": f"S-{number}"} | ({"consignee_name": LISTED} if number % 3 == 0 else {})
