"""How the clauses of a rule come together: and, or, not over their names, in three truths.

True, false and unknown follow Kleene: an unknown clause leaves the whole unknown unless the
others settle it.
"""

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import Any, TypeVar

Truth = bool | None
"""True, false, or None for unknown."""
_MOST_SETTLED = 4_096
_NEW = object()


@dataclass(frozen=True, slots=True)
class Name:
    """One clause, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Not:
    """What holds when its part does not."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class And:
    """What holds when all its parts do."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What holds when any of its parts does."""

    parts: tuple["Condition", ...]


Condition = Name | Not | And | Or


_SHOWN = 80
"""Letters of a condition that an error repeats."""


class ConditionError(ValueError):
    """A condition that isn't one; the message says why."""


def parse_condition(text: str) -> Condition:
    """The condition that `text` states: clause names with and, or, not and parentheses."""
    try:
        return _condition(ast.parse(" ".join(text.split()), mode="eval").body)
    except (SyntaxError, RecursionError, MemoryError):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        raise ConditionError(f"`{shown}` is no condition; join clause names with and, or, not") from None


def all_of(names: list[str]) -> Condition:
    """The condition that holds when every named clause does."""
    return Name(names[0]) if len(names) == 1 else And(tuple(Name(n) for n in names))


def _condition(node: ast.expr) -> Condition:
    if isinstance(node, ast.Name):
        return Name(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Not(_condition(node.operand))
    if isinstance(node, ast.BoolOp):
        parts = tuple(_condition(value) for value in node.values)
        return And(parts) if isinstance(node.op, ast.And) else Or(parts)
    raise ConditionError(f"`{ast.unparse(node)}` is neither a clause name nor and, or, not")


def clause_names(condition: Condition) -> Iterator[str]:
    """The clause names in the order in which the condition states them, repeats included."""
    match condition:
        case Name(name):
            yield name
        case Not(part):
            yield from clause_names(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from clause_names(part)


def renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The condition with other names for its clauses."""
    match condition:
        case Name(name):
            return Name(names[name])
        case Not(part):
            return Not(renamed(part, names))
        case And(parts):
            return And(tuple(renamed(part, names) for part in parts))
        case Or(parts):
            return Or(tuple(renamed(part, names) for part in parts))


def denies(condition: Condition) -> bool:
    """True where the condition says of some clause that it does not hold."""
    match condition:
        case Name():
            return False
        case Not():
            return True
        case And(parts) | Or(parts):
            return any(map(denies, parts))


def holds(condition: Condition, truth: Mapping[str, Truth]) -> Truth:
    """Whether the condition holds, given the truth of each clause."""
    match condition:
        case Name(name):
            return truth[name]
        case Not(part):
            inner = holds(part, truth)
            return None if inner is None else not inner
        case And(parts):
            return _joined(parts, truth, settled=False)
        case Or(parts):
            return _joined(parts, truth, settled=True)


def _joined(parts: Iterable[Condition], truth: Mapping[str, Truth], settled: bool) -> Truth:
    """The truth of several parts of which one that is `settled` settles the whole."""
    whole: Truth = not settled
    for part in parts:
        inner = holds(part, truth)
        if inner is settled:
            return settled
        if inner is None:
            whole = None
    return whole


class Settled:
    """A condition that is asked again and again: what it comes to is kept by the truths of its clauses."""

    def __init__(self, condition: Condition) -> None:
        self._condition = condition
        names = tuple(dict.fromkeys(clause_names(condition)))
        self._truths: Callable[[Mapping[str, Truth]], object] = itemgetter(*names) if names else len
        self._known: dict[object, Any] = {}

    def holds(self, truth: Mapping[str, Truth]) -> Truth:
        """Whether it holds, given the truth of each clause."""
        key = self._truths(truth)
        known = self._known.get(key, _NEW)
        if known is not _NEW:
            settled: Truth = known
            return settled
        if len(self._known) >= _MOST_SETTLED:
            self._known.clear()
        found = self._known[key] = holds(self._condition, truth)
        return found


def supporting(condition: Condition, truth: Mapping[str, Truth]) -> list[tuple[str, bool]]:
    """The clauses that make a true condition true, as (name, the truth that counts), in stated order.

    Of an `or` the true sides count, of an `and` all sides, under a `not` what is false.
    """
    seen: dict[tuple[str, bool], None] = {}
    for pair in _supporting(condition, truth, wanted=True):
        seen.setdefault(pair)
    return list(seen)


def _supporting(condition: Condition, truth: Mapping[str, Truth], wanted: bool) -> Iterator[tuple[str, bool]]:
    match condition:
        case Name(name):
            if truth[name] is wanted:
                yield (name, wanted)
        case Not(part):
            yield from _supporting(part, truth, not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                if holds(part, truth) is wanted:
                    yield from _supporting(part, truth, wanted)


Way = frozenset[tuple[str, bool]]
"""Clauses, each with the truth that it must have."""

MOST_WAYS = 2_000


def ways_to_hold(condition: Condition) -> frozenset[Way]:
    """The smallest sets of clause truths that make the condition hold, whatever the other clauses are.

    Raises ConditionError when there are too many to look at.
    """
    return _ways(condition, wanted=True)


def _ways(condition: Condition, wanted: bool) -> frozenset[Way]:
    match condition:
        case Name(name):
            return frozenset({frozenset({(name, wanted)})})
        case Not(part):
            return _ways(part, not wanted)
        case And(parts) | Or(parts):
            choices = [_ways(part, wanted) for part in parts]
            return _together(choices) if isinstance(condition, And) is wanted else _either(choices)


def _either(choices: Iterable[frozenset[Way]]) -> frozenset[Way]:
    return smallest({way for ways in choices for way in ways})


def _together(choices: Iterable[frozenset[Way]]) -> frozenset[Way]:
    whole: frozenset[Way] = frozenset({frozenset()})
    for ways in choices:
        if len(whole) * len(ways) > MOST_WAYS:
            raise ConditionError(f"can hold in more than {MOST_WAYS:,} ways; split the rule")
        joined = {one | other for one, other in product(whole, ways)}
        whole = smallest({way for way in joined if not any((name, not t) in way for name, t in way)})
    return whole


Things = TypeVar("Things")


def smallest(sets: set[frozenset[Things]]) -> frozenset[frozenset[Things]]:
    """The sets less those that contain another one."""
    kept: list[frozenset[Things]] = []
    for candidate in sorted(sets, key=len):
        if not any(other <= candidate for other in kept):
            kept.append(candidate)
    return frozenset(kept)


def can_hold(condition: Condition, settled: Mapping[str, Truth]) -> bool:
    """Whether some truth of the other clauses makes the condition hold, given that of the settled ones."""
    free = sorted(set(clause_names(condition)) - settled.keys())
    choices = product((True, False), repeat=len(free))
    return any(holds(condition, {**settled, **dict(zip(free, values, strict=True))}) for values in choices)
