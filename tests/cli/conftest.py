"""What the tests of the command line share: a command in this process, and a home of its own."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from screening.cli import app
from screening.resources import bundled

Run = Callable[..., Result]
DEMO = bundled("demo") / "shipments.csv"
STORE = "sqlite:///store.db"
"""A store in the folder of the test."""


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder without imported lists, and a screen that is wide and without colour."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENING_HOME", str(folder))
        patch.setenv("COLUMNS", "200")
        patch.setenv("NO_COLOR", "1")
        yield folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder; the result has exit_code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str | Path, given: str | None = None) -> Result:
        return CliRunner().invoke(app, [str(word) for word in words], input=given)

    return command


@pytest.fixture(scope="session")
def alerts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The alerts of the bundled example file."""
    path = tmp_path_factory.mktemp("alerts") / "alerts.jsonl"
    result = CliRunner().invoke(app, ["screen", str(DEMO), "--all", "--output", str(path)])
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture
def alert(run: Run) -> int:
    """An alert in a store of the current folder."""
    from screening.service.app import create_app
    from screening.service.settings import Settings

    settings = Settings.read({}, database=STORE, bootstrap_key="a key of tests")
    shipment = {"shipment_id": "S1", "shipment_date": "2026-11-02", "consignee_name": "JSC Rosoboronexport"}
    with TestClient(create_app(settings), headers={"Authorization": "Bearer a key of tests"}) as client:
        return int(client.post("/screen", json=shipment).json()["alert"])


def table(*rows: dict[str, str]) -> str:
    """The rows as a CSV file with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
