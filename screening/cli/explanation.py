"""One result in full: the score part by part, each finding with its evidence, and what would clear it."""

from collections.abc import Iterator, Sequence
from typing import Any

from screening.cli.lanes import goods, lane
from screening.cli.printing import STYLES, Page
from screening.result import NO_CLEARANCE, Evidence, Finding, Match, NotEvaluated, Screening
from screening.ruleset.loading import RuleSet
from screening.ruleset.policy import RedFlag
from screening.ruleset.rule import Rule

_STATUS = {
    "in_force": "listed by the day of the shipment",
    "designated_after_shipment": "listed only after the shipment",
    "ended_before_shipment": "its listing had ended before the shipment",
    "mistaken": "the site says that it is somebody else",
}


def print_explanation(page: Page, result: Screening, ruleset: RuleSet) -> None:
    """Prints the result for people."""
    _print_head(page, result)
    _print_score(page, result)
    for number, finding in enumerate(result.findings, start=1):
        _print_finding(page, number, finding, ruleset)
    _print_matches(page, result.matches)
    _print_open(page, result, ruleset)
    _print_list(page, "What would have cleared it", result.would_clear)
    _print_list(page, "Suppressed by exceptions", _suppressed(result))
    _print_list(page, "Known of the names, without weight", _context(result))
    _print_shipment(page, result)
    page.line()
    page.line(f"Run {result.run}. {NO_CLEARANCE}")


def _print_head(page: Page, result: Screening) -> None:
    stated = (("line", result.line_number), ("revision", result.revision))
    parts = "".join(f", {what} {number}" for what, number in stated if number is not None)
    page.line(
        f"{result.shipment_id}{parts}  {result.decision.upper()}  {result.score} of 100",
        STYLES[result.decision],
    )
    page.line(f"row {result.row} of {result.file}")
    page.line(lane(result.shipment))
    page.line(f"{goods(result.shipment)}, {result.shipment.get('shipment_date') or 'no date'}")


def _print_score(page: Page, result: Screening) -> None:
    if not result.score_parts:
        page.line("No rule fired.")
        return
    titles = {finding.rule: finding.title for finding in result.findings}
    page.heading("Score")
    rows = [
        (f"+{p.points}", p.rule, titles.get(p.rule, ""), _cut(p.points, p.weight)) for p in result.score_parts
    ]
    page.table(("points", "rule", "title", ""), [*rows, (result.score, "", "in all", "")], right=("points",))


def _cut(points: int, weight: int) -> str:
    return "" if points == weight else f"of its {weight}: the score ends at 100"


def _print_finding(page: Page, number: int, finding: Finding, ruleset: RuleSet) -> None:
    rule = next((rule for rule in ruleset.rules if rule.id == finding.rule), None)
    page.heading(f"{number}. {finding.rule} {finding.title} ({finding.severity})")
    page.line(finding.explanation, indent=3)
    for evidence in _once(finding.evidence):
        _print_evidence(page, evidence)
    for flag in finding.red_flags:
        page.line(f"red flag: {_red_flag(flag, ruleset.red_flags.get(flag))}", indent=3)
    if more := finding.related_total - len(finding.related_shipments):
        page.line(f"and {more:,} more shipments besides", indent=3)
    _print_rule(page, rule)


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each piece of evidence once: the members of a combined finding share some."""
    return list({(one.field, one.text, one.source): one for one in evidence}.values())


def _print_rule(page: Page, rule: Rule | None) -> None:
    if rule is None:
        page.line("the rules loaded now have no such rule; --rules DIR names those of the run", indent=3)
        return
    page.line(f"why it matters: {rule.rationale}", indent=3)
    for honest in rule.false_positives:
        page.line(f"it may be honest: {honest}", indent=3)


def _print_evidence(page: Page, evidence: Evidence) -> None:
    page.line(f"- {evidence.text}", indent=3)
    page.line(f"{evidence.field} = {_value(evidence.value)}", indent=7)
    if evidence.match:
        found = evidence.match
        page.line(f"match: {found.name} ({found.id}, on {found.watchlist})", indent=7)
    if evidence.source:
        page.line(f"source: {evidence.source}", indent=7)
    if evidence.shipments:
        page.line(f"shipments: {', '.join(evidence.shipments)}", indent=7)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "blank" if value is None else str(value)


def _red_flag(flag_id: str, flag: RedFlag | None) -> str:
    if flag is None:
        return f"{flag_id} (not among the red flags loaded now)"
    read = "the publication was read" if flag.verified == "yes" else "not verified: known from summaries"
    link = f", {flag.link}" if flag.link else ""
    return f"{flag.issuer}, {flag.date}, {flag.reference}: {flag.text} ({read}{link})"


def _print_matches(page: Page, matches: Sequence[Match]) -> None:
    told = (
        f"{m.role.replace('_', ' ')} {m.name} = {m.matched_name}, score {m.score:.2f} ({m.id}; {m.source}; "
        f"{f'listed on {m.listed_on}; ' if m.listed_on else ''}{_STATUS[m.status]})"
        for m in matches
    )
    _print_list(page, "Names on lists", tuple(told))


def _print_open(page: Page, result: Screening, ruleset: RuleSet) -> None:
    titles = {rule.id: rule.title for rule in ruleset.rules}
    told = (f"{n.rule} {titles.get(n.rule, '')}: {_needed(n)}" for n in result.not_evaluated)
    _print_list(page, "Not evaluated, because something that this row needs is unknown", tuple(told))


def _needed(rule: NotEvaluated) -> str:
    return rule.reason or f"needs {', '.join(rule.missing)}"


def _print_list(page: Page, title: str, lines: Sequence[str]) -> None:
    if lines:
        page.heading(title)
    for line in lines:
        page.line(f"- {line}", indent=3)


def _suppressed(result: Screening) -> tuple[str, ...]:
    return tuple(
        f"{s.rule} by {s.exception} of {s.owner}, until {s.expires}: {s.reason}" for s in result.suppressed
    )


def _context(result: Screening) -> tuple[str, ...]:
    return tuple(f"{c.role.replace('_', ' ')} {c.name}: {c.explains} ({c.source})" for c in result.context)


def _print_shipment(page: Page, result: Screening) -> None:
    page.heading("The shipment as its row has it")
    for name, value in _stated(result):
        page.line(f"{name}: {value}", indent=3)


def _stated(result: Screening) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, value in result.shipment.items() if value not in (None, ""))
