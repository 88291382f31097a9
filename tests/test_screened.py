"""What every result holds, whatever the shipment."""

import json
import random
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening import Screener, Shipment
from screening.fields import FIELDS
from screening.io.memory import shipment_batch
from screening.io.writers.records import json_text
from screening.policy import at_or_above
from tests.shipments import ROWS, WORDS, Row, shipment

SLOW = settings(
    max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


def written(path: Path, told: list[Row]) -> Path:
    pl.DataFrame(told).write_csv(path)
    return path


# --- what every record holds


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_every_record_accounts_for_itself(screener: Screener, told: list[Row]) -> None:
    for result in screener.screen_many(map(shipment, told)):
        assert sum(part.points for part in result.score_parts) == result.score <= 100
        assert [part.rule for part in result.score_parts] == [finding.rule for finding in result.findings]
        assert all(finding.evidence and finding.explanation for finding in result.findings)
        assert result.score or result.decision == "clear"
        assert result.would_clear == () or result.decision != "clear"


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_every_clause_that_rests_on_a_list_names_its_source(screener: Screener, told: list[Row]) -> None:
    for result in screener.screen_many(map(shipment, told)):
        for evidence in (e for finding in result.findings for e in finding.evidence):
            if evidence.text.startswith("not the case"):
                continue
            if evidence.field.endswith("match.score") and isinstance(evidence.value, float | int):
                assert (evidence.match is not None) is (evidence.value >= 0.85)
            if evidence.match is not None:
                assert evidence.source


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=6), st.sets(st.sampled_from(sorted(WORDS)), min_size=1))
def test_what_is_unknown_is_not_passed_over(
    screener: Screener, tmp_path_factory: pytest.TempPathFactory, told: list[Row], columns: set[str]
) -> None:
    book = [{"shipment_id": f"S{n}"} | {c: row[c] for c in columns} for n, row in enumerate(told)]
    path = written(tmp_path_factory.mktemp("book") / "book.csv", book)
    table = screener.screen_table(pl.read_csv(path, infer_schema=False))
    for result, unknown in zip(screener.screen_file(path), table["unknown"].to_pylist(), strict=True):
        named = {rule.rule for rule in result.not_evaluated}
        assert named <= set(unknown)
        assert all(off_or_open(screener, rule, columns) for rule in set(unknown) - named)


def off_or_open(screener: Screener, rule_id: str, columns: set[str]) -> bool:
    """True when a column that the rule, or a rule below it, needs is not in the file."""
    rule = screener.ruleset.rule(rule_id)
    present = frozenset(columns)
    if rule.kind == "match":
        return any(f.missing_from(present) for clause in rule.clauses for f in clause.fields)
    if rule.kind != "combine":
        return any(FIELDS[name].missing_from(present) for name in rule.fields | {"shipment.date"})
    makers: dict[str, list[str]] = {}
    for other in screener.ruleset.combine_rules:
        makers.setdefault(other.conclude, []).append(other.id)
    names = [m for n in (*rule.when.positive, *rule.when.unless) for m in makers.get(n, [n])]
    return any(off_or_open(screener, name, columns) for name in names)


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_a_shipment_shows_every_column_of_its_row(
    screener: Screener, tmp_path_factory: pytest.TempPathFactory, told: list[Row]
) -> None:
    book = [{"shipment_id": f"S{n}", "Colour": "red", **row} for n, row in enumerate(told)]
    path = written(tmp_path_factory.mktemp("book") / "book.csv", book)
    for row, result in zip(book, screener.screen_file(path), strict=True):
        assert result.shipment == {name: value or None for name, value in row.items()}


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_a_record_is_its_result_and_its_line_the_json_of_it(screener: Screener, told: list[Row]) -> None:
    screened = screener.screen_batch(shipment_batch(map(shipment, told)))
    for record, result in zip(screened.records(), screened.results(), strict=True):
        assert json.loads(record.line) == record == result.record
        assert json_text(record) == json_text(result.record)


@SLOW
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_alerts_are_the_results_that_are_not_clear(screener: Screener, told: list[Row]) -> None:
    screened = screener.screen_batch(shipment_batch(map(shipment, told)))
    alerts = [result for result in screened.results() if result.decision != "clear"]
    assert list(screened.results(alerts_only=True)) == alerts


# --- more evidence never hides


def firms(screener: Screener) -> list[str]:
    names = (screener.parties[number].name for number in range(len(screener.parties)))
    return [name for name in names if name]


MORE = {
    "identifier": {"consignee_identifier": "7718852163"},
    "country": {"consignee_country": "PT"},
    "address": {"consignee_address": "Rua Augusta 1, Lisboa"},
    "all": {"consignee_identifier": "7718852163", "consignee_country": "PT", "consignee_address": "Rua 1"},
}


@pytest.mark.parametrize("more", MORE)
def test_what_stands_beside_a_listed_name_hides_it_never(screener: Screener, more: str) -> None:
    names = firms(screener)
    plain = screener.screen_many(Shipment(consignee_name=name) for name in names)
    told = screener.screen_many(Shipment(consignee_name=n, **MORE[more]) for n in names)
    for before, after in zip(plain, told, strict=True):
        assert {match.id for match in before.matches} <= {match.id for match in after.matches}
        assert before.decision == "hold" and at_or_above(after.decision, "review")


def misspelt(name: str, rng: random.Random) -> str:
    place = rng.randrange(len(name))
    return name[:place] + rng.choice("aeiou") + name[place + 1 :]


@pytest.mark.parametrize("more", MORE)
def test_what_stands_beside_a_misspelt_name_hides_it_never(screener: Screener, more: str) -> None:
    rng = random.Random(11)
    names = [misspelt(name, rng) for name in firms(screener)]
    plain = screener.screen_many(Shipment(consignee_name=name) for name in names)
    told = screener.screen_many(Shipment(consignee_name=n, **MORE[more]) for n in names)
    for name, before, after in zip(names, plain, told, strict=True):
        assert {m.id for m in before.matches} <= {m.id for m in after.matches}, name
        assert before.decision == "clear" or at_or_above(after.decision, "review"), name


@SLOW
@given(ROWS, st.sampled_from(["bank_name", "notify_party_name", "carrier_name", "vessel_name"]))
def test_one_more_party_never_lowers_a_decision(screener: Screener, row: Row, role: str) -> None:
    before, after = screener.screen_many([shipment(row), shipment(row | {role: "Bosphorus Textiles AS"})])
    assert at_or_above(after.decision, before.decision)


# --- what would have cleared


@SLOW
@given(ROWS)
def test_what_would_clear_is_said_in_the_words_of_its_clauses(screener: Screener, row: Row) -> None:
    result = screener.screen(shipment(row))
    said = {evidence.text for finding in result.findings for evidence in finding.evidence}
    for way in result.would_clear:
        facts = way.removeprefix("Clear if it were not so that ").split(", nor that ")
        assert 1 <= len(facts) <= 3
        assert set(facts) <= said


def test_a_shipment_that_would_be_clear_but_for_one_fact_says_which(screener: Screener) -> None:
    result = screener.screen(Shipment(shipment_date="2024-03-15", consignee_name="Azu International Ltd Sti"))
    (way,) = result.would_clear
    assert "Azu International Ltd Sti is named like a listed party" in way
