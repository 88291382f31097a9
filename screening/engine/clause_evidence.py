"""A clause that counts, as evidence: its value, its sentence, and who says so.

What is written of a clause depends on a few values alone, and thousands of shipments share them: the
country, the code, the span of days for which a list stayed as it was. Each such evidence is made once.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from screening.address_matches import LISTED, SHARED
from screening.engine.grounds import RowTruths
from screening.engine.membership import source_of
from screening.engine.sentences import named, plain, sentence
from screening.fields import FieldType
from screening.goods.revisions import heir_of
from screening.result import Match
from screening.ruleset.clauses import Clause
from screening.watchlists.lists import ListCatalogue
from screening.written import NOTHING, Kept, Written, written_object

_ADDRESS_KINDS = {
    "address.listed": LISTED,
    "address.shared_with_listed": SHARED,
    "address.follows_listed": SHARED,
}
_SCORE_STATUS = {"match.score": "in_force", "later_match.score": "designated_after_shipment"}
_TIER = "goods.chpl_tier"


class AddressFound(NamedTuple):
    """A listed address that a party gives: what of it is listed, and the entry; its name is the address."""

    kind: str
    match: Match


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one shipment when its findings are written down."""

    values: Mapping[str, Any]
    """The fields by their names; several values are a tuple."""
    truths: RowTruths
    """The truth of every clause of the rules."""
    matches: Sequence[Match]
    addresses: Sequence[AddressFound]
    found: frozenset[str]
    """The rules that fired, by id, and the conclusions drawn."""
    span: int
    """The same for all days between which nothing on a list changes."""


class ClauseEvidence:
    """Writes one clause down as evidence."""

    def __init__(self, clause: Clause, lists: ListCatalogue, known: Kept[Any, Written]) -> None:
        """`known` keeps the evidence of all clauses."""
        self._clause = clause
        self._lists = lists
        self._known = known
        self._field = clause.field.name
        listed = "goods/chpl" if self._field == _TIER else clause.list_name
        self.turns = _turns(listed, lists) if listed else ()
        """The days, as ordinals, on which something on the clause's list changes."""
        codes = ("goods.hs6",) if self._field == _TIER else ()
        self.asked = tuple(dict.fromkeys((self._field, *named(clause.say, self._field), *codes)))
        """The fields whose values the evidence holds."""
        self._role, _, self._attribute = self._field.partition(".")
        self.matched = self._attribute in _ADDRESS_KINDS or self._attribute in _SCORE_STATUS
        """Whether the clause rests on a match."""

    def of(self, truth: bool, facts: Facts) -> Written:
        """The evidence that the clause is true of the shipment, or false where that is what counts."""
        values = facts.values
        match = self.best_match(facts) if truth and self.matched else None
        day: date | None = values.get("shipment.date")
        span = bisect_right(self.turns, day.toordinal()) if day else -1
        key = (self, truth, span, match, *map(values.get, self.asked))
        return self._known.once(key, lambda: self._evidence(truth, values, match))

    def _evidence(self, truth: bool, values: Mapping[str, Any], match: Match | None) -> Written:
        text = sentence(self._clause.say, self._field, values)
        return evidence(
            clause=self._clause.name,
            field=self._field,
            value=plain(values.get(self._field)),
            text=text if truth else f"not the case: {text}",
            match=_reference(match) if match else None,
            source=match.source if match else self._source(values),
        )

    def _source(self, values: Mapping[str, Any]) -> str | None:
        value, day = values.get(self._field), values.get("shipment.date")
        if self._clause.list_name is not None and value:
            among = value if self._clause.field.type is FieldType.COUNTRIES else [value]
            return source_of(self._lists, self._clause.list_name, among, day)
        if self._field == _TIER and value != "none":
            codes = [code for code in (values["goods.hs6"], heir_of(values["goods.hs6"])) if code]
            return source_of(self._lists, "goods/chpl", codes, day)
        return None

    def best_match(self, facts: Facts) -> Match | None:
        """The match that the clause rests on, where it is true."""
        if kind := _ADDRESS_KINDS.get(self._attribute):
            return self._nearest(facts, kind)
        status = _SCORE_STATUS[self._attribute]
        mine = (m for m in facts.matches if m.status == status and self._role in (m.role, "any_party"))
        return max(mine, key=lambda m: m.score, default=None)

    def _nearest(self, facts: Facts, kind: str) -> Match | None:
        """The listed address that is most like that of the role; for a successor the one listed last."""
        found = [f.match for f in facts.addresses if f.kind == kind and f.match.role == self._role]
        standing = [match for match in found if match.status == "in_force"]
        if self._attribute == "address.follows_listed":
            registered = facts.values.get(f"{self._role}.registered_on")
            standing = [
                m for m in standing if not registered or (m.listed_on or "") <= registered.isoformat()
            ]
            return max(standing, key=lambda m: m.listed_on or "", default=None)
        return max(standing, key=lambda m: m.score, default=None)


def evidence(
    clause: str,
    field: str,
    value: Any,
    text: str,
    match: Mapping[str, str] | None = None,
    source: str | None = None,
    shipments: Written = NOTHING,
) -> Written:
    """Evidence as a record holds it (`result.Evidence`)."""
    return written_object(
        {
            "clause": clause,
            "field": field,
            "value": value,
            "text": text,
            "match": match,
            "source": source,
            "shipments": shipments,
        }
    )


def _reference(match: Match) -> dict[str, str]:
    return {"id": match.id, "name": match.matched_name, "watchlist": match.watchlist}


def _turns(name: str, lists: ListCatalogue) -> tuple[int, ...]:
    """The days, as ordinals, on which a member of the list comes or has gone."""
    standings = lists.standings(name)
    comes = {s.first.toordinal() for s in standings if s.first}
    gone = {s.last.toordinal() + 1 for s in standings if s.last}
    return tuple(sorted(comes | gone))
