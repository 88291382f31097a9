"""The slow, obvious meaning of rules over time: row by row, against all other rows, in plain Python.

The oracle of `engine/windows.py`: random books and rules must agree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from screening.engine.amounts import SCALE, similar, thousandths
from screening.engine.reference import Values, clause_test
from screening.engine.related import Measured, Other, Related, related
from screening.fields import FIELDS, FieldType
from screening.ruleset.conditions import Truth, holds
from screening.ruleset.measures import Measure
from screening.ruleset.selection import Selection
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue

Row = int
"""A row by its place in the book."""


def reference_judge(
    rule: WindowRule, rows: Sequence[Values], lists: ListCatalogue, begins: date | None = None
) -> "Judge":
    """The judge of a rule over these rows, each with its fields, `shipment.date`, `shipment_id`, `story`."""
    match rule:
        case CountRule():
            return _CountJudge(rule, rows, lists, begins)
        case SequenceRule():
            return _SequenceJudge(rule, rows, lists, begins)
        case ChangeRule():
            return _ChangeJudge(rule, rows, lists, begins)


class Judge:
    """A rule over the rows of a book."""

    def __init__(
        self, rule: WindowRule, rows: Sequence[Values], lists: ListCatalogue, begins: date | None
    ) -> None:
        self._stated, self.rows, self._lists, self._begins = rule, rows, lists, begins
        self.key = cache(self._key)
        self._fits = [_fits(selection, rows, lists) for selection in rule.selections]

    def truth(self, at: Row) -> Truth:
        """Whether the rule holds for a row."""
        own = self._fits[-1][at]
        if own is False or not self._stated.in_force(self.rows[at]["shipment.date"]):
            return False
        if own is None or self.day(at) is None or self.key(self.own_group, at) is None:
            return None
        return self._pattern(at)

    def related(self, at: Row) -> Related:
        """The other shipments that a finding on the row rests on."""
        others, measured = self._behind(at)
        told = (Other(self.rows[o]["shipment.date"], self.rows[o]["shipment_id"]) for o in others if o != at)
        return related(told, self.rows[at]["shipment_id"], measured)

    @property
    def own_group(self) -> tuple[str, ...]:
        return self._stated.group_by

    def _pattern(self, at: Row) -> Truth:
        raise NotImplementedError

    def _behind(self, at: Row) -> tuple[Iterable[Row], Measured]:
        raise NotImplementedError

    def day(self, at: Row) -> int | None:
        day: date | None = self.rows[at]["shipment.date"]
        return None if day is None else day.toordinal()

    def dated(self, at: Row) -> int:
        day = self.day(at)
        assert day is not None
        return day

    def _key(self, group: tuple[str, ...], at: Row) -> tuple[Any, ...] | None:
        """The row's group, its story included; None where any part is unknown."""
        values = [_told(name, self.rows[at]) for name in group]
        return None if None in values else (self.rows[at]["story"], *values)

    def rows_of(self, step: int, group: tuple[str, ...], key: object) -> Iterator[Row]:
        """The dated rows of a group for which the step's clauses are true."""
        for at, fit in enumerate(self._fits[step]):
            if fit is True and self.day(at) is not None and self.key(group, at) == key:
                yield at

    def reaches_back(self, at: Row, days: int) -> bool:
        """True when the book begins at least so many days before the row."""
        story = self.rows[at]["story"]
        days_of_story = (self.day(o) for o, row in enumerate(self.rows) if row["story"] == story)
        first = self._begins.toordinal() if self._begins else min(d for d in days_of_story if d is not None)
        return self.dated(at) - first >= days

    def between(self, at: Row, nearest: int, farthest: int) -> list[Row]:
        """The rows of the row's group that fit its own clauses, so many days before it."""
        key = self.key(self.own_group, at)
        found = self.rows_of(-1, self.own_group, key)
        return [o for o in found if nearest <= self.dated(at) - self.dated(o) <= farthest]

    def amounts(self, rows: Iterable[Row], field: str | None) -> list[int | None]:
        """What each row counts for, in thousandths; a row itself counts for one."""
        return [SCALE if field is None else thousandths(self.rows[o][field]) for o in rows]

    def days_of(self, rows: Iterable[Row]) -> tuple[date | None, date | None]:
        days = sorted(self.rows[o]["shipment.date"] for o in rows)
        return (days[0], days[-1]) if days else (None, None)


