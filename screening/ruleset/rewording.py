"""A condition with one of its words changed: a clause left out or turned round, `and` for `or`."""

from collections.abc import Iterator

from screening.ruleset.conditions import And, Condition, Name, Not, Or


def reworded(condition: Condition) -> Iterator[tuple[str, str]]:
    """What was changed, and the changed condition."""
    for change, changed in _changes(condition):
        if changed is not None:
            yield change, written(changed)


def written(condition: Condition) -> str:
    """The condition as a rule states it."""
    match condition:
        case Name(name):
            return name
        case Not(part):
            return f"not ({written(part)})"
        case And(parts):
            return " and ".join(f"({written(part)})" for part in parts)
        case Or(parts):
            return " or ".join(f"({written(part)})" for part in parts)


def _changes(condition: Condition) -> Iterator[tuple[str, Condition | None]]:
    """The condition with one change; None where the change leaves nothing of it."""
    match condition:
        case Name(name):
            yield f"{name} dropped", None
        case Not(part):
            yield f"`not` before {written(part)} dropped", part
            for change, changed in _changes(part):
                yield change, Not(changed) if changed is not None else None
        case And(parts) | Or(parts):
            other = "or" if isinstance(condition, And) else "and"
            swapped = Or(parts) if isinstance(condition, And) else And(parts)
            yield f"`{written(condition)}` joined by {other}", swapped
            for i, part in enumerate(parts):
                for change, changed in _changes(part):
                    yield change, _rebuilt(condition, i, changed)


def _rebuilt(condition: And | Or, at: int, changed: Condition | None) -> Condition | None:
    middle = () if changed is None else (changed,)
    parts = condition.parts[:at] + middle + condition.parts[at + 1 :]
    if len(parts) == 1:
        return parts[0]
    return And(parts) if isinstance(condition, And) else Or(parts)
