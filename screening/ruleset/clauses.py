"""One named fact that a rule looks for: a field, a comparison, and the sentence that states it."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from screening.fields import FIELDS, Field, FieldType
from screening.places.countries import country_code, nearest_country
from screening.ruleset.nearest import nearest


class Operator(StrEnum):
    """The comparisons that a clause may make."""

    KNOWN = "known"
    IS = "is"
    IN = "in"
    NOT_IN = "not_in"
    IN_LIST = "in_list"
    NOT_IN_LIST = "not_in_list"
    SAME_AS = "same_as"
    DIFFERS_FROM = "differs_from"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    AFTER = "after"
    BEFORE = "before"
    ON_OR_AFTER = "on_or_after"
    ON_OR_BEFORE = "on_or_before"


_SETS = {Operator.IN, Operator.NOT_IN}
_LISTS = {Operator.IN_LIST, Operator.NOT_IN_LIST}
_OTHER_FIELD = {Operator.SAME_AS, Operator.DIFFERS_FROM}
_ORDER = {Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATES = {Operator.AFTER, Operator.BEFORE, Operator.ON_OR_AFTER, Operator.ON_OR_BEFORE}

OPERATORS: dict[FieldType, frozenset[Operator]] = {
    FieldType.TEXT: frozenset({Operator.KNOWN, Operator.IS, *_SETS, *_OTHER_FIELD}),
    FieldType.HS6: frozenset({Operator.KNOWN, Operator.IS, *_SETS, *_LISTS, *_OTHER_FIELD}),
    FieldType.BOOLEAN: frozenset({Operator.KNOWN, Operator.IS}),
    FieldType.NUMBER: frozenset({Operator.KNOWN, Operator.IS, *_ORDER}),
    FieldType.DATE: frozenset({Operator.KNOWN, *_DATES}),
    FieldType.COUNTRY: frozenset({Operator.KNOWN, Operator.IS, *_SETS, *_LISTS, *_OTHER_FIELD}),
    FieldType.COUNTRIES: frozenset({Operator.KNOWN, *_SETS, *_LISTS}),
}
"""Which comparisons a field of each type allows."""


@dataclass(frozen=True, slots=True)
class OtherField:
    """An operand that is another field of the same shipment."""

    name: str


Operand = bool | float | date | str | tuple[str, ...] | OtherField
ClauseKey = tuple[str, Operator, Operand]


@dataclass(frozen=True, slots=True)
class Clause:
    """One named fact: true, false or unknown for a shipment."""

    name: str
    field: Field
    operator: Operator
    operand: Operand
    say: str

    @property
    def key(self) -> ClauseKey:
        """What the clause tests; clauses of one key are evaluated once, whatever their names."""
        return (self.field.name, self.operator, self.operand)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the clause reads."""
        if isinstance(self.operand, OtherField):
            return (self.field, FIELDS[self.operand.name])
        return (self.field,)

    @property
    def list_name(self) -> str | None:
        """The watchlist that the clause looks into, such as `countries/transit`."""
        return str(self.operand) if self.operator in _LISTS else None


class ClauseError(ValueError):
    """A clause that can't be; the message says what and, where there is one, the nearest right name."""


class NoSuchField(ClauseError):
    """A clause that names a field that the catalogue does not have."""


def read_clause(name: str, stated: object) -> Clause:
    """The clause that a mapping of `field`, one comparison and `say` states."""
    if not isinstance(stated, dict) or not isinstance(stated.get("field"), str):
        raise ClauseError("needs a field, one comparison and what to say: {field: ..., in: [...], say: ...}")
    field = read_field(stated["field"])
    words = [key for key in stated if key not in {"field", "say"}]
    for word in words:
        _check_operator(word, field)
    if len(words) != 1:
        raise ClauseError("needs exactly one comparison, such as `in` or `at_least`")
    operator = Operator(words[0])
    operand = _operand(field, operator, stated[words[0]])
    say = " ".join(str(stated.get("say") or f"{field.name} is {{value}}").split())
    return Clause(name, field, operator, operand, say)


def read_field(name: str) -> Field:
    """The field of the catalogue called `name`."""
    if name not in FIELDS:
        raise NoSuchField(f"{name}: no such field{nearest(name, FIELDS)}")
    return FIELDS[name]


def _check_operator(word: str, field: Field) -> None:
    allowed = sorted(OPERATORS[field.type])
    if word not in allowed:
        remedy = nearest(word, allowed) or f"; one of {', '.join(allowed)}"
        raise ClauseError(f"`{word}` is no comparison for {field.name} ({field.type}){remedy}")


def _operand(field: Field, operator: Operator, stated: object) -> Operand:
    if operator in _SETS:
        if not isinstance(stated, list) or not stated:
            raise ClauseError(f"`{operator}` needs a list, such as [KZ, AZ]")
        return tuple(sorted({_text(field, item) for item in stated}))
    if not isinstance(stated, str):
        raise ClauseError(f"`{operator}` needs one value")
    if operator is Operator.KNOWN or field.type is FieldType.BOOLEAN:
        return _boolean(stated)
    if operator in _LISTS:
        return _list_name(field, stated)
    if operator in _OTHER_FIELD:
        return _other(field, stated)
    return _single(field, stated)


def _single(field: Field, stated: str) -> Operand:
    if field.type is FieldType.NUMBER:
        return _number(stated)
    if field.type is FieldType.DATE:
        return OtherField(read_field(stated).name) if "." in stated else _date(stated)
    return _text(field, stated)


def _text(field: Field, stated: object) -> str:
    if not isinstance(stated, str) or not stated.strip():
        raise ClauseError(f"{stated or 'a blank'} is no value that {field.name} can have")
    if field.type in (FieldType.COUNTRY, FieldType.COUNTRIES):
        return _country(stated.strip())
    if field.type is FieldType.HS6 and not (stated.isdigit() and len(stated) == 6):
        raise ClauseError(f"{stated} is no HS code of six digits")
    return stated.strip().lower()


def _country(stated: str) -> str:
    if country_code(stated) != stated.upper():
        meant = nearest_country(stated)
        remedy = f"did you mean {meant}?" if meant else "write two letters, such as KZ"
        raise ClauseError(f"{stated} is no country code; {remedy}")
    return stated.upper()


def _boolean(stated: str) -> bool:
    if stated not in {"true", "false"}:
        raise ClauseError(f"{stated} is neither true nor false")
    return stated == "true"


def _number(stated: str) -> float:
    if not _NUMBER.fullmatch(stated):
        raise ClauseError(f"{stated} is no number; write digits with a decimal point, such as 0.95")
    return float(stated)


def _date(stated: str) -> date:
    try:
        return date.fromisoformat(stated)
    except ValueError:
        raise ClauseError(f"{stated} is no date; write YYYY-MM-DD") from None


def _list_name(field: Field, stated: str) -> str:
    kind = "goods" if field.type is FieldType.HS6 else "countries"
    if not stated.startswith(f"{kind}/"):
        raise ClauseError(
            f"{field.name} is looked up in a list of {kind}, such as {kind}/..., not in {stated}"
        )
    return stated


def _other(field: Field, stated: str) -> OtherField:
    other = read_field(stated)
    if other.type is not field.type:
        raise ClauseError(f"{field.name} ({field.type}) can't be compared with {other.name} ({other.type})")
    return OtherField(other.name)
