"""What a rule is: one YAML file, typed, with the reasons that a reader needs beside the logic."""

from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from screening.ruleset.clauses import Clause
from screening.ruleset.conditions import Condition, all_of, clause_names, parse_condition


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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class RuleTest(_Strict):
    """One shipment and what the rule must say of it; the name is a sentence."""

    name: Prose
    expect: Expectation
    shipment: dict[str, str]


class _Rule(_Strict):
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


class MatchRule(_Rule):
    """A rule that looks at one shipment: named clauses, joined by a condition."""

    kind: Literal["match"]
    valid_from: date | None = None
    valid_until: date | None = None
    when: dict[str, Clause]
    condition: Prose | None = None

    def in_force(self, day: date | None) -> bool:
        """True when the rule judges shipments of that day; without a day it always does."""
        if day is None:
            return True
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)

    @cached_property
    def logic(self) -> Condition:
        """The condition over the clause names; all of them unless stated otherwise."""
        return parse_condition(self.condition) if self.condition else all_of(list(self.when))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that the condition names, in its order."""
        return tuple(self.when[name] for name in dict.fromkeys(clause_names(self.logic)))


class Members(_Strict):
    """The findings and conclusions that a combine rule needs, by rule id or conclusion."""

    any_of: Names = ()
    all_of: Annotated[Names, Field(alias="and")] = ()
    unless: Names = ()

    @model_validator(mode="after")
    def _has_ground(self) -> Self:
        if not self.positive:
            raise ValueError("needs any_of or and: what is there, not only what is not")
        return self

    @property
    def positive(self) -> Names:
        """The members whose presence counts."""
        return (*self.any_of, *self.all_of)

    @property
    def all_names(self) -> Names:
        """Every member, `unless` too."""
        return (*self.positive, *self.unless)


class CombineRule(_Rule):
    """A rule over findings: what several of them together conclude."""

    kind: Literal["combine"]
    when: Members
    conclude: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


Rule = MatchRule | CombineRule
