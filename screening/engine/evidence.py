"""Why a rule fired on a shipment: each clause with its value, its sentence and its source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from screening.engine.clause_evidence import ClauseEvidence, Facts, evidence
from screening.engine.grounds import Grounds, Judging, Stated
from screening.engine.related import Related
from screening.engine.sentences import joined, over_time, plain
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.windows import WindowRule
from screening.watchlists.lists import ListCatalogue
from screening.written import NOTHING, Kept, Written, written, written_list, written_object

_MOST_EVIDENCE = 20_000
_MOST_FINDINGS = 5_000
"""Some ten megabytes of each."""

Said = tuple[tuple[str, str], ...]
"""What the true clauses say, each with its field."""


class WrittenFinding(Written):
    """A finding with the evidence that it is made of."""

    __slots__ = ("evidence", "said", "shared", "title")

    def __init__(
        self, whole: Written, title: str, behind: Sequence[Written], said: Said, shared: bool = True
    ) -> None:
        super().__init__(whole.value, whole.text)
        self.title = title
        self.evidence = behind
        self.said = said
        """What a reader may wish were not so: what its true clauses say, each with the field, or what holds
        over time with the rule's id."""
        self.shared = shared
        """Whether other shipments may have it too; what was found over time is of one shipment alone."""


class _About(NamedTuple):
    """What every finding of a rule says."""

    title: str
    rule: Written
    named: Written
    severity: Written
    red_flags: Written

    @classmethod
    def of(cls, rule: Rule) -> "_About":
        severity, flags = rule.severity.value, list(rule.red_flags)
        return cls(rule.title, *map(written, (rule.id, rule.title, severity, flags)))

    def finding(
        self, explanation: str, behind: Sequence[Written], related: Written = NOTHING, total: int = 0
    ) -> Written:
        """A finding as a record holds it (`result.Finding`)."""
        return written_object(
            {
                "rule": self.rule,
                "title": self.named,
                "severity": self.severity,
                "explanation": explanation,
                "red_flags": self.red_flags,
                "evidence": written_list(behind),
                "related_shipments": related,
                "related_total": total,
            }
        )


class _Shape:
    """The clauses that count for a rule, where its clauses have certain truths."""

    def __init__(self, counted: Sequence[tuple[ClauseEvidence, bool]]) -> None:
        self._counted = tuple(counted)
        self._asked = tuple(dict.fromkeys(field for clause, _ in counted for field in clause.asked))
        self._listed = any(clause.turns for clause, _ in counted)
        self._matched = [clause for clause, truth in counted if truth and clause.matched]

    def key(self, facts: Facts) -> tuple[Any, ...]:
        """The same for shipments of which the same is written."""
        cited: tuple[Any, ...] = ()
        if self._matched and (facts.matches or facts.addresses):
            cited = tuple(clause.best_match(facts) for clause in self._matched)
        return (self, facts.span if self._listed else 0, cited, *map(facts.values.get, self._asked))

    def behind(self, facts: Facts) -> tuple[tuple[Written, ...], Said]:
        """The clauses that make the condition over them hold, as evidence; and what the true ones say."""
        behind = tuple(clause.of(truth, facts) for clause, truth in self._counted)
        true = (e.value for e, (_, truth) in zip(behind, self._counted, strict=True) if truth)
        return behind, tuple((told["field"], told["text"]) for told in true)


