"""The tables that somebody who writes rules reads."""

from collections.abc import Iterator

import polars as pl

from tests.benchmarks.patterns.goals import Goal, goals
from tests.benchmarks.patterns.measure import Measured


def report(measured: Measured) -> Iterator[str]:
    """The lines of the whole report."""
    yield from _totals(measured)
    yield "\nPlanted patterns (shares of instances and of rows)"
    heads = ("pattern", "instances", "found", "weak found", "rows", "flagged", "held")
    yield from _table(heads, measured.patterns().select(*_columns("instances", "found", "weak", "rows")))
    yield "\nHonest look-alikes (shares of rows)"
    yield from _table(("family", "rows", "flagged", "held"), measured.honest().select(*_columns("rows")))
    yield "\nRules: rows on which each fired, and what hangs on it alone"
    heads = ("rule", "planted", "context", "honest", "benign", "false alone", "found alone")
    yield from _table(heads, measured.rules())
    yield "\nMust show"
    yield from (_told(goal) for goal in goals(measured))


def missed(measured: Measured, family: str) -> Iterator[str]:
    """The core rows of a family's instances that nobody would look at, with the rules that fired."""
    unfound = measured.instances.filter((pl.col("family") == family) & ~pl.col("found"))
    rows = measured.core.join(unfound.select("family", "instance"), on=["family", "instance"], how="semi")
    for row in rows.sort("instance", "row").iter_rows(named=True):
        place = f"{row['instance']:>3} {row['strength']:<6} row {row['row']:>6}"
        yield f"{place} score {row['score']:>3} {row['rules']}"


def false_alarms(measured: Measured, family: str) -> Iterator[str]:
    """The sets of rules behind the alarms of an honest family, the most frequent first."""
    rows = measured.rows.filter(
        pl.col("flagged") & (pl.col("family") == family) & (pl.col("kind") != "pattern")
    )
    sets = rows.group_by("rules", "decision").agg(count=pl.len(), first=pl.col("row").min())
    for row in sets.sort("count", "first", descending=[True, False]).iter_rows(named=True):
        yield f"{row['count']:>5} {row['decision']:<6} first row {row['first']:>6} {row['rules']}"


def _totals(measured: Measured) -> Iterator[str]:
    flagged = int(measured.rows["flagged"].sum())
    rows = measured.rows.height
    yield f"rows {measured.rows_in:,}, screened {rows:,}, superseded or rejected {measured.rows_in - rows:,}"
    yield f"alerts per thousand rows {1000 * flagged / rows:.1f}"
    for kind, name in (("benign", "benign rows"), ("honest", "look-alikes")):
        flags, holds = measured.share(kind, "flagged"), measured.share(kind, "held")
        yield f"{name}: flagged {1000 * flags:.2f} and held {1000 * holds:.2f} per thousand"


def _columns(*more: str) -> list[str]:
    return ["family", *more, "flagged", "held"]


def _told(goal: Goal) -> str:
    sign, verdict = ("at least" if goal.at_least else "at most"), ("holds" if goal.holds else "DOES NOT HOLD")
    return f"  {goal.said:<55}{100 * goal.share:8.2f} %   {sign} {100 * goal.bound:g} %   {verdict}"


def _table(heads: tuple[str, ...], rows: pl.DataFrame) -> Iterator[str]:
    cells = [[_cell(value) for value in row] for row in rows.iter_rows()]
    widths = [max(len(line[i]) for line in [list(heads), *cells]) for i in range(len(heads))]
    for line in [list(heads), *cells]:
        rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        yield "  " + "  ".join([line[0].ljust(widths[0]), *rest])


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{100 * value:.1f} %"
    return "-" if value is None else str(value)
