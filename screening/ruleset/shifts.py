"""The constants of a rule, each a little off: the next day, the next number, one member more or less."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from screening.fields import FIELDS, FieldType
from screening.ruleset.clauses import Operator
from screening.ruleset.yaml_source import Tree

Clause = dict[str, Tree]

CLAUSE_WORDS = frozenset(str(operator) for operator in Operator)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAYS = re.compile(r"(\d+)d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIERS = ("1", "2", "3.a", "3.b", "4.a", "4.b")
_NEIGHBOUR, _OTHER_NEIGHBOUR = "TR", "KZ"
_OPPOSITES = (
    ("in", "not_in"),
    ("in_list", "not_in_list"),
    ("same_as", "differs_from"),
    ("at_least", "below"),
    ("above", "at_most"),
    ("after", "on_or_before"),
    ("before", "on_or_after"),
)
_OPPOSITE = {one: other for pair in _OPPOSITES for one, other in (pair, pair[::-1])}


def opposite(clause: Clause) -> Clause:
    """The clause that is true where this one is false."""
    (word,) = CLAUSE_WORDS.intersection(clause)
    stated, rest = clause[word], {key: value for key, value in clause.items() if key != word}
    if stated in ("true", "false"):
        return {**rest, word: "false" if stated == "true" else "true"}
    if word == "is":
        return {**rest, "not_in": [stated]} if not _is_number(clause) else {**rest, "above": stated}
    return {**rest, _OPPOSITE[word]: stated}


def shifted_clause(clause: Clause) -> Iterator[tuple[str, Clause]]:
    """The clause with its constant a little off, and what is off."""
    (word,) = CLAUSE_WORDS.intersection(clause)
    stated = clause[word]
    if isinstance(stated, list):
        for what, members in _members(clause, [str(item) for item in stated]):
            yield f"{word} {what}", {**clause, word: list(members)}
    elif isinstance(stated, str):
        for value in _shifted_value(clause, stated):
            yield f"{word} {stated} becomes {value}", {**clause, word: value}


def _shifted_value(clause: Clause, stated: str) -> Iterator[str]:
    if _DAY.fullmatch(stated):
        yield from _days_off(stated)
    elif _is_number(clause) and _NUMBER.fullmatch(stated):
        of_one = str(clause["field"]).endswith(".score")
        yield from (value for value in _numbers(stated) if not of_one or 0 < Decimal(value) <= 1)


def _is_number(clause: Clause) -> bool:
    field = FIELDS.get(str(clause["field"]))
    return field is not None and field.type is FieldType.NUMBER


def _members(clause: Clause, members: list[str]) -> Iterator[tuple[str, list[str]]]:
    for i, member in enumerate(members):
        if len(members) > 1:
            yield f"without {member}", members[:i] + members[i + 1 :]
    for more in _more(clause, members):
        yield f"with {more}", [*members, more]


def _more(clause: Clause, members: list[str]) -> Iterator[str]:
    """Members that the list could hold too: the tiers beside its own, or a country next door."""
    name = str(clause["field"])
    have = {member.lower() for member in members}
    if name == "goods.chpl_tier":
        yield from (tier for tier in _TIERS if tier not in have and have & _beside(tier))
    elif "in" in clause and FIELDS[name].type in (FieldType.COUNTRY, FieldType.COUNTRIES):
        yield _OTHER_NEIGHBOUR if _NEIGHBOUR.lower() in have else _NEIGHBOUR


def _beside(tier: str) -> set[str]:
    at = _TIERS.index(tier)
    return {*_TIERS[max(at - 1, 0) : at], *_TIERS[at + 1 : at + 2]}


def shifted_setting(key: str, stated: str) -> Iterator[str]:
    """What may stand for a setting of a rule: another day, another number of days, another number."""
    if _DAY.fullmatch(stated):
        yield from _days_off(stated)
    elif found := _DAYS.fullmatch(stated):
        days = int(found.group(1))
        yield from (f"{other}d" for other in (days - 1, days + 1) if other > 0)
    elif _NUMBER.fullmatch(stated):
        whole = (
            key in ("at_least", "after_at_least", "min_rows", "min_baseline_rows", "rows")
            and Decimal(stated) < 100
        )
        yield from _whole_numbers(stated) if whole else _numbers(stated)


def _days_off(stated: str) -> Iterator[str]:
    yield from ((date.fromisoformat(stated) + timedelta(days)).isoformat() for days in (-1, 1))


def _whole_numbers(stated: str) -> Iterator[str]:
    yield from (str(number) for number in (int(stated) - 1, int(stated) + 1) if number > 0)


def _numbers(stated: str) -> Iterator[str]:
    """A tenth less and more, and one less and more where the number is no share."""
    number = Decimal(stated)
    steps = [number * Decimal("0.1")] + ([Decimal(1)] if abs(number) >= 1 or not number else [])
    found = (number + sign * step for step in steps if step for sign in (-1, 1))
    yield from dict.fromkeys(format(other.normalize(), "f") for other in found)
