"""Whether facts can be true of one shipment together, judged by what the fields can be.

Only contradictions that follow from the fields themselves are found: what stands on a list changes
from day to day, and is nobody's contradiction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.fields import FIELDS, FieldType
from screening.ruleset.calendar import days_agree
from screening.ruleset.clauses import Operator
from screening.ruleset.literals import Literal

Literals = frozenset[Literal]

_VALUES = {"goods.chpl_tier": frozenset({"1", "2", "3.a", "3.b", "4.a", "4.b", "none"})}
_DIGITS = {"goods.hs4": 4, "goods.hs2": 2}
_ANY_SIGN = (".days_registered", "_deviation", ".days_before_shipment")
_SCORE = ".score"


def consistent(literals: Iterable[Literal]) -> bool:
    """True unless the literals contradict one another or what their fields can be."""
    facts = frozenset(literals)
    return (
        not any(fact.opposite in facts for fact in facts)
        and not _blank_with_value(facts)
        and _texts_agree(facts)
        and _countries_agree(facts)
        and all(_interval(facts, name) for name in _names(facts, FieldType.NUMBER))
        and days_agree(facts)
    )


def _names(facts: Literals, *types: FieldType) -> set[str]:
    return {fact.field for fact in facts if FIELDS[fact.field].type in types}


def _blank_with_value(facts: Literals) -> bool:
    """True where a fact needs the value of a field whose column another fact says is blank."""
    blank = {fact.field for fact in facts if fact.relation is Operator.KNOWN and not fact.truth}
    columns = {FIELDS[name].needs[0] for name in blank if len(FIELDS[name].needs) == 1}
    needed = {name for fact in facts for name in _needed(fact)}
    return any(name in blank or columns & set(FIELDS[name].needs) for name in needed)


def _needed(fact: Literal) -> Iterator[str]:
    if fact.relation is not Operator.KNOWN:
        yield fact.field
    if fact.other is not None:
        yield fact.other


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a field with one value may be: one of `among` (None: anything), and none of `never`."""

    name: str
    among: frozenset[str] | None
    never: frozenset[str]

    def allows(self, value: str) -> bool:
        return (self.among is None or value in self.among) and value not in self.never

    @property
    def left(self) -> frozenset[str] | None:
        """The values that are possible, None where they can't be counted."""
        if self.among is None:
            return None
        digits = _DIGITS.get(self.name)
        return frozenset(v for v in self.among - self.never if digits is None or _is_code(v, digits))


def _is_code(value: str, digits: int) -> bool:
    return value.isdigit() and len(value) == digits


def _texts_agree(facts: Literals) -> bool:
    names = _names(facts, FieldType.TEXT, FieldType.HS6, FieldType.COUNTRY) | {
        fact.other for fact in facts if fact.relation is Operator.SAME_AS and fact.other
    }
    groups = _same(facts, names)
    choices = {name: _choice(facts, name, groups[name]) for name in names}
    if any(choice.left == frozenset() for choice in choices.values()):
        return False
    return _differ(facts, groups, choices) and _codes_agree(choices)


def _same(facts: Literals, names: set[str]) -> dict[str, frozenset[str]]:
    """For each field those that are said to be the same as it, itself among them."""
    groups = {name: frozenset({name}) for name in names}
    for fact in facts:
        if fact.relation is Operator.SAME_AS and fact.truth and fact.other:
            merged = groups[fact.field] | groups[fact.other]
            groups |= dict.fromkeys(merged, merged)
    return groups


def _choice(facts: Literals, name: str, group: frozenset[str]) -> _Choice:
    sets = [(fact.operand, fact.truth) for fact in facts if fact.field in group and _is_set(fact)]
    among = [frozenset(v) for v, truth in sets if truth and isinstance(v, tuple)]
    if name in _VALUES:
        among.append(_VALUES[name])
    never = [v for values, truth in sets if not truth and isinstance(values, tuple) for v in values]
    return _Choice(name, frozenset.intersection(*among) if among else None, frozenset(never))


def _is_set(fact: Literal) -> bool:
    return fact.relation is Operator.IN and FIELDS[fact.field].type is not FieldType.COUNTRIES


def _differ(facts: Literals, groups: dict[str, frozenset[str]], choices: dict[str, _Choice]) -> bool:
    for fact in facts:
        if fact.relation is Operator.SAME_AS and not fact.truth and fact.other:
            left, right = choices[fact.field].left, choices[fact.other].left
            only = left is not None and len(left) == 1 and left == right
            if only or fact.other in groups[fact.field]:
                return False
    return True


def _codes_agree(choices: dict[str, _Choice]) -> bool:
    """True when some HS code, heading and chapter go together."""
    for name, parts in (("goods.hs6", ("goods.hs4", "goods.hs2")), ("goods.hs4", ("goods.hs2",))):
        whole = choices[name].left if name in choices else None
        shorter = [choices[part] for part in parts if part in choices]
        if whole is not None and not any(all(c.allows(v[: _DIGITS[c.name]]) for c in shorter) for v in whole):
            return False
    return True


def _countries_agree(facts: Literals) -> bool:
    """True when no list of countries must hold one of a set that it must not hold."""
    for name in _names(facts, FieldType.COUNTRIES):
        sets = [(f.operand, f.truth) for f in facts if f.field == name and f.relation is Operator.IN]
        never = {v for values, truth in sets if not truth and isinstance(values, tuple) for v in values}
        if any(truth and isinstance(values, tuple) and never.issuperset(values) for values, truth in sets):
            return False
    return True


def _interval(facts: Literals, name: str) -> bool:
    """True when some number is left for the field."""
    low, high = _bounds(name)
    lows, highs = [(low, False)], [(high, False)]
    points: set[float] = set()
    for _, relation, operand, truth in (fact for fact in facts if fact.field == name):
        if not isinstance(operand, float):
            continue
        if relation is Operator.IS:
            lows, highs = ([*lows, (operand, False)], [*highs, (operand, False)]) if truth else (lows, highs)
            points |= set() if truth else {operand}
        elif (relation is Operator.AT_LEAST) is truth:
            lows.append((operand, not truth))
        else:
            highs.append((operand, not truth))
    return _room(lows, highs, points)


def _room(lows: list[tuple[float, bool]], highs: list[tuple[float, bool]], points: set[float]) -> bool:
    """True when a number lies between the bounds (each with whether it is itself excluded)."""
    low, high = max(lows), min(highs, key=lambda bound: (bound[0], not bound[1]))
    if low[0] == high[0]:
        return not (low[1] or high[1] or low[0] in points)
    return low[0] < high[0]


def _bounds(name: str) -> tuple[float, float]:
    if name.endswith(_SCORE):
        return 0.0, 1.0
    return (float("-inf") if name.endswith(_ANY_SIGN) else 0.0), float("inf")
