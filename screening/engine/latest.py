"""The latest of several things that came before, when the thing itself must not be its own past.

Marks are numbers that grow with time; owners say whose a mark is. For a question that excludes one
owner, the best mark of the others is the best of all, or the second best of another owner.
"""

from typing import NamedTuple

import numpy as np

from screening.engine.coded import NONE, Integers


class Best(NamedTuple):
    """For each place the highest mark up to it, whose it is, and the highest of any other owner."""

    marks: Integers
    owners: Integers
    others: Integers

    def without(self, owners: Integers, at: Integers) -> Integers:
        """The highest mark up to each place that is not this owner's; NONE where there is none."""
        if not self.marks.size:
            return np.full(at.size, NONE, dtype=np.int64)
        best = np.where(self.owners[at] == owners, self.others[at], self.marks[at])
        return np.where(at < 0, NONE, best)


def running_best(marks: Integers, owners: Integers) -> Best:
    """The best marks up to each place."""
    highest = np.maximum.accumulate(marks)
    before = _shifted(highest)
    holders = np.maximum.accumulate(np.where(marks > before, np.arange(marks.size), 0))
    held_before = _shifted(owners[holders])
    # When an owner takes the lead from another, what the other had is the second best from then on.
    second = np.where(owners == held_before, NONE, np.minimum(marks, before))
    return Best(highest, owners[holders], np.maximum.accumulate(second))


def _shifted(values: Integers) -> Integers:
    return np.concatenate([np.full(1, NONE, dtype=np.int64), values[:-1]])
