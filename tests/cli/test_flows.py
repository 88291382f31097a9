"""`screening flows`: load, ask, explain, and keep what was found."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from screening.cli import app
from tests.flows.accounts import EU_KG, by_month, table, yearly

MONTHS = (60, 24)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))


def flows(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["flows", *map(str, arguments)])


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    return table(tmp_path, [(*line, "USD") for line in yearly("DE", "KG", EU_KG)])


@pytest.fixture
def diverted(tmp_path: Path) -> Path:
    lanes = {("DE", "RU"): (20, 2), ("DE", "KZ"): (1, 7), ("KZ", "RU"): (0.5, 6.5)}
    lines = []
    for (sender, receiver), (before, after) in lanes.items():
        months = [before / 12 * 1e6] * MONTHS[0] + [after / 12 * 1e6] * MONTHS[1]
        lines += by_month(sender, receiver, "export", "854231", months)
    return table(tmp_path, [(*line, "USD") for line in lines])


def test_what_is_loaded_is_asked(accounts: Path) -> None:
    assert "figures, 2019-01 to 2023-01" in flows("load", accounts).output
    assert "67 %" in flows("gap", "--importer", "KG", "--year", "2023").output


def test_what_is_forgotten_is_not(accounts: Path) -> None:
    flows("load", accounts)
    assert "table.csv" in flows("list").output
    assert flows("forget", "table.csv").exit_code == 0
    assert "no statistics are loaded yet" in flows("gap").output


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_whole_table_is_written(accounts: Path, tmp_path: Path, ending: str) -> None:
    assert flows("gap", "--from", accounts, "--output", tmp_path / f"gaps.{ending}").exit_code == 0
    assert (tmp_path / f"gaps.{ending}").stat().st_size > 0


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    lines = [
        (2023, "DE", "KG", "export", "=CMD()", 5e6, "USD"),
        (2023, "KG", "DE", "import", "=CMD()", 1, "USD"),
    ]
    path = table(tmp_path, lines)
    assert (
        flows("gap", "--from", path, "--goods", "each", "--all", "--output", tmp_path / "g.csv").exit_code
        == 0
    )
    assert ",=CMD" not in (tmp_path / "g.csv").read_text()


def test_goods_that_are_none_are_refused(accounts: Path) -> None:
    assert "names no goods" in flows("gap", "--goods", "chips", "--from", accounts).output


def test_a_surge_is_shown_with_its_month(diverted: Path) -> None:
    printed = flows("surge", "--from", diverted).output
    assert "7.0x" in printed and "2022-01" in printed


def test_a_corridor_is_found_explained_and_watched(diverted: Path, tmp_path: Path) -> None:
    listed = tmp_path / "lanes.csv"
    assert "Kazakhstan" in flows("corridors", "--from", diverted, "--list", listed).output
    assert "rerouted: 6.0 m" in flows("explain", "DE", "KZ", "--goods", "854231", "--from", diverted).output
    assert "2 corridors kept" in flows("watch", listed).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gap",), "no statistics are loaded yet"),
        (("load", "gone.csv"), "no such file"),
        (("forget", "gone"), "no statistics of that name"),
        (("watch", "gone.csv"), "no such file"),
        (("gap", "--output", "gaps.xlsx"), "is no output format"),
    ],
)
def test_a_fault_is_one_line(arguments: tuple[str, ...], told: str) -> None:
    result = flows(*arguments)
    assert result.exit_code == 2
    assert told in result.output and result.output.count("\n") == 1
