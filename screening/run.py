"""A run over files: read, screen, write, and account for every row.

Rows in = cleared + review + hold + rejected + superseded; the manifest beside the output says so and
names all that the result depends on.
"""

import json
import platform
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from screening.io.book import Book, read_book
from screening.io.mapping import read_mapping
from screening.io.rates import NO_RATES, read_rates
from screening.io.sources import STANDARD_INPUT, spelled
from screening.io.writers.atomic import STANDARD_OUTPUT, Opening, check_writable, whole_file
from screening.io.writers.formats import check_output, write_alerts
from screening.io.writers.rejects import write_rejects
from screening.policy import at_or_above
from screening.result import Decision, Match, Screening
from screening.ruleset.coverage import RuleOff, rules_off
from screening.ruleset.loading import read_exceptions
from screening.screener import Screener
from screening.timeline import Earlier, Timeline
from screening.version import version

if TYPE_CHECKING:
    from screening.history.past import Past
    from screening.history.posting import Posted

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
    history: str | None = None
    """A file, or the URL of a database, with the shipments of earlier runs."""
    history_keep: int | None = None
    """For how many days shipments are kept in it."""
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
    begins: date | None = None
    """The first day that the book reaches back to."""
    untold: dict[str, int] = field(default_factory=dict)
    """On how many rows each rule over time could not be told, those that are off aside."""
    past: "Past | None" = None
    """What the history said, where there is one."""
    posted: "Posted | None" = None
    """What became of the history."""

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
    inputs = [{"file": spelled(s), "sha256": _digest(s, book)} for s in options.sources]
    job = _Job(options, screener, inputs, progress)
    if options.history is None:
        return job.done(book)
    return _run_in_turn(job, book, options.history)


def _run_in_turn(job: "_Job", book: Book, place: str) -> Report:
    """The run over a book with what the history says of before, which then holds the book too."""
    # Only a run with a history waits until the database's library is loaded.
    from screening.history.asked import Asked
    from screening.history.history import History

    screener = job.screener
    asked = Asked.by(screener.ruleset.window_rules)
    with History(place, job.options.history_keep) as history, history.turn(asked, screener.lists) as turn:
        past = turn.look_back(book)
        earlier = Earlier(past.rows, past.begins)
        report = job.done(past.book, earlier, past.told, turn.outputs.file)
        posted = turn.post(past, screener.run)
    return replace(report, past=past, posted=posted)


@dataclass(frozen=True, slots=True)
class _Job:
    options: Options
    screener: Screener
    inputs: Sequence[dict[str, str]]
    progress: Progress | None

    def done(
        self,
        book: Book,
        earlier: Earlier | None = None,
        history: dict[str, object] | None = None,
        opened: Opening = whole_file,
    ) -> Report:
        """The report, when the outputs are written: through `opened`, each whole or not there."""
        options, tally = self.options, _Tally()
        timeline = self.screener.timeline(book, earlier)
        results = _results(self.screener, book, timeline, options.everything, tally, self.progress)
        if options.output is None:
            for _ in results:
                pass
        else:
            columns = dict.fromkeys(name for batch in book.batches for name in batch.cells.columns)
            write_alerts(options.output, (result.record for result in results), list(columns), opened)
        rejects = _with_names(self.screener, book.rejects)
        if options.rejects_path:
            write_rejects(options.rejects_path, rejects, opened)
        report = _report(self, book, timeline, tally, rejects, history)
        if options.manifest_path:
            with opened(options.manifest_path) as stream:
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


def _report(
    job: _Job,
    book: Book,
    timeline: Timeline,
    tally: _Tally,
    rejects: pl.DataFrame,
    history: dict[str, object] | None,
) -> Report:
    counts = Counts(
        rows=book.rows,
        cleared=tally.decisions["clear"],
        review=tally.decisions["review"],
        hold=tally.decisions["hold"],
        rejected=rejects.height,
        superseded=book.superseded_rows,
    )
    off = tuple(rules_off(job.screener.ruleset, book.present))
    gone = {rule.rule for rule in off if rule.wholly}
    untold = {rule: rows for rule, rows in timeline.untold.items() if rule not in gone}
    begins = timeline.begins.isoformat() if timeline.begins else None
    over_time: dict[str, object] = {"begins": begins, "not_evaluated": untold}
    manifest = _manifest(job, counts, off, over_time, history)
    return Report(counts, tally.gravest(), rejects, off, tally.fired, manifest, timeline.begins, untold)


def _manifest(
    job: _Job,
    counts: Counts,
    off: Sequence[RuleOff],
    over_time: dict[str, object],
    history: dict[str, object] | None,
) -> dict[str, Any]:
    options, screener = job.options, job.screener
    return {
        "schema": 1,
        "run": screener.run,
        "counts": asdict(counts),
        "input": job.inputs,
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
        **({} if history is None else {"history": history}),
        "rules_off": [asdict(rule) for rule in off],
        "over_time": over_time,
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
