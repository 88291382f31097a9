"""The clauses of a rule file, wherever they stand in it: read, typed, each fault with its line."""

import re
from collections.abc import Iterator
from copy import deepcopy
from keyword import iskeyword
from typing import Any

from screening.ruleset.clauses import Clause, ClauseError, NoSuchField, read_clause
from screening.ruleset.conditions import ConditionError, clause_names, parse_condition
from screening.ruleset.faults import (
    Fault,
    MalformedCondition,
    MalformedRule,
    TypeMismatch,
    UnknownClause,
    UnknownField,
)
from screening.ruleset.nearest import nearest
from screening.ruleset.yaml_source import Place, Source, Tree

_CLAUSE_NAME = re.compile(r"[a-z][a-z0-9_]*")


def with_clauses(source: Source, tree: dict[str, Tree]) -> tuple[dict[str, Any], list[Fault]]:
    """The tree of a rule with its clauses read, and what is wrong with them and with the conditions."""
    # Clauses are read where they stand, in a copy; the tests, most of a file, have none.
    stated: dict[str, Any] = {key: part if key == "tests" else deepcopy(part) for key, part in tree.items()}
    faults: list[Fault] = []
    for place in _places(tree):
        holder: Any = stated
        for part in place[:-1]:
            holder = holder[part]
        faults.extend(_condition_faults(holder, source, place))
        holder[place[-1]], found = _clauses(holder.get(place[-1]), source, place)
        faults.extend(found)
    return stated, faults


def _places(tree: dict[str, Tree]) -> Iterator[Place]:
    """Where clauses stand, or must stand, in a rule of its kind."""
    match tree.get("kind"):
        case "match":
            yield ("when",)
        case "count":
            yield ("of",)
        case "change" if "where" in tree or "condition" in tree:
            yield ("where",)
        case "sequence":
            steps = tree.get("steps")
            for i, step in enumerate(steps if isinstance(steps, list) else []):
                if isinstance(step, dict):
                    yield ("steps", i, "where")


def _clauses(stated: Tree | None, source: Source, place: Place) -> tuple[dict[str, Clause], list[Fault]]:
    if not isinstance(stated, dict) or not stated:
        return {}, [MalformedRule(source.where(place), f"`{place[-1]}` must name at least one clause")]
    clauses: dict[str, Clause] = {}
    faults: list[Fault] = []
    for name, clause in stated.items():
        if iskeyword(name) or not _CLAUSE_NAME.fullmatch(name):
            what = f"`{name}` can't name a clause; use lower-case letters, digits and _, such as tier_1"
            faults.append(MalformedRule(source.where((*place, name)), what))
        try:
            clauses[name] = read_clause(name, clause)
        except ClauseError as error:
            kind = UnknownField if isinstance(error, NoSuchField) else TypeMismatch
            faults.append(kind(source.where((*place, name)), f"clause {name}: {error}"))
    return clauses, faults


def _condition_faults(holder: dict[str, Tree], source: Source, place: Place) -> Iterator[Fault]:
    text, clauses = holder.get("condition"), holder.get(str(place[-1]))
    if not isinstance(text, str) or not isinstance(clauses, dict):
        return
    stands = (*place[:-1], "condition")
    try:
        names = dict.fromkeys(clause_names(parse_condition(text)))
    except ConditionError as error:
        yield MalformedCondition(source.where(stands), str(error))
        return
    for name in (n for n in names if n not in clauses):
        yield UnknownClause(source.where(stands), f"{name}: no such clause{nearest(name, list(clauses))}")
