"""Which rows of a book count for a rule over time: those that fulfil its clauses and may meet in a group.

Most rules look at few rows of a book. Where the steps of a rule look at few rows and at many, the many
count only in the groups of the few.
"""

from collections.abc import Hashable, Mapping
from functools import reduce

import numpy as np
import polars as pl

from screening.engine.coded import FALSE, NO_DAY, TRUE, UNKNOWN, Flags, Integers, Truths, compared, day_number
from screening.ruleset.windows import SequenceRule, WindowRule

_FEW = 2_000
"""Rows that are not worth parting."""


def counted(rule: WindowRule, rows: pl.DataFrame, places: Mapping[Hashable, Integers]) -> Integers:
    """Where the rows stand that count for a rule, in their order.

    For every other row the rule is as `untold` has it. `places` tells where the rows stand that fulfil each
    selection, by its key.
    """
    steps = [places[selection.key] for selection in rule.selections]
    if not all(step.size for step in steps):
        return steps[0][:0]
    if isinstance(rule, SequenceRule) and len(steps) > 1 and max(step.size for step in steps) > _FEW:
        for fields in zip(*rule.groups, strict=True):
            steps = _met(rows, steps, fields)
    return reduce(np.union1d, steps)


def _met(rows: pl.DataFrame, steps: list[Integers], fields: tuple[str, ...]) -> list[Integers]:
    """The rows of each step whose value is that of some row of the step with the fewest rows.

    A chain of steps stays within values that are equal in all of them.
    """
    told = [compared(rows[field].gather(step), field) for field, step in zip(fields, steps, strict=True)]
    fewest = min(told, key=len).drop_nulls().unique()
    met = [values.is_in(fewest.implode()).fill_null(False).to_numpy() for values in told]
    return [step[kept] for step, kept in zip(steps, met, strict=True)]


def untold(rule: WindowRule, rows: pl.DataFrame, days: Integers, own: Truths) -> Truths:
    """UNKNOWN for the rows that the rule may judge and can't without more being known of them, else FALSE.

    `own` tells whether each row fulfils the clauses of the judged row, `days` has their days by number.
    """
    if not own.any():
        return np.full(own.size, FALSE, dtype=np.int8)
    told: Flags = own == UNKNOWN
    fulfilled = np.flatnonzero(own == TRUE)
    if fulfilled.size:
        told[fulfilled] = _placeless(rule, rows, days, fulfilled)
    if rule.valid_from is not None:
        told &= (days == NO_DAY) | (days >= day_number(rule.valid_from))
    if rule.valid_until is not None:
        told &= (days == NO_DAY) | (days <= day_number(rule.valid_until))
    return np.where(told, UNKNOWN, FALSE).astype(np.int8)


def _placeless(rule: WindowRule, rows: pl.DataFrame, days: Integers, at: Integers) -> Flags:
    """True for the rows at these places that have no day, or no group in which the rule judges."""
    lacking: Flags = days[at] == NO_DAY
    for field in rule.groups[-1] if isinstance(rule, SequenceRule) else rule.group_by:
        if rows[field].null_count():
            lacking |= rows[field].gather(at).is_null().to_numpy()
    return lacking
