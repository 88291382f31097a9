"""Where results are written: one shipment's findings with evidence, matches, what is open, what would clear.

Everything here happens per shown row; what depends on the set of findings alone was done once for
each distinct set (`outcome.py`), and what many records share is written once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import polars as pl

from screening.address_matches import SHARED
from screening.clearance import Clearance, Standing
from screening.engine.chain import ReferenceChain
from screening.engine.clause_evidence import AddressFound, Facts
from screening.engine.columns import MatchPlan
from screening.engine.evidence import Findings, WrittenFinding
from screening.engine.grounds import Grounds, RowTruths
from screening.engine.related import Related
from screening.io.writers.records import in_order
from screening.openness import Openness, OpenRow
from screening.outcome import MOST_REMEMBERED, Outcome, Outcomes
from screening.parties import PARTY, name_key
from screening.result import SCHEMA_VERSION, Context, Decision, Match, MatchStatus, Screening, Suppressed
from screening.ruleset.clauses import Operator
from screening.ruleset.exceptions import RuleException
from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import CombineRule, MatchRule
from screening.ruleset.windows import WindowRule
from screening.shipment import ROLES
from screening.watchlists.entry import ContextEntry
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList
from screening.written import NOTHING, Kept, Written, WrittenRecord, written, written_list, written_object

_MOST_NAMES = 50_000
_KEYS = tuple(in_order(field.serialization_alias or name for name, field in Screening.model_fields.items()))
_NAMED = {role: f"{role}_name" for role in ROLES}
READ = ("shipment_id", "line_number", "revision", "row", *_NAMED.values())
"""The typed columns that a record needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One shipment on its way to being written out."""

    typed: Mapping[str, Any]
    """Those of the columns `READ` that the batch has."""
    cells: Mapping[str, str | None]
    values: Mapping[str, Any]
    truths: RowTruths
    """The truth of every clause of the rules."""
    related: Callable[[str], Related]
    """What the finding of a rule over time rests on, by its id."""
    begins: date | None
    """The first day that the book reaches back to."""
    matches: Sequence[Match]
    addresses: Sequence[AddressFound]
    outcome: Outcome
    exceptions: Sequence[RuleException]
    """The site's exceptions that cover the shipment, whether or not they hide a finding."""
    unfound: Sequence[tuple[str, RuleException]]
    """The rules that would have fired, each with the exception that sets their match aside."""
    present: frozenset[str]


