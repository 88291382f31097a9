"""The published shape of an alert record fits the records."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_schema_names_every_key_of_a_record(run: Run, alerts: Path) -> None:
    schema = json.loads(run("schema").stdout)
    for line in alerts.read_text("utf-8").splitlines():
        record = json.loads(line)
        assert record.keys() <= schema["properties"].keys()
        assert set(schema["required"]) <= record.keys()
