"""Known stories as regression tests: shipments, and what they must and must not come to.

A scenario is a folder with `shipments.csv` and `expected.yaml`. Every shipment stands in both: one
that nobody expects anything of, and an expectation that no shipment meets, are failures too.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from screening.errors import InputError
from screening.io.batch import ROWS, Batch
from screening.io.book import read_book
from screening.io.csv_text import csv_parts
from screening.io.sources import opened
from screening.ruleset.nearest import nearest
from screening.ruleset.validation import validated
from screening.ruleset.yaml_source import Source, read_yaml
from screening.screened import Screened
from screening.screener import Screener

EXPECTED = "expected.yaml"
SHIPMENTS = "shipments.csv"
_MORE = "add it there, or remove it here"

RuleIds = tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d{3}$")], ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ShipmentExpectation(_Strict):
    """What one shipment must come to; `alert` is review or hold."""

    decision: Literal["clear", "review", "hold", "alert"] | None = None
    rules: RuleIds = ()
    not_rules: RuleIds = ()
    rejected: Literal["true", "false"] = "false"

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if (self.decision is None) == (self.rejected == "false"):
            raise ValueError("needs a decision, or `rejected: true`, one of them")
        if self.decision is None and (self.rules or self.not_rules):
            raise ValueError("a rejected shipment is judged by no rule")
        if both := sorted(set(self.rules) & set(self.not_rules)):
            raise ValueError(f"{', '.join(both)} can't both fire and stay quiet")
        return self


class WholeExpectation(_Strict):
    """What all shipments together must not do."""

    alerts_at_most: Annotated[int, Field(ge=0)] | None = None
    holds_at_most: Annotated[int, Field(ge=0)] | None = None
    not_rules: RuleIds = ()


class Expected(_Strict):
    """The file of expectations: by shipment, and of the whole."""

    shipments: Annotated[dict[str, ShipmentExpectation], Field(min_length=1)]
    whole: WholeExpectation = WholeExpectation()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story: a folder, and what is expected of its shipments."""

    name: str
    folder: Path
    expected: Expected
    source: Source

    def where(self, *place: str) -> str:
        """`FILE:LINE` of a place among the expectations."""
        return self.source.where(place)


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of one shipment: a decision, or a reject with its reason."""

    decision: str
    score: int = 0
    rules: tuple[str, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        if self.reason:
            return f"a reject ({self.reason})"
        return f"{self.decision} (score {self.score}: {', '.join(self.rules) or 'no rule'})"


def read_scenario(folder: Path) -> Scenario:
    """The scenario of a folder; raises InputError with the line of what is no expectation."""
    for name in (SHIPMENTS, EXPECTED):
        if not (folder / name).is_file():
            remedy = f"a scenario is a folder with {SHIPMENTS} and {EXPECTED}"
            raise InputError(str(folder), f"has no {name}", remedy)
    source = read_yaml(folder / EXPECTED, f"{folder.name}/{EXPECTED}")
    return Scenario(folder.name, folder, validated(Expected, source), source)


def scenario_folders(path: Path) -> list[Path]:
    """The folder itself if it is a scenario, else those within it, in the order of their paths."""
    marks = (path.rglob(name) for name in (SHIPMENTS, EXPECTED))
    return sorted({mark.parent for found in marks for mark in found})


def read_scenarios(paths: Sequence[Path]) -> list[Scenario]:
    """Every scenario of these folders, each once, in their order. Raises InputError for a faulty one."""
    folders = (folder for path in paths for folder in scenario_folders(path))
    return [read_scenario(folder) for folder in dict.fromkeys(folders)]


def run_scenario(screener: Screener, scenario: Scenario) -> list[str]:
    """One sentence for each expectation that is not met; none when the story comes out as told."""
    try:
        results = _results(screener, scenario.folder / SHIPMENTS)
    except InputError as error:
        return [str(error)]
    return [
        *_unknown_rules(screener, scenario),
        *_missing(scenario, results),
        *_unmet(scenario, results),
        *_whole(scenario, results),
    ]


def _results(screener: Screener, path: Path) -> dict[str, _Result]:
    book = read_book([path])
    screened = screener.screen_batches(book, screener.timeline(book))
    tables = [_table(*part) for part in zip(book.batches, screened, strict=True)]
    rows = [row for table in tables for row in table.iter_rows()]
    times = Counter(row[0] for row in rows)
    results = {
        _label(shipment, line if times[shipment] > 1 else None): _Result(decision, score, tuple(rules))
        for shipment, line, decision, score, rules in rows
    }
    ids = _stated_ids(path)
    for row, column, reason in book.rejects.select("row", "column", "reason").iter_rows():
        label, other = ids.get(row) or f"{path.name}#{row}", f"{path.name}#{row}"
        told = f"{column}: {reason}" if column else reason
        results[other if label in results else label] = _Result("rejected", reason=told)
    return results


def _label(shipment: str, line: int | None) -> str:
    """What expectations call a shipment: its id, with the line where one id has several."""
    return shipment if line is None else f"{shipment}/{line}"


def _table(batch: Batch, screened: Screened) -> pl.DataFrame:
    stated = "line_number" in batch.typed.columns
    line = batch.typed["line_number"] if stated else pl.lit(None, pl.Int64).alias("line_number")
    table = screened.table.with_columns(line)
    return table.select("shipment_id", "line_number", "decision", "score", "rules")


def _stated_ids(path: Path) -> dict[int, str]:
    """The ids of the rows that have the cells of the header, rejects among them."""
    ids: dict[int, str] = {}
    with opened(path) as file:
        for part in csv_parts(file, None, ROWS):
            rows = part.raw(file.name)
            if "shipment_id" in rows.cells.columns:
                ids |= dict(zip(rows.place["row"], rows.cells["shipment_id"].str.strip_chars(), strict=True))
    return ids


def _unknown_rules(screener: Screener, scenario: Scenario) -> Iterator[str]:
    known = {rule.id for rule in screener.ruleset.rules}
    whole = scenario.expected.whole.not_rules
    named: dict[tuple[str, ...], tuple[str, ...]] = {("whole",): whole}
    for shipment, expected in scenario.expected.shipments.items():
        named["shipments", shipment] = (*expected.rules, *expected.not_rules)
    for place, rules in named.items():
        for rule in (r for r in rules if r not in known):
            yield f"{scenario.where(*place)}: {rule}: no such rule{nearest(rule, known)}"


def _missing(scenario: Scenario, results: Mapping[str, _Result]) -> Iterator[str]:
    expected = scenario.expected.shipments
    for shipment in (s for s in expected if s not in results):
        where = scenario.where("shipments", shipment)
        yield f"{where}: {shipment} is not in {SHIPMENTS}{nearest(shipment, results)}; {_MORE}"
    for shipment, result in results.items():
        if shipment not in expected:
            yield f"{scenario.where('shipments')}: {shipment} has no expectation; it came to {result}"


def _unmet(scenario: Scenario, results: Mapping[str, _Result]) -> Iterator[str]:
    for shipment, expected in scenario.expected.shipments.items():
        if shipment in results:
            where = scenario.where("shipments", shipment)
            yield from (f"{where}: {shipment}: {told}" for told in _differences(expected, results[shipment]))


def _differences(expected: ShipmentExpectation, result: _Result) -> Iterator[str]:
    wanted = expected.decision or "rejected"
    if result.decision not in ({"review", "hold"} if wanted == "alert" else {wanted}):
        yield f"expected {wanted}, got {result}"
    if result.reason:
        return
    for rule in expected.rules:
        if rule not in result.rules:
            yield f"{rule} must fire and did not"
    for rule in expected.not_rules:
        if rule in result.rules:
            yield f"{rule} must stay quiet and fired"


def _whole(scenario: Scenario, results: Mapping[str, _Result]) -> Iterator[str]:
    whole, where = scenario.expected.whole, scenario.where("whole")
    for kind, most, decisions in (
        ("alerts", whole.alerts_at_most, {"review", "hold"}),
        ("holds", whole.holds_at_most, {"hold"}),
    ):
        count = sum(result.decision in decisions for result in results.values())
        if most is not None and count > most:
            yield f"{where}: expected at most {most} {kind}, got {count}"
    for rule in whole.not_rules:
        fired = [shipment for shipment, result in results.items() if rule in result.rules]
        if fired:
            yield f"{where}: {rule} must stay quiet and fired on {', '.join(fired)}"
