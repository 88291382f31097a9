"""What the rules make of a world of trade: every row's decision beside what the row is.

A planted instance is found when a row of its core is at review or above. A rule's part is judged by
leaving it out: the chain is drawn again without it, and what was flagged for it alone falls away.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from screening.io.rates import Rates
from screening.policy import decide
from screening.ruleset.conditions import Truth
from screening.screener import Screener
from tests.worlds.habits import EURO_IN_DOLLARS
from tests.worlds.world import World

_INSTANCE = ["family", "instance"]


@dataclass(frozen=True)
class Measured:
    """A world screened."""

    rows: pl.DataFrame
    """A row for each screened row of the book: its label, decision, score, rules, unknown."""
    screener: Screener
    rows_in: int

    @cached_property
    def core(self) -> pl.DataFrame:
        """The rows that a planted pattern consists of."""
        return self.rows.filter((pl.col("kind") == "pattern") & pl.col("core"))

    @cached_property
    def instances(self) -> pl.DataFrame:
        """Each planted instance: strength, whether it was found, whether it was held."""
        found, held = pl.col("flagged").any(), pl.col("held").any()
        return self.core.group_by(*_INSTANCE, "strength").agg(found=found, held=held).sort(_INSTANCE)

    def patterns(self) -> pl.DataFrame:
        """For each pattern: instances, and the shares found, of rows flagged and of rows held."""
        weak = pl.col("found").filter(pl.col("strength") == "weak").mean().alias("weak_found")
        found = self.instances.group_by("family").agg(
            instances=pl.len(), found=pl.col("found").mean(), weak=weak
        )
        return found.join(_shares(self.core), on="family").sort("family")

    def honest(self) -> pl.DataFrame:
        """For each family of look-alikes: rows, and the shares flagged and held."""
        return _shares(self.of("honest"))

    def of(self, kind: str) -> pl.DataFrame:
        """The screened rows of a kind."""
        return self.rows.filter(pl.col("kind") == kind)

    def share(self, kind: str, column: str) -> float:
        """The share of rows of a kind that are `flagged` or `held`."""
        rows = self.of(kind)
        return float(rows[column].sum()) / max(1, rows.height)

    def rules(self) -> pl.DataFrame:
        """For each rule: on how many rows of each kind it fired, and what hangs on it alone.

        `alone_false`: honest and benign rows flagged only because of it; `alone_found`: planted
        instances found only because of it.
        """
        fired = self.rows.explode("rules").drop_nulls("rules").with_columns(_part_of())
        counts = fired.pivot("part", index="rules", values="flagged", aggregate_function="len")
        every = pl.DataFrame({"rules": [rule.id for rule in self.screener.ruleset.rules]})
        kinds = ("planted", "context", "honest", "benign")
        parts = every.join(counts, on="rules", how="left")
        parts = parts.with_columns(pl.lit(0).alias(k) for k in kinds if k not in parts.columns)
        whole = parts.join(self._alone(), on="rules", how="left")
        return whole.select("rules", pl.col(*kinds, "alone_false", "alone_found").fill_null(0)).sort("rules")

    def _alone(self) -> pl.DataFrame:
        """What falls away without each rule, over the distinct sets of findings."""
        flagged = self.rows.filter("flagged")
        sets = flagged.select("rules", "unknown").unique(maintain_order=True)
        needed = pl.DataFrame(
            [(r, u, rule) for r, u in sets.iter_rows() for rule in self._needed(r, u)],
            schema={"rules": pl.List(pl.String), "unknown": pl.List(pl.String), "needed": pl.String},
            orient="row",
        )
        rows = flagged.join(needed, on=["rules", "unknown"])
        false = rows.filter(pl.col("kind") != "pattern").group_by("needed").agg(alone_false=pl.len())
        core = flagged.filter((pl.col("kind") == "pattern") & pl.col("core"))
        total = core.group_by(_INSTANCE).agg(total=pl.len())
        lost = (
            rows.filter((pl.col("kind") == "pattern") & pl.col("core"))
            .group_by(*_INSTANCE, "needed")
            .agg(lost=pl.len())
        )
        only = lost.join(total, on=_INSTANCE).filter(pl.col("lost") == pl.col("total"))
        found = only.group_by("needed").agg(alone_found=pl.len())
        return false.join(found, on="needed", how="full", coalesce=True).rename({"needed": "rules"})

    def _needed(self, rules: list[str], unknown: list[str]) -> Iterator[str]:
        """The rules of a flagged set without any one of which nobody would look at the row."""
        ruleset = self.screener.ruleset
        combining = {rule.id for rule in ruleset.combine_rules}
        base: dict[str, Truth] = {rule.id: False for rule in ruleset.rules if rule.id not in combining}
        base |= {i: None for i in unknown if i in base} | {i: True for i in rules if i in base}
        for rule in rules:
            if self._cleared(base | ({rule: False} if rule in base else {}), rule):
                yield rule

    def _cleared(self, truth: Mapping[str, Truth], without: str) -> bool:
        ruleset = self.screener.ruleset
        combined = self.screener.chain.conclude(dict(truth))
        fired = {i for i, true in (dict(truth) | combined).items() if true} - {without}
        return decide((r for r in ruleset.rules if r.id in fired), ruleset.policy).decision == "clear"


def rates() -> Rates:
    """The rates at which the worlds' traders invoice in euros."""
    day = {"currency": ["EUR"], "date": [date(2020, 12, 31)], "usd": [EURO_IN_DOLLARS]}
    return Rates(pl.DataFrame(day))


def measure(world: World, screener: Screener) -> Measured:
    """The world's book screened as one, row by row beside its labels."""
    screened = pl.DataFrame(screener.screen_table(world.book))
    labels = world.labels.with_row_index("row", offset=1)
    rows = labels.join(screened, on="row", maintain_order="left").with_columns(
        flagged=pl.col("decision") != "clear", held=pl.col("decision") == "hold"
    )
    return Measured(rows, screener, world.book.height)


def _shares(rows: pl.DataFrame) -> pl.DataFrame:
    shares = {"rows": pl.len(), "flagged": pl.col("flagged").mean(), "held": pl.col("held").mean()}
    return rows.group_by("family").agg(**shares).sort("family")


def _part_of() -> pl.Expr:
    planted = pl.when(pl.col("core")).then(pl.lit("planted")).otherwise(pl.lit("context"))
    return pl.when(pl.col("kind") == "pattern").then(planted).otherwise(pl.col("kind")).alias("part")
