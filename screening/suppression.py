"""A site's exceptions for rules over a batch: which findings they hide, and what is shown of it.

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
from screening.ruleset.windows import WindowRule
from screening.shipment import ROLES
from screening.watchlists.lists import ListCatalogue

EXCEPTION_FIELDS = frozenset(
    {"export.country", "destination.country", "goods.hs6", *(f"{r}.key" for r in ROLES)}
)
"""The fields that exceptions are compared with."""
_MATCHED = (
    *(".match.score", ".later_match.score"),
    *(".address.listed", ".address.shared_with_listed", ".address.follows_listed"),
)


def rests_on_matches(field: str) -> bool:
    """True for a field that a list of parties has a part in."""
    return field.endswith(_MATCHED)


class Suppressions:
    """A site's exceptions for rules, prepared once."""

    def __init__(
        self,
        exceptions: Sequence[RuleException],
        rules: Sequence[MatchRule | WindowRule],
        lists: ListCatalogue,
    ) -> None:
        self.exceptions = tuple(exception for exception in exceptions if exception.rule is not None)
        self._keys = [name_key(one.party) if one.party is not None else "" for one in self.exceptions]
        named = {exception.rule for exception in self.exceptions if exception.party is not None}
        matched = (rule for rule in rules if rule.id in named and _rests_on_matches(rule))
        self._plans = {rule.id: MatchPlan([_of_one_row(rule)], lists) for rule in matched}

    def covered(self, rows: pl.DataFrame, fields: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
        """A Boolean column for each exception, by its id: true where it covers the row's finding.

        `rows` has the typed columns of a batch, `fields` and `matches` what was found of them.
        """
        if not self.exceptions:
            return pl.DataFrame()
        cover = self._cover(fields)
        shared = [
            cover[e.id] & ~self._found_of_others(e.rule, e.party, rows, fields, matches)
            for e in self.exceptions
            if e.rule is not None and e.party is not None and e.rule in self._plans and cover[e.id].any()
        ]
        return cover.with_columns(shared)

    def _cover(self, fields: pl.DataFrame) -> pl.DataFrame:
        """True where an exception names the row's party or lane; few of a site's name any of a batch."""
        near = self._near(fields)
        asked = [_covers(one).fill_null(False).alias(one.id) for one in self.exceptions if one.id in near]
        nowhere = pl.repeat(False, fields.height, eager=True)
        others = [nowhere.alias(one.id) for one in self.exceptions if one.id not in near]
        return pl.DataFrame([*fields.select(asked), *others])

    def _near(self, fields: pl.DataFrame) -> frozenset[str]:
        """The exceptions of which the batch has the party, or the ends of the lane."""
        keys = {key for role in ROLES for key in fields[f"{role}.key"].unique()}
        lanes = set(fields.select("export.country", "destination.country").unique().rows())
        return frozenset(
            one.id
            for one, key in zip(self.exceptions, self._keys, strict=True)
            if key in keys or (one.lane and (one.lane.origin, one.lane.to) in lanes)
        )

    def hides(self, covered: pl.DataFrame) -> pl.DataFrame:
        """A Boolean column for each rule that an exception names: true where its finding is hidden."""
        if not self.exceptions:
            return pl.DataFrame()
        ids: dict[str, list[str]] = {}
        for exception in self.exceptions:
            ids.setdefault(str(exception.rule), []).append(exception.id)
        return covered.select(pl.any_horizontal(names).alias(rule) for rule, names in ids.items())

    def _found_of_others(
        self, rule: str, party: str, rows: pl.DataFrame, fields: pl.DataFrame, matches: pl.DataFrame
    ) -> pl.Series:
        """True where the rule fires without the party's own matches."""
        plan = self._plans[rule]
        others = matches.filter(~names_only(matches["name"], party))
        scores = matched_fields(rows, fields_of_matches(plan), others)
        return plan.evaluate(fields.with_columns(scores)).rules[rule].fill_null(False)


def _rests_on_matches(rule: MatchRule | WindowRule) -> bool:
    own = rule if isinstance(rule, MatchRule) else rule.own
    return any(rests_on_matches(field.name) for clause in own.clauses for field in clause.fields)


def _of_one_row(rule: MatchRule | WindowRule) -> MatchRule:
    """The rule, or what a rule over time says of the judged row alone."""
    if isinstance(rule, MatchRule):
        return rule
    own = rule.own
    return MatchRule.model_construct(
        id=rule.id,
        kind="match",
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
        when=dict(own.named),
        condition=own.condition,
    )


def fields_of_matches(plan: MatchPlan) -> frozenset[str]:
    """The fields of the plan that a list of parties has a part in."""
    return frozenset(filter(rests_on_matches, plan.fields))


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
