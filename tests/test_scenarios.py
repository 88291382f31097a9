"""Scenarios: every bundled one is a case of its own, and an expectation that is wrong fails."""

from pathlib import Path

import polars as pl
import pytest

from screening.errors import InputError
from screening.resources import bundled
from screening.rule_tests import bundled_screener
from screening.scenarios import read_scenario, read_scenarios, run_scenario, scenario_folders
from screening.screener import Screener
from tests import windows
from tests.rulebook import rule_set

BUNDLED = scenario_folders(bundled("scenarios"))
HEADER = "shipment_id,line_number,revision,shipment_date,hs_code,consignee_country,value\n"
HELD = "S1,,,2024-03-15,854231,RU,5\n"
CLEAR = "S2,,,2024-03-15,950300,DE,5\n"
UNREADABLE = "S3,,,2024-03-15,abc,DE,5\n"


@pytest.fixture(scope="module")
def screener() -> Screener:
    return bundled_screener()


@pytest.mark.parametrize("folder", BUNDLED, ids=lambda folder: folder.name)
def test_a_story_comes_out_as_told(screener: Screener, folder: Path) -> None:
    assert run_scenario(screener, read_scenario(folder)) == []


@pytest.mark.parametrize("folder", BUNDLED, ids=lambda folder: folder.name)
def test_a_story_is_told_with_its_source(folder: Path) -> None:
    assert "Source:" in (folder / "README.md").read_text(encoding="utf-8")


def test_as_many_stories_stay_quiet_as_raise_an_alarm() -> None:
    decisions = [
        {expected.decision for expected in scenario.expected.shipments.values()}
        for scenario in read_scenarios(BUNDLED)
    ]
    assert len(decisions) >= 24
    assert sum("clear" in told for told in decisions) >= len(decisions) / 2


def scenario(path: Path, expected: str, *rows: str) -> Path:
    folder = path / "story"
    folder.mkdir(parents=True)
    (folder / "expected.yaml").write_text(expected, encoding="utf-8")
    (folder / "shipments.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("expected", "failure"),
    [
        ("shipments:\n  S1: {decision: hold, rules: [GDS-001], not_rules: [PTY-001]}\n", ""),
        ("shipments:\n  S1: {decision: alert}\n", ""),
        ("shipments:\n  S1: {decision: hold}\nwhole: {alerts_at_most: 1, holds_at_most: 1}\n", ""),
        ("shipments:\n  S1: {decision: clear}\n", "story/expected.yaml:2: S1: expected clear, got hold"),
        ("shipments:\n  S1: {decision: review}\n", "S1: expected review, got hold (score "),
        ("shipments:\n  S1: {rejected: true}\n", "S1: expected rejected, got hold"),
        ("shipments:\n  S1: {decision: hold, rules: [PTY-001]}\n", "S1: PTY-001 must fire and did not"),
        (
            "shipments:\n  S1: {decision: hold, not_rules: [GDS-001]}\n",
            "S1: GDS-001 must stay quiet and fired",
        ),
        (
            "shipments:\n  S1: {decision: hold}\nwhole: {alerts_at_most: 0}\n",
            "story/expected.yaml:3: expected at most 0 alerts, got 1",
        ),
        (
            "shipments:\n  S1: {decision: hold}\nwhole: {holds_at_most: 0}\n",
            "expected at most 0 holds, got 1",
        ),
        (
            "shipments:\n  S1: {decision: hold}\nwhole: {not_rules: [GDS-001]}\n",
            "GDS-001 must stay quiet and fired on S1",
        ),
        (
            "shipments:\n  S1: {decision: hold, not_rules: [GDS-999]}\n",
            "GDS-999: no such rule; did you mean GDS-",
        ),
    ],
)
def test_an_expectation_is_met_or_told(
    screener: Screener, tmp_path: Path, expected: str, failure: str
) -> None:
    failures = run_scenario(screener, read_scenario(scenario(tmp_path, expected, HELD)))
    assert failures == [] if not failure else failure in failures[0]


def test_every_failure_of_a_story_is_told(screener: Screener, tmp_path: Path) -> None:
    expected = "shipments:\n  S1: {decision: clear, rules: [PTY-001]}\n  S2: {decision: hold}\n"
    assert len(run_scenario(screener, read_scenario(scenario(tmp_path, expected, HELD, CLEAR)))) == 3


def test_a_shipment_that_nobody_expects_anything_of_fails(screener: Screener, tmp_path: Path) -> None:
    told = run_scenario(
        screener, read_scenario(scenario(tmp_path, "shipments:\n  S1: {decision: hold}\n", HELD, CLEAR))
    )
    assert told == [
        "story/expected.yaml:1: S2 has no expectation; it came to clear (score 0: no rule)",
    ]


def test_an_expectation_without_its_shipment_fails(screener: Screener, tmp_path: Path) -> None:
    expected = "shipments:\n  S1: {decision: hold}\n  S4: {decision: clear}\n"
    (told,) = run_scenario(screener, read_scenario(scenario(tmp_path, expected, HELD)))
    assert told.startswith("story/expected.yaml:3: S4 is not in shipments.csv")


def test_a_reject_fails_unless_it_is_expected(screener: Screener, tmp_path: Path) -> None:
    meant = scenario(tmp_path / "meant", "shipments:\n  S3: {rejected: true}\n", UNREADABLE)
    assert run_scenario(screener, read_scenario(meant)) == []
    other = scenario(tmp_path / "other", "shipments:\n  S3: {decision: clear}\n", UNREADABLE)
    (told,) = run_scenario(screener, read_scenario(other))
    assert told.startswith('story/expected.yaml:2: S3: expected clear, got a reject (hs_code: "abc"')


