"""A site's exceptions over a batch: which findings they hide, and what is shown of it.

An exception for a party covers what is found of that party. Where another party of the shipment is
on a list too, the finding is not that party's alone, and stays.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from screening.engine.columns import MatchPlan
from screening.enrich import matched_fields
from screening.parties import name_key, names_only
from screening.ruleset.exceptions import RuleException
from screening.ruleset.rule import MatchRule
from screening.shipment import ROLES
from screening.watchlists.lists import ListCatalogue

EXCEPTION_FIELDS = frozenset(
    {"export.country", "destination.country", "goods.hs6", *(f"{r}.key" for r in ROLES)}
)
"""The fields that exceptions are compared with."""
_MATCHED = (".match.score", ".later_match.score")
_SITED = ".address."


class Suppressions:
    """A site's exceptions, prepared once."""

    def __init__(
        self, exceptions: Sequence[RuleException], rules: Sequence[MatchRule], lists: ListCatalogue
    ) -> None:
        self.exceptions = tuple(exceptions)
        named = {exception.rule for exception in exceptions if exception.party is not None}
        plans = {rule.id: MatchPlan([rule], lists) for rule in rules if rule.id in named}
        self._plans = {i: plan for i, plan in plans.items() if _of_matches(plan)}

    def covered(self, rows: pl.DataFrame, fields: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
        """A Boolean column for each exception, by its id: true where it covers the row's finding.

        `rows` has the typed columns of a batch, `fields` and `matches` what was found of them.
        """
        if not self.exceptions:
            return pl.DataFrame()
        cover = fields.select(
            _covers(exception).fill_null(False).alias(exception.id) for exception in self.exceptions
        )
        shared = [
            cover[e.id] & ~self._found_of_others(e.rule, e.party, rows, fields, matches)
            for e in self.exceptions
            if e.party is not None and e.rule in self._plans and cover[e.id].any()
        ]
        return cover.with_columns(shared)

    def hides(self, covered: pl.DataFrame) -> pl.DataFrame:
        """A Boolean column for each rule that an exception names: true where its finding is hidden."""
        ids: dict[str, list[str]] = {}
        for exception in self.exceptions:
            ids.setdefault(exception.rule, []).append(exception.id)
        return covered.select(pl.any_horizontal(names).alias(rule) for rule, names in ids.items())

    def _found_of_others(
        self, rule: str, party: str, rows: pl.DataFrame, fields: pl.DataFrame, matches: pl.DataFrame
    ) -> pl.Series:
        """True where the rule fires without the party's own matches."""
        plan = self._plans[rule]
        others = matches.filter(~names_only(matches["name"], party))
        scores = matched_fields(rows, _of_matches(plan), others)
        return plan.evaluate(fields.with_columns(scores)).rules[rule].fill_null(False)


def _of_matches(plan: MatchPlan) -> frozenset[str]:
    return frozenset(name for name in plan.fields if name.endswith(_MATCHED) or _SITED in name)


def _covers(exception: RuleException) -> pl.Expr:
    day = pl.col("shipment.date")
    return (day <= exception.expires) & pl.all_horizontal(_subject(exception))


def _subject(exception: RuleException) -> Iterator[pl.Expr]:
    if exception.party is not None:
        key = name_key(exception.party)
        yield pl.any_horizontal((pl.col(f"{role}.key") == key).fill_null(False) for role in ROLES)
    if exception.lane is not None:
        yield pl.col("export.country") == exception.lane.origin
        yield pl.col("destination.country") == exception.lane.to
        if exception.lane.hs6:
            yield pl.col("goods.hs6") == exception.lane.hs6
