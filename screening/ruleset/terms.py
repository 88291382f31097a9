"""What a rule over time says in words: its terms for a reader, and the sentence of its finding."""

from collections.abc import Iterator
from fractions import Fraction

from screening.fields import FIELDS
from screening.ruleset.measures import Measure
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, Step, WindowRule

_GROUPS = {
    "goods.hs6": "HS code",
    "goods.hs4": "heading of the HS",
    "goods.hs2": "chapter of the HS",
    "destination.country": "country of destination",
    "export.country": "country of export",
}


def terms_told(rule: WindowRule) -> Iterator[str]:
    """Each term of the rule as a line."""
    yield f"by {', '.join(rule.group_by)}"
    match rule:
        case CountRule():
            for measure in rule.count:
                yield f"at least {_number(measure.least)} {_measured(measure)} within {days(rule.within)}"
        case SequenceRule():
            for step in rule.steps:
                yield from _step_terms(step)
            yield f"all within {days(rule.within)}"
            if rule.persists:
                yield f"carried on by later rows of the last step for {days(rule.persists)}"
        case ChangeRule():
            yield (
                f"{rule.of} over {days(rule.window)} at least {_number(rule.ratio)} times, by the day, "
                f"what it was over the {days(rule.baseline)} before"
            )
            yield f"at least {rule.min_rows} rows in the window, and {rule.min_baseline_rows} before it"
            if rule.persists:
                yield f"carried on by later rows for {days(rule.persists)}"


def _step_terms(step: Step) -> Iterator[str]:
    name = step.name.replace("_", " ")
    if step.group_by:
        yield f"{name}: by {', '.join(step.group_by)}"
    if step.stops:
        told = f"at least {step.stops.after_at_least} rows, then none for {days(step.stops.quiet_for)}"
        yield f"{name}: {told}"
    if step.starts:
        yield f"{name}: not seen for {days(step.starts.unseen_for)}"
    if step.similar:
        share = _number(step.similar.share * 100)
        yield f"{name}: {step.similar.field} within {share} % of that of the step before"
    if step.differs:
        yield f"{name}: another {step.differs} than that of the step before"


def default_sentence(rule: WindowRule) -> str:
    """What a finding of the rule says where the rule has no `say`."""
    match rule:
        case CountRule():
            told = " and ".join(f"{_place(measure)} {_measured(measure)}" for measure in rule.count)
            return f"{_group(rule)} had {told} within {{within}}"
        case SequenceRule():
            names = ", then ".join(step.name.replace("_", " ") for step in rule.steps)
            return f"{_group(rule)} had, within {{within}}: {names}"
        case ChangeRule():
            what = "shipments" if rule.measured is None else FIELDS[rule.measured].meaning
            before = f"the {days(rule.baseline)} before"
            return (
                f"{_group(rule)} had {{ratio}} times as much a day over {{within}} as over {before}: {what}"
            )


def _group(rule: WindowRule) -> str:
    """What the rows of one group share: `one consignee and HS code`."""
    return (
        f"one {' and '.join(_GROUPS.get(name, name.replace('.', ' ')) for name in map(_bare, rule.group_by))}"
    )


def _bare(name: str) -> str:
    return name.removesuffix(".key").replace("_", " ")


def _place(measure: Measure) -> str:
    return "{sum}" if measure.sum else "{count}"


def _measured(measure: Measure) -> str:
    if measure.sum:
        unit = FIELDS[measure.sum].unit
        return f"{unit} of {measure.sum}" if unit else f"of {measure.sum}"
    if measure.distinct is None:
        return "such shipments"
    role, _, attribute = measure.distinct.rpartition(".")
    if attribute == "key":
        return f"different parties as {role.replace('_', ' ')}"
    return f"different values of {measure.distinct}"


def days(number: int) -> str:
    """A number of days in words."""
    return "1 day" if number == 1 else f"{number} days"


def _number(value: Fraction) -> str:
    return f"{float(value):,.3f}".rstrip("0").rstrip(".")
