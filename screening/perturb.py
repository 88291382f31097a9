"""What the tests of a rule would not notice: small changes of the rule that leave every outcome as it is.

A clause that can go, or a bound that can move, with no test the wiser is a clause that nobody has shown
to be needed. All changes of a rule are judged together, on the shipments of its tests, read once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from screening.amendments import amendments
from screening.engine.columns import MatchPlan
from screening.engine.reference import conclusions
from screening.engine.windows import WindowPlan
from screening.enrich import fields_of
from screening.errors import RuleError
from screening.io.memory import shipment_batch
from screening.ruleset.about import Expectation
from screening.ruleset.conditions import Truth
from screening.ruleset.mutants import Mutant, mutants
from screening.ruleset.reading import RuleFile, read_tree
from screening.ruleset.rule import CombineRule, MatchRule, Rule, placed_clauses
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule
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
    truths = {**_of_row_rules(screener, tried), **_of_combine_rules(screener, tried)}
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
        read = read_tree(Source(source.name, mutant.tree, ()))
        if isinstance(read, RuleFile):
            yield mutant, read.rule


def _of_row_rules(screener: Screener, tried: Tried) -> dict[str, list[list[Truth]]]:
    """For each rule over shipments and each of its changes: what the changed rule says of each test."""
    mine = [(rule, [m for _, m in changed]) for rule, changed in tried if not isinstance(rule, CombineRule)]
    stories = _stories(screener, [rule for rule, _ in mine])
    said: dict[str, list[list[Truth]]] = {}
    at = 0
    for rule, changed in mine:
        count = sum(len(test.story) for test in rule.tests)
        said[rule.id] = _judged(screener, changed, stories.slice(at, count))
        at += count
    return said


def _judged(screener: Screener, changed: Sequence[Rule], stories: pl.DataFrame) -> list[list[Truth]]:
    """What each changed rule says of the last shipment of each story."""
    numbered = [rule.model_copy(update={"id": f"{rule.id}/{i}"}) for i, rule in enumerate(changed)]
    alone = [rule for rule in numbered if isinstance(rule, MatchRule)]
    over_time = [rule for rule in numbered if isinstance(rule, CountRule | SequenceRule | ChangeRule)]
    parts = [MatchPlan(alone, screener.lists).evaluate(stories).rules] if alone else []
    if over_time:
        parts.append(WindowPlan(over_time, screener.lists).evaluate(stories).rules)
    last = stories["story"].is_last_distinct()
    truths = pl.concat(parts, how="horizontal").filter(last) if parts else pl.DataFrame()
    return [truths[rule.id].to_list() for rule in numbered]


def _stories(screener: Screener, rules: Sequence[Rule]) -> pl.DataFrame:
    """The fields of every shipment of every test, in their order; `story` numbers the tests."""
    told = [test.story for rule in rules for test in rule.tests]
    batch = shipment_batch(Shipment.model_validate(shipment) for story in told for shipment in story)
    numbers = pl.Series("story", [i for i, story in enumerate(told) for _ in story], dtype=pl.UInt32)
    wanted = frozenset(name for rule in rules for name in _fields(rule))
    matches = screener.party_matches(batch)
    fields = fields_of(batch.typed, wanted, matches, screener.lists, screener.rates)
    rows = batch.typed.with_columns(numbers)
    return fields.with_columns(
        numbers, batch.typed["shipment_id"], *amendments(rows, rows.clear(), wanted).get_columns()
    )


def _fields(rule: Rule) -> Iterator[str]:
    if isinstance(rule, CountRule | SequenceRule | ChangeRule):
        yield from rule.fields
    yield from (field.name for _, clause in placed_clauses(rule) for field in clause.fields)


def _of_combine_rules(screener: Screener, tried: Tried) -> dict[str, list[list[Truth]]]:
    mine = [(rule, changed) for rule, changed in tried if isinstance(rule, CombineRule)]
    found = iter(_findings(screener, [rule for rule, _ in mine]))
    said: dict[str, list[list[Truth]]] = {}
    for rule, changed in mine:
        tests = [next(found) for _ in rule.tests]
        said[rule.id] = [[_concluded(m, test) for test in tests] for _, m in changed]
    return said


def _findings(screener: Screener, rules: Sequence[Rule]) -> Iterator[dict[str, Truth]]:
    """The truth of every rule and conclusion on the last shipment of each test."""
    told = [test.story for rule in rules for test in rule.tests]
    if not told:
        return
    batch = shipment_batch(Shipment.model_validate(shipment) for story in told for shipment in story)
    stories = pl.Series([i for i, story in enumerate(told) for _ in story], dtype=pl.UInt32)
    table = screener.screen_batch(batch, stories).table.filter(stories.is_last_distinct())
    for found, unknown in table.select("rules", "unknown").iter_rows():
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
