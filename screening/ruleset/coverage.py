"""What a file's columns let the rules see: a rule whose column is missing is off, and the run says so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.fields import FIELDS
from screening.ruleset.clauses import Clause, Operator
from screening.ruleset.conditions import Truth, can_hold
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, MatchRule, selections
from screening.ruleset.selection import Selection
from screening.ruleset.windows import WindowRule


@dataclass(frozen=True, slots=True)
class RuleOff:
    """A rule that missing columns keep from being evaluated, wholly or in part.

    `missing` are columns, or for a combine rule the findings that it lacks.
    """

    rule: str
    missing: tuple[str, ...]
    wholly: bool


def rules_off(ruleset: RuleSet, present: frozenset[str]) -> Iterator[RuleOff]:
    """The rules that lack a column, with the columns that would switch them on.

    A combine rule is off, wholly, when a finding that it needs is.
    """
    wholly: set[str] = set()
    for rule in (*ruleset.match_rules, *ruleset.window_rules):
        always = _always_needed(rule)
        clauses = (field.name for s in selections(rule) for clause in s.clauses for field in clause.fields)
        if missing := _missing([*always, *clauses], present):
            held = all(can_hold(s.logic, _settled(s, present)) for s in selections(rule))
            off = bool(_missing(always, present)) or not held
            wholly |= {rule.id} if off else set()
            yield RuleOff(rule.id, missing, off)
    for combined in ruleset.combine_rules:
        needed = tuple(name for name in combined.when.all_of if name in wholly)
        if needed or (combined.when.any_of and wholly.issuperset(combined.when.any_of)):
            wholly |= {combined.id, combined.conclude} - _reached_otherwise(combined, ruleset, wholly)
            yield RuleOff(combined.id, needed or combined.when.any_of, True)


def _reached_otherwise(rule: CombineRule, ruleset: RuleSet, wholly: set[str]) -> set[str]:
    """The rule's conclusion, when another rule that is on draws it too."""
    others = (r for r in ruleset.combine_rules if r.id != rule.id and r.conclude == rule.conclude)
    return {rule.conclude} if any(other.id not in wholly for other in others) else set()


def _always_needed(rule: MatchRule | WindowRule) -> list[str]:
    """The fields without which the rule is never told, whatever its clauses say."""
    return [] if isinstance(rule, MatchRule) else ["shipment.date", *sorted(rule.compared)]


def _missing(names: Iterable[str], present: frozenset[str]) -> tuple[str, ...]:
    fields = [FIELDS[name] for name in names]
    missing = (
        column for f in fields if f.missing_from(present) for column in f.columns if column not in present
    )
    return tuple(dict.fromkeys(missing))


def _settled(of: Selection, present: frozenset[str]) -> dict[str, Truth]:
    """The truth of the clauses that the columns settle: unknown, or that something is not known."""
    return {c.name: _without(c) for c in of.clauses if any(f.missing_from(present) for f in c.fields)}


def _without(clause: Clause) -> Truth:
    return clause.operand is False if clause.operator is Operator.KNOWN else None