class _Verdict(NamedTuple):
    """What is written of an outcome, whatever the shipment."""

    outcome: Outcome
    decision: Written
    score: Written
    parts: Written
    judging: tuple[MatchRule | WindowRule, ...]
    """The rules over shipments that fired, hidden or not."""
    combined: tuple[CombineRule, ...]
    """The rules over findings that fired, in the order in which they conclude."""
    unknown: frozenset[str]


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
        self._rules = {rule.id: rule for rule in ruleset.rules}
        self._parties = parties
        self._outcomes = outcomes
        self._run = written(run)
        places = {key: place for place, key in enumerate(plan.columns)}
        grounds = [Grounds(rule, places) for rule in (*ruleset.match_rules, *ruleset.window_rules)]
        combined = ruleset.combine_rules
        self._findings = Findings(grounds, combined, lists)
        self._openness = Openness(grounds, combined, self._findings.makers)
        self._clearance = Clearance(grounds, combined, ReferenceChain(combined), self._decision)
        self._context = {name_key(name): entry for entry in lists.context for name in entry.names}
        self._explaining: Kept[str, ContextEntry | None] = Kept(_MOST_NAMES)
        self._verdicts: Kept[int, _Verdict] = Kept(MOST_REMEMBERED)
        self._threshold = ruleset.policy.match_threshold
        self._least_score = min(self._threshold, *_scores_asked(ruleset))

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
        told: list[list[Match]] = [[] for _ in range(height)]
        wanted = matches.filter(pl.col("score") >= self._threshold, pl.col("kind") == PARTY)
        for found in wanted.iter_rows(named=True):
            told[found["index"]].append(self._match_of(found))
        return told

    def cited(self, matches: pl.DataFrame) -> dict[int, tuple[list[Match], list[AddressFound]]]:
        """The matches that are shown or that a rule may rest on, and the listed addresses, best first.

        By the row, as far as it has any.
        """
        told: dict[int, tuple[list[Match], list[AddressFound]]] = {}
        for found in matches.iter_rows(named=True):
            parties, addresses = told.setdefault(found["index"], ([], []))
            if found["kind"] != PARTY:
                addresses.append(AddressFound(found["kind"], self._address_of(found)))
            elif found["score"] >= self._least_score:
                parties.append(self._match_of(found))
        return told

    def _match_of(self, found: Mapping[str, Any]) -> Match:
        return self.match(found["role"], found["name"], found, found["status"])

    def _address_of(self, found: Mapping[str, Any]) -> Match:
        match = self._match_of(found)
        if found["kind"] != SHARED:
            return match
        firm = self._parties[found["entry"]].called
        return match.model_copy(update={"matched_name": f"{firm}, {match.matched_name}"})

    def write(self, row: Row, file: str) -> Screening:
        """The result for one shipment."""
        return Screening.of_record(self.record(row, file))

    def record(self, row: Row, file: str) -> WrittenRecord:
        """The result for one shipment as the contract's alert record, with its line of JSON."""
        about = self._verdicts.once(id(row.outcome), lambda: self._verdict(row.outcome))
        findings = self._written(row, about)
        typed, alerts = row.typed, row.outcome.verdict.decision != "clear"
        parts = {
            "schema": SCHEMA_VERSION,
            "shipment_id": typed["shipment_id"],
            "line_number": typed.get("line_number"),
            "revision": typed.get("revision"),
            "row": typed["row"],
            "file": file,
            "decision": about.decision,
            "score": about.score,
            "score_parts": about.parts,
            "findings": written_list(findings[rule_id] for rule_id in row.outcome.found),
            "matches": self._shown(row.matches),
            "not_evaluated": self._open(row),
            "would_clear": self._would_clear(row, about, findings.values()) if alerts else NOTHING,
            "suppressed": written_list(_suppressed(rule, by) for rule, by in _all_suppressed(row)),
            "context": written_list(self._explained(typed)),
            "shipment": {name: value or None for name, value in row.cells.items()},
            "run": self._run,
        }
        whole = written_object({key: parts[key] for key in _KEYS})
        return WrittenRecord(whole.value, whole.text)

    def _verdict(self, outcome: Outcome) -> _Verdict:
        verdict, fired = outcome.verdict, (*outcome.found, *outcome.hidden)
        rules = [self._rules[rule_id] for rule_id in fired]
        combined = {rule.id: rule for rule in rules if isinstance(rule, CombineRule)}
        parts = (
            written_object({"rule": p.rule, "points": p.points, "weight": p.weight}) for p in verdict.parts
        )
        return _Verdict(
            outcome=outcome,
            decision=written(verdict.decision),
            score=written(verdict.score),
            parts=written_list(parts),
            judging=tuple(rule for rule in rules if not isinstance(rule, CombineRule)),
            combined=tuple(self._outcomes.in_layers(combined)),
            unknown=frozenset(outcome.unknown),
        )

    def _written(self, row: Row, about: _Verdict) -> dict[str, WrittenFinding]:
        """The findings by rule; hidden ones too, as evidence of what was concluded from them."""
        span = self._findings.span(row.values["shipment.date"])
        facts = Facts(row.values, row.truths, row.matches, row.addresses, row.outcome.drawn, span)
        found: dict[str, WrittenFinding] = {}
        for rule in about.judging:
            if isinstance(rule, MatchRule):
                found[rule.id] = self._findings.match(rule, facts)
            else:
                found[rule.id] = self._findings.over_time(rule, facts, row.related(rule.id))
        for over in about.combined:
            found[over.id] = self._findings.combined(over, facts, found)
        return found

    def _open(self, row: Row) -> Written:
        return self._openness.told(
            row.outcome.unknown, OpenRow(row.values, row.truths, row.begins), row.present
        )

    def _shown(self, matches: Sequence[Match]) -> Written:
        return written_list(written(m.model_dump()) for m in matches if m.score >= self._threshold)

    def _would_clear(self, row: Row, about: _Verdict, findings: Iterable[WrittenFinding]) -> Written:
        hidden = frozenset(str(exception.rule) for exception in row.exceptions)
        day = row.values["shipment.date"]
        fired = tuple(rule.id for rule in about.judging)
        ways = self._clearance.ways(Standing(fired, about.unknown, hidden, row.truths, day))
        said: dict[str, str] = {}
        for fact, text in chain.from_iterable(finding.said for finding in findings):
            said.setdefault(fact, text)
        return written_list(written(_way(way, said)) for way in ways)

    def _decision(self, found: Iterable[str]) -> Decision:
        return self._outcomes.verdict(found).decision

    def _explained(self, typed: Mapping[str, Any]) -> Iterator[Written]:
        for role, column in _NAMED.items():
            name: str | None = typed.get(column)
            entry = self._explained_name(name) if name else None
            if name and entry:
                told = Context(role=role, name=name, explains=entry.explains, source=entry.source)
                yield written(told.model_dump())

    def _explained_name(self, name: str) -> ContextEntry | None:
        return self._explaining.once(name, lambda: self._context.get(name_key(name)))


def _scores_asked(ruleset: RuleSet) -> Iterator[float]:
    """The match scores that rules ask for; 1 besides, so that there is always one."""
    yield 1.0
    named = (rule.clauses for rule in ruleset.match_rules)
    over_time = (s.clauses for rule in ruleset.window_rules for s in rule.selections)
    for clause in chain.from_iterable((*named, *over_time)):
        asked = clause.operator in (Operator.AT_LEAST, Operator.ABOVE)
        if asked and clause.field.name.endswith(".score") and isinstance(clause.operand, float):
            yield clause.operand


def _all_suppressed(row: Row) -> Iterator[tuple[str, RuleException]]:
    for exception in row.exceptions:
        if exception.rule is not None and exception.rule in row.outcome.hidden:
            yield exception.rule, exception
    yield from row.unfound


def _suppressed(rule: str, exception: RuleException) -> Written:
    told = Suppressed(
        rule=rule,
        exception=exception.id,
        owner=exception.owner,
        reason=exception.reason,
        expires=exception.expires.isoformat(),
    )
    return written(told.model_dump())


def _way(facts: frozenset[str], said: Mapping[str, str]) -> str:
    return "Clear if it were not so that " + ", nor that ".join(said[name] for name in sorted(facts))
