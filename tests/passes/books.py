"""Books with all that passes must get right: patterns over time, revisions, twins, unreadable rows."""

from functools import cache
from pathlib import Path

import polars as pl

from screening.options import Options
from screening.run import Report, run
from screening.screener import Screener
from tests.worlds.world import world

ENDINGS = ("", ".manifest.json", ".rejects.csv")


@cache
def screener() -> Screener:
    """The bundled rules and lists."""
    return Screener()


@cache
def book(rows: int = 1_500) -> pl.DataFrame:
    """A made world with amendments, repeated rows, and rows that can't be read, far from one another."""
    made = world("fit", 5, rows).book.cast(pl.String).fill_null("")
    amended = made[::40].with_columns(revision=pl.lit("7"), end_user_name=pl.lit("Somebody Else LLC"))
    wrong = made[::90].with_columns(
        shipment_date=pl.lit("31 February"), shipment_id=pl.lit("W") + pl.col("shipment_id")
    )
    return pl.concat([made, amended, wrong, made[5::70]])


def write(path: Path, rows: int = 1_500) -> Path:
    """The book as a CSV file."""
    book(rows).write_csv(path)
    return path


def screened(source: Path, output: Path, **asked: object) -> Report:
    """The report of a run by the bundled rules and lists."""
    return run(Options(sources=[str(source)], output=str(output), **asked), screener())  # type: ignore[arg-type]


def outputs(output: Path) -> list[bytes]:
    """The bytes of all that a run writes."""
    return [Path(f"{output}{ending}").read_bytes() for ending in ENDINGS]