class _CountJudge(Judge):
    def __init__(self, rule: CountRule, *book: Any) -> None:
        super().__init__(rule, *book)
        self.rule = rule

    def _pattern(self, at: Row) -> Truth:
        rows = self.between(at, 0, self.rule.within)
        return _all(self._enough(measure, rows, at) for measure in self.rule.count)

    def _enough(self, measure: Measure, rows: Sequence[Row], at: Row) -> Truth:
        if self._counted(measure, rows) >= measure.least * SCALE:
            return True
        unknown = measure.field is not None and _told(measure.field, self.rows[at]) is None
        return None if unknown else False

    def _counted(self, measure: Measure, rows: Sequence[Row]) -> int:
        """What is counted or added up, in thousandths."""
        if measure.distinct:
            return len({_told(measure.distinct, self.rows[o]) for o in rows} - {None}) * SCALE
        return sum(a for a in self.amounts(rows, measure.sum) if a is not None)

    def _behind(self, at: Row) -> tuple[Iterable[Row], Measured]:
        rows = self.between(at, 0, self.rule.within)
        different = [self._counted(m, rows) // SCALE for m in self.rule.count if m.distinct]
        added = [self._counted(m, rows) / SCALE for m in self.rule.count if m.sum]
        count = different[0] if different else len(rows)
        total = added[0] if added else None
        return rows, Measured(count, total, None, *self.days_of(rows))


class _ChangeJudge(Judge):
    def __init__(self, rule: ChangeRule, *book: Any) -> None:
        super().__init__(rule, *book)
        self.rule = rule

    def _pattern(self, at: Row) -> Truth:
        if self.rule.persists is None:
            return self._completes(at)
        return _any(self._completes(o) for o in self.between(at, 0, self.rule.persists))

    def _completes(self, at: Row) -> Truth:
        """Whether the change shows on the row itself."""
        rule = self.rule
        if not rule.in_force(self.rows[at]["shipment.date"]):
            return False
        if not self.reaches_back(at, rule.past):
            return None
        rows, past, now, before = self._sums(at)
        enough = len(rows) >= rule.min_rows and len(past) >= rule.min_baseline_rows
        reached: Truth = now * rule.baseline >= rule.ratio * before * rule.window
        if not reached and None in self.amounts([at], rule.measured):
            reached = None
        return _all([enough, before > 0, reached])

    def _sums(self, at: Row) -> tuple[list[Row], list[Row], int, int]:
        """The rows of the window and of the baseline, and what each holds."""
        rule = self.rule
        rows, past = self.between(at, 0, rule.window), self.between(at, rule.window + 1, rule.past)
        now, before = (self.amounts(part, rule.measured) for part in (rows, past))
        return rows, past, sum(a for a in now if a is not None), sum(a for a in before if a is not None)

    def _behind(self, at: Row) -> tuple[Iterable[Row], Measured]:
        done = [o for o in self.between(at, 0, self.rule.persists or 0) if self._completes(o)]
        rows, _, now, before = self._sums(max(done, key=self.dated))
        ratio = (now * self.rule.baseline) / (before * self.rule.window) if before else None
        return rows, Measured(len(rows), now / SCALE, ratio, *self.days_of(rows))


class _SequenceJudge(Judge):
    def __init__(self, rule: SequenceRule, *book: Any) -> None:
        super().__init__(rule, *book)
        self.rule = rule
        self.last = len(rule.steps) - 1
        self.first = 1 if rule.steps[0].stops else 0
        """The first step of which a chain takes a row; what stopped is judged apart."""
        self._latest = cache(self._latest_start)

    @property
    def own_group(self) -> tuple[str, ...]:
        return self.rule.groups[-1]

    def _pattern(self, at: Row) -> Truth:
        return _any(self._completes(o) for o in self.between(at, 0, self.rule.persists or 0))

    def _completes(self, at: Row) -> Truth:
        """Whether the row itself is the last of the pattern."""
        if not self.rule.in_force(self.rows[at]["shipment.date"]):
            return False
        return _all([self._stopped(at), self._starts(at), self._chained(at)])

    def _starts(self, at: Row) -> Truth:
        starts = self.rule.steps[-1].starts
        if starts is None:
            return True
        if self.between(at, 1, starts.unseen_for - 1):
            return False
        return True if self.reaches_back(at, starts.unseen_for) else None

    def _stopped(self, at: Row) -> bool:
        stops = self.rule.steps[0].stops
        if stops is None:
            return True
        recent = [o for o in self._first_step(at) if self._ago(at, o) < stops.quiet_for]
        return not recent and len(self._before_the_stop(at)) >= stops.after_at_least

    def _first_step(self, at: Row) -> list[Row]:
        """The rows of the first step in the row's group, up to its day."""
        found = self.rows_of(0, self.rule.groups[0], self.key(self.own_group, at))
        return [o for o in found if self._ago(at, o) >= 0]

    def _before_the_stop(self, at: Row) -> list[Row]:
        stops = self.rule.steps[0].stops
        quiet, within = stops.quiet_for if stops else 0, self.rule.within
        return [o for o in self._first_step(at) if quiet <= self._ago(at, o) <= within]

    def _ago(self, at: Row, other: Row) -> int:
        return self.dated(at) - self.dated(other)

    def _floor(self, at: Row) -> int:
        """The day from which on a chain that the row completes may begin."""
        floor = self.dated(at) - self.rule.within
        stopped = self._before_the_stop(at) if self.first else []
        return max([floor, *map(self.dated, stopped)])

    def _chained(self, at: Row) -> Truth:
        if self.first == self.last:
            return True
        floor = self._floor(at)
        pairs = list(self._steps_before(self.last, at))
        found = [link for other, link in pairs if self._latest(self.last - 1, other) >= floor]
        return _any(found)

    def _latest_start(self, step: int, at: Row) -> int:
        """The latest day on which a chain that ends with the row at this step begins; -1 without one."""
        if step == self.first:
            return self.dated(at)
        linked = (o for o, link in self._steps_before(step, at) if link)
        return max((self._latest(step - 1, o) for o in linked), default=-1)

    def _steps_before(self, step: int, at: Row) -> Iterator[tuple[Row, Truth]]:
        """The rows of the step before that the row may follow, and whether it does."""
        key = self.key(self.rule.groups[step], at)
        for other in self.rows_of(step - 1, self.rule.groups[step - 1], key) if key else ():
            if other != at and self._ago(at, other) >= 0:
                yield other, self._linked(step, other, at)

    def _linked(self, step: int, other: Row, at: Row) -> Truth:
        stated = self.rule.steps[step]
        links: list[Truth] = []
        if stated.similar:
            one, mine = self.amounts([other, at], stated.similar.field)
            near = None if mine is None else similar(one or 0, mine, stated.similar.share)
            links.append(near if one and one > 0 else False)
        if stated.differs:
            value, own = _told(stated.differs, self.rows[other]), _told(stated.differs, self.rows[at])
            links.append(False if value is None else None if own is None else value != own)
        return _all(links)

    def _behind(self, at: Row) -> tuple[Iterable[Row], Measured]:
        ends = self._ends(at)
        rows, current, floor = set(ends), ends, self._floor(ends[0])
        for step in range(self.last, self.first, -1):
            current = self._links_of(step, current, floor)
            rows.update(current)
        first_step = self._before_the_stop(ends[0]) if self.first else current
        rows.update(first_step)
        return rows, Measured(len(first_step), None, None, *self.days_of(first_step))

    def _ends(self, at: Row) -> list[Row]:
        """The row, where it completes the pattern; else the rows of the last day that did."""
        if self._completes(at):
            return [at]
        done = [o for o in self.between(at, 0, self.rule.persists or 0) if self._completes(o)]
        latest = max(map(self.dated, done))
        return [o for o in done if self.dated(o) == latest]

    def _links_of(self, step: int, rows: Sequence[Row], floor: int) -> list[Row]:
        """The rows of the step before through which a chain leads to one of these rows."""
        pairs = (pair for row in rows for pair in self._steps_before(step, row))
        return sorted({o for o, link in pairs if link and self._latest(step - 1, o) >= floor})


def _fits(selection: Selection, rows: Sequence[Values], lists: ListCatalogue) -> list[Truth]:
    tests = {clause.name: clause_test(clause, lists) for clause in selection.clauses}
    return [holds(selection.logic, {name: test(row) for name, test in tests.items()}) for row in rows]


def _told(field: str, row: Mapping[str, Any]) -> Any:
    """The field's value as it is compared: texts whatever their case."""
    value = row[field]
    return value.lower() if value is not None and FIELDS[field].type is FieldType.TEXT else value


def _all(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return False if False in seen else None if None in seen else True


def _any(truths: Iterable[Truth]) -> Truth:
    seen = list(truths)
    return True if True in seen else None if None in seen else False
