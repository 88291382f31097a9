"""Day by day with a history gives what one run over all days gives, and the same file the same bytes."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.history.books import Row, csv_file
from tests.history.runs import screened_to

DAYS = tuple(f"2024-{month:02}-{day:02}" for month in (1, 2) for day in (1, 3, 8, 20))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "shipment_date": st.sampled_from((*DAYS, "")),
            "exporter_name": st.sampled_from(("Alpha GmbH", "ALPHA", "Beta AG", "")),
            "exporter_country": st.sampled_from(("DE", "KG", "")),
            "consignee_name": st.sampled_from(("Altyn LLC", "ТОО Алтын", "Dala", "")),
            "consignee_country": st.sampled_from(("KG", "RU", "KZ", "")),
            "hs_code": st.sampled_from(("854231", "610910", "")),
            "net_weight_kg": st.sampled_from(("1", "2.5", "10", "")),
        }
    ),
    min_size=1,
    max_size=24,
)


def screened(folder: Path, name: str, rows: Sequence[Row], history: str | None) -> Path:
    source, output = csv_file(folder, f"{name}.csv", rows), folder / f"{name}.jsonl"
    screened_to(source, output, history)
    return output


def found(*outputs: Path) -> dict[str, Any]:
    """What each shipment came to: all that its record says of it, but for its place in the file."""
    records = [json.loads(line) for output in outputs for line in output.read_text("utf-8").splitlines()]
    return {record["shipment_id"]: record | {"row": 0, "file": ""} for record in records}


def by_day(rows: Sequence[Row]) -> dict[str, list[Row]]:
    days: dict[str, list[Row]] = {}
    for one in sorted(rows, key=lambda one: one["shipment_date"]):
        days.setdefault(one["shipment_date"], []).append(one)
    return days


@given(ROWS)
@settings(max_examples=30)
def test_day_by_day_gives_what_one_run_gives_and_the_same_file_the_same_bytes(drawn: list[Row]) -> None:
    rows = [{**one, "shipment_id": f"S{number:02}"} for number, one in enumerate(drawn)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        whole = screened(folder, "whole", rows, None)
        place = str(folder / "h.db")
        days = [screened(folder, f"d{day}", own, place) for day, own in by_day(rows).items()]
        assert found(*days) == found(whole)
        files = [Path(f"{day}{more}") for day in days for more in ("", ".manifest.json", ".rejects.csv")]
        first = [file.read_bytes() for file in files]
        for day, own in reversed(by_day(rows).items()):
            screened(folder, f"d{day}", own, place)
        assert [file.read_bytes() for file in files] == first
