"""Why a rule fired on a shipment: each clause with its value, its sentence and its source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from screening.address_matches import LISTED, SHARED
from screening.engine.membership import source_of
from screening.engine.related import Related
from screening.engine.sentences import joined, over_time, plain, sentence
from screening.fields import FieldType
from screening.goods.revisions import heir_of
from screening.result import Evidence, Finding, Match, MatchReference
from screening.ruleset.clauses import Clause, ClauseKey
from screening.ruleset.conditions import Truth, supporting
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.selection import Selection
from screening.ruleset.windows import WindowRule
from screening.watchlists.lists import ListCatalogue

_ADDRESS_KINDS = {
    "address.listed": LISTED,
    "address.shared_with_listed": SHARED,
    "address.follows_listed": SHARED,
}
_SCORE_STATUS = {"match.score": "in_force", "later_match.score": "designated_after_shipment"}


class AddressFound(NamedTuple):
    """A listed address that a party gives: what of it is listed, and the entry; its name is the address."""

    kind: str
    match: Match


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one shipment when its findings are written down."""

    values: Mapping[str, Any]
    """The fields by their names."""
    clauses: Mapping[ClauseKey, Truth]
    matches: Sequence[Match]
    addresses: Sequence[AddressFound]
    found: frozenset[str]
    """The rules that fired, by id, and the conclusions drawn."""


def match_finding(rule: MatchRule, facts: Facts, lists: ListCatalogue) -> Finding:
    """The finding of a match rule that fired."""
    evidence, said = _behind_clauses(rule, facts, lists)
    return _finding(rule, joined(said or [rule.title]), evidence)


def _behind_clauses(
    of: MatchRule | Selection, facts: Facts, lists: ListCatalogue
) -> tuple[list[Evidence], list[str]]:
    """The clauses that make the condition over them hold, as evidence; and what the true ones say."""
    clauses = {clause.name: clause for clause in of.clauses}
    truths = {name: facts.clauses[clause.key] for name, clause in clauses.items()}
    pairs = [(clauses[name], truth) for name, truth in supporting(of.logic, truths)]
    evidence = [_evidence(clause, truth, facts, lists) for clause, truth in pairs]
    return evidence, [e.text for e, (_, truth) in zip(evidence, pairs, strict=True) if truth]


def window_finding(rule: WindowRule, facts: Facts, lists: ListCatalogue, related: Related) -> Finding:
    """The finding of a rule over time that fired, with the other shipments that it rests on."""
    evidence, said = _behind_clauses(rule.own, facts, lists)
    group = rule.group_by[0]
    text = over_time(rule, related.measured, facts.values)
    pattern = Evidence(
        clause=rule.kind,
        field=group,
        value=plain(facts.values.get(group)),
        text=text,
        shipments=related.shipments,
    )
    explanation = joined([text, *said])
    finding = _finding(rule, explanation, [pattern, *evidence])
    return finding.model_copy(update={"related_shipments": related.shipments, "related_total": related.total})


def _finding(rule: Rule, explanation: str, evidence: Sequence[Evidence]) -> Finding:
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity.value,
        explanation=explanation,
        red_flags=rule.red_flags,
        evidence=tuple(evidence),
    )


def _evidence(clause: Clause, truth: bool, facts: Facts, lists: ListCatalogue) -> Evidence:
    text = sentence(clause.say, clause.field.name, facts.values)
    match = _best_match(clause, facts) if truth else None
    return Evidence(
        clause=clause.name,
        field=clause.field.name,
        value=plain(facts.values.get(clause.field.name)),
        text=text if truth else f"not the case: {text}",
        match=_reference(match) if match else None,
        source=match.source if match else _source(clause, facts.values, lists),
    )


def _reference(match: Match) -> MatchReference:
    return MatchReference(id=match.id, name=match.matched_name, watchlist=match.watchlist)


def _best_match(clause: Clause, facts: Facts) -> Match | None:
    role, _, attribute = clause.field.name.partition(".")
    if kind := _ADDRESS_KINDS.get(attribute):
        return _nearest(facts, role, kind, follows=attribute == "address.follows_listed")
    status = _SCORE_STATUS.get(attribute)
    mine = (m for m in facts.matches if m.status == status and role in (m.role, "any_party"))
    return max(mine, key=lambda m: m.score, default=None) if status else None


def _nearest(facts: Facts, role: str, kind: str, follows: bool) -> Match | None:
    """The listed address that is most like that of the role; for a successor the one listed last."""
    found = [f.match for f in facts.addresses if f.kind == kind and f.match.role == role]
    standing = [match for match in found if match.status == "in_force"]
    if follows:
        registered = facts.values.get(f"{role}.registered_on")
        standing = [m for m in standing if not registered or (m.listed_on or "") <= registered.isoformat()]
        return max(standing, key=lambda m: m.listed_on or "", default=None)
    return max(standing, key=lambda m: m.score, default=None)


def _source(clause: Clause, values: Mapping[str, Any], lists: ListCatalogue) -> str | None:
    value, day = values.get(clause.field.name), values.get("shipment.date")
    if clause.list_name is not None and value:
        among = value if clause.field.type is FieldType.COUNTRIES else [value]
        return source_of(lists, clause.list_name, among, day)
    if clause.field.name == "goods.chpl_tier" and value != "none":
        codes = [code for code in (values["goods.hs6"], heir_of(values["goods.hs6"])) if code]
        return source_of(lists, "goods/chpl", codes, day)
    return None


def combine_finding(
    rule: CombineRule, facts: Facts, members: Mapping[str, Finding], makers: Mapping[str, Sequence[str]]
) -> Finding:
    """The finding of a combine rule that fired; its evidence is that of its members' findings.

    `members` are the findings so far by rule id, `makers` the rules that draw each conclusion.
    """
    names = [name for name in rule.when.positive if name in facts.found]
    behind = [members[maker] for name in names for maker in _behind(name, makers) if maker in members]
    evidence = {(e.field, e.clause, e.text): e for finding in behind for e in finding.evidence}
    titles = [finding.title[:1].lower() + finding.title[1:] for finding in behind]
    explanation = joined([f"{rule.title}: {', and '.join(dict.fromkeys(titles))}"])
    return _finding(rule, explanation, list(evidence.values()))


def _behind(name: str, makers: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield from makers.get(name, (name,))
