"""The terms of rules over time: spans of days, what is counted or added up, when a step stops or starts."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from screening.fields import FIELDS, FieldType
from screening.ruleset.about import Strict
from screening.ruleset.nearest import nearest

UNKNOWN_FIELD = "unknown_field"
UNFIT_FIELD = "unfit_field"
ROWS = "rows"
LONGEST = 3_650
"""Days that a rule may look back: ten years."""

_SPAN = re.compile(r"([0-9]{1,5})d")
_BY_COLUMN = {"net_weight_kg": "weight.net_kg", "quantity": "quantity.amount"}
_TELLS_APART = {FieldType.TEXT, FieldType.HS6, FieldType.COUNTRY, FieldType.DATE, FieldType.BOOLEAN}


def _span(stated: object) -> object:
    if isinstance(stated, int):
        return stated
    found = _SPAN.fullmatch(stated) if isinstance(stated, str) else None
    if found is None:
        raise ValueError("is no number of days; write 30d")
    return int(found.group(1))


def _catalogued(name: str) -> str:
    if name not in FIELDS:
        raise PydanticCustomError(UNKNOWN_FIELD, "no such field{remedy}", {"remedy": nearest(name, FIELDS)})
    return name


def _telling(name: str) -> str:
    kind = FIELDS[_catalogued(name)].type
    if kind not in _TELLS_APART:
        told = {"kind": kind.value}
        raise PydanticCustomError(UNFIT_FIELD, "is {kind}; name a text, a code, a country or a day", told)
    return name


def _measured(name: str) -> str:
    kind = FIELDS[_catalogued(name)].type
    if kind is not FieldType.NUMBER:
        told = {"kind": kind.value}
        raise PydanticCustomError(UNFIT_FIELD, "is {kind}; only a number can be added up", told)
    return name


def _by_column(stated: object) -> object:
    return _BY_COLUMN.get(stated, stated) if isinstance(stated, str) else stated


def _field_or_rows(name: str) -> str:
    return name if name == ROWS else _measured(name)


Days = Annotated[int, BeforeValidator(_span), Field(ge=1, le=LONGEST)]
"""A span such as `30d`."""
TellingField = Annotated[str, AfterValidator(_telling)]
"""A field whose values are the same or not."""
MeasuredField = Annotated[str, BeforeValidator(_by_column), AfterValidator(_measured)]
"""A field whose values can be added up."""
Amount = Annotated[str, BeforeValidator(_by_column), AfterValidator(_field_or_rows)]
"""`rows`, or a field whose values can be added up."""
Positive = Annotated[Decimal, Field(gt=0, le=Decimal("1e12"), max_digits=18, decimal_places=3)]
Share = Annotated[Decimal, Field(gt=0, lt=1, decimal_places=3)]


class Measure(Strict):
    """How many rows, how many different values, or how much, and how much of it is enough."""

    rows: bool = False
    distinct: TellingField | None = None
    sum: MeasuredField | None = None
    at_least: Positive

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, stated: object) -> object:
        """`rows: {at_least: 5}` says the same as `rows: true, at_least: 5`."""
        if isinstance(stated, dict) and isinstance(inner := stated.get(ROWS), dict):
            return {**stated, **inner, ROWS: True}
        return stated

    @model_validator(mode="after")
    def _is_one_measure(self) -> Self:
        if (self.rows, self.distinct is not None, self.sum is not None).count(True) != 1:
            raise ValueError("needs one of `rows`, `distinct` and `sum`, with `at_least`")
        if self.sum is None and (self.at_least < 2 or self.at_least % 1):
            raise ValueError("at_least counts rows or values; it must be a whole number from 2 on")
        return self

    @property
    def field(self) -> str | None:
        """The field that is counted or added up; None for rows."""
        return self.distinct or self.sum

    @property
    def least(self) -> Fraction:
        """What is enough, exactly."""
        return Fraction(self.at_least)


class Stops(Strict):
    """A lane that was used and is no longer: how often it was, and for how long it has been quiet."""

    after_at_least: Annotated[int, Field(ge=1)]
    quiet_for: Days


class Starts(Strict):
    """A lane that is new: not seen for so many days."""

    unseen_for: Days


class Similar(Strict):
    """Two rows that say nearly the same amount: they differ by at most this share of the larger one."""

    field: MeasuredField
    within: Share

    @property
    def share(self) -> Fraction:
        """The share, exactly."""
        return Fraction(self.within)
