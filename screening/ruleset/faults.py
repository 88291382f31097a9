"""What can be wrong with a rule: one class a fault, each saying where, what, and what would be right."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a place of a rule file."""

    where: str
    """`FILE:LINE`."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} [{type(self).__name__}]"


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """The faults by file, line and text, each once."""
    return sorted(dict.fromkeys(faults), key=_order)


def _order(fault: Fault) -> tuple[str, int, str]:
    file, _, line = fault.where.rpartition(":")
    return (file, int(line), str(fault)) if line.isdigit() else (fault.where, 0, str(fault))


class MalformedRule(Fault):
    """A key is missing, superfluous, or not what it must be."""


class UnknownField(Fault):
    """A clause names a field that the catalogue does not have."""


class TypeMismatch(Fault):
    """A clause compares a field with something that it can't be compared with."""


class MalformedCondition(Fault):
    """The condition is more, or less, than clause names joined by and, or, not."""


class UnknownClause(Fault):
    """The condition names a clause that the rule does not have."""


class UnusedClause(Fault):
    """A clause that the condition does not name."""


class UnknownList(Fault):
    """A clause looks into a watchlist that isn't there."""


class UnknownPlaceholder(Fault):
    """A sentence has a placeholder that is no field."""


class WeightOutOfBand(Fault):
    """The weight does not lie in the band of the severity."""


class NoHitTest(Fault):
    """No test of the rule expects a hit."""


class NoClearTest(Fault):
    """No test of the rule expects it to stay quiet."""


class RepeatedTest(Fault):
    """Two tests of a rule have one name."""


class MalformedTest(Fault):
    """The shipment of a test has a column that the contract lacks, or a value that can't be read."""


class NoFalsePositive(Fault):
    """The rule does not say when it is wrong."""


class UnknownRedFlag(Fault):
    """The rule cites a red flag that rules/red_flags.yaml does not have."""


class NoRedFlag(Fault):
    """The rule cites no published red flag."""


class RepeatedId(Fault):
    """Two rules have one id; several may draw one conclusion."""


class FileNameMismatch(Fault):
    """The name of the file does not begin with the rule's id."""


class SameRule(Fault):
    """Two rules say the same."""


class RepeatedTerm(Fault):
    """A rule over time groups by, or measures, the same thing twice."""


class NeverHolds(Fault):
    """No shipment can fulfil the condition."""


class Unwieldy(Fault):
    """The condition can be fulfilled in more ways than anybody could examine."""


class CountryOnly(Fault):
    """Countries alone fulfil the condition; a country is never a finding."""


class UnknownMember(Fault):
    """A combine rule names neither a rule nor a conclusion."""


class DeprecatedMember(Fault):
    """A combine rule builds on a rule that is no longer evaluated."""


class CircularConclusion(Fault):
    """A combine rule depends on its own conclusion, or `unless` names no lower layer."""


class NoReplacement(Fault):
    """A deprecated rule gives no reason or no rule that replaces it."""


class DatesOutOfOrder(Fault):
    """A rule ends before it begins, or was updated before it was written."""


class UnknownRule(Fault):
    """The policy limits a rule that isn't there."""


class MalformedPolicy(Fault):
    """The policy or the red flags can't be read as what they must be."""


class DanglingRedFlag(Fault):
    """A red flag repeats one that isn't there, or does not say what data would show it."""


class ChangedRule(Fault):
    """What a rule finds or says has changed under one version."""


class UnlockedRule(Fault):
    """A rule, or a version of it, is not in rules.lock."""


class VanishedRule(Fault):
    """rules.lock has a rule that no file has."""
