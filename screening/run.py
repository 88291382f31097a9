"""A run over files: read, screen, write, and account for every row.

Rows in = cleared + review + hold + rejected + superseded; the manifest beside the output says so and
names all that the result depends on.
"""

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from screening.io.book import Book, read_book
from screening.io.mapping import read_mapping
from screening.io.rates import NO_RATES, read_rates
from screening.io.sources import STANDARD_INPUT, spelled
from screening.io.writers.atomic import STANDARD_OUTPUT, check_writable, whole_file
from screening.io.writers.formats import check_output, write_alerts
from screening.io.writers.rejects import write_rejects
from screening.policy import at_or_above
from screening.result import Decision, Match, Screening
from screening.ruleset.coverage import RuleOff, rules_off
from screening.ruleset.loading import read_exceptions
from screening.screener import Screener
from screening.timeline import Timeline
from screening.version import version

NO_CLEARANCE = (
    "No hit is not a clearance: it says that these lists and rules, as of their dates, found nothing."
)
Progress = Callable[[int, int], None]
"""Told the rows done and the rows in all."""


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
    everything: bool = False
    """Clear shipments are written out too."""

    @property
    def rejects_path(self) -> str | None:
        """Where rejects go: the named file, else beside the output, else nowhere."""
        if self.rejects is not None or self.output is None or not _beside(self.output):
            return self.rejects
        return f"{self.output}.rejects.csv"

    @property
    def manifest_path(self) -> str | None:
        """Where the manifest goes: beside the output, where that is a file."""
        return f"{self.output}.manifest.json" if self.output and _beside(self.output) else None


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of every row."""

    rows: int
    cleared: int
    review: int
    hold: int
    rejected: int
    superseded: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    counts: Counts
    alerts: list[Screening]
    """The gravest alerts, at most `KEPT_ALERTS`, in input order among equals; the output file has all."""
    rejects: pl.DataFrame
    rules_off: tuple[RuleOff, ...]
    fired: Counter[str]
    """How many shipments each rule fired on."""
    manifest: dict[str, Any]

    def reaches(self, threshold: Decision) -> bool:
        """True when a shipment is at or above the threshold; rejects count as review."""
        found: set[Decision] = set()
        if self.counts.hold:
            found.add("hold")
        if self.counts.review or self.counts.rejected:
            found.add("review")
        return any(at_or_above(decision, threshold) for decision in found)


KEPT_ALERTS = 200


@dataclass(slots=True)
class _Tally:
    decisions: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)
    alerts: list[Screening] = field(default_factory=list)

    def keep(self, alert: Screening) -> None:
        """Remembers the alert, as long as it may be among the gravest."""
        self.alerts.append(alert)
        if len(self.alerts) >= 2 * KEPT_ALERTS:
            self.alerts = self.gravest()

    def gravest(self) -> list[Screening]:
        """The gravest alerts so far."""
        return sorted(self.alerts, key=lambda alert: -alert.score)[:KEPT_ALERTS]


def prepare(options: Options) -> Screener:
    """The screener that the options ask for. Raises ScreeningError for what can't be used."""
    return Screener(
        rules=options.rules,
        watchlists=options.watchlists,
        bundled=options.bundled,
        exceptions=read_exceptions(Path(options.exceptions)) if options.exceptions else (),
        rates=read_rates(options.rates) if options.rates else NO_RATES,
    )


def run(options: Options, screener: Screener | None = None, progress: Progress | None = None) -> Report:
    """Screens the sources and writes what the options ask for. Raises ScreeningError before any harm.

    Output, rejects and manifest are each whole or not there.
    """
    _check_outputs(options)
    screener = screener or prepare(options)
    book = read_book(options.sources, read_mapping(options.mapping) if options.mapping else None)
    tally = _Tally()
    timeline = screener.timeline(book)
    results = _results(screener, book, timeline, options.everything, tally, progress)
    if options.output is None:
        for _ in results:
            pass
    else:
        columns = dict.fromkeys(name for batch in book.batches for name in batch.cells.columns)
        write_alerts(options.output, (result.record for result in results), list(columns))
    rejects = _with_names(screener, book.rejects)
    if options.rejects_path:
        write_rejects(options.rejects_path, rejects)
    report = _report(options, screener, book, tally, rejects)
    if options.manifest_path:
        with whole_file(options.manifest_path) as stream:
            stream.write(json.dumps(report.manifest, indent=2, ensure_ascii=False).encode() + b"\n")
    return report


