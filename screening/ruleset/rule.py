"""What a rule is: one YAML file, typed, with the reasons that a reader needs beside the logic."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from screening.ruleset.about import AnyRule, DatedRule, Names, Prose, Strict
from screening.ruleset.clauses import Clause
from screening.ruleset.conditions import Condition, all_of, clause_names, parse_condition
from screening.ruleset.selection import Selection
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule
from screening.ruleset.yaml_source import Place


class MatchRule(DatedRule):
    """A rule that looks at one shipment: named clauses, joined by a condition."""

    kind: Literal["match"]
    when: dict[str, Clause]
    condition: Prose | None = None

    @cached_property
    def logic(self) -> Condition:
        """The condition over the clause names; all of them unless stated otherwise."""
        return parse_condition(self.condition) if self.condition else all_of(list(self.when))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that the condition names, in its order."""
        return tuple(self.when[name] for name in dict.fromkeys(clause_names(self.logic)))


class Members(Strict):
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


class CombineRule(AnyRule):
    """A rule over findings: what several of them together conclude."""

    kind: Literal["combine"]
    when: Members
    conclude: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


Rule = MatchRule | CombineRule | CountRule | SequenceRule | ChangeRule


def selections(rule: Rule) -> tuple[Selection, ...]:
    """The clauses of the rule, set by set, each with its condition and its place; none of a combine rule."""
    if isinstance(rule, CombineRule):
        return ()
    if isinstance(rule, MatchRule):
        return (Selection(rule.when, rule.condition, ("when",)),)
    return rule.selections


def placed_clauses(rule: Rule) -> Iterator[tuple[Place, Clause]]:
    """Every clause of the rule, with the place where it stands."""
    for selection in selections(rule):
        for name, clause in selection.named.items():
            yield (*selection.place, name), clause
