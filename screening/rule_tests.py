"""The tests that stand in the rules: each shipment through the one path, judged for its own rule alone.

All tests of all rules are one batch, so they cost about as much as one file; the shipments of a test are a
story of their own, which no other test's shipments enter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from screening.io.memory import shipment_batch
from screening.io.values import typed_columns
from screening.ruleset.about import Expectation, RuleTest
from screening.ruleset.faults import Fault, MalformedTest
from screening.ruleset.loading import RuleSet
from screening.ruleset.nearest import nearest
from screening.ruleset.reading import RuleFile
from screening.ruleset.rule import Rule
from screening.screener import Screener
from screening.shipment import COLUMNS, Shipment
from screening.watchlists.loading import bundled_files


@dataclass(frozen=True, slots=True)
class RuleTestOutcome:
    """What one test of a rule expected, and what its rule said."""

    rule: str
    test: str
    where: str
    """`FILE:LINE` of the test."""
    expected: Expectation
    got: Expectation | None
    """None when the shipment can't be read."""
    reason: str = ""
    """Why it can't be read."""

    @property
    def passed(self) -> bool:
        """True when the rule said what the test expects."""
        return self.got is self.expected

    @property
    def failure(self) -> str:
        """One sentence about a test that fails; nothing when it passes."""
        if self.passed:
            return ""
        told = self.reason or f"expected {self.expected}, got {self.got}"
        return f"{self.where}: {self.rule}, {self.test}: {told}"


class Asked(NamedTuple):
    """A test, with its rule and its place among the rule's tests."""

    rule: Rule
    at: int
    test: RuleTest


def bundled_screener(rules: Path | RuleSet | None = None) -> Screener:
    """A screener of these rules (else the bundled ones) and of the bundled lists alone.

    Imported lists are left out: what a test expects may not depend on whose machine it runs on.
    """
    return Screener(rules=rules, watchlists=bundled_files(), bundled=False)


def run_rule_tests(screener: Screener) -> list[RuleTestOutcome]:
    """The outcome of every test of every active rule, in the order of the rules."""
    active = [rule for rule in screener.ruleset.rules if rule.active]
    asked = [Asked(rule, i, test) for rule in active for i, test in enumerate(rule.tests)]
    told = iter(unreadable([shipment for _, _, test in asked for shipment in test.story]))
    reasons = [_told([next(told) for _ in test.story]) for _, _, test in asked]
    said = _said(screener, [a for a, reason in zip(asked, reasons, strict=True) if not reason])
    sources = screener.ruleset.sources
    return [
        RuleTestOutcome(
            rule=rule.id,
            test=test.name,
            where=sources[rule.id].where(("tests", i)),
            expected=test.expect,
            got=None if reason else next(said),
            reason=reason,
        )
        for (rule, i, test), reason in zip(asked, reasons, strict=True)
    ]


def _told(story: Iterable[Mapping[str, str]]) -> str:
    return "; ".join(f"{column}: {reason}" for columns in story for column, reason in columns.items())


def _said(screener: Screener, asked: Sequence[Asked]) -> Iterator[Expectation]:
    """What each rule says of the shipment of its test."""
    if not asked:
        return
    told = [(number, shipment) for number, a in enumerate(asked) for shipment in a.test.story]
    stories = pl.Series([number for number, _ in told], dtype=pl.UInt32)
    batch = shipment_batch(Shipment.model_validate(shipment) for _, shipment in told)
    table = screener.screen_batch(batch, stories).table.select("rules", "unknown")
    judged = stories.is_last_distinct()
    for (rule, _, _), (found, unknown) in zip(asked, table.filter(judged).iter_rows(), strict=True):
        yield _truth(rule.id, found, unknown)


def _truth(rule_id: str, found: Iterable[str], unknown: Iterable[str]) -> Expectation:
    if rule_id in found:
        return Expectation.HIT
    return Expectation.NOT_EVALUATED if rule_id in unknown else Expectation.CLEAR


def unreadable(shipments: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """For each shipment the columns that can't be read, with the reason."""
    names = dict.fromkeys(name for cells in shipments for name in cells)
    cells = {name: [shipment.get(name) for shipment in shipments] for name in names}
    _, faults = typed_columns(pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String)))
    told = [{n: f"no such column{nearest(n, COLUMNS)}" for n in s if n not in COLUMNS} for s in shipments]
    for at, column, reason in faults.select("at", "column", "reason").iter_rows():
        told[at].setdefault(column, reason)
    return told


def unreadable_tests(files: Iterable[RuleFile]) -> Iterator[Fault]:
    """A fault for each cell of a test's shipment that can't be read."""
    asked = [(file.source, i, test) for file in files for i, test in enumerate(file.rule.tests)]
    told = iter(unreadable([shipment for _, _, test in asked for shipment in test.story]))
    for source, i, test in asked:
        for at, _ in enumerate(test.story):
            for column, reason in next(told).items():
                place = source.where(("tests", i, *test.place(at), column))
                yield MalformedTest(place, f"{column}: {reason}")
