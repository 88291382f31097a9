"""The screener in use: exchanged for a new one without a pause when rules or lists have changed.

Each worker looks for itself, every few seconds, at the files that it rests on. The new screener is made aside
while the old one works. Rules or lists that can't be used change nothing: the old ones stay, and it is said.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from screening.errors import ScreeningError
from screening.io.rates import NO_RATES, read_rates
from screening.resources import bundled
from screening.ruleset.loading import read_exceptions
from screening.screener import Screener
from screening.service.settings import Settings
from screening.shipment import Shipment
from screening.store import in_use, jobs, runs
from screening.store.transaction import Writing
from screening.watchlists.store import home, imported

_WARMING = 5
_LOG = logging.getLogger("screening.lists")
Stamp = tuple[object, ...]
"""What changes with the files that a screener rests on."""


class Screeners:
    """The rules and lists that requests are screened with."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stamp = stamp(settings)
        self.current = _screener(settings)

    @classmethod
    def load(cls, settings: Settings) -> "Screeners":
        """What the settings name. Raises ScreeningError for what can't be used."""
        return cls(settings)

    def watch(self, changed: Callable[[Screener], None]) -> threading.Event:
        """Looks from now on; `changed` is told each new screener. The event ends it."""
        ended = threading.Event()
        arguments = (changed, ended)
        threading.Thread(target=self._look_on, args=arguments, name="lists", daemon=True).start()
        return ended

    def _look_on(self, changed: Callable[[Screener], None], ended: threading.Event) -> None:
        while not ended.wait(self._settings.look_seconds):
            try:
                if self.look():
                    changed(self.current)
            except ScreeningError as error:
                _LOG.warning("rules and lists stay as they were: %s", error)

    def look(self) -> bool:
        """Whether there is another screener now. Raises ScreeningError, once, for what can't be used."""
        now = stamp(self._settings)
        if now == self._stamp:
            return False
        self._stamp = now
        new, old = _screener(self._settings), self.current
        if new.run == old.run:
            return False
        if new.digests["rules"] == old.digests["rules"] and new.digests["lists"] == old.digests["lists"]:
            new.learn(old.learned())
        self.current = new
        return True


def _screener(settings: Settings) -> Screener:
    screener = Screener(
        rules=settings.rules,
        watchlists=settings.watchlists,
        bundled=settings.bundled,
        exceptions=read_exceptions(Path(settings.exceptions)) if settings.exceptions else (),
        rates=read_rates(settings.rates) if settings.rates else NO_RATES,
    )
    _warm(screener)
    return screener


def _warm(screener: Screener) -> None:
    """Screens the bundled example, together and one by one: what is made at first use is made then.

    The index over a large list takes seconds, and the first request must not wait for it.
    """
    shown = [result.shipment for result in screener.screen_file(bundled("demo") / "shipments.csv")]
    for shipment in shown[:_WARMING]:
        screener.screen(Shipment.model_validate(shipment))


def stamp(settings: Settings) -> Stamp:
    """What changes when a file changes that a screener of these settings rests on."""
    named = filter(None, (settings.rules, settings.exceptions, settings.rates, *settings.watchlists))
    # Whatever is bundled, the lists of corridors that the user keeps are read.
    files = (told for path in (*map(Path, named), home() / "corridors") for told in _files(path))
    lists = ((one.name, one.digest) for one in imported()) if settings.bundled else ()
    return (*lists, *files)


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    for file in [path, *sorted(path.rglob("*"))] if path.is_dir() else [path]:
        # A file that goes away meanwhile is another stamp the next time.
        with suppress(OSError):
            told = file.stat()
            yield str(file), told.st_mtime_ns, told.st_size


def put_in_use(tx: Writing, screener: Screener) -> None:
    """The rules and lists of the screener are in use; what they may alter is screened again, once."""
    used_before = bool(in_use.history(tx))
    new = in_use.put(tx, screener)
    if new and used_before:
        about = "rules" if any(one.kind == "rules" for one in new) else "lists"
        jobs.queue_chore(tx, "rescreening", about, runs.SYSTEM)
