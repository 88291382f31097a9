"""What makes a rule over time useless: spans that leave no room, measures said twice, sentences that fail."""

from collections import Counter
from collections.abc import Iterator

from screening.ruleset.faults import Fault, NeverHolds, RepeatedTerm, UnknownPlaceholder
from screening.ruleset.windows import CountRule, SequenceRule, WindowRule
from screening.ruleset.wording import MEASURED, wording_faults
from screening.ruleset.yaml_source import Source


def window_faults(rule: WindowRule, source: Source) -> Iterator[Fault]:
    """The faults of a rule over time that its clauses have no part in."""
    for what in wording_faults(rule.say or "", MEASURED):
        yield UnknownPlaceholder(source.where(("say",)), f"say: {what}")
    for name in _repeated(rule.group_by):
        yield RepeatedTerm(source.where(("group_by",)), f"group_by names {name} twice")
    if isinstance(rule, CountRule):
        yield from _measure_faults(rule, source)
    if isinstance(rule, SequenceRule):
        yield from _span_faults(rule, source)


def _repeated(names: tuple[str, ...]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _measure_faults(rule: CountRule, source: Source) -> Iterator[Fault]:
    for name in _repeated(tuple(f"{'distinct' if m.distinct else 'sum'} {m.field}" for m in rule.count)):
        yield RepeatedTerm(source.where(("count",)), f"count measures {name} twice; keep the larger one")
    for measure in rule.count:
        if measure.distinct in rule.group_by:
            what = f"{measure.distinct} groups the rows, so it has one value in each group"
            yield NeverHolds(source.where(("count",)), what)


def _span_faults(rule: SequenceRule, source: Source) -> Iterator[Fault]:
    stops = rule.steps[0].stops
    if stops and rule.within < stops.quiet_for:
        what = f"within {rule.within}d is shorter than quiet_for {stops.quiet_for}d; no stop could be seen"
        yield NeverHolds(source.where(("within",)), what)
