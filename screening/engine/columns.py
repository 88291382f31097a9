"""Match rules over whole columns: one expression for each distinct clause, then one for each rule.

Polars' own logic is Kleene's: true, false, and null for unknown. `engine/reference.py` says the
same a shipment at a time, and the two must agree; a few shipments are judged by it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from screening.abreast import FEW
from screening.engine.few import truth_columns
from screening.engine.membership import any_on_list, on_list
from screening.engine.reference import Test, Values, clause_test
from screening.fields import FieldType
from screening.ruleset.clauses import Clause, ClauseKey, Operand, Operator, OtherField
from screening.ruleset.conditions import And, Condition, Name, Not, Or, Settled, Truth, renamed
from screening.ruleset.rule import MatchRule
from screening.watchlists.lists import ListCatalogue

_DAY = pl.col("shipment.date")


@dataclass(frozen=True, slots=True)
class Truths:
    """What held for each row of a batch: a column a clause (`c0`, `c1`, ...) and a column a rule."""

    clauses: pl.DataFrame
    rules: pl.DataFrame


class MatchPlan:
    """The match rules, prepared once: their distinct clauses and the fields that these need."""

    def __init__(
        self, rules: Sequence[MatchRule], lists: ListCatalogue, besides: Iterable[Clause] = ()
    ) -> None:
        """`besides` are clauses of other rules, whose truth on each row is wanted too."""
        clauses = {clause.key: clause for rule in rules for clause in rule.clauses}
        clauses |= {clause.key: clause for clause in besides}
        self.columns: dict[ClauseKey, str] = {key: f"c{i}" for i, key in enumerate(clauses)}
        self.fields = frozenset(field.name for clause in clauses.values() for field in clause.fields)
        self._clauses, self._rules, self._lists = tuple(clauses.values()), tuple(rules), lists

    def evaluate(self, fields: pl.DataFrame) -> Truths:
        """The truth of every clause and rule for every row; `fields` has a column for each field."""
        return self.one_by_one(fields) if fields.height <= FEW else self.by_columns(fields)

    def by_columns(self, fields: pl.DataFrame) -> Truths:
        """The same, for any number of rows by whole columns."""
        clauses = fields.select("shipment.date", *self._clause_expressions)
        rules = clauses.select(self._rule_expressions)
        return Truths(clauses.drop("shipment.date"), rules)

    @cached_property
    def _clause_expressions(self) -> list[pl.Expr]:
        return [clause_expression(c, self._lists).alias(self.columns[c.key]) for c in self._clauses]

    @cached_property
    def _rule_expressions(self) -> list[pl.Expr]:
        return [
            (condition_expression(rule.logic, self._named(rule)) & _in_force(rule)).alias(rule.id)
            for rule in self._rules
        ]

    def _named(self, rule: MatchRule) -> dict[str, str]:
        """The column of each clause of the rule."""
        return {clause.name: self.columns[clause.key] for clause in rule.clauses}

    def one_by_one(self, fields: pl.DataFrame) -> Truths:
        """The same, row by row."""
        rows = fields.rows(named=True)
        clauses = [{column: test(row) for column, test in self._tests.items()} for row in rows]
        rules = [list(self._judged(row, held)) for row, held in zip(rows, clauses, strict=True)]
        names = [rule.id for rule in self._rules]
        held = [list(each.values()) for each in clauses]
        return Truths(truth_columns(list(self.columns.values()), held), truth_columns(names, rules))

    @cached_property
    def _tests(self) -> dict[str, Test]:
        return {self.columns[clause.key]: clause_test(clause, self._lists) for clause in self._clauses}

    @cached_property
    def _logic(self) -> list[tuple[MatchRule, Settled]]:
        """Each rule with its condition, by the columns of its clauses."""
        return [(rule, Settled(renamed(rule.logic, self._named(rule)))) for rule in self._rules]

    def _judged(self, row: Values, held: Mapping[str, Truth]) -> Iterator[Truth]:
        day = row["shipment.date"]
        for rule, logic in self._logic:
            yield logic.holds(held) if rule.in_force(day) else False


def _in_force(rule: MatchRule) -> pl.Expr:
    begun = pl.lit(True) if rule.valid_from is None else _DAY.is_null() | (rule.valid_from <= _DAY)
    lasting = pl.lit(True) if rule.valid_until is None else _DAY.is_null() | (rule.valid_until >= _DAY)
    return begun & lasting


def condition_expression(condition: Condition, columns: dict[str, str]) -> pl.Expr:
    """The truth of a condition; `columns` names the column of each clause."""
    match condition:
        case Name(name):
            return pl.col(columns[name])
        case Not(part):
            return ~condition_expression(part, columns)
        case And(parts):
            return pl.all_horizontal([condition_expression(part, columns) for part in parts])
        case Or(parts):
            return pl.any_horizontal([condition_expression(part, columns) for part in parts])


def clause_expression(clause: Clause, lists: ListCatalogue) -> pl.Expr:
    """The truth of a clause over columns that are called as their fields."""
    value = pl.col(clause.field.name)
    if clause.operator is Operator.KNOWN:
        return value.is_not_null() if clause.operand else value.is_null()
    if clause.list_name is not None:
        found = _on_list(value, clause, lists)
        return found if clause.operator is Operator.IN_LIST else ~found
    if clause.operator in (Operator.IN, Operator.NOT_IN):
        found = _among(value, clause)
        return found if clause.operator is Operator.IN else ~found
    return _comparison(_comparable(value, clause), clause.operator, _operand(clause))


def _on_list(value: pl.Expr, clause: Clause, lists: ListCatalogue) -> pl.Expr:
    members = lists.standings(str(clause.list_name))
    many = clause.field.type is FieldType.COUNTRIES
    return any_on_list(value, members, _DAY) if many else on_list(value, members, _DAY)


def _among(value: pl.Expr, clause: Clause) -> pl.Expr:
    assert isinstance(clause.operand, tuple)
    wanted = list(clause.operand)
    if clause.field.type is FieldType.COUNTRIES:
        shared = value.list.set_intersection(pl.lit(pl.Series([wanted])))
        return pl.when(value.is_not_null()).then(shared.list.len() > 0)
    return _comparable(value, clause).is_in(wanted)


def _comparable(value: pl.Expr, clause: Clause) -> pl.Expr:
    return value.str.to_lowercase() if clause.field.type is FieldType.TEXT else value


def _operand(clause: Clause) -> pl.Expr:
    operand: Operand = clause.operand
    if isinstance(operand, OtherField):
        return _comparable(pl.col(operand.name), clause)
    assert isinstance(operand, bool | float | date | str)
    return pl.lit(operand)


def _comparison(value: pl.Expr, operator: Operator, operand: pl.Expr) -> pl.Expr:
    match operator:
        case Operator.IS | Operator.SAME_AS:
            return value == operand
        case Operator.DIFFERS_FROM:
            return value != operand
        case Operator.AT_LEAST | Operator.ON_OR_AFTER:
            return value >= operand
        case Operator.AT_MOST | Operator.ON_OR_BEFORE:
            return value <= operand
        case Operator.ABOVE | Operator.AFTER:
            return value > operand
        case Operator.BELOW | Operator.BEFORE:
            return value < operand
        case _:
            raise AssertionError(operator)
