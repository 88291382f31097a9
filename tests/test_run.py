"""A run over files accounts for every row, and leaves each file whole or not there."""

import json
import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from screening.errors import InputError
from screening.run import KEPT_ALERTS, Options, Report, run
from screening.screener import Screener
from tests import windows

SCREENER = Screener()
HEAD = (
    "shipment_id,revision,shipment_date,exporter_country,consignee_name,consignee_country,"
    "hs_code,transit_countries"
)
HELD = "{},,2023-05-05,TR,OOO Sever,RU,854231,"
REVIEWED = "{},,2023-05-05,DE,Old Firm TOO,UZ,847150,RU"
CLEAR = "{},,2023-05-05,DE,Old Firm TOO,KZ,610910,"


def screened(folder: Path, *rows: str, output: str = "out.jsonl", everything: bool = False) -> Report:
    (folder / "in.csv").write_text("\n".join((HEAD, *rows, "")), encoding="utf-8")
    target = str(folder / output)
    return run(Options(sources=[str(folder / "in.csv")], output=target, everything=everything), SCREENER)


def test_every_row_is_cleared_alerted_rejected_or_superseded(tmp_path: Path) -> None:
    rows = (CLEAR, HELD, REVIEWED, "{},,2023-13-05,TR,OOO Sever,RU,854231,")
    numbered = [row.format(f"A{i}") for i, row in enumerate(rows)]
    again = ["A9,1,2023-05-05,DE,Old Firm TOO,KZ,610910,", "A9,2,2023-05-05,DE,Old Firm TOO,KZ,610910,"]
    counts = screened(tmp_path, *numbered, *again).manifest["counts"]
    assert counts == {"rows": 6, "cleared": 2, "review": 1, "hold": 1, "rejected": 1, "superseded": 1}


def test_the_manifest_beside_the_output_is_the_one_of_the_report(tmp_path: Path) -> None:
    report = screened(tmp_path, HELD.format("A1"))
    beside = json.loads((tmp_path / "out.jsonl.manifest.json").read_text(encoding="utf-8"))
    assert beside == json.loads(json.dumps(report.manifest))
    assert set(beside["digests"]) == {"rules", "lists", "options", "code"}


def test_the_same_run_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [HELD.format("A1"), REVIEWED.format("A2"), CLEAR.format("A3")]
    names = ("out.jsonl", "out.jsonl.manifest.json", "out.jsonl.rejects.csv")
    screened(tmp_path, *rows, everything=True)
    first = [(tmp_path / name).read_bytes() for name in names]
    screened(tmp_path, *rows, everything=True)
    assert [(tmp_path / name).read_bytes() for name in names] == first


def test_only_alerts_are_written_unless_all_are_asked_for(tmp_path: Path) -> None:
    rows = [HELD.format("A1"), CLEAR.format("A2")]
    screened(tmp_path, *rows)
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    screened(tmp_path, *rows, everything=True)
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_the_gravest_alerts_are_kept_wherever_they_stand(tmp_path: Path) -> None:
    many = [REVIEWED.format(f"R{i}") for i in range(2 * KEPT_ALERTS + 5)]
    report = screened(tmp_path, *many, HELD.format("H1"))
    assert len(report.alerts) == KEPT_ALERTS
    assert [alert.shipment_id for alert in report.alerts[:3]] == ["H1", "R0", "R1"]


def test_nothing_is_left_of_a_run_that_fails(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        run(Options(sources=[str(tmp_path / "absent.csv")], output=str(tmp_path / "out.jsonl")), SCREENER)
    assert list(tmp_path.iterdir()) == []


def test_rejects_count_as_review(tmp_path: Path) -> None:
    report = screened(tmp_path, "A1,,2023-13-05,DE,Old Firm TOO,KZ,610910,")
    assert report.reaches("review")
    assert not report.reaches("hold")


def test_a_rule_whose_column_is_missing_is_told_once(tmp_path: Path) -> None:
    off = {rule.rule: rule for rule in screened(tmp_path, CLEAR.format("A1")).rules_off}
    assert off["PTY-008"].wholly
    assert "payer_country" in off["PTY-008"].missing


def test_a_listed_name_on_a_rejected_row_is_shown_in_its_reject(tmp_path: Path) -> None:
    screened(tmp_path, "A1,,2023-13-05,TR,Rosoboronexport,RU,854231,")
    assert "Rosoboronexport = " in (tmp_path / "out.jsonl.rejects.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("output", ["out.jsonl", "out.csv", "out.parquet"])
def test_a_file_whose_name_is_no_text_is_told_by_its_bytes(tmp_path: Path, output: str) -> None:
    source = os.fsdecode(os.fsencode(tmp_path) + b"/g\xfcmr\xfck.csv")
    Path(source).write_text("consignee_name,consignee_country\nA Firm,KZ\nB Firm,Narnia\n", encoding="utf-8")
    run(Options(sources=[source], output=str(tmp_path / output), everything=True), SCREENER)
    told = json.loads((tmp_path / f"{output}.manifest.json").read_text(encoding="utf-8"))
    assert told["input"][0]["file"].endswith(r"g\udcfcmr\udcfck.csv")
    assert r"g\udcfcmr\udcfck.csv,2," in (tmp_path / f"{output}.rejects.csv").read_text(encoding="utf-8")


def test_a_run_says_how_far_back_its_book_reaches_and_what_that_leaves_open(tmp_path: Path) -> None:
    pl.DataFrame(windows.lane()[:5]).write_csv(tmp_path / "book.csv")
    options = Options(sources=[str(tmp_path / "book.csv")], output=str(tmp_path / "out.jsonl"))
    report = run(options, Screener(windows.rules(), bundled=False))
    assert (report.begins, report.untold) == (date(2024, 1, 1), {"PAT-903": 5})
    told = json.loads((tmp_path / "out.jsonl.manifest.json").read_text())["over_time"]
    assert told == {"begins": "2024-01-01", "not_evaluated": {"PAT-903": 5}}


def test_a_rule_over_time_that_a_column_switches_off_is_told_once(tmp_path: Path) -> None:
    pl.DataFrame(windows.lane()).drop("consignee_name").write_csv(tmp_path / "book.csv")
    report = run(Options(sources=[str(tmp_path / "book.csv")]), Screener(windows.rules(), bundled=False))
    assert {rule.rule for rule in report.rules_off} == {"PAT-901", "PAT-903"} and report.untold == {}
