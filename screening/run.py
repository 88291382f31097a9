"""A run over files: read, screen, write, and account for every row.

Rows in = cleared + review + hold + rejected + superseded; the manifest beside the output says so and
names all that the result depends on.
"""

import json
import tempfile
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from screening.io.book import Book, bound
from screening.io.mapping import read_mapping
from screening.io.writers.atomic import Opening, check_writable, whole_file
from screening.io.writers.formats import check_output, write_alerts
from screening.io.writers.joined import join_alerts
from screening.io.writers.rejects import write_rejects
from screening.options import Options, prepare
from screening.passes.account import Account, inputs_told
from screening.passes.bench import Order, bench_of
from screening.passes.course import Course
from screening.passes.crew import crew_of
from screening.passes.folder import WorkFolder
from screening.passes.mates import Mates
from screening.passes.progress import Progress
from screening.passes.reading import pieces
from screening.policy import at_or_above
from screening.provenance import provenance
from screening.result import NO_CLEARANCE, Decision, Screening
from screening.ruleset.coverage import RuleOff, rules_off
from screening.screener import Screener
from screening.timeline import Earlier, Timeline
from screening.written import WrittenRecord

if TYPE_CHECKING:
    from screening.history.past import Past
    from screening.history.posting import Posted

__all__ = ["KEPT_ALERTS", "NO_CLEARANCE", "Counts", "Options", "Progress", "Report", "prepare", "run"]

KEPT_ALERTS = 200
KEPT_REJECTS = 1_000


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
    """The first rejects, at most `KEPT_REJECTS`; the rejects file has all."""
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


@dataclass(slots=True)
class _Tally:
    decisions: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)
    alerts: list[WrittenRecord] = field(default_factory=list)

    def keep(self, alert: WrittenRecord) -> None:
        """Remembers the alert, as long as it may be among the gravest."""
        self.alerts.append(alert)
        if len(self.alerts) >= 2 * KEPT_ALERTS:
            self.alerts = self.gravest()

    def gravest(self) -> list[WrittenRecord]:
        """The gravest alerts so far."""
        return sorted(self.alerts, key=lambda alert: -alert["score"])[:KEPT_ALERTS]


def run(
    options: Options,
    screener: Screener | None = None,
    progress: Progress | None = None,
    mates: Mates | None = None,
) -> Report:
    """Screens the sources and writes what the options ask for. Raises ScreeningError before any harm.

    Output, rejects and manifest are each whole or not there. A run that is cut off is gone on with by the
    same call, where it has an output that other files can stand beside. `mates`: processes to work with
    that were started before; the caller ends them.
    """
    _check_outputs(options)
    if options.history is not None:
        return _with_history(options, screener or prepare(options), options.history)
    if mates is not None:
        return _screened(options, screener or prepare(options), progress, mates)
    with Mates(options.workers - 1) as mates:
        mates.start_for(options.sources)
        mates.prepare(options)
        return _screened(options, screener or prepare(options), progress, mates)


def _screened(options: Options, screener: Screener, progress: Progress | None, mates: Mates) -> Report:
    """The run in passes over the book."""
    about = {
        "run": screener.run,
        "polars": pl.__version__,
        "mapping": _file_digest(options.mapping),
        "all": options.everything,
        "rows": options.rows_of_batch,
    }
    with _work_place(options) as place, WorkFolder(place, about):
        order = Order(place, screener.run, options.everything)
        bench = bench_of(screener, order)
        with crew_of(bench, mates, options, order) as crew:
            course = Course(options, bench, crew, progress)
            course.go()
        return _written(options, screener, course)


@contextmanager
def _work_place(options: Options) -> Iterator[Path]:
    """Where the parts of the run stand: beside its output, so that the same command finds them again."""
    if options.work_folder is not None:
        yield Path(options.work_folder)
        return
    with tempfile.TemporaryDirectory(prefix="screening-") as folder:
        yield Path(folder) / "work"


def _written(options: Options, screener: Screener, course: Course) -> Report:
    """The report, when all is written to its place."""
    account = course.account
    if options.output is not None:
        join_alerts(options.output, course.alerts, list(account.columns))
    if options.rejects_path:
        write_rejects(options.rejects_path, course.rejects())
    shown = _first(course.rejects(), KEPT_REJECTS)
    report = _report(options, screener, account, course.gravest(KEPT_ALERTS), shown)
    _write_manifest(options, report)
    return report


def _first(frames: Iterator[pl.DataFrame], count: int) -> pl.DataFrame:
    """So many of the first rows of these frames."""
    held: list[pl.DataFrame] = []
    for frame in frames:
        held.append(frame)
        if sum(one.height for one in held) >= count:
            break
    return pl.concat(held, how="diagonal").head(count)


