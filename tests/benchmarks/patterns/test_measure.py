"""What is found, flagged and due to one rule alone is counted row by row."""

from functools import cache

import polars as pl

from screening.screener import Screener
from tests.benchmarks.patterns.goals import Goal
from tests.benchmarks.patterns.measure import Measured, measure
from tests.benchmarks.patterns.report import missed, report
from tests.worlds.world import World

COLUMNS = (
    "shipment_id",
    "shipment_date",
    "exporter_country",
    "consignee_name",
    "consignee_country",
    "hs_code",
)
ROWS = (
    ("A", "2023-05-02", "DE", "Ertis Sauda TOO", "RU", "854231"),
    ("B", "2021-05-02", "DE", "Ertis Sauda TOO", "RU", "854231"),
    ("C", "2023-05-02", "DE", "Rosoboronexport", "RU", "610910"),
    ("D", "2023-05-02", "DE", "Adler Textil GmbH", "FR", "610910"),
)
LABELS = (
    ("pattern", "direct", 0, "strong", True),
    ("pattern", "direct", 0, "strong", False),
    ("honest", "named", 0, "fair", True),
    ("benign", "bulk", 0, "fair", False),
)


@cache
def measured() -> Measured:
    book = pl.DataFrame(ROWS, schema=list(COLUMNS), orient="row")
    columns = ["kind", "family", "instance", "strength", "core"]
    labels = pl.DataFrame(LABELS, schema=columns, orient="row")
    return measure(World("fit", 1, book, labels), Screener())


def rule(name: str) -> dict[str, object]:
    return measured().rules().row(by_predicate=pl.col("rules") == name, named=True)


def test_an_instance_is_found_by_its_core() -> None:
    assert measured().patterns().select("family", "instances", "found", "rows").row(0) == (
        "direct",
        1,
        1.0,
        1,
    )


def test_shares_are_of_the_rows_of_a_kind() -> None:
    assert measured().share("honest", "held") == 1.0
    assert measured().share("benign", "flagged") == 0.0


def test_a_rule_without_which_nothing_was_found_is_named() -> None:
    assert (rule("GDS-001")["planted"], rule("GDS-001")["alone_found"]) == (1, 1)


def test_a_false_alarm_of_one_rule_alone_is_its_own() -> None:
    assert (rule("PTY-001")["honest"], rule("PTY-001")["alone_false"]) == (1, 1)


def test_a_rule_that_never_fired_stands_in_the_table_too() -> None:
    assert set(measured().rules()["rules"]) == {r.id for r in measured().screener.ruleset.rules}


def test_a_goal_holds_on_its_bound() -> None:
    assert Goal("found", 0.97, 0.97, at_least=True).holds
    assert not Goal("flagged", 0.011, 0.01, at_least=False).holds


def test_the_report_tells_what_was_found_and_what_must_hold() -> None:
    text = "\n".join(report(measured()))
    assert "alerts per thousand rows" in text and "look-alikes held" in text
    assert list(missed(measured(), "direct")) == []
