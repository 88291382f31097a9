"""The screener in use with the suppressions of the store, which change while the service runs.

The store is asked whether they did, by whatever worker, before what waits is screened; more often than a
few times a second nobody notices.
"""

import threading
from typing import NamedTuple

from screening.screener import Screener
from screening.service.clock import Monotonic
from screening.store import suppressions
from screening.store.database import Database

SECONDS = 0.1
"""For how long what was asked counts, at most."""


class _Known(NamedTuple):
    base: Screener
    stamp: tuple[int, ...]
    until: float
    screener: Screener


class Suppressing:
    """Puts the suppressions of the store upon a screener."""

    def __init__(self, database: Database, now: Monotonic) -> None:
        self._database = database
        self._now = now
        self._known: _Known | None = None
        self._lock = threading.Lock()

    def applied(self, base: Screener) -> Screener:
        """The screener with the suppressions in force; the same as before where nothing changed."""
        with self._lock:
            known = self._known
            if known is None or known.base is not base or known.until < self._now():
                known = self._known = self._asked(base)
            return known.screener

    def renew(self) -> None:
        """Has the store asked at the next opportunity."""
        with self._lock:
            self._known = None

    def _asked(self, base: Screener) -> _Known:
        until = self._now() + SECONDS
        with self._database.reading() as tx:
            stamp, known = suppressions.stamp(tx), self._known
            if known is not None and known.base is base and known.stamp == stamp:
                return known._replace(until=until)
            stored = suppressions.in_force(tx, base.parties)
        return _Known(base, stamp, until, base.excepting([*base.exceptions, *stored]) if stored else base)
