"""The summary: the gravest alerts first, and no more than a screen of them."""

from pathlib import Path

from tests.cli.conftest import DEMO, Run, table
from tests.cli.test_screen import ROW
from tests.ruleset.made_rules import folder_of, sequence_text, steps

GOODS = {"2024-03-01": "950300", "2024-03-05": "854231"}
TO_ALTYN = {"consignee_name": "Altyn", "consignee_country": "KZ"}
NEW_LANE = steps({}, {"starts": {"unseen_for": "90d"}})


def test_the_highest_score_comes_first_and_equal_ones_as_in_the_file(run: Run) -> None:
    lines = run("screen", DEMO).stderr.splitlines()
    shown = [line.split()[:3] for line in lines if line[:1] == "D" and line.split()[1] in ("hold", "review")]
    assert shown == sorted(shown, key=lambda row: (-int(row[2]), row[0]))
    assert len(shown) > 5


def test_many_alerts_are_cut_and_counted(run: Run) -> None:
    Path("in.csv").write_text(table(*({**ROW, "shipment_id": f"S{n}"} for n in range(250))), "utf-8")
    told = run("screen", "in.csv").stderr
    assert "250 alerts; the 20 highest\n" in told
    assert "S19" in told and "S20" not in told


def test_a_file_of_one_header_is_no_fault(run: Run) -> None:
    Path("in.csv").write_text(",".join(ROW) + "\n", "utf-8")
    result = run("screen", "in.csv", "--output", "a.jsonl")
    assert result.exit_code == 0
    assert "0 rows = 0 cleared" in result.stderr


def test_a_run_without_a_list_says_that_no_name_was_looked_up(run: Run) -> None:
    assert "none: no name was looked up" in run("screen", DEMO, "--no-bundled").stderr


def test_a_run_says_of_which_shipments_it_can_not_tell_what_holds_over_time(run: Run) -> None:
    folder_of(Path("rules"), [sequence_text(**NEW_LANE)])
    rows = [{**TO_ALTYN, "shipment_date": day, "hs_code": code} for day, code in GOODS.items()]
    Path("in.csv").write_text(table(*rows), "utf-8")
    told = run("screen", "in.csv", "--rules", "rules").stderr
    assert "the book reaches back only to 2024-03-01" in told
    assert "can't be told of so many shipments: PAT-901 1" in told
