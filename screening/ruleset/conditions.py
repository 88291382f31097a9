"""How the clauses of a rule come together: and, or, not over their names, in three truths.

True, false and unknown follow Kleene: an unknown clause leaves the whole unknown unless the
others settle it.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

Truth = bool | None
"""True, false, or None for unknown."""


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


class ConditionError(ValueError):
    """A condition that isn't one; the message says why."""


def parse_condition(text: str) -> Condition:
    """The condition that `text` states: clause names with and, or, not and parentheses."""
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval")
    except (SyntaxError, ValueError, RecursionError):
        raise ConditionError(f"`{text}` is no condition; join clause names with and, or, not") from None
    return _condition(tree.body)


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


def holds(condition: Condition, truth: Mapping[str, Truth]) -> Truth:
    """Whether the condition holds, given the truth of each clause."""
    match condition:
        case Name(name):
            return truth[name]
        case Not(part):
            inner = holds(part, truth)
            return None if inner is None else not inner
        case And(parts):
            return _all(holds(part, truth) for part in parts)
        case Or(parts):
            return _any(holds(part, truth) for part in parts)


def _all(truths: Iterator[Truth]) -> Truth:
    seen = list(truths)
    if False in seen:
        return False
    return None if None in seen else True


def _any(truths: Iterator[Truth]) -> Truth:
    seen = list(truths)
    if True in seen:
        return True
    return None if None in seen else False


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


def models(condition: Condition, limit: int = 14) -> Iterator[dict[str, bool]]:
    """Every assignment of true and false to the clauses that makes the condition hold.

    At most `limit` distinct clauses; more raise ConditionError, since 2^n assignments are tried.
    """
    names = sorted(set(clause_names(condition)))
    if len(names) > limit:
        raise ConditionError(f"has {len(names)} clauses; split the rule, {limit} are the most")
    for values in product((True, False), repeat=len(names)):
        assignment = dict(zip(names, values, strict=True))
        if holds(condition, assignment):
            yield assignment


def can_hold(condition: Condition, settled: Mapping[str, Truth]) -> bool:
    """Whether some truth of the other clauses makes the condition hold, given that of the settled ones."""
    free = sorted(set(clause_names(condition)) - settled.keys())
    choices = product((True, False), repeat=len(free))
    return any(holds(condition, {**settled, **dict(zip(free, values, strict=True))}) for values in choices)
