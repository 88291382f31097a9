"""What a run is asked to do: what to screen, with what, and where the results go."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from screening.io.rates import NO_RATES, read_rates
from screening.io.writers.atomic import STANDARD_OUTPUT
from screening.ruleset.loading import read_exceptions
from screening.screener import Screener

_ALONE = 100_000
"""Rows of a batch where one process works, unless the options say otherwise."""
_SHARED = 80_000
"""Rows of the batches of several, all together: each holds more besides."""
_LEAST = 20_000
"""With fewer rows in a batch more time goes into what is done once for each."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to screen, with what, and where the results go."""

    sources: Sequence[str]
    output: str | None = None
    rejects: str | None = None
    mapping: str | None = None
    rules: str | None = None
    watchlists: Sequence[str] = ()
    bundled: bool = True
    exceptions: str | None = None
    rates: str | None = None
    history: str | None = None
    """A file, or the URL of a database, with the shipments of earlier runs."""
    history_keep: int | None = None
    """For how many days shipments are kept in it."""
    everything: bool = False
    """Clear shipments are written out too."""
    workers: int = 1
    """Processes that share the work, this one alone where it is one; the result is the same."""
    batch_rows: int | None = None
    """Rows of a batch, some of which each of them holds at once; the result is the same."""

    @property
    def rows_of_batch(self) -> int:
        """Rows of a batch: as asked, else as many as all workers together have room for."""
        return self.batch_rows or (_ALONE if self.workers == 1 else max(_SHARED // self.workers, _LEAST))

    @property
    def rejects_path(self) -> str | None:
        """Where rejects go: the named file, else beside the output, else nowhere."""
        if self.rejects is not None or self.output is None or not beside(self.output):
            return self.rejects
        return f"{self.output}.rejects.csv"

    @property
    def work_folder(self) -> str | None:
        """Where what was done so far stands while the run goes on: beside the output, where it can."""
        return f"{self.output}.work" if self.output and beside(self.output) else None

    @property
    def manifest_path(self) -> str | None:
        """Where the manifest goes: beside the output, where that is a file."""
        return f"{self.output}.manifest.json" if self.output and beside(self.output) else None


def prepare(options: Options) -> Screener:
    """The screener that the options ask for. Raises ScreeningError for what can't be used."""
    return Screener(
        rules=options.rules,
        watchlists=options.watchlists,
        bundled=options.bundled,
        exceptions=read_exceptions(Path(options.exceptions)) if options.exceptions else (),
        rates=read_rates(options.rates) if options.rates else NO_RATES,
    )


def beside(output: str) -> bool:
    """True for an output that other files can stand beside."""
    return output != STANDARD_OUTPUT and (not Path(output).exists() or Path(output).is_file())
