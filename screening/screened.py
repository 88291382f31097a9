"""A batch after screening: columns, and the results written out for the rows that are shown.

Everything here happens per shown row; what depends on the set of findings alone was done once for
each distinct set (`outcome.py`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from screening.clearance import Truths, ways_to_clear
from screening.engine.columns import MatchPlan
from screening.engine.evidence import Facts, combine_finding, match_finding
from screening.engine.sentences import sentence
from screening.fields import FIELDS
from screening.io.batch import Batch
from screening.outcome import Outcome, Outcomes
from screening.parties import name_key
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
from screening.ruleset.conditions import holds, supporting
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
    outcome: Outcome
    hidden: Sequence[RuleException]
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
        shown: list[list[Match]] = [[] for _ in range(height)]
        chosen = matches.filter(pl.col("score") >= self._ruleset.policy.match_threshold)
        for found in chosen.iter_rows(named=True):
            shown[found["index"]].append(self.match(found["role"], found["name"], found, found["status"]))
        return shown

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
            matches=tuple(row.matches),
            not_evaluated=tuple(self._not_evaluated(row, truths)),
            would_clear=self._would_clear(row, truths) if verdict.decision != "clear" else (),
            suppressed=tuple(_suppressed(exception) for exception in row.hidden),
            context=tuple(self._explained(row)),
            shipment={name: value or None for name, value in row.cells.items()},
            run=self._run,
        )

    def _findings(self, row: Row, truths: Truths) -> tuple[Finding, ...]:
        facts = Facts(row.values, truths, row.matches, row.outcome.drawn)
        fired = [self.rules[i] for i in row.outcome.found]
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
        fired = [r for i in row.outcome.found if isinstance(r := self.rules[i], MatchRule)]
        asleep = frozenset(
            r.id for r in self._ruleset.match_rules if not r.in_force(row.values["shipment.date"])
        )
        hidden = frozenset(exception.rule for exception in row.hidden)
        key = (row.clauses, asleep, hidden)
        if key not in self._ways:
            self._ways[key] = ways_to_clear(
                fired, truths, lambda changed: self._decision(changed, asleep | hidden)
            )
        said = _said_of_fields(fired, truths, row.values)
        return tuple(_way(way, said) for way in self._ways[key])

    def _decision(self, truths: Truths, asleep: frozenset[str]) -> Decision:
        found = [
            False if rule.id in asleep else holds(rule.logic, {c.name: truths[c.key] for c in rule.clauses})
            for rule in self._ruleset.match_rules
        ]
        hidden = [rule.id in asleep for rule in self._ruleset.combine_rules]
        return self._outcomes.of((*found, *hidden)).verdict.decision

    def _explained(self, row: Row) -> Iterator[Context]:
        for role in ROLES:
            name = row.typed.get(f"{role}_name")
            entry = self._context.get(name_key(name)) if name else None
            if entry and name:
                yield Context(role=role, name=name, explains=entry.explains, source=entry.source)


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
    facts = [said[name][0] if name in said else FIELDS[name].meaning for name in sorted(fields)]
    return "Clear if it were not so that " + ", nor that ".join(facts)


class Screened:
    """A screened batch: the decisions as columns, the results on demand."""

    def __init__(
        self,
        desk: Desk,
        batch: Batch,
        fields: pl.DataFrame,
        matches: pl.DataFrame,
        clauses: pl.DataFrame,
        suppressed: pl.DataFrame,
        places: pl.Series,
        outcomes: list[Outcome],
        exceptions: Sequence[RuleException] = (),
    ) -> None:
        self._desk = desk
        self._batch = batch
        self._fields = fields
        self._matches = matches
        self._clauses = clauses
        self._suppressed = suppressed
        self._places = places
        self._outcomes = outcomes
        self._exceptions = tuple(exceptions)

    @property
    def decisions(self) -> pl.Series:
        """The decision of each row."""
        return self._of_outcomes([o.verdict.decision for o in self._outcomes], pl.String)

    @property
    def table(self) -> pl.DataFrame:
        """One row a shipment: row, shipment_id, decision, score, rules, unknown."""
        return pl.DataFrame(
            {
                "row": self._batch.typed["row"],
                "shipment_id": self._batch.typed["shipment_id"],
                "decision": self.decisions,
                "score": self._of_outcomes([o.verdict.score for o in self._outcomes], pl.Int64),
                "rules": self._of_outcomes([list(o.found) for o in self._outcomes], pl.List(pl.String)),
                "unknown": self._of_outcomes([list(o.unknown) for o in self._outcomes], pl.List(pl.String)),
            }
        )

    def _of_outcomes(self, told: Sequence[Any], dtype: Any) -> pl.Series:
        return pl.Series(told, dtype=dtype).gather(self._places)

    def fired(self) -> Iterator[tuple[tuple[str, ...], int]]:
        """Each distinct set of rules that fired, with the number of rows on which it did."""
        rows = Counter(self._places.to_list())
        return ((outcome.found, rows[place]) for place, outcome in enumerate(self._outcomes))

    def results(self, alerts_only: bool = False) -> Iterator[Screening]:
        """The results in input order; clear ones are left out when only alerts are wanted."""
        wanted = (
            (self.decisions != "clear") if alerts_only else pl.repeat(True, len(self._places), eager=True)
        )
        shown = wanted.arg_true()
        rows = zip(
            self._batch.typed[shown].iter_rows(named=True),
            self._batch.cells[shown].iter_rows(named=True),
            self._fields[shown].iter_rows(named=True),
            self._clauses[shown].iter_rows(),
            self._matches_of(shown),
            self._hidden_of(shown),
            self._places.gather(shown),
            strict=True,
        )
        for typed, cells, values, clauses, matches, hidden, place in rows:
            outcome = self._outcomes[place]
            row = Row(typed, cells, values, clauses, matches, outcome, hidden, self._batch.present)
            yield self._desk.write(row, self._batch.file)

    def _matches_of(self, shown: pl.Series) -> list[list[Match]]:
        places = pl.DataFrame({"index": shown.cast(pl.UInt32)}).with_row_index("place")
        chosen = self._matches.join(places, on="index", maintain_order="left")
        return self._desk.shown_matches(chosen.with_columns(index="place"), len(shown))

    def _hidden_of(self, shown: pl.Series) -> Iterator[list[RuleException]]:
        by_id = {exception.id: exception for exception in self._exceptions}
        if not self._suppressed.width:
            return iter([[]] * len(shown))
        rows = self._suppressed[shown].iter_rows(named=True)
        return ([by_id[name] for name, hides in row.items() if hides] for row in rows)
