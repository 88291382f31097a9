"""A rule as an analyst reads it: why it exists, what it looks for, what was tried, when it is wrong."""

from collections.abc import Iterator, Mapping, Sequence

from screening.cli.printing import Page
from screening.ruleset.checklist import limits, wanted
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import Rule


def print_rule(page: Page, rule: Rule, ruleset: RuleSet) -> None:
    """Prints the rule, its red flags spelled out."""
    page.line(f"{rule.id} {rule.title}", "bold")
    page.line(
        f"{rule.severity}, {rule.weight} points; {rule.kind} rule, {rule.status}, version {rule.version}"
    )
    page.line(f"{ruleset.sources[rule.id].where()}; created {rule.created}, updated {rule.updated}")
    for line in limits(rule, ruleset):
        page.line(line)
    page.heading("Why")
    page.line(rule.rationale, indent=2)
    page.heading("What it looks for")
    for line in wanted(rule, ruleset):
        page.line(line, indent=2)
    page.heading("When it is wrong")
    for honest in rule.false_positives:
        page.line(f"- {honest}", indent=2)
    page.heading("Published red flags")
    for line in _red_flags(rule, ruleset):
        page.line(f"- {line}", indent=2)
    page.heading("Tests")
    for test in rule.tests:
        page.line(f"- {str(test.expect).replace('_', ' ')}: {test.name} ({_story(test.story)})", indent=2)


def _red_flags(rule: Rule, ruleset: RuleSet) -> Iterator[str]:
    for flag_id in rule.red_flags:
        flag = ruleset.red_flags.get(flag_id)
        yield f"{flag_id}: {flag.issuer}, {flag.date}, {flag.reference}: {flag.text}" if flag else flag_id


def _story(story: Sequence[Mapping[str, str]]) -> str:
    """The shipments in order; what they have in common is told once."""
    first, *others = story
    if not others:
        return _told(first)
    common = {name: value for name, value in first.items() if all(o.get(name) == value for o in others)}
    each = [{name: value for name, value in one.items() if name not in common} for one in story]
    parts = "; then ".join(_told(one) or "the same" for one in each)
    return f"all {_told(common)}; {parts}" if common else parts


def _told(shipment: Mapping[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in shipment.items())
