"""What a rule owes its reader besides its logic: reasons, red flags, honest doubts, tests."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from screening.ruleset.about import DatedRule, Expectation
from screening.ruleset.faults import (
    DatesOutOfOrder,
    Fault,
    FileNameMismatch,
    NoClearTest,
    NoFalsePositive,
    NoHitTest,
    NoRedFlag,
    NoReplacement,
    RepeatedTest,
    UnknownRedFlag,
    WeightOutOfBand,
)
from screening.ruleset.nearest import nearest
from screening.ruleset.policy import Policy
from screening.ruleset.reading import RuleFile
from screening.ruleset.rule import Rule
from screening.ruleset.yaml_source import Source

_SAYS_NOTHING = {"", "unknown", "none", "n/a", "na", "nil", "tbd", "todo", "no", "none known", "not known"}


def formal_faults(file: RuleFile, policy: Policy, red_flags: Collection[str]) -> Iterator[Fault]:
    """The faults of one rule that its logic has no part in."""
    rule, source = file.rule, file.source
    yield from _file_name(rule, source)
    yield from _weight(rule, source, policy)
    yield from _red_flags(rule, source, red_flags)
    yield from _false_positives(rule, source)
    yield from _status(rule, source)
    yield from _dates(rule, source)
    yield from _tests(rule, source)


def _file_name(rule: Rule, source: Source) -> Iterator[Fault]:
    name, wanted = PurePosixPath(source.name).name, rule.id.lower()
    if not re.match(rf"{wanted}[-.]", name.lower()):
        yield FileNameMismatch(source.where(("id",)), f"the file is called {name}; begin it with {wanted}-")


def _weight(rule: Rule, source: Source, policy: Policy) -> Iterator[Fault]:
    least, most = policy.bands[rule.severity]
    if not least <= rule.weight <= most:
        what = f"weight {rule.weight} is outside the band of {rule.severity.value}, {least} to {most}"
        yield WeightOutOfBand(source.where(("weight",)), what)


def _red_flags(rule: Rule, source: Source, known: Collection[str]) -> Iterator[Fault]:
    if not rule.red_flags:
        yield NoRedFlag(source.where(("red_flags",)), "cites no published red flag")
    for i, name in enumerate(rule.red_flags):
        if name not in known:
            what = f"{name}: no such red flag{nearest(name, known)}"
            yield UnknownRedFlag(source.where(("red_flags", i)), what)


def _false_positives(rule: Rule, source: Source) -> Iterator[Fault]:
    where = source.where(("false_positives",))
    if not rule.false_positives:
        yield NoFalsePositive(where, "false_positives needs at least one sentence: when is the rule wrong?")
    for said in rule.false_positives:
        if said.strip(" .!?-").lower() in _SAYS_NOTHING:
            yield NoFalsePositive(where, f"false_positives says `{said}`; say when the rule is wrong")


def _status(rule: Rule, source: Source) -> Iterator[Fault]:
    if rule.active:
        return
    for key, told in (("reason", rule.reason), ("replaced_by", rule.replaced_by)):
        if not told:
            yield NoReplacement(source.where(("status",)), f"a deprecated rule needs `{key}`")


def _dates(rule: Rule, source: Source) -> Iterator[Fault]:
    if rule.updated < rule.created:
        what = f"updated on {rule.updated}, before it was created on {rule.created}"
        yield DatesOutOfOrder(source.where(("updated",)), what)
    first, last = (rule.valid_from, rule.valid_until) if isinstance(rule, DatedRule) else (None, None)
    if first and last and last < first:
        what = f"valid until {last}, before it is valid from {first}"
        yield DatesOutOfOrder(source.where(("valid_until",)), what)


def _tests(rule: Rule, source: Source) -> Iterator[Fault]:
    where, expected = source.where(("tests",)), {test.expect for test in rule.tests}
    if Expectation.HIT not in expected:
        yield NoHitTest(where, "no test expects a hit")
    if Expectation.CLEAR not in expected:
        yield NoClearTest(where, "no test expects the rule to stay clear")
    names = Counter(test.name for test in rule.tests)
    for i, test in enumerate(rule.tests):
        if names[test.name] > 1:
            yield RepeatedTest(source.where(("tests", i)), f"two tests are called `{test.name}`")