class Findings:
    """Writes findings, and what many of them share once."""

    def __init__(
        self, grounds: Iterable[Grounds], rules: Iterable[CombineRule], lists: ListCatalogue
    ) -> None:
        """`grounds` are those of the rules that judge shipments, `rules` those over findings."""
        self._grounds = {of.rule.id: of for of in grounds}
        told: Kept[Any, Written] = Kept(_MOST_EVIDENCE)
        distinct = dict.fromkeys(clause for of in self._grounds.values() for clause in of.clauses)
        clauses = {clause: ClauseEvidence(clause, lists, told) for clause in distinct}
        self._clauses = {name: [clauses[c] for c in of.clauses] for name, of in self._grounds.items()}
        self._turns = tuple(sorted({turn for clause in clauses.values() for turn in clause.turns}))
        combining = tuple(rules)
        self.makers: dict[str, list[str]] = {}
        """The rules that draw each conclusion."""
        for rule in combining:
            self.makers.setdefault(rule.conclude, []).append(rule.id)
        judging = (of.rule for of in self._grounds.values())
        self._about = {rule.id: _About.of(rule) for rule in (*judging, *combining)}
        self._shapes: Kept[tuple[str, Stated], _Shape] = Kept(_MOST_EVIDENCE)
        self._known: Kept[Any, WrittenFinding] = Kept(_MOST_FINDINGS)
        self._behind: Kept[Any, tuple[tuple[Written, ...], Said]] = Kept(_MOST_EVIDENCE)

    def span(self, day: date | None) -> int:
        """The same for all days between which nothing on a list of the rules changes."""
        return -1 if day is None else bisect_right(self._turns, day.toordinal())

    def match(self, rule: MatchRule, facts: Facts) -> WrittenFinding:
        """The finding of a match rule that fired."""
        shape = self._shape(rule, facts)
        return self._known.once(shape.key(facts), lambda: self._matched(rule, shape, facts))

    def _matched(self, rule: MatchRule, shape: _Shape, facts: Facts) -> WrittenFinding:
        behind, said = shape.behind(facts)
        text = joined([text for _, text in said] or [rule.title])
        return WrittenFinding(self._about[rule.id].finding(text, behind), rule.title, behind, said)

    def over_time(self, rule: WindowRule, facts: Facts, related: Related) -> WrittenFinding:
        """The finding of a rule over time that fired, with the other shipments that it rests on."""
        shape = self._shape(rule, facts)
        behind, said = self._behind.once(shape.key(facts), lambda: shape.behind(facts))
        group = rule.group_by[0]
        text = over_time(rule, related.measured, facts.values)
        value, shipments = plain(facts.values.get(group)), written(list(related.shipments))
        pattern = evidence(clause=rule.kind, field=group, value=value, text=text, shipments=shipments)
        explanation = joined([text, *(told for _, told in said)])
        whole = (pattern, *behind)
        found = self._about[rule.id].finding(explanation, whole, shipments, related.total)
        return WrittenFinding(found, rule.title, whole, ((rule.id, text), *said), shared=False)

    def _shape(self, rule: Judging, facts: Facts) -> _Shape:
        grounds = self._grounds[rule.id]
        stated = grounds.stated(facts.truths)
        return self._shapes.once((rule.id, stated), lambda: self._counted(grounds, stated))

    def _counted(self, grounds: Grounds, stated: Stated) -> _Shape:
        clauses = self._clauses[grounds.rule.id]
        return _Shape([(clauses[number], truth) for number, truth in grounds.supports(stated)])

    def combined(
        self, rule: CombineRule, facts: Facts, members: Mapping[str, WrittenFinding]
    ) -> WrittenFinding:
        """The finding of a combine rule that fired; its evidence is that of its members' findings.

        `members` are the findings so far by rule id.
        """
        names = [name for name in rule.when.positive if name in facts.found]
        makers = (maker for name in names for maker in self.makers.get(name, (name,)))
        behind = tuple(members[maker] for maker in makers if maker in members)
        if not all(finding.shared for finding in behind):
            return self._joined(rule, behind)
        return self._known.once((rule.id, *behind), lambda: self._joined(rule, behind))

    def _joined(self, rule: CombineRule, behind: Sequence[WrittenFinding]) -> WrittenFinding:
        told = [e for finding in behind for e in finding.evidence]
        distinct = {(e.value["field"], e.value["clause"], e.value["text"]): e for e in told}
        titles = [finding.title[:1].lower() + finding.title[1:] for finding in behind]
        explanation = joined([f"{rule.title}: {', and '.join(dict.fromkeys(titles))}"])
        whole = tuple(distinct.values())
        found = self._about[rule.id].finding(explanation, whole)
        return WrittenFinding(found, rule.title, whole, (), all(finding.shared for finding in behind))
