"""Which rows a rule over time looks at: named clauses that hold together, as in a rule over one shipment."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from screening.ruleset.clauses import Clause
from screening.ruleset.conditions import And, Condition, all_of, clause_names, parse_condition
from screening.ruleset.yaml_source import Place


@dataclass(frozen=True)
class Selection:
    """The rows for which the condition over the clauses is true; every row where there is no clause."""

    named: Mapping[str, Clause]
    condition: str | None = None
    place: Place = ()
    """Where the clauses stand in their rule."""

    @cached_property
    def logic(self) -> Condition:
        """The condition over the clause names; all of them unless stated otherwise."""
        if self.condition:
            return parse_condition(self.condition)
        return all_of(list(self.named)) if self.named else And(())

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that the condition names, in its order."""
        return tuple(self.named[name] for name in dict.fromkeys(clause_names(self.logic)))

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the clauses read."""
        return frozenset(field.name for clause in self.clauses for field in clause.fields)

    @cached_property
    def key(self) -> Hashable:
        """The same for selections that select the same rows by the same words."""
        return (self.condition, tuple((name, clause.key) for name, clause in self.named.items()))
