"""Where results are written: one shipment's findings with evidence, matches, what is open, what would clear.

Everything here happens per shown row; what depends on the set of findings alone was done once for
each distinct set (`outcome.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from screening.address_matches import SHARED
from screening.clearance import Truths, ways_to_clear
from screening.engine.columns import MatchPlan
from screening.engine.evidence import AddressFound, Facts, combine_finding, match_finding
from screening.engine.sentences import sentence
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
from screening.ruleset.conditions import Truth, supporting
from screening.ruleset.exceptions import RuleException
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, MatchRule
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
        findings = self._findings(row, truths)
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
            findings=findings,
            matches=tuple(m for m in row.matches if m.score >= self._ruleset.policy.match_threshold),
            not_evaluated=tuple(self._not_evaluated(row, truths)),
            would_clear=self._would_clear(row, truths) if verdict.decision != "clear" else (),
            suppressed=tuple(_suppressed(e) for e in row.exceptions if e.rule in row.outcome.hidden),
            context=tuple(self._explained(row)),
            shipment={name: value or None for name, value in row.cells.items()},
            run=self._run,
        )

    def _findings(self, row: Row, truths: Truths) -> tuple[Finding, ...]:
        """The findings that are shown; hidden ones are evidence of what was concluded from them."""
        facts = Facts(row.values, truths, row.matches, row.addresses, row.outcome.drawn)
        fired = [self.rules[i] for i in (*row.outcome.found, *row.outcome.hidden)]
        written = {r.id: match_finding(r, facts, self._lists) for r in fired if isinstance(r, MatchRule)}
        combined = {r.id: r for r in fired if isinstance(r, CombineRule)}
        for rule in self._outcomes.in_layers(combined):
            written[rule.id] = combine_finding(rule, facts, written, self._makers)
        return tuple(written[rule_id] for rule_id in row.outcome.found)

    def _not_evaluated(self, row: Row, truths: Truths) -> Iterator[NotEvaluated]:
        for rule_id in row.outcome.unknown:
            missing = dict.fromkeys(self._missing(rule_id, row, truths))
            if missing:
                yield NotEvaluated(rule=rule_id, missing=tuple(missing))

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

    def _would_clear(self, row: Row, truths: Truths) -> tuple[str, ...]:
        day = row.values["shipment.date"]
        awake = [rule for rule in self._ruleset.match_rules if rule.in_force(day)]
        hidden = frozenset(exception.rule for exception in row.exceptions)
        key = (row.clauses, tuple(rule.id for rule in awake), hidden)
        ways = self._ways.get(key)
        if ways is None:
            ways = ways_to_clear(
                awake,
                truths,
                judge=lambda rules: self._decision(rules, hidden),
                least=lambda ids: self._outcomes.verdict(i for i in ids if i not in hidden).decision,
            )
            if len(self._ways) >= MOST_REMEMBERED:
                self._ways.clear()
            self._ways[key] = ways
        fired = [self.rules[i] for i in (*row.outcome.found, *row.outcome.hidden)]
        said = _said_of_fields([r for r in fired if isinstance(r, MatchRule)], truths, row.values)
        return tuple(_way(way, said) for way in ways)

    def _decision(self, rules: Mapping[str, Truth], hidden: frozenset[str]) -> Decision:
        """The decision when these rules hold; those that do not judge the shipment are not among them."""
        found = tuple(rules.get(rule.id, False) for rule in self._ruleset.match_rules)
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
    for clause in (clause for rule in ruleset.match_rules for clause in rule.clauses):
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


def _said_of_fields(
    fired: Sequence[MatchRule], truths: Truths, values: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What the clauses that made the rules fire say of each field."""
    said: dict[str, list[str]] = {}
    for rule in fired:
        named = {clause.name: truths[clause.key] for clause in rule.clauses}
        for name, truth in supporting(rule.logic, named):
            clause = rule.when[name]
            if truth:
                said.setdefault(clause.field.name, []).append(sentence(clause.say, clause.field.name, values))
    return said


def _way(fields: frozenset[str], said: Mapping[str, Sequence[str]]) -> str:
    return "Clear if it were not so that " + ", nor that ".join(said[name][0] for name in sorted(fields))