def _with_history(options: Options, screener: Screener, place: str) -> Report:
    """The run over a book with what the history says of before, which then holds the book too."""
    # Only a run with a history waits until the database's library is loaded.
    from screening.history.asked import Asked
    from screening.history.history import History

    book, inputs = _book(options)
    asked = Asked.by(screener.ruleset.window_rules)
    with History(place, options.history_keep) as history, history.turn(asked, screener.lists) as turn:
        past = turn.look_back(book)
        opened = turn.outputs.file
        account, gravest = _at_once(options, screener, past, opened)
        account.inputs = inputs
        rejects = screener.with_listed(past.book.rejects)
        if options.rejects_path:
            write_rejects(options.rejects_path, [rejects], opened)
        report = _report(options, screener, account, gravest, rejects, past.told)
        _write_manifest(options, report, opened)
        posted = turn.post(past, screener.run)
    return replace(report, past=past, posted=posted)


def _book(options: Options) -> tuple[Book, list[dict[str, str]]]:
    """All shipments at once, and what tells the files."""
    digests: list[str] = []
    mapping = read_mapping(options.mapping) if options.mapping else None
    cut = pieces(options.sources, mapping, options.rows_of_batch, digests)
    book = bound([piece.batch() for piece in cut])
    return book, inputs_told(options.sources, digests)


def _at_once(
    options: Options, screener: Screener, past: "Past", opened: Opening
) -> tuple[Account, list[Screening]]:
    """A book screened in memory, with the earlier shipments of a history; its alerts are written."""
    book, tally = past.book, _Tally()
    timeline = screener.timeline(book, Earlier(past.rows, past.begins))
    records = _records(screener, book, timeline, options.everything, tally)
    columns = tuple(dict.fromkeys(name for batch in book.batches for name in batch.cells.columns))
    if options.output is not None:
        write_alerts(options.output, records, list(columns), opened)
    else:
        deque(records, maxlen=0)
    account = Account(
        rows=book.rows,
        superseded=book.superseded_rows,
        rejected=book.rejected,
        decisions=tally.decisions,
        fired=tally.fired,
        untold=Counter(timeline.untold),
        present=book.present,
        columns=columns,
        begins=timeline.begins,
    )
    return account, [Screening.of_record(alert) for alert in tally.gravest()]


def _records(
    screener: Screener, book: Book, timeline: Timeline, everything: bool, tally: _Tally
) -> Iterator[WrittenRecord]:
    for screened in screener.screen_batches(book, timeline):
        tally.decisions.update(screened.decisions.to_list())
        for rules, count in screened.fired():
            tally.fired.update(dict.fromkeys(rules, count))
        for record in screened.records(alerts_only=not everything):
            if record["decision"] != "clear":
                tally.keep(record)
            yield record


def _check_outputs(options: Options) -> None:
    if options.output:
        check_output(options.output)
    for path in (options.rejects_path, options.manifest_path):
        if path:
            check_writable(path)


def _report(
    options: Options,
    screener: Screener,
    account: Account,
    gravest: list[Screening],
    rejects: pl.DataFrame,
    history: dict[str, object] | None = None,
) -> Report:
    counts = Counts(
        rows=account.rows,
        cleared=account.decisions["clear"],
        review=account.decisions["review"],
        hold=account.decisions["hold"],
        rejected=account.rejected,
        superseded=account.superseded,
    )
    off = tuple(rules_off(screener.ruleset, account.present))
    gone = {rule.rule for rule in off if rule.wholly}
    order = [rule.id for rule in screener.ruleset.window_rules]
    untold = {rule: account.untold[rule] for rule in order if account.untold[rule] and rule not in gone}
    begins = account.begins.isoformat() if account.begins else None
    over_time: dict[str, object] = {"begins": begins, "not_evaluated": untold}
    manifest = _manifest(options, screener, account.inputs, counts, off, over_time, history)
    return Report(counts, gravest, rejects, off, account.fired, manifest, account.begins, untold)


def _write_manifest(options: Options, report: Report, opened: Opening = whole_file) -> None:
    if options.manifest_path:
        with opened(options.manifest_path) as stream:
            stream.write(json.dumps(report.manifest, indent=2, ensure_ascii=False).encode() + b"\n")


def _manifest(
    options: Options,
    screener: Screener,
    inputs: Sequence[dict[str, str]],
    counts: Counts,
    off: Sequence[RuleOff],
    over_time: dict[str, object],
    history: dict[str, object] | None,
) -> dict[str, Any]:
    return {
        "schema": 1,
        "run": screener.run,
        "counts": asdict(counts),
        "input": inputs,
        **provenance(screener),
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
