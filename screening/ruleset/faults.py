"""What can be wrong with a rule: one class a fault, each saying where, what, and what would be right."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault at a place of a rule file."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} [{type(self).__name__}]"


class MalformedRule(Fault):
    """A key is missing, superfluous, or not what it must be."""


class UnknownField(Fault):
    """A clause names a field that the catalogue does not have."""


class TypeMismatch(Fault):
    """A clause compares a field with something that it can't be compared with."""


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


class NoFalsePositive(Fault):
    """The rule does not say when it is wrong."""


class UnknownRedFlag(Fault):
    """The rule cites a red flag that rules/red_flags.yaml does not have."""


class NoRedFlag(Fault):
    """The rule cites no published red flag."""


class RepeatedId(Fault):
    """Two rules have one id, or two conclusions one name."""


class FileNameMismatch(Fault):
    """The name of the file does not begin with the rule's id."""


class SameRule(Fault):
    """Two rules say the same."""


class NeverHolds(Fault):
    """No shipment can fulfil the condition."""


class CountryOnly(Fault):
    """Countries alone fulfil the condition; a country is never a finding."""


class UnknownMember(Fault):
    """A combine rule names neither a rule nor a conclusion."""


class CircularConclusion(Fault):
    """A combine rule depends on its own conclusion, or `unless` names no lower layer."""


class NoReplacement(Fault):
    """A deprecated rule gives no reason or no rule that replaces it."""