def test_a_reject_without_expectation_fails(screener: Screener, tmp_path: Path) -> None:
    folder = scenario(tmp_path, "shipments:\n  S1: {decision: hold}\n", HELD, UNREADABLE)
    (told,) = run_scenario(screener, read_scenario(folder))
    assert "S3 has no expectation; it came to a reject" in told


def test_a_row_whose_id_can_not_be_told_is_called_by_its_place(screener: Screener, tmp_path: Path) -> None:
    expected = "shipments:\n  S1: {decision: hold}\n  shipments.csv#2: {rejected: true}\n"
    ragged = scenario(tmp_path, expected, HELD, "S3,too,short\n")
    assert run_scenario(screener, read_scenario(ragged)) == []


def test_the_second_of_two_equal_rows_is_called_by_its_place(screener: Screener, tmp_path: Path) -> None:
    expected = "shipments:\n  S1: {decision: hold}\n  shipments.csv#2: {rejected: true}\n"
    assert run_scenario(screener, read_scenario(scenario(tmp_path, expected, HELD, HELD))) == []


def test_the_lines_of_one_shipment_are_told_apart(screener: Screener, tmp_path: Path) -> None:
    expected = "shipments:\n  S1/1: {decision: hold}\n  S1/2: {decision: clear}\n"
    rows = ["S1,1,,2024-03-15,854231,RU,5\n", "S1,2,,2024-03-15,950300,DE,5\n"]
    assert run_scenario(screener, read_scenario(scenario(tmp_path, expected, *rows))) == []


def test_only_the_newest_revision_is_judged(screener: Screener, tmp_path: Path) -> None:
    rows = ["S1,,1,2024-03-15,854231,RU,5\n", "S1,,2,2024-03-15,950300,DE,5\n"]
    folder = scenario(tmp_path, "shipments:\n  S1: {decision: clear}\n", *rows)
    assert run_scenario(screener, read_scenario(folder)) == []


def test_the_shipments_of_a_story_are_one_book(tmp_path: Path) -> None:
    quiet, fired = "{decision: alert, not_rules: [PAT-901]}", "{decision: alert, rules: [PAT-901]}"
    expected = f"shipments:\n  S02: {quiet}\n  S03: {quiet}\n  S04: {fired}\n"
    folder = scenario(tmp_path, expected)
    pl.DataFrame(windows.lane()[2:5]).write_csv(folder / "shipments.csv")
    screener = Screener(rule_set(windows.often(), windows.hub(weight=60)), bundled=False)
    assert run_scenario(screener, read_scenario(folder)) == []


def test_shipments_that_can_not_be_read_at_all_are_one_failure(screener: Screener, tmp_path: Path) -> None:
    folder = scenario(tmp_path, "shipments:\n  S1: {decision: clear}\n")
    (folder / "shipments.csv").write_bytes(b"%PDF-1.4")
    (told,) = run_scenario(screener, read_scenario(folder))
    assert "PDF" in told


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("shipments: {}\n", "expected.yaml:1: shipments: "),
        ("whole: {}\n", "expected.yaml:1: shipments: is missing"),
        ("shipments:\n  S1: {decision: held}\n", "expected.yaml:2: shipments.S1.decision: held: "),
        ("shipments:\n  S1: {}\n", "expected.yaml:2: shipments.S1: needs a decision"),
        ("shipments:\n  S1: clear\n", "expected.yaml:2: shipments.S1: must be a mapping, not clear"),
        ("shipments:\n  S1: {decision: clear, rejected: true}\n", "needs a decision, or"),
        ("shipments:\n  S1: {rejected: true, rules: [GDS-001]}\n", "judged by no rule"),
        ("shipments:\n  S1: {rejected: yes}\n", "expected.yaml:2: shipments.S1.rejected: yes: "),
        ("shipments:\n  S1: {decision: hold, rule: [GDS-001]}\n", "rule: no such key; did you mean rules?"),
        ("shipments:\n  S1: {decision: hold, rules: GDS-001}\n", "expected.yaml:2: shipments.S1.rules: "),
        ("shipments:\n  S1: {decision: hold, rules: [gds1]}\n", "shipments.S1.rules.0: gds1: "),
        (
            "shipments:\n  S1:\n    decision: hold\n    rules: [GDS-001]\n    not_rules: [GDS-001]\n",
            "expected.yaml:2: shipments.S1: GDS-001 can't both fire and stay quiet",
        ),
        (
            "shipments:\n  S1: {decision: hold}\n  S1: {decision: clear}\n",
            "expected.yaml:3: names `S1` twice",
        ),
        (
            "shipments:\n  S1: {decision: hold}\nwhole: {alerts_at_most: -1}\n",
            "expected.yaml:3: whole.alerts_at_most: -1: ",
        ),
        ("shipments:\n  S1: {decision: hold}\nwhole: {alerts: 1}\n", "did you mean alerts_at_most?"),
        ("shipment:\n  S1: {decision: hold}\n", "shipment"),
    ],
)
def test_what_is_no_expectation_is_refused_with_its_line(tmp_path: Path, expected: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_scenario(scenario(tmp_path, expected, HELD))
    assert told in str(caught.value)


@pytest.mark.parametrize("name", ["expected.yaml", "shipments.csv"])
def test_half_a_scenario_is_refused(tmp_path: Path, name: str) -> None:
    folder = scenario(tmp_path, "shipments:\n  S1: {decision: hold}\n", HELD)
    (folder / name).unlink()
    with pytest.raises(InputError, match=f"has no {name}"):
        read_scenarios([tmp_path])


def test_a_scenario_that_two_paths_name_is_read_once(tmp_path: Path) -> None:
    folder = scenario(tmp_path, "shipments:\n  S1: {decision: hold}\n", HELD)
    assert [found.name for found in read_scenarios([tmp_path, folder])] == ["story"]
