"""What rules name outside themselves: lists, rules, conclusions. A name that leads nowhere is a fault.

A rule with such a fault can't be used: it would stay silent, or fail on the first shipment.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from screening.resources import bundled
from screening.ruleset.faults import CircularConclusion, Fault, RepeatedId, UnknownList, UnknownMember
from screening.ruleset.layers import Circular, layers
from screening.ruleset.nearest import nearest
from screening.ruleset.reading import Reading, RuleFile
from screening.ruleset.rule import CombineRule, placed_clauses
from screening.watchlists.lists import list_paths


def bundled_list_names() -> tuple[str, ...]:
    """The lists of countries and goods that rules may name, sorted."""
    root = bundled("watchlists")
    return tuple(sorted(name for kind in ("countries", "goods") for name, _ in list_paths(root, kind)))


def reference_faults(reading: Reading, list_names: Collection[str]) -> Iterator[Fault]:
    """Every name that leads nowhere, every id that two rules have, every circle of conclusions.

    While a file can't be read, what it would have concluded is not known: members are not judged.
    """
    yield from _repeated_ids(reading.read)
    for file in reading.read:
        yield from _unknown_lists(file, list_names)
    if not reading.faults:
        yield from _unknown_members(reading.read)
        yield from _circles(reading.read)


def _repeated_ids(files: Sequence[RuleFile]) -> Iterator[Fault]:
    count = Counter(file.rule.id for file in files)
    for file in files:
        if count[file.rule.id] > 1:
            others = (f.source.name for f in files if f.rule.id == file.rule.id and f is not file)
            yield RepeatedId(file.source.where(("id",)), f"{file.rule.id} is also {', '.join(others)}")


def _unknown_lists(file: RuleFile, list_names: Collection[str]) -> Iterator[Fault]:
    for place, clause in placed_clauses(file.rule):
        name = clause.list_name
        if name is not None and name not in list_names:
            yield UnknownList(file.source.where(place), f"{name}: no such list{nearest(name, list_names)}")


def member_names(files: Iterable[RuleFile]) -> set[str]:
    """All that a combine rule may name: the ids of rules, and their conclusions."""
    rules = [file.rule for file in files]
    return {r.id for r in rules} | {r.conclude for r in rules if isinstance(r, CombineRule)}


def _unknown_members(files: Sequence[RuleFile]) -> Iterator[Fault]:
    known = member_names(files)
    for file in files:
        if isinstance(file.rule, CombineRule):
            for name in file.rule.when.all_names:
                if name not in known:
                    where = file.source.where(("when",))
                    yield UnknownMember(where, f"{name}: no such rule or conclusion{nearest(name, known)}")


def _circles(files: Sequence[RuleFile]) -> Iterator[Fault]:
    combined = {f.rule.id: f for f in files if isinstance(f.rule, CombineRule) and f.rule.active}
    try:
        layers([file.rule for file in combined.values() if isinstance(file.rule, CombineRule)])
    except Circular as circle:
        for rule_id in circle.rules:
            yield CircularConclusion(combined[rule_id].source.where(("when",)), str(circle))
