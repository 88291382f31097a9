"""Rules that count: rows, different values and sums within a window, for all rows of a book at once."""

from screening.engine.amounts import SCALE
from screening.engine.coded import NONE, Flags, Integers, Truths, fulfilled, truth_of
from screening.engine.pattern import Behind
from screening.engine.related import Measured
from screening.engine.timeline import distinct_within
from screening.engine.windowed import WindowedPattern
from screening.ruleset.measures import Measure
from screening.ruleset.windows import CountRule


class CountPattern(WindowedPattern[CountRule]):
    """A rule that counts, over one book."""

    def completed(self) -> Truths:
        """True where every measure is enough; unknown where the row's own value might make it so."""
        return fulfilled(self._enough(measure) for measure in self.rule.count)

    def _enough(self, measure: Measure) -> Truths:
        # Thousandths of the least amount are whole: it has at most three decimals.
        reached = self._counted(measure) >= int(measure.least * SCALE)
        return truth_of(reached, self._unknown(measure))

    def _unknown(self, measure: Measure) -> Flags:
        if measure.distinct:
            unknown: Flags = self.book.values(measure.distinct)[self.line.rows] == NONE
            return unknown
        return ~self.book.amounts(measure.sum)[1][self.line.rows]

    def _counted(self, measure: Measure) -> Integers:
        """What is counted or added up for each row of the line, in thousandths."""
        line = self.line
        if measure.distinct:
            values = self.book.values(measure.distinct)[line.rows]
            return distinct_within(line, values, self.rule.within, line.codes) * SCALE
        added = self.added(measure.sum)
        return added[line.to_day(line.codes)] - added[line.from_day(line.codes, self.rule.within)]

    def behind(self, row: int) -> Behind:
        """The rows of the window."""
        code = self.line.code_of(row)
        first, after = self.window(code)
        different = [self._measured(m, row) // SCALE for m in self.rule.count if m.distinct]
        added = [self._measured(m, row) / SCALE for m in self.rule.count if m.sum]
        count = different[0] if different else after - first
        total = added[0] if added else None
        measured = Measured(count, total, None, *self.days_between(self.line, first, after))
        return Behind(*self.in_window(row, code), measured)

    def _measured(self, measure: Measure, row: int) -> int:
        key = ("measured", self.rule.id, measure)
        return int(self.book.once(key, lambda: self._counted(measure))[self.place(row)])
