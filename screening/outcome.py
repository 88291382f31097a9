"""What each distinct set of findings comes to: conclusions, score, decision, drawn once and remembered.

A book of a million rows has some hundred distinct sets; everything that depends on the set alone
happens here, out of the way of the rows.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from screening.abreast import FEW
from screening.engine.chain import Chain
from screening.policy import Verdict, decide
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule

_PACK, _BYTES = 5, 8
"""Truths of three values that fit into a byte (3^5 < 2^8), and bytes that fit into 64 bits."""
MOST_REMEMBERED = 50_000
"""So that a service that runs for months does not grow with every set that it has seen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of findings comes to."""

    found: tuple[str, ...]
    """The rules that fired and are shown, gravest first."""
    hidden: tuple[str, ...]
    """The rules that fired and that a site's exceptions hide, by id."""
    unknown: tuple[str, ...]
    """The rules that could not be evaluated, by id."""
    drawn: frozenset[str]
    """The rules that fired, hidden or not, and the conclusions drawn."""
    verdict: Verdict


class Outcomes:
    """Judges sets of findings, each distinct one once."""

    def __init__(self, ruleset: RuleSet, chain: Chain) -> None:
        self._ruleset = ruleset
        self._chain = chain
        self.judging = tuple(rule.id for rule in (*ruleset.match_rules, *ruleset.window_rules))
        """The rules that judge shipments, by id; the others judge their findings."""
        self._conclusions = {rule.id: rule.conclude for rule in ruleset.combine_rules}
        self._rules = {rule.id: rule for rule in ruleset.rules}
        self._layers = layers(ruleset.combine_rules)
        self._known: dict[tuple[tuple[Truth, ...], frozenset[str]], Outcome] = {}
        self._lock = threading.Lock()

    def of_rows(self, truths: pl.DataFrame, hides: pl.DataFrame) -> tuple[pl.Series, list[Outcome]]:
        """For every row the position of its outcome, and the outcomes.

        `truths` has a Boolean column (null is unknown) for each rule of `judging`; `hides` one for each
        rule that a site's exceptions name, true where they hide its finding.
        """
        whole = truths if tuple(truths.columns) == self.judging else truths.select(self.judging)
        if hides.width:
            whole = whole.hstack(hides.select(pl.all().name.prefix("hides ")))
        places, sets = _distinct(whole) if whole.height > FEW else _distinct_of_few(whole)
        split = len(self.judging)
        hidden = [frozenset(i for i, h in zip(hides.columns, s[split:], strict=True) if h) for s in sets]
        return places, [self.of(s[:split], h) for s, h in zip(sets, hidden, strict=True)]

    def of(self, found: tuple[Truth, ...], hidden: frozenset[str] = frozenset()) -> Outcome:
        """The outcome of one set: the truth of each rule of `judging`, and the rules that are hidden."""
        with self._lock:
            if (found, hidden) not in self._known:
                if len(self._known) >= MOST_REMEMBERED:
                    self._known.clear()
                self._known[found, hidden] = self._judged(found, hidden)
            return self._known[found, hidden]

    def in_layers(self, rules: Mapping[str, CombineRule]) -> list[CombineRule]:
        """The combine rules in the order in which they conclude."""
        return sorted(rules.values(), key=lambda rule: (self._layers[rule.id], rule.id))

    def _judged(self, found: Sequence[Truth], hidden: frozenset[str]) -> Outcome:
        """What is hidden is left out of score and decision; other rules see it all the same."""
        truth: dict[str, Truth] = dict(zip(self.judging, found, strict=True))
        combined = self._chain.conclude(truth)
        truth |= combined
        fired = {i for i, t in truth.items() if t}
        verdict = self.verdict(fired - hidden)
        return Outcome(
            found=tuple(part.rule for part in verdict.parts),
            hidden=tuple(sorted(fired & hidden)),
            unknown=tuple(sorted(i for i, t in truth.items() if t is None)),
            drawn=frozenset(fired | {self._conclusions[i] for i, t in combined.items() if t}),
            verdict=verdict,
        )

    def verdict(self, found: Iterable[str]) -> Verdict:
        """What the findings of these rules, and nothing besides, come to."""
        return decide((self._rules[i] for i in found), self._ruleset.policy)


_Sets = list[tuple[Truth, ...]]


def _distinct_of_few(rows: pl.DataFrame) -> tuple[pl.Series, _Sets]:
    """For every row the number of its set, and the sets."""
    found = rows.rows()
    numbers = {told: number for number, told in enumerate(dict.fromkeys(found))}
    return pl.Series("place", [numbers[told] for told in found], pl.UInt32), list(numbers)


def _distinct(rows: pl.DataFrame) -> tuple[pl.Series, _Sets]:
    """The same for many rows."""
    packed = rows.select(_packed(_varying(rows)))
    distinct = packed.with_row_index("first").unique(packed.columns, keep="first", maintain_order=True)
    numbered = distinct.with_row_index("place")
    places = packed.join(numbered, on=packed.columns, how="left", maintain_order="left")
    return places["place"], rows[distinct["first"]].rows()


def _varying(rows: pl.DataFrame) -> list[str]:
    """The columns that do not say the same of every row: half of the rules of a book never do."""
    unknown, fired, height = rows.null_count().row(0), rows.sum().row(0), rows.height
    counts = zip(rows.columns, unknown, fired, strict=True)
    return [name for name, u, f in counts if u != height and (u or f not in (0, height))]


def _packed(columns: Sequence[str]) -> Iterable[pl.Expr]:
    """The truths of a row as a few whole numbers, so that rows of one set compare quickly."""
    digits = [pl.col(name).cast(pl.UInt8).fill_null(2) for name in columns]
    bytes_ = [
        _number(digits[at : at + _PACK], pl.UInt8(), 3).cast(pl.UInt64) for at in range(0, len(digits), _PACK)
    ]
    for at in range(0, len(bytes_), _BYTES):
        yield _number(bytes_[at : at + _BYTES], pl.UInt64(), 256).alias(f"set{at}")
    if not columns:
        yield pl.repeat(0, pl.len(), dtype=pl.UInt64).alias("set0")


def _number(digits: Sequence[pl.Expr], kind: pl.DataType, base: int) -> pl.Expr:
    """The whole number that is written with these digits."""
    return reduce(lambda told, digit: told * pl.lit(base, kind) + digit, digits)
