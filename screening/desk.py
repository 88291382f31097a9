"""Where results are written: one shipment's findings with evidence, matches, what is open, what would clear.

Everything here happens per shown row; what depends on the set of findings alone was done once for
each distinct set (`outcome.py`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import polars as pl

from screening.address_matches import SHARED
from screening.clearance import Truths, true_clauses, ways_to_clear
from screening.engine.columns import MatchPlan
from screening.engine.evidence import AddressFound, Facts, combine_finding, match_finding, window_finding
from screening.engine.related import Related
from screening.engine.sentences import sentence
from screening.openness import REACH, missing_over_time, reach_told
from screening.outcome import MOST_REMEMBERED, Outcome, Outcomes
from screening.parties import PARTY, name_key
from screening.result import (
    Context,
    Decision,
    Finding,
    Match,
    MatchStatus,
    NotEvaluated,
    Points,
    Screening,
    Suppressed,
)
from screening.ruleset.clauses import Operator
from screening.ruleset.conditions import Truth
from screening.ruleset.exceptions import RuleException
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.shipment import ROLES
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList


@dataclass(frozen=True, slots=True)
class Row:
    """One shipment on its way to being written out."""

    typed: Mapping[str, Any]
    cells: Mapping[str, Any]
    values: Mapping[str, Any]
    clauses: tuple[bool | None, ...]
    related: Callable[[str], Related]
    """What the finding of a rule over time rests on, by its id."""
    begins: date | None
    """The first day that the book reaches back to."""
    matches: Sequence[Match]
    addresses: Sequence[AddressFound]
    outcome: Outcome
    exceptions: Sequence[RuleException]
    """The site's exceptions that cover the shipment, whether or not they hide a finding."""
    present: frozenset[str]


