"""Clients that post as fast as they are answered, each over a connection of its own."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection


@dataclass(slots=True)
class Load:
    """What clients met."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    """Seconds from the start of each request to the end of its answer."""
    statuses: Counter[int] = field(default_factory=Counter)

    def wait(self, percent: float) -> float:
        """Milliseconds in which so many percent of the requests were answered."""
        ordered = sorted(self.waits)
        return 1e3 * ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def load(
    port: int, key: str, clients: int, bodies: Iterator[bytes], seconds: float, most: int | None = None
) -> Load:
    """What so many clients met in so many seconds, or until `most` requests were answered."""
    told, lock = Load(), threading.Lock()
    begun = time.perf_counter()

    def client() -> None:
        connection = HTTPConnection("127.0.0.1", port)
        while time.perf_counter() - begun < seconds:
            with lock:
                if most is not None and len(told.waits) >= most:
                    return
                body = next(bodies)
            asked = time.perf_counter()
            status = _posted(connection, key, body)
            with lock:
                told.waits.append(time.perf_counter() - asked)
                told.statuses[status] += 1

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.seconds = time.perf_counter() - begun
    return told


def _posted(connection: HTTPConnection, key: str, body: bytes) -> int:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    connection.request("POST", "/screen", body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
