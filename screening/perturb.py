"""What the tests of a rule would not notice: small changes of the rule that leave every outcome as it is.

A clause that can go, or a bound that can move, with no test the wiser is a clause that nobody has shown
to be needed. All changes of a rule are judged together, on the shipments of its tests, read once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from screening.engine.columns import MatchPlan
from screening.engine.reference import conclusions
from screening.enrich import fields_of
from screening.errors import RuleError
from screening.io.memory import shipment_batch
from screening.ruleset.about import Expectation
from screening.ruleset.conditions import Truth
from screening.ruleset.mutants import Mutant, mutants
from screening.ruleset.reading import RuleFile, read_tree
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.yaml_source import Source
from screening.screener import Screener
from screening.shipment import Shipment

_TRUTH: dict[Expectation, Truth] = {
    Expectation.HIT: True,
    Expectation.CLEAR: False,
    Expectation.NOT_EVALUATED: None,
}


@dataclass(frozen=True, slots=True)
class Unnoticed:
    """A change of a rule that no test of it notices."""

    rule: str
    change: str


@dataclass(frozen=True, slots=True)
class Perturbed:
    """How many changes of how many rules were tried, and which went unnoticed."""

    rules: int
    changes: int
    unnoticed: tuple[Unnoticed, ...]


def perturb(screener: Screener, rule_ids: Sequence[str] = ()) -> Perturbed:
    """What the tests of these rules (else of all active ones) would not notice.

    Raises RuleError for a rule that isn't there.
    """
    chosen = _chosen(screener, rule_ids)
    tried = [(rule, list(_changed(screener, rule))) for rule in chosen]
    truths = {**_of_match_rules(screener, tried), **_of_combine_rules(screener, tried)}
    missed = [
        Unnoticed(rule.id, mutant.change)
        for rule, changed in tried
        for (mutant, _), truth in zip(changed, truths[rule.id], strict=True)
        if truth == [_TRUTH[test.expect] for test in rule.tests]
    ]
    return Perturbed(len(chosen), sum(len(changed) for _, changed in tried), tuple(missed))


Tried = Sequence[tuple[Rule, list[tuple[Mutant, Rule]]]]


def _chosen(screener: Screener, rule_ids: Sequence[str]) -> list[Rule]:
    asked = [screener.ruleset.rule(rule_id) for rule_id in rule_ids] or screener.ruleset.rules
    chosen = [rule for rule in asked if rule.active]
    if not chosen:
        raise RuleError([f"{', '.join(rule_ids)}: deprecated, and never evaluated"])
    return chosen


def _changed(screener: Screener, rule: Rule) -> Iterator[tuple[Mutant, Rule]]:
    """The changes of a rule that are rules themselves; one that says nothing can't be tried."""
    source = screener.ruleset.sources[rule.id]
    assert isinstance(source.tree, dict)
    bare = {key: value for key, value in source.tree.items() if key != "tests"}
    for mutant in mutants(bare):
        read = read_tree(Source(source.name, mutant.tree, {}))
        if isinstance(read, RuleFile):
            yield mutant, read.rule


def _of_match_rules(screener: Screener, tried: Tried) -> dict[str, list[list[Truth]]]:
    """For each match rule and each of its changes: what the changed rule says of each test."""
    mine = [(rule, [m for _, m in changed]) for rule, changed in tried if isinstance(rule, MatchRule)]
    fields = _fields(screener, [rule for rule, _ in mine])
    said: dict[str, list[list[Truth]]] = {}
    at = 0
    for rule, changed in mine:
        own = fields.slice(at, len(rule.tests))
        at += len(rule.tests)
        said[rule.id] = _judged(screener, [m for m in changed if isinstance(m, MatchRule)], own)
    return said


def _judged(screener: Screener, changed: Sequence[MatchRule], fields: pl.DataFrame) -> list[list[Truth]]:
    numbered = [_renamed(rule, i) for i, rule in enumerate(changed)]
    rules = MatchPlan(numbered, screener.lists).evaluate(fields).rules
    return [rules[rule.id].to_list() for rule in numbered]


def _renamed(rule: MatchRule, number: int) -> MatchRule:
    """The rule under an id of its own, since a plan has a column for each id."""
    return rule.model_copy(update={"id": f"{rule.id}/{number}"})


def _fields(screener: Screener, rules: Sequence[MatchRule]) -> pl.DataFrame:
    """The fields of every test of the rules, in their order."""
    batch = shipment_batch(Shipment.model_validate(t.story[-1]) for rule in rules for t in rule.tests)
    wanted = frozenset(
        field.name for rule in rules for clause in rule.when.values() for field in clause.fields
    )
    matches = screener.party_matches(batch)
    return fields_of(batch.typed, wanted, matches, screener.lists, screener.rates)


def _of_combine_rules(screener: Screener, tried: Tried) -> dict[str, list[list[Truth]]]:
    mine = [(rule, changed) for rule, changed in tried if isinstance(rule, CombineRule)]
    found = iter(_findings(screener, [rule for rule, _ in mine]))
    said: dict[str, list[list[Truth]]] = {}
    for rule, changed in mine:
        tests = [next(found) for _ in rule.tests]
        said[rule.id] = [[_concluded(m, test) for test in tests] for _, m in changed]
    return said


def _findings(screener: Screener, rules: Sequence[Rule]) -> Iterator[dict[str, Truth]]:
    """The truth of every rule and conclusion on each test."""
    tests = [test for rule in rules for test in rule.tests]
    if not tests:
        return
    batch = shipment_batch(Shipment.model_validate(test.story[-1]) for test in tests)
    for found, unknown in screener.screen_batch(batch).table.select("rules", "unknown").iter_rows():
        yield _with_conclusions(screener, dict.fromkeys(unknown) | dict.fromkeys(found, True))


def _with_conclusions(screener: Screener, found: dict[str, Truth]) -> dict[str, Truth]:
    drawn: dict[str, Truth] = {}
    for rule in screener.ruleset.combine_rules:
        if rule.id in found and drawn.get(rule.conclude) is not True:
            drawn[rule.conclude] = found[rule.id]
    return found | drawn


def _concluded(rule: Rule, found: Mapping[str, Truth]) -> Truth:
    assert isinstance(rule, CombineRule)
    others = {name: truth for name, truth in found.items() if name not in (rule.id, rule.conclude)}
    return conclusions([rule], {rule.id: 0}, others)[rule.id]
