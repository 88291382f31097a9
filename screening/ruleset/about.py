"""What every rule says besides its logic: who it is, how grave, why, when it is wrong, what was tried."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Severity(StrEnum):
    """How grave a finding is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Expectation(StrEnum):
    """What a test says of its rule."""

    HIT = "hit"
    CLEAR = "clear"
    NOT_EVALUATED = "not_evaluated"


def _flat(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


Prose = Annotated[str, BeforeValidator(_flat), Field(min_length=1)]
Names = tuple[str, ...]
Cells = dict[str, str]
"""A shipment as a test states it: cells by their columns."""


class Strict(BaseModel):
    """A part of a rule: nothing but what it names, and never changed once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class RuleTest(Strict):
    """One shipment, or several in order, and what the rule must say of the last; the name is a sentence."""

    name: Prose
    expect: Expectation
    shipment: Cells | None = None
    shipments: tuple[Cells, ...] = ()

    @model_validator(mode="after")
    def _has_one_story(self) -> Self:
        if (self.shipment is None) is (not self.shipments):
            raise ValueError("needs `shipment`, or `shipments` in order of which the last is judged")
        return self

    @property
    def story(self) -> tuple[Cells, ...]:
        """The shipments in order; the rule is asked about the last one."""
        return self.shipments if self.shipment is None else (self.shipment,)

    def place(self, at: int) -> tuple[str | int, ...]:
        """Where the shipment at this position of the story stands within the test."""
        return ("shipments", at) if self.shipments else ("shipment",)


class AnyRule(Strict):
    """What a rule of any kind says."""

    id: Annotated[str, Field(pattern=r"^[A-Z]{3}-\d{3}$")]
    title: Prose
    status: Literal["experimental", "test", "stable", "deprecated"]
    version: Annotated[int, Field(ge=1)]
    created: date
    updated: date
    severity: Severity
    weight: Annotated[int, Field(ge=1, le=100)]
    rationale: Prose
    red_flags: Names = ()
    false_positives: tuple[Prose, ...] = ()
    tags: Names = ()
    tests: tuple[RuleTest, ...] = ()
    reason: Prose | None = None
    replaced_by: str | None = None

    @property
    def active(self) -> bool:
        """True unless the rule is deprecated."""
        return self.status != "deprecated"


class DatedRule(AnyRule):
    """A rule that judges the shipments of certain days."""

    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date | None) -> bool:
        """True when the rule judges shipments of that day; without a day it always does."""
        if day is None:
            return True
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)
