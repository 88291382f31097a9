"""How the fields of a batch are made: a plan, prepared once, of expressions in the order of their needs.

Of a field whose columns say nothing in the batch nothing is asked: it is unknown in every row. What is left
is the plan's course for batches with those columns, and it is kept, since most batches have the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from screening.abreast import FEW, Blanks, abreast, made
from screening.field_step import FIELD_TYPES, Answers, FieldStep, rows_of
from screening.fields import FIELDS
from screening.matched import found_on_lists
from screening.readings import kind_of
from screening.remembered import Memories, Remembered, fact_name, parted
from screening.shipment import COLUMNS, Kind
from screening.singly import Singly

COLUMN_TYPES: dict[Kind, pl.DataType] = {
    Kind.TEXT: pl.String(),
    Kind.DATE: pl.Date(),
    Kind.COUNTRY: pl.String(),
    Kind.COUNTRIES: pl.List(pl.String),
    Kind.HS_CODE: pl.String(),
    Kind.LOCODE: pl.String(),
    Kind.AMOUNT: pl.Float64(),
    Kind.COUNT: pl.Int64(),
    Kind.YES_NO: pl.Boolean(),
}
_COURSES = 256
_NONE = pl.DataFrame()
_TOLD_WITHOUT = frozenset(
    {"consignee.line_mismatch", "end_user.line_mismatch", "route.mode_impossible", "weight.implausible"}
)
"""Fields that may be told where one of the columns that the catalogue asks for says nothing."""


@dataclass(frozen=True, slots=True)
class _Course:
    """What is done for batches in which certain columns say something."""

    columns: tuple[str, ...]
    """The columns of the rows that are taken."""
    told: tuple[tuple[str, Remembered, tuple[str, ...]], ...]
    """Texts that are asked for facts, and how these are called."""
    matched: tuple[tuple[str, str], ...]
    """Roles that are asked for what is listed of them."""
    made: tuple[str, ...]
    """Fields that are there already."""
    unknown: Blanks
    """What is unknown in every row."""
    inputs: tuple["_Named", ...]
    """What the steps take, and which of all these it is."""
    steps: tuple[FieldStep, ...]
    """The fields that are computed: those that can be together, after those before them."""
    fields: tuple["_Named", ...]
    """Each wanted field, and what it stands for: a column or a fact as it is, or itself."""

    def given(self, rows: pl.DataFrame, matches: pl.DataFrame) -> dict[str, pl.Series]:
        """The columns, facts and blanks that the fields come from."""
        given = self.unknown.of(rows.height).copy()
        for name in self.columns:
            given[name] = rows.get_column(name)
        given |= self._facts_of_few(rows) if 0 < rows.height <= FEW else self._facts(rows)
        found = found_on_lists(rows, matches, self.matched)
        given.update(zip(starmap(fact_name, self.matched), found, strict=True))
        return given

    def _facts(self, rows: pl.DataFrame) -> dict[str, pl.Series]:
        told = (zip(names, memory.of(rows.get_column(of)), strict=True) for of, memory, names in self.told)
        return {name: fact for facts in told for name, fact in facts}

    def _facts_of_few(self, rows: pl.DataFrame) -> dict[str, pl.Series]:
        """The same as values, of which all columns are made at once."""
        values: dict[str, Sequence[object]] = {}
        types: dict[str, pl.DataType] = {}
        for column, memory, names in self.told:
            types.update(zip(names, memory.types, strict=True))
            values.update(zip(names, memory.of_few(rows.get_column(column).to_list()), strict=True))
        return made(values, types)


class FieldPlan:
    """Makes the wanted fields of batches, and always `shipment.date` among them."""

    def __init__(
        self,
        wanted: Iterable[str],
        formulas: Mapping[str, pl.Expr],
        memories: Memories,
        made: frozenset[str] = frozenset(),
        singly: Mapping[str, Singly] = MappingProxyType({}),
    ) -> None:
        """`formulas`: each field that can be told, by columns, facts and other fields; `memories` tell
        the facts of each kind of text; `made` are fields that are there already; `singly` those that
        are told of a single row by its values."""
        self._names = sorted({*wanted, "shipment.date"})
        self._memories = memories
        self._made = made
        self._singly = singly
        self._formulas: dict[str, pl.Expr] = {}
        self._roots: dict[str, list[str]] = {}
        for name in self._names:
            self._add(name, formulas)
        self._columns: dict[str, frozenset[str]] = {}
        for name in self._formulas:
            self._columns[name] = self._sources(name)
        self._all_columns = frozenset().union(*self._columns.values())
        self._answers = Answers()
        self._course = lru_cache(_COURSES)(self._prepared)

    def _add(self, name: str, formulas: Mapping[str, pl.Expr]) -> None:
        """Take up a field, after those that it follows from."""
        if name in self._formulas or name in self._made or name not in formulas:
            return
        self._roots[name] = formulas[name].meta.root_names()
        for root in self._roots[name]:
            self._add(root, formulas)
        self._formulas[name] = formulas[name]

    def _sources(self, name: str) -> frozenset[str]:
        """The columns that have a part in a field, by its formula or through other fields."""
        parts = [parted(root)[0] for root in self._roots[name]]
        others = (self._columns.get(part, frozenset()) for part in parts)
        return frozenset({*FIELDS[name].columns, *parts} & COLUMNS.keys()).union(*others)

    def of(self, rows: pl.DataFrame, matches: pl.DataFrame, made: pl.DataFrame = _NONE) -> pl.DataFrame:
        """The fields of every row, by name; `rows` has the typed columns of a batch.

        A column that it lacks is unknown in every row. `made` has the fields that are there already.
        """
        blanks = zip(rows.columns, rows.null_count().row(0), strict=True)
        telling = (name for name, count in blanks if count < rows.height)
        course = self._course(self._all_columns.intersection(telling))
        given = course.given(rows, matches) | {name: made.get_column(name) for name in course.made}
        frame = _frame(given, course.inputs)
        few = rows_of(frame) if rows.height <= FEW else None
        for step in course.steps:
            told = step.of(frame, few)
            frame = frame.hstack(told)
            given |= {field.name: field for field in told}
        return _frame(given, course.fields)

    def _prepared(self, telling: frozenset[str]) -> _Course:
        told = [name for name in self._formulas if self._may_be_told(name, telling)]
        plain = {name: self._roots[name][0] for name in told if self._formulas[name].meta.is_column()}
        computed = [name for name in told if name not in plain]
        roots = dict.fromkeys(root for name in computed for root in self._roots[name])
        inputs = {root: plain.get(root, root) for root in roots if root not in computed}
        parts = {root: parted(root) for root in (*inputs.values(), *plain.values())}
        facts: dict[str, list[str]] = {}
        for column, fact in parts.values():
            if fact and column in telling:
                facts.setdefault(column, []).append(fact)
        absent = {*COLUMNS, *FIELDS} - telling - self._made
        blank = [root for root, (column, _) in parts.items() if column in absent]
        unknown = [name for name in self._names if name not in told]
        return _Course(
            columns=tuple(root for root in parts if root in telling),
            told=tuple(
                (
                    column,
                    self._memory(column, *asked),
                    tuple(fact_name(column, fact) for fact in sorted(asked)),
                )
                for column, asked in facts.items()
            ),
            matched=tuple(part for part in parts.values() if part[1] and part[0] not in COLUMNS),
            made=tuple(root for root in parts if root in self._made),
            unknown=Blanks({name: self._type(name) for name in (*blank, *unknown)}),
            inputs=tuple(map(_named, inputs, inputs.values())),
            steps=tuple(self._steps(computed)),
            fields=tuple(_named(name, plain.get(name, name)) for name in self._names),
        )

    def _may_be_told(self, name: str, telling: frozenset[str]) -> bool:
        if name in _TOLD_WITHOUT:
            return not telling.isdisjoint(self._columns[name])
        return not FIELDS[name].missing_from(telling)

    def _memory(self, column: str, *facts: str) -> Remembered:
        return self._memories.of(kind_of(column), facts)

    def _type(self, root: str) -> pl.DataType:
        column, fact = parted(root)
        if fact:
            (dtype,) = self._memory(column, fact).types
            return dtype
        return COLUMN_TYPES[COLUMNS[root].kind] if root in COLUMNS else FIELD_TYPES[FIELDS[root].type]

    def _steps(self, names: list[str]) -> Iterator[FieldStep]:
        """The fields in as few steps as their needs of one another allow."""
        left = names
        while left:
            ready = [name for name in left if not set(self._roots[name]) & set(left)]
            yield FieldStep({name: self._formulas[name] for name in ready}, self._answers, self._singly)
            left = [name for name in left if name not in ready]


class _Named(NamedTuple):
    """A name with what stands for it."""

    name: str
    source: str
    called_otherwise: bool
    """Facts come under names of their own."""


def _named(name: str, source: str) -> _Named:
    return _Named(name, source, name != source or bool(parted(source)[1]))


def _frame(given: Mapping[str, pl.Series], named: Iterable[_Named]) -> pl.DataFrame:
    """Each name with the column that it stands for."""
    return abreast([given[of].alias(name) if otherwise else given[of] for name, of, otherwise in named])
