"""Rules over time: how many within a window, what stopped and what started, a group against its past.

A row is judged by the rows of its group dated on or before its own day, in days of the shipment date.
`engine/reference_windows.py` says slowly and plainly what each of them means.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from screening.ruleset.about import DatedRule, Prose, Strict
from screening.ruleset.clauses import Clause
from screening.ruleset.measures import (
    ROWS,
    Amount,
    Days,
    Measure,
    Positive,
    Similar,
    Starts,
    Stops,
    TellingField,
)
from screening.ruleset.selection import Selection
from screening.ruleset.yaml_source import Place

Thing = TypeVar("Thing")


def _some(things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    # A minimum length of pydantic's own is told a second time beside an item that is wrong.
    if not things:
        raise ValueError("is empty; name at least one")
    return things


Group = Annotated[tuple[TellingField, ...], AfterValidator(_some)]
Clauses = dict[str, Clause]


def _listed(stated: object) -> object:
    return stated if isinstance(stated, list | tuple) else [stated]


class _OverTime(DatedRule, ABC):
    """What the three kinds share."""

    group_by: Group
    say: Prose | None = None

    @property
    @abstractmethod
    def selections(self) -> tuple[Selection, ...]:
        """The rows that the rule looks at; the last selection is that of the judged row."""

    @property
    @abstractmethod
    def reach(self) -> int:
        """How many days before a row the rows lie that may count for it."""

    @property
    @abstractmethod
    def span(self) -> int:
        """The days that `{within}` speaks of."""

    @property
    @abstractmethod
    def compared(self) -> frozenset[str]:
        """The fields that the rule reads besides those of its clauses."""

    @property
    @abstractmethod
    def terms(self) -> Hashable:
        """All that the rule says besides its clauses: the same for two rules that measure the same."""

    @property
    def own(self) -> Selection:
        """What the judged row itself must fulfil."""
        return self.selections[-1]

    @property
    def fields(self) -> frozenset[str]:
        """Every field that the rule needs of the rows."""
        return self.compared.union(*(selection.fields for selection in self.selections))


class CountRule(_OverTime):
    """How many, how many different, or how much, within a window by group."""

    kind: Literal["count"]
    of: Clauses
    condition: Prose | None = None
    within: Days
    count: Annotated[tuple[Measure, ...], BeforeValidator(_listed), AfterValidator(_some)]

    @cached_property
    def selections(self) -> tuple[Selection, ...]:
        """The rows that are counted."""
        return (Selection(self.of, self.condition, ("of",)),)

    @property
    def reach(self) -> int:
        """Day N of `within` counts."""
        return self.within

    @property
    def span(self) -> int:
        """The window."""
        return self.within

    @property
    def terms(self) -> Hashable:
        """The order of fields and measures does not matter."""
        return (frozenset(self.group_by), self.within, frozenset(self.count))

    @property
    def compared(self) -> frozenset[str]:
        """What groups, and what is counted or added up."""
        return frozenset([*self.group_by, *(m.field for m in self.count if m.field)])


class Step(Strict):
    """One thing of a sequence: the rows that it is made of, and how it stops, starts or follows."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    where: Clauses
    condition: Prose | None = None
    group_by: Group | None = None
    """The fields that give this step's rows their group, where they are not those of the rule."""
    stops: Stops | None = None
    starts: Starts | None = None
    similar: Similar | None = None
    """The amount is nearly that of the row of the step before."""
    differs: TellingField | None = None
    """The value is another one than that of the row of the step before."""

    @property
    def compared(self) -> frozenset[str]:
        """The fields that are compared with those of the step before."""
        similar = [self.similar.field] if self.similar else []
        return frozenset([*similar, *([self.differs] if self.differs else [])])


class SequenceRule(_OverTime):
    """One thing stops or happens, another follows within a window."""

    kind: Literal["sequence"]
    within: Days
    steps: Annotated[tuple[Step, ...], AfterValidator(_some)]
    persists: Days | None = None
    """For how long the rows of the last step carry the finding on."""

    @cached_property
    def selections(self) -> tuple[Selection, ...]:
        """The rows of each step."""
        places: list[Place] = [("steps", i, "where") for i in range(len(self.steps))]
        pairs = zip(self.steps, places, strict=True)
        return tuple(Selection(step.where, step.condition, place) for step, place in pairs)

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The fields that give each step's rows their group."""
        return tuple(step.group_by or self.group_by for step in self.steps)

    @property
    def reach(self) -> int:
        """From a row that carries the finding on, to the oldest row that the completing one looks at."""
        starts = self.steps[-1].starts
        return (self.persists or 0) + max(self.within, starts.unseen_for if starts else 0)

    @property
    def span(self) -> int:
        """The days from the first step to the last."""
        return self.within

    @property
    def terms(self) -> Hashable:
        """The order of steps and of the fields that must meet matters."""
        said = [(step.stops, step.starts, step.similar, step.differs) for step in self.steps]
        return (self.groups, self.within, self.persists, *said)

    @property
    def compared(self) -> frozenset[str]:
        """What groups, and what is compared from step to step."""
        return frozenset(name for group in self.groups for name in group).union(
            *(step.compared for step in self.steps)
        )


class ChangeRule(_OverTime):
    """A group against its own past: so many times as much a day as before."""

    kind: Literal["change"]
    of: Amount
    where: Annotated[Clauses, Field(default_factory=dict)]
    condition: Prose | None = None
    window: Days
    baseline: Days
    ratio_at_least: Positive
    min_rows: Annotated[int, Field(ge=1)] = 1
    min_baseline_rows: Annotated[int, Field(ge=1)] = 1
    """A group that is younger than the baseline has no custom yet that could change."""
    persists: Days | None = None
    """For how long later rows of the group carry the finding on: what rose once is soon its own past."""

    @cached_property
    def selections(self) -> tuple[Selection, ...]:
        """The rows that are added up."""
        return (Selection(self.where, self.condition, ("where",)),)

    @property
    def measured(self) -> str | None:
        """The field that is added up; None where rows are counted."""
        return None if self.of == ROWS else self.of

    @property
    def ratio(self) -> Fraction:
        """The ratio of the daily amounts, exactly."""
        return Fraction(self.ratio_at_least)

    @property
    def past(self) -> int:
        """The days that are compared: the baseline ends where the window begins."""
        return self.window + self.baseline

    @property
    def reach(self) -> int:
        """From a row that carries the finding on, to the first day that a completing one looks at."""
        return (self.persists or 0) + self.past

    @property
    def span(self) -> int:
        """The window."""
        return self.window

    @property
    def terms(self) -> Hashable:
        """The order of the fields that group does not matter."""
        amounts = (self.of, self.ratio_at_least, self.min_rows, self.min_baseline_rows)
        return (frozenset(self.group_by), self.window, self.baseline, self.persists, *amounts)

    @property
    def compared(self) -> frozenset[str]:
        """What groups, and what is added up."""
        return frozenset([*self.group_by, *([self.measured] if self.measured else [])])


WindowRule = CountRule | SequenceRule | ChangeRule
