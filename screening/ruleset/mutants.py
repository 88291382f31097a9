"""Every small change of a rule that some test of the rule ought to notice.

Changes are made to the rule as it is written, so that a kind of rule that comes later needs no word
here: a clause is a clause wherever it stands, and `30d` is a number of days.
"""

from collections.abc import Iterator
from typing import NamedTuple

from screening.ruleset.conditions import ConditionError, parse_condition
from screening.ruleset.rewording import reworded
from screening.ruleset.shifts import opposite, shifted_clause, shifted_setting
from screening.ruleset.yaml_source import Place, Tree

_LOGIC = (
    "valid_from",
    "valid_until",
    "when",
    "of",
    "condition",
    "group_by",
    "within",
    "count",
    "steps",
    "persists",
    "where",
    "window",
    "baseline",
    "ratio_at_least",
    "min_rows",
    "min_baseline_rows",
)
_DROPPED_WHOLE = {"stops", "starts", "similar", "differs", "persists", "valid_from", "valid_until"}
_MEMBERS = ("any_of", "and", "unless")

Mapping = dict[str, Tree]


class Mutant(NamedTuple):
    """A changed rule, as a tree, and what was changed."""

    change: str
    tree: Mapping


def mutants(tree: Mapping) -> Iterator[Mutant]:
    """Every rule that differs from this one in one constant, one clause or one `and`."""
    if tree.get("kind") == "combine":
        yield from _member_changes(tree)
        return
    logic: Mapping = {key: tree[key] for key in _LOGIC if key in tree}
    for change, place, value in _mapping_changes(logic, ()):
        yield Mutant(change, _with(tree, place, value))


Change = tuple[str, Place, Tree | None]
"""What was changed, where, and what stands there instead; None for nothing."""


def _mapping_changes(node: Mapping, place: Place) -> Iterator[Change]:
    condition, steps = node.get("condition"), node.get("steps")
    for key, inner in node.items():
        if key == "within" and isinstance(steps, list) and len(steps) == 1:
            continue  # A single step has no other to be near to.
        if isinstance(inner, dict) and _clauses(inner):
            yield from _clause_set_changes(inner, (*place, key), alone=condition is None)
        elif key == "condition" and isinstance(inner, str):
            for change, text in _reworded(inner):
                yield _at(place, change), (*place, key), text
        else:
            yield from _changes(inner, (*place, key))


def _clause_set_changes(node: Mapping, place: Place, alone: bool) -> Iterator[Change]:
    """Each clause changed; where no condition joins them, each dropped too, and `and` made `or`."""
    if alone and len(node) > 1:
        yield from ((f"{_told_place((*place, key))} dropped", (*place, key), None) for key in node)
        yield _at(place[:-1], "and becomes or"), (*place[:-1], "condition"), " or ".join(node)
    for key, clause in node.items():
        assert isinstance(clause, dict)
        yield from _clause_changes(clause, (*place, key))


def _at(place: Place, change: str) -> str:
    return f"{_told_place(place)}: {change}" if place else change


def _told_place(place: Place) -> str:
    return ".".join(map(str, place))


def _changes(node: Tree, place: Place) -> Iterator[Change]:
    if place[-1] in _DROPPED_WHOLE:
        yield f"{_told_place(place)} dropped", place, None
    if isinstance(node, str):
        for value in shifted_setting(str(place[-1]), node):
            yield f"{_told_place(place)}: {node} becomes {value}", place, value
    elif isinstance(node, list):
        yield from _list_changes(node, place)
    else:
        yield from _mapping_changes(node, place)


def _list_changes(node: list[Tree], place: Place) -> Iterator[Change]:
    for i, item in enumerate(node):
        if isinstance(item, str):
            if len(node) > 1:
                yield f"{_told_place(place)} without {item}", place, node[:i] + node[i + 1 :]
        else:
            yield from _changes(item, (*place, i))


def _clause_changes(node: Mapping, place: Place) -> Iterator[Change]:
    yield f"{_told_place(place)} negated", place, opposite(node)
    for change, clause in shifted_clause(node):
        yield f"{_told_place(place)}: {change}", place, clause


def _clauses(node: Mapping) -> bool:
    return bool(node) and all(isinstance(inner, dict) and "field" in inner for inner in node.values())


def _reworded(condition: str) -> Iterator[tuple[str, str]]:
    try:
        yield from reworded(parse_condition(condition))
    except ConditionError:
        return


def _member_changes(tree: Mapping) -> Iterator[Mutant]:
    when = tree["when"]
    assert isinstance(when, dict)
    members = {group: [*names] for group in _MEMBERS if isinstance(names := when.get(group), list)}
    for group, names in members.items():
        for name in names:
            rest = [other for other in names if other != name]
            yield from _asking(tree, f"{name} dropped", {**members, group: rest})
            for other in _MEMBERS:
                if other != group and not _says_the_same(members, group, other):
                    moved = {**members, group: rest, other: [*members.get(other, []), name]}
                    yield from _asking(tree, f"{name} moved from {group} to {other}", moved)


def _says_the_same(members: dict[str, list[Tree]], group: str, other: str) -> bool:
    """Any of one name is all of it."""
    alone = len(members.get("any_of", [])) == 1
    return (group == "any_of" and alone and other == "and") or (other == "any_of" and "any_of" not in members)


def _asking(tree: Mapping, change: str, members: dict[str, list[Tree]]) -> Iterator[Mutant]:
    """The changed rule, unless it would ask for nothing."""
    if members.get("any_of") or members.get("and"):
        when: Mapping = {group: names for group, names in members.items() if names}
        yield Mutant(change, {**tree, "when": when})


def _with(tree: Tree, place: Place, value: Tree | None) -> Mapping:
    """The tree with another value at a place, or with nothing there."""
    changed = _replaced(tree, place, value)
    assert isinstance(changed, dict)
    return changed


def _replaced(tree: Tree, place: Place, value: Tree | None) -> Tree:
    key, rest = place[0], place[1:]
    assert not isinstance(tree, str)
    items: dict[str | int, Tree] = dict(tree.items() if isinstance(tree, dict) else enumerate(tree))
    if rest:
        items[key] = _replaced(items[key], rest, value)
    elif value is None:
        del items[key]
    else:
        items[key] = value
    return {str(k): v for k, v in items.items()} if isinstance(tree, dict) else list(items.values())