class Desk:
    """Writes results: knows the rules, the lists and the parties, and what stands behind them."""

    def __init__(
        self,
        ruleset: RuleSet,
        lists: ListCatalogue,
        parties: PartyList,
        outcomes: Outcomes,
        plan: MatchPlan,
        run: str,
    ) -> None:
        self.rules = {rule.id: rule for rule in ruleset.rules}
        self._ruleset = ruleset
        self._lists = lists
        self._parties = parties
        self._outcomes = outcomes
        self._judging = (*ruleset.match_rules, *ruleset.window_rules)
        self._keys = tuple(plan.columns)
        self._run = run
        self._context = {name_key(name): entry for entry in lists.context for name in entry.names}
        self._makers: dict[str, list[str]] = {}
        for rule in ruleset.combine_rules:
            self._makers.setdefault(rule.conclude, []).append(rule.id)
        self._least_score = min(ruleset.policy.match_threshold, *_scores_asked(ruleset))
        self._ways: dict[object, tuple[frozenset[str], ...]] = {}

    def match(self, role: str, name: str, found: Mapping[str, Any], status: MatchStatus) -> Match:
        """A match as it is shown; `found` has `entry`, `matched_name` and `score`."""
        entry = self._parties[found["entry"]]
        return Match(
            role=role,
            name=name,
            id=entry.id,
            source_id=entry.source_id,
            matched_name=found["matched_name"],
            watchlist=entry.watchlist,
            type=entry.type,
            score=round(found["score"], 4),
            status=status,
            listed_on=entry.listed_on.isoformat() if entry.listed_on else None,
            source=entry.source or entry.authority,
            reason=entry.reason,
        )

    def shown_matches(self, matches: pl.DataFrame, height: int) -> list[list[Match]]:
        """The matches at or above the policy's threshold, row by row, best first."""
        return self._matches(matches, height, self._ruleset.policy.match_threshold)

    def cited_matches(self, matches: pl.DataFrame, height: int) -> list[list[Match]]:
        """The matches that are shown or that a rule may rest on, row by row, best first."""
        return self._matches(matches, height, self._least_score)

    def cited_addresses(self, matches: pl.DataFrame, height: int) -> list[list[AddressFound]]:
        """The listed addresses on each row, row by row, best first."""
        told: list[list[AddressFound]] = [[] for _ in range(height)]
        for found in matches.filter(pl.col("kind") != PARTY).iter_rows(named=True):
            match = self.match(found["role"], found["name"], found, found["status"])
            if found["kind"] == SHARED:
                firm = self._parties[found["entry"]].called
                match = match.model_copy(update={"matched_name": f"{firm}, {match.matched_name}"})
            told[found["index"]].append(AddressFound(found["kind"], match))
        return told

    def _matches(self, matches: pl.DataFrame, height: int, least: float) -> list[list[Match]]:
        told: list[list[Match]] = [[] for _ in range(height)]
        wanted = matches.filter(pl.col("score") >= least, pl.col("kind") == PARTY)
        for found in wanted.iter_rows(named=True):
            told[found["index"]].append(self.match(found["role"], found["name"], found, found["status"]))
        return told

    def write(self, row: Row, file: str) -> Screening:
        """The result for one shipment."""
        truths = dict(zip(self._keys, row.clauses, strict=True))
        written = self._written(row, truths)
        verdict = row.outcome.verdict
        return Screening(
            shipment_id=row.typed["shipment_id"],
            line_number=row.typed.get("line_number"),
            revision=row.typed.get("revision"),
            row=row.typed["row"],
            file=file,
            decision=verdict.decision,
            score=verdict.score,
            score_parts=tuple(Points(rule=p.rule, points=p.points, weight=p.weight) for p in verdict.parts),
            findings=tuple(written[rule_id] for rule_id in row.outcome.found),
            matches=tuple(m for m in row.matches if m.score >= self._ruleset.policy.match_threshold),
            not_evaluated=tuple(self._not_evaluated(row, truths)),
            would_clear=self._would_clear(row, truths, written) if verdict.decision != "clear" else (),
            suppressed=tuple(_suppressed(e) for e in row.exceptions if e.rule in row.outcome.hidden),
            context=tuple(self._explained(row)),
            shipment={name: value or None for name, value in row.cells.items()},
            run=self._run,
        )

    def _written(self, row: Row, truths: Truths) -> dict[str, Finding]:
        """The findings by rule; hidden ones too, as evidence of what was concluded from them."""
        facts = Facts(row.values, truths, row.matches, row.addresses, row.outcome.drawn)
        fired = [self.rules[i] for i in (*row.outcome.found, *row.outcome.hidden)]
        combined = {rule.id: rule for rule in fired if isinstance(rule, CombineRule)}
        written: dict[str, Finding] = {}
        for rule in fired:
            if isinstance(rule, MatchRule):
                written[rule.id] = match_finding(rule, facts, self._lists)
            elif not isinstance(rule, CombineRule):
                written[rule.id] = window_finding(rule, facts, self._lists, row.related(rule.id))
        for over in self._outcomes.in_layers(combined):
            written[over.id] = combine_finding(over, facts, written, self._makers)
        return written

    def _not_evaluated(self, row: Row, truths: Truths) -> Iterator[NotEvaluated]:
        for rule_id in row.outcome.unknown:
            missing = dict.fromkeys(self._missing(rule_id, row, truths))
            if missing:
                reason = reach_told(row.begins) if REACH in missing else None
                yield NotEvaluated(rule=rule_id, missing=tuple(missing), reason=reason)

    def _missing(self, rule_id: str, row: Row, truths: Truths) -> Iterator[str]:
        """The fields that left a rule open: unknown in this row, though the file has their columns."""
        rule = self.rules.get(rule_id)
        if isinstance(rule, MatchRule):
            unknown = (field for c in rule.clauses if truths[c.key] is None for field in c.fields)
            yield from (
                f.name for f in unknown if row.values[f.name] is None and not f.missing_from(row.present)
            )
        elif isinstance(rule, CombineRule):
            for name in (*rule.when.positive, *rule.when.unless):
                for member in self._makers.get(name, [name]):
                    if member in row.outcome.unknown:
                        yield from self._missing(member, row, truths)
        elif rule is not None:
            yield from missing_over_time(rule, row.values, truths, row.present, row.begins)

    def _would_clear(self, row: Row, truths: Truths, written: Mapping[str, Finding]) -> tuple[str, ...]:
        day = row.values["shipment.date"]
        awake = [rule for rule in self._judging if rule.in_force(day)]
        hidden = frozenset(exception.rule for exception in row.exceptions)
        told = row.outcome.found, row.outcome.hidden, row.outcome.unknown
        key = (row.clauses, told, tuple(rule.id for rule in awake), hidden)
        ways = self._ways.get(key)
        if ways is None:
            fired = {*row.outcome.found, *row.outcome.hidden}
            unknown = frozenset(row.outcome.unknown)
            ways = ways_to_clear(
                awake,
                {r.id: r.id in fired or (None if r.id in unknown else False) for r in awake},
                truths,
                judge=lambda rules: self._decision(rules, hidden),
                least=lambda ids: self._outcomes.verdict(i for i in ids if i not in hidden).decision,
            )
            if len(self._ways) >= MOST_REMEMBERED:
                self._ways.clear()
            self._ways[key] = ways
        said = _said_of_facts([self.rules[rule_id] for rule_id in written], truths, row.values, written)
        return tuple(_way(way, said) for way in ways)

    def _decision(self, rules: Mapping[str, Truth], hidden: frozenset[str]) -> Decision:
        """The decision when these rules hold; those that do not judge the shipment are not among them."""
        found = tuple(rules.get(rule_id, False) for rule_id in self._outcomes.judging)
        return self._outcomes.of(found, hidden).verdict.decision

    def _explained(self, row: Row) -> Iterator[Context]:
        for role in ROLES:
            name = row.typed.get(f"{role}_name")
            entry = self._context.get(name_key(name)) if name else None
            if entry and name:
                yield Context(role=role, name=name, explains=entry.explains, source=entry.source)


def _scores_asked(ruleset: RuleSet) -> Iterator[float]:
    """The match scores that rules ask for; 1 besides, so that there is always one."""
    yield 1.0
    named = (rule.clauses for rule in ruleset.match_rules)
    over_time = (s.clauses for rule in ruleset.window_rules for s in rule.selections)
    for clause in chain.from_iterable((*named, *over_time)):
        asked = clause.operator in (Operator.AT_LEAST, Operator.ABOVE)
        if asked and clause.field.name.endswith(".score") and isinstance(clause.operand, float):
            yield clause.operand


def _suppressed(exception: RuleException) -> Suppressed:
    return Suppressed(
        rule=exception.rule,
        exception=exception.id,
        owner=exception.owner,
        reason=exception.reason,
        expires=exception.expires.isoformat(),
    )


def _said_of_facts(
    fired: Sequence[Rule], truths: Truths, values: Mapping[str, Any], written: Mapping[str, Finding]
) -> dict[str, str]:
    """What the clauses that made the rules fire say of each field, and what each rule over time found."""
    said: dict[str, str] = {}
    for rule in fired:
        if isinstance(rule, CombineRule):
            continue
        if not isinstance(rule, MatchRule):
            said[rule.id] = written[rule.id].evidence[0].text
        for clause in true_clauses(rule if isinstance(rule, MatchRule) else rule.own, truths):
            said.setdefault(clause.field.name, sentence(clause.say, clause.field.name, values))
    return said


def _way(facts: frozenset[str], said: Mapping[str, str]) -> str:
    return "Clear if it were not so that " + ", nor that ".join(said[name] for name in sorted(facts))
