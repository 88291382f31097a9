"""Sentences with the values of a shipment in them: how a `say` becomes words."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any

from screening.engine.related import Measured
from screening.fields import FIELDS, FieldType
from screening.places.countries import country_name
from screening.ruleset.terms import days, default_sentence
from screening.ruleset.windows import WindowRule
from screening.ruleset.wording import MEASURED, PLACEHOLDER, THIS


def sentence(
    say: str, field: str, values: Mapping[str, Any], measured: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The sentence part with the shipment's values in it; an unknown value reads `unknown`.

    `measured` is what else may be named, in words.
    """
    words, names = _parted(say, field)
    told = [measured[name] if name in measured else spoken(name, values.get(name)) for name in names]
    return "".join(chain.from_iterable(zip(words, [*told, ""], strict=True)))


def named(say: str, field: str) -> tuple[str, ...]:
    """The fields whose values stand in the sentence part, in order."""
    return _parted(say, field)[1]


@lru_cache(maxsize=5_000)
def _parted(say: str, field: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words before, between and after the values, and the names of what stands between them."""
    parts = PLACEHOLDER.split(say)
    return tuple(parts[::2]), tuple(field if name == THIS else name for name in parts[1::2])


def over_time(rule: WindowRule, found: Measured, values: Mapping[str, Any]) -> str:
    """What a rule over time found of a shipment, in a sentence part."""
    return sentence(rule.say or default_sentence(rule), rule.group_by[0], values, _InWords(rule, found))


class _InWords(Mapping[str, str]):
    """What a rule over time measured, each in words when it is named."""

    def __init__(self, rule: WindowRule, found: Measured) -> None:
        self._rule = rule
        self._found = found

    def __contains__(self, name: object) -> bool:
        return name in MEASURED

    def __getitem__(self, name: str) -> str:
        if name == "within":
            return days(self._rule.span)
        measured = getattr(self._found, name)
        return str(measured or "unknown") if name in ("first", "last") else _amount(measured)

    def __iter__(self) -> Iterator[str]:
        return iter(MEASURED)

    def __len__(self) -> int:
        return len(MEASURED)


def spoken(field: str, value: Any) -> str:
    """A field's value as a reader says it: countries by name, numbers without trailing zeros."""
    if value is None:
        return "unknown"
    match FIELDS[field].type:
        case FieldType.COUNTRY:
            return country_name(value)
        case FieldType.COUNTRIES:
            return ", ".join(country_name(code) for code in value) or "none"
        case FieldType.NUMBER:
            return _amount(value)
        case FieldType.BOOLEAN:
            return "yes" if value else "no"
        case _:
            return str(value)


def _amount(value: float | None) -> str:
    if value is None:
        return "unknown"
    # A score of 0.9951 is not 1.
    places = 2 if abs(value) >= 1 else 4
    # Minus zero is told as zero, which it equals: equal values are told once.
    return f"{value + 0.0:,.{places}f}".rstrip("0").rstrip(".")


def plain(value: Any) -> Any:
    """A field's value as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, list | tuple) else value


def joined(parts: list[str]) -> str:
    """Sentence parts as one sentence, said once each, with a capital letter and a full stop."""
    text = "; ".join(dict.fromkeys(parts))
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
