"""What a run did, in one screen: the gravest alerts, the rules, the rejects, the lists, every row counted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from screening.cli.history_news import print_history
from screening.cli.lanes import lane
from screening.cli.lists_in_use import NO_SANCTIONS_LIST, list_sentence, warn_of_old_lists
from screening.cli.printing import Page, counted
from screening.openness import reach_told
from screening.result import NO_CLEARANCE, Finding, Screening
from screening.ruleset.coverage import RuleOff
from screening.screener import Screener
from screening.shipment import COLUMNS

if TYPE_CHECKING:
    # `demo` prints a part of this, and needs none of what a run is made of.
    from screening.options import Options
    from screening.run import Report

SHOWN_ALERTS = 20
SHOWN_RULES = 10
SHOWN_REJECTS = 5


def print_summary(page: Page, report: "Report", screener: Screener, options: "Options") -> None:
    """Prints the summary of a run."""
    _print_alerts(page, report)
    _print_rules(page, report, screener)
    _print_rejects(page, report)
    _print_rules_off(page, report.rules_off)
    _print_over_time(page, report)
    print_lists(page, screener)
    _print_files(page, report, options)
    print_history(page, report)
    page.line()
    page.line(_account(report), "bold")
    page.line(NO_CLEARANCE)


def main_finding(result: Screening) -> Finding:
    """The finding that weighs most."""
    heaviest = result.score_parts[0].rule
    return next(finding for finding in result.findings if finding.rule == heaviest)


def _account(report: "Report") -> str:
    c = report.counts
    parts = f"{c.cleared:,} cleared + {c.review:,} review + {c.hold:,} hold"
    return f"{counted(c.rows, 'row')} = {parts} + {c.rejected:,} rejected + {c.superseded:,} superseded"


def _print_alerts(page: Page, report: "Report") -> None:
    total = report.counts.review + report.counts.hold
    if not total:
        return
    shown = report.alerts[:SHOWN_ALERTS]
    page.heading(_alerts_title(len(shown), total))
    page.table(
        ("shipment", "decision", "score", "parties and lane", "why"),
        ((a.shipment_id, a.decision, a.score, lane(a.shipment), main_finding(a).explanation) for a in shown),
        right=("score",),
    )


def _alerts_title(shown: int, total: int) -> str:
    return counted(total, "alert") if shown == total else f"{total:,} alerts; the {shown} highest"


def _print_rules(page: Page, report: "Report", screener: Screener) -> None:
    if not report.fired:
        return
    order = sorted(report.fired.items(), key=lambda item: (-item[1], item[0]))
    titles = {rule.id: rule.title for rule in screener.ruleset.rules}
    page.heading("Rules that fired")
    rows = ((rule, f"{count:,}", titles[rule]) for rule, count in order[:SHOWN_RULES])
    page.table(("rule", "shipments", "title"), rows, right=("shipments",))
    if rest := order[SHOWN_RULES:]:
        page.line("also " + ", ".join(f"{rule} {count:,}" for rule, count in rest))


def _print_rejects(page: Page, report: "Report") -> None:
    if not report.counts.rejected:
        return
    page.heading(f"{counted(report.counts.rejected, 'row')} could not be read")
    columns = ("file", "row", "line", "column", "reason", "listed")
    frame = report.rejects.head(SHOWN_REJECTS).select(columns)
    listed = any(frame["listed"].fill_null("") != "")
    shown = columns if listed else columns[:-1]
    rows = (["" if cell is None else cell for cell in row] for row in frame.select(shown).iter_rows())
    headers = [name if name != "listed" else "listed names on it" for name in shown]
    page.table(headers, rows, right=("row", "line"))


def _print_rules_off(page: Page, off: Sequence[RuleOff]) -> None:
    if not off:
        return
    groups: dict[tuple[str, ...], tuple[list[str], list[str]]] = {}
    above = [rule.rule for rule in off if not COLUMNS.keys() & set(rule.missing)]
    for rule in (rule for rule in off if rule.rule not in above):
        wholly, partly = groups.setdefault(rule.missing, ([], []))
        (wholly if rule.wholly else partly).append(rule.rule)
    page.heading("What the file does not have, and so can't be seen")
    page.table(
        ("missing columns", "rules that are off", "rules that see only part"),
        ((", ".join(missing), ", ".join(w), ", ".join(p)) for missing, (w, p) in groups.items()),
    )
    if above:
        page.line(f"and off with them, for want of their findings: {', '.join(above)}")


def _print_over_time(page: Page, report: "Report") -> None:
    if not report.untold:
        return
    page.heading("Rules over time")
    page.line(reach_told(report.begins))
    told = ", ".join(f"{rule} {rows:,}" for rule, rows in sorted(report.untold.items()))
    page.line(f"so, or for want of a cell, they can't be told of so many shipments: {told}")


def print_lists(page: Page, screener: Screener) -> None:
    """Prints the lists of parties that were looked into, and what they are worth."""
    snapshots = screener.parties.snapshots
    page.heading("Lists of parties")
    for snapshot in snapshots:
        page.line(list_sentence(snapshot))
    if not snapshots:
        page.line("none: no name was looked up")
    if all(snapshot.bundled for snapshot in snapshots):
        page.line(NO_SANCTIONS_LIST)
    warn_of_old_lists(page)


def _print_files(page: Page, report: "Report", options: "Options") -> None:
    page.line()
    if options.output is None:
        page.line("Nothing was written; --output FILE keeps the alerts.")
        return
    what = "results" if options.everything else "alerts"
    if options.output == "-":
        page.line(f"The {what} went to standard output.")
        return
    page.line(f"The {what} are in {options.output}")
    if options.manifest_path:
        page.line(f"what they rest on, in {options.manifest_path}")
    if report.counts.rejected and options.rejects_path:
        page.line(f"the rejects, in {options.rejects_path}")
