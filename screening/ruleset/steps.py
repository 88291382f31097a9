"""Whether the steps of a sequence can stand as they do: what stops is first, what starts is last."""

from collections.abc import Iterator

from screening.fields import FIELDS
from screening.ruleset.faults import Fault, MalformedRule, TypeMismatch
from screening.ruleset.windows import SequenceRule, Step
from screening.ruleset.yaml_source import Source


def step_faults(rule: SequenceRule, source: Source) -> Iterator[Fault]:
    """What keeps the steps from being a sequence."""
    if len(rule.steps) == 1 and rule.steps[0].starts is None:
        yield MalformedRule(
            source.where(("steps",)), "steps: a single step must start; name two, or `starts`"
        )
    if len(rule.steps) == 1 and rule.steps[0].stops:
        yield MalformedRule(source.where(("steps",)), "steps: what stops needs a step that follows it")
    for at, step in enumerate(rule.steps):
        yield from _place_faults(rule, at, step, source)
        yield from _group_faults(rule, at, step, source)


def _place_faults(rule: SequenceRule, at: int, step: Step, source: Source) -> Iterator[Fault]:
    def fault(key: str, what: str) -> Fault:
        return MalformedRule(source.where(("steps", at, key)), f"steps.{at}.{key}: {what}")

    if step.name in [other.name for other in rule.steps[:at]]:
        yield fault("name", f"two steps are called {step.name}")
    if step.stops and at > 0:
        yield fault("stops", "only the first step can stop")
    if step.starts and at < len(rule.steps) - 1:
        yield fault("starts", "only the last step can start")
    if step.compared and (at == 0 or rule.steps[at - 1].stops):
        why = (
            "there is no step before it" if at == 0 else "a step that stopped has no one row to compare with"
        )
        yield fault("similar" if step.similar else "differs", why)


def _group_faults(rule: SequenceRule, at: int, step: Step, source: Source) -> Iterator[Fault]:
    where, key = source.where(("steps", at, "group_by")), f"steps.{at}.group_by"
    own, wanted = rule.groups[at], rule.group_by
    if len(own) != len(wanted):
        yield MalformedRule(
            where, f"{key}: names {len(own)} fields where the rule's group_by has {len(wanted)}"
        )
        return
    for mine, theirs in zip(own, wanted, strict=True):
        if FIELDS[mine].type is not FIELDS[theirs].type:
            what = f"{mine} ({FIELDS[mine].type}) can't stand for {theirs} ({FIELDS[theirs].type})"
            yield TypeMismatch(where, f"{key}: {what}")
