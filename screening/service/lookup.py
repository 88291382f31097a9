"""Entities looked up on the watchlists: candidates by every name, filtered, each with why it scores so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from screening.names.explain import explain
from screening.screener import Screener
from screening.service.entities import Asked, entity_of
from screening.watchlists.entry import PartyEntry

EVERY_LIST = frozenset({"default", "all", "sanctions"})
"""Names of data sets that stand for all watchlists."""
FEATURES = {
    "name_match": "How alike the names are, from 0 to 1, by the words that they share",
    "other_evidence": "What country, number, address and birth date add to the names or take from them",
}
_WIDELY = 10
"""Times the wanted results that are looked at where some of them are left out."""
_AT_LEAST = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which candidates are shown."""

    limit: int
    threshold: float
    cutoff: float
    lists: frozenset[str] | None = None
    """None: all watchlists."""
    without_lists: frozenset[str] = frozenset()
    without_schemas: frozenset[str] = frozenset()
    without_ids: frozenset[str] = frozenset()

    @property
    def candidates(self) -> int:
        """How many entries have to be looked at for each name."""
        left_out = (self.without_lists, self.without_schemas, self.without_ids)
        everybody = self.lists is None and not any(left_out)
        return self.limit if everybody else max(self.limit * _WIDELY, _AT_LEAST)

    def shows(self, entry: PartyEntry, schema: str) -> bool:
        """Whether the entry is one of those that are asked for."""
        return (
            (self.lists is None or entry.watchlist in self.lists)
            and entry.watchlist not in self.without_lists
            and schema not in self.without_schemas
            and self.without_ids.isdisjoint({entry.id, entry.source_id})
        )


def looked_up(screener: Screener, asked: Sequence[Asked], wanted: Wanted) -> list[list[dict[str, Any]]]:
    """For each entity the entries that it may be, best first: as entities, with score and explanation."""
    spread = [(place, name) for place, one in enumerate(asked) for name in one.names or (None,)]
    beside = [asked[place] for place, _ in spread]
    found = screener.parties.match_many(
        [name for _, name in spread],
        countries=[one.countries for one in beside],
        types=[one.type for one in beside],
        identifiers=[one.identifiers for one in beside],
        addresses=[one.addresses for one in beside],
        birth_dates=[one.birth_dates for one in beside],
        limit=wanted.candidates,
        min_score=wanted.cutoff,
    )
    best: list[dict[int, tuple[float, str | None, str]]] = [{} for _ in asked]
    for row in found.iter_rows(named=True):
        place, name = spread[row["query"]]
        held = best[place].get(row["entry"])
        if held is None or held[0] < row["score"]:
            best[place][row["entry"]] = row["score"], name, row["matched_name"]
    return [list(_shown(screener, *pair, wanted)) for pair in zip(asked, best, strict=True)]


def _shown(
    screener: Screener, asked: Asked, found: Mapping[int, tuple[float, str | None, str]], wanted: Wanted
) -> Iterator[dict[str, Any]]:
    ordered = sorted(found.items(), key=lambda one: (-one[1][0], screener.parties[one[0]].id))
    told = (
        (entity, number, *match)
        for number, match in ordered
        if wanted.shows(screener.parties[number], (entity := entity_of(screener.parties[number]))["schema"])
    )
    for entity, number, score, name, matched in islice(told, wanted.limit):
        yield entity | _scored(screener, asked, number, round(score, 4), name, matched, wanted.threshold)


def _scored(
    screener: Screener,
    asked: Asked,
    number: int,
    score: float,
    name: str | None,
    matched: str,
    threshold: float,
) -> dict[str, Any]:
    alike = explain(name, matched, screener.parties.index) if name and matched else None
    by_name = alike.score if alike else 0.0
    reasons = screener.parties.reasons(
        number,
        next(iter(asked.countries), None),
        asked.identifiers,
        next(iter(asked.addresses), None),
        next(iter(asked.birth_dates), None),
    )
    beside = round(score - by_name, 4)
    sentence = alike.sentence if alike else "the number is the entry's"
    explained: dict[str, dict[str, Any]] = {
        "name_match": {"score": by_name, "detail": sentence, "query": name, "candidate": matched},
        "other_evidence": {"score": beside, "detail": "; ".join(reasons) or None},
    }
    features = {feature: told["score"] for feature, told in explained.items() if told["score"]}
    return {
        "score": score,
        "features": features,
        "explanations": explained,
        "match": score >= threshold,
    }
