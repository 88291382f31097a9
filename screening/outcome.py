"""What each distinct set of findings comes to: conclusions, score, decision, drawn once and remembered.

A book of a million rows has some hundred distinct sets; everything that depends on the set alone
happens here, out of the way of the rows.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from screening.engine.chain import Chain
from screening.policy import Verdict, decide
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule

_PACK = 40
"""Truths of three values that fit into 64 bits: 3^40 < 2^64."""
_TRUTHS: tuple[Truth, ...] = (False, True, None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of findings comes to."""

    found: tuple[str, ...]
    """The rules that fired, gravest first."""
    unknown: tuple[str, ...]
    """The rules that could not be evaluated, by id."""
    drawn: frozenset[str]
    """The rules that fired and the conclusions drawn."""
    verdict: Verdict


class Outcomes:
    """Judges sets of findings, each distinct one once."""

    def __init__(self, ruleset: RuleSet, chain: Chain) -> None:
        self._ruleset = ruleset
        self._chain = chain
        self._match_ids = [rule.id for rule in ruleset.match_rules]
        self._combine_ids = [rule.id for rule in ruleset.combine_rules]
        self._conclusions = {rule.id: rule.conclude for rule in ruleset.combine_rules}
        self._rules = {rule.id: rule for rule in ruleset.rules}
        self._layers = layers(ruleset.combine_rules)
        self._known: dict[tuple[Truth, ...], Outcome] = {}
        self._lock = threading.Lock()

    def of_rows(self, truths: pl.DataFrame) -> tuple[pl.Series, list[Outcome]]:
        """For every row the position of its outcome, and the outcomes.

        `truths` has a Boolean column (null is unknown) for each match rule, and one for each combine
        rule that is true where a site's exception hides its finding.
        """
        columns = [*self._match_ids, *self._combine_ids]
        packed = truths.select(_packed(columns))
        distinct = packed.with_row_index("first").unique(packed.columns, keep="first", maintain_order=True)
        places = packed.join(
            distinct.with_row_index("place"), on=packed.columns, how="left", maintain_order="left"
        )
        sets = truths.select(columns)[distinct["first"]].rows()
        return places["place"], [self.of(found) for found in sets]

    def of(self, found: tuple[Truth, ...]) -> Outcome:
        """The outcome of one set: the truth of every match rule, then what is hidden of every combine rule."""
        with self._lock:
            if found not in self._known:
                self._known[found] = self._judged(found)
            return self._known[found]

    def in_layers(self, rules: Mapping[str, CombineRule]) -> list[CombineRule]:
        """The combine rules in the order in which they conclude."""
        return sorted(rules.values(), key=lambda rule: (self._layers[rule.id], rule.id))

    def _judged(self, found: Sequence[Truth]) -> Outcome:
        split = len(self._match_ids)
        truth: dict[str, Truth] = dict(zip(self._match_ids, found[:split], strict=True))
        hidden = {i for i, h in zip(self._combine_ids, found[split:], strict=True) if h}
        combined = self._chain.conclude(truth)
        drawn = {self._conclusions[i] for i, t in combined.items() if t}
        truth |= {i: t for i, t in combined.items() if i not in hidden}
        fired = [i for i, t in truth.items() if t]
        verdict = decide((self._rules[i] for i in fired), self._ruleset.policy)
        return Outcome(
            found=tuple(part.rule for part in verdict.parts),
            unknown=tuple(sorted(i for i, t in truth.items() if t is None)),
            drawn=frozenset(drawn | set(fired)),
            verdict=verdict,
        )


def _packed(columns: Sequence[str]) -> Iterable[pl.Expr]:
    """The truths of a row as a few whole numbers, so that rows of one set compare quickly."""
    for start in range(0, len(columns), _PACK):
        part = columns[start : start + _PACK]
        digits = [
            pl.col(c).cast(pl.UInt64).fill_null(2) * pl.lit(3**i, pl.UInt64) for i, c in enumerate(part)
        ]
        yield pl.sum_horizontal(digits).alias(f"set{start}")
    if not columns:
        yield pl.lit(0, pl.UInt64).alias("set0")
