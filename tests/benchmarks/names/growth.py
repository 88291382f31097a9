"""How build, query time and memory grow with the list, on lists put together from the words of a real one.

A list of firms has few words that many bear and very many that one bears, and a longer list brings new
ones. So each further name takes the form of a listed one, keeps or exchanges its common words for others
as common, and bears a rare word of the list or one crossed from two of them.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

from tests.benchmarks.names.disturb import Maker
from tests.benchmarks.names.measures import exponent
from tests.benchmarks.names.report import Row
from tests.benchmarks.names.trial import tried

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_COMMON = 20
_QUERIES, _SINGLES = 2_000, 200
_KEPT, _NEW = 0.6, 0.6
_WORD = re.compile(r"[^\W\d_]{2,}")


class Extended:
    """A list's names and, after them, as many more as are asked for. Deterministic for a seed."""

    def __init__(self, names: Sequence[str], seed: int = 5) -> None:
        self.random = random.Random(seed)
        self.names = sorted(set(names))
        self.random.shuffle(self.names)
        counts = Counter(word for name in self.names for word in _WORD.findall(name))
        self.common = sorted(word for word, count in counts.items() if count > _COMMON)
        self.rare = sorted(word for word, count in counts.items() if count <= _COMMON)
        self.shares = list(accumulate(counts[word] for word in self.common))
        self.known = set(self.common)

    def first(self, count: int) -> list[str]:
        """So many distinct names; a shorter list is the beginning of a longer one."""
        found = dict.fromkeys(self.names[:count])
        while len(found) < count:
            found.setdefault(_WORD.sub(self._exchanged, self.random.choice(self.names)))
        return list(found)

    def _exchanged(self, found: re.Match[str]) -> str:
        word = found.group()
        if word in self.known:
            keep = self.random.random() < _KEPT
            return word if keep else self.random.choices(self.common, cum_weights=self.shares)[0]
        one = self.random.choice(self.rare)
        return self._crossed(one, self.random.choice(self.rare)) if self.random.random() < _NEW else one

    def _crossed(self, one: str, other: str) -> str:
        """The beginning of one word and the end of another."""
        return one[: (len(one) + 1) // 2] + other[len(other) // 2 :].lower()


def growth_rows(names: Sequence[str], matcher: str, sizes: Sequence[int], folder: Path) -> list[Row]:
    """One row a figure, one value a size: the same queries asked of ever longer lists."""
    longest = Extended(names).first(max(sizes))
    queries, singles = asked(longest[: min(sizes)])
    figures = []
    for size in sizes:
        figures.append(tried(matcher, folder, longest[:size], queries, singles).figures)
    return [
        Row("build, s", [one["build s"] for one in figures], "{:,.2f}"),
        Row("match, ms a name in bulk", [1000 * one["match s"] / one["asked"] for one in figures]),
        Row("one name, warm: median ms", [one["one ms"] for one in figures], "{:.2f}"),
        Row("one name, warm: 99th ms", [one["one 99th ms"] for one in figures], "{:.2f}"),
        Row("peak memory, MB", [one["MB"] for one in figures], "{:,.0f}"),
        Row("... when the index was built", [one["MB built"] for one in figures], "{:,.0f}"),
    ]


def asked(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names to ask every list in bulk, and others to ask one by one: half disturbed, half nobody's."""
    maker = Maker(names, seed=6)
    count = _QUERIES + _SINGLES
    both = [one.name for one in maker.matches(count // 2) + maker.nobody(count // 2)]
    maker.random.shuffle(both)
    return both[:_QUERIES], both[_QUERIES:]


def exponents(rows: Sequence[Row], sizes: Sequence[int]) -> list[str]:
    """For each figure the exponent of its growth between the last two sizes."""
    lines = []
    for row in rows:
        low, high = row.values[-2:]
        if low and high:
            lines.append(f"{row.title}: n^{exponent((sizes[-2], sizes[-1]), (low, high)):.2f}")
    return lines