def _beside(output: str) -> bool:
    """True for an output that other files can stand beside."""
    return output != STANDARD_OUTPUT and (not Path(output).exists() or Path(output).is_file())


def _check_outputs(options: Options) -> None:
    if options.output:
        check_output(options.output)
    for path in (options.rejects_path, options.manifest_path):
        if path:
            check_writable(path)


def _results(
    screener: Screener,
    book: Book,
    timeline: Timeline,
    everything: bool,
    tally: _Tally,
    progress: Progress | None,
) -> Iterator[Screening]:
    total, done = sum(batch.typed.height for batch in book.batches), 0
    for batch, screened in zip(book.batches, screener.screen_batches(book, timeline), strict=True):
        tally.decisions.update(screened.decisions.to_list())
        for rules, count in screened.fired():
            tally.fired.update(dict.fromkeys(rules, count))
        for result in screened.results(alerts_only=not everything):
            if result.decision != "clear":
                tally.keep(result)
            yield result
        done += batch.typed.height
        if progress:
            progress(done, total)


def _with_names(screener: Screener, rejects: pl.DataFrame) -> pl.DataFrame:
    listed = ["; ".join(_told(m) for m in found) for found in screener.names_on_lists(rejects)]
    return rejects.with_columns(pl.Series("listed", listed, dtype=pl.String))


def _told(match: Match) -> str:
    role = f"{match.role} " if match.role else ""
    return f"{role}{match.name} = {match.matched_name} ({match.id}, {match.score:.2f})"


def _report(options: Options, screener: Screener, book: Book, tally: _Tally, rejects: pl.DataFrame) -> Report:
    counts = Counts(
        rows=book.rows,
        cleared=tally.decisions["clear"],
        review=tally.decisions["review"],
        hold=tally.decisions["hold"],
        rejected=rejects.height,
        superseded=book.superseded_rows,
    )
    off = tuple(rules_off(screener.ruleset, book.present))
    manifest = _manifest(options, screener, counts, off, book)
    return Report(counts, tally.gravest(), rejects, off, tally.fired, manifest)


def _manifest(
    options: Options, screener: Screener, counts: Counts, off: Sequence[RuleOff], book: Book
) -> dict[str, Any]:
    return {
        "schema": 1,
        "run": screener.run,
        "counts": asdict(counts),
        "input": [{"file": spelled(s), "sha256": _digest(s, book)} for s in options.sources],
        "digests": screener.digests,
        "engine": screener.chain.name,
        "versions": {"screening": version(), "python": platform.python_version(), "polars": pl.__version__},
        "lists": [
            {
                "name": s.name,
                "format": s.format,
                "date": s.date.isoformat() if s.date else None,
                "entries": len(s.entries),
                "bundled": s.bundled,
                "sha256": s.digest,
            }
            for s in screener.parties.snapshots
        ],
        "policy": screener.ruleset.policy.model_dump(mode="json"),
        "options": {
            "all": options.everything,
            "bundled": options.bundled,
            "mapping": _file_digest(options.mapping),
        },
        "rules_off": [asdict(rule) for rule in off],
        "note": NO_CLEARANCE,
    }


def _file_digest(path: str | None) -> str | None:
    return sha256(Path(path).read_bytes()).hexdigest() if path else None


def _digest(source: str, book: Book) -> str:
    """The SHA-256 of a file's bytes; of standard input, which is read once, that of its rows."""
    total = sha256()
    if source == STANDARD_INPUT:
        for batch in (*book.batches, *book.superseded):
            total.update(batch.cells.write_csv().encode())
        return total.hexdigest()
    with Path(source).open("rb") as file:
        while block := file.read(1 << 20):
            total.update(block)
    return total.hexdigest()
