"""What a run leaves in the history: its new rows, what they replace, and the record of its outputs."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

import polars as pl
from sqlalchemy import Connection, select

from screening.history.asked import Asked
from screening.history.blocks import CORE
from screening.history.parts import Parts
from screening.history.past import Past
from screening.history.reading import SAME
from screening.history.renames import Written
from screening.history.schema import REPLACED, RUNS


@dataclass(frozen=True, slots=True)
class Posted:
    """What a run did to the history."""

    run: int
    added: int
    replaced: int
    """Rows that are replaced since."""
    pruned: int = 0
    """Rows that were let go."""
    held_back: int = 0
    """Rows that were to be let go, and were not, being more than half of all."""


def post(
    connection: Connection, parts: Parts, past: Past, asked: Asked, run: str, outputs: Sequence[Written]
) -> Posted:
    """Adds what is new in the book; nothing where nothing is."""
    new = past.own.filter("new")
    if new.is_empty():
        return Posted(past.run, 0, 0)
    core = new.with_columns(pl.lit(past.run, pl.Int64).alias("posted")).select(list(CORE))
    parts.add(core, _cells(past, asked.columns))
    gone = _replaced(connection, past, new)
    if gone.height:
        rows = gone.with_columns(pl.lit(past.run).alias("run")).to_dicts()
        connection.execute(REPLACED.insert(), rows)
    connection.execute(RUNS.insert(), _record(connection, past, core, new, run, outputs))
    return Posted(past.run, core.height, gone.height)


def _cells(past: Past, columns: Sequence[str]) -> pl.DataFrame:
    """The columns to keep of the new rows, in their order."""
    kept = set(columns)
    typed = [batch.typed.select(name for name in batch.typed.columns if name in kept) for batch in past.given]
    return pl.concat(typed, how="diagonal").filter(past.own["new"])


def _replaced(connection: Connection, past: Past, new: pl.DataFrame) -> pl.DataFrame:
    """The rows that a higher revision replaces from this run on: `line`, `revision`, `day`."""
    highest = new.group_by("line").agg(pl.col("revision").max().alias("highest"))
    before = past.met.join(highest, on="line").filter(pl.col("revision") < pl.col("highest"))
    rows = connection.execute(select(REPLACED.c.line, REPLACED.c.revision)).fetchall()
    already = pl.DataFrame(rows, schema=dict.fromkeys(SAME, pl.Int64), orient="row")
    own = new.filter(~pl.col("standing"))
    whole = pl.concat([before.select(*SAME, "day"), own.select(*SAME, "day")]).unique(SAME)
    return whole.join(already, on=SAME, how="anti")


def _record(
    connection: Connection,
    past: Past,
    core: pl.DataFrame,
    new: pl.DataFrame,
    run: str,
    outputs: Sequence[Written],
) -> dict[str, object]:
    last = connection.execute(select(RUNS).order_by(RUNS.c.number.desc()).limit(1)).first()
    days = new.filter("standing")["day"]
    return {
        "number": past.run,
        "run": run,
        "added": core.height,
        "begins": _least(last.begins if last else None, days.min()),
        "newest": _most(last.newest if last else None, core["day"].max()),
        "digest": _digest(last.digest if last else "", core),
        "outputs": json.dumps([asdict(output) for output in outputs]),
    }


def _digest(before: str, core: pl.DataFrame) -> str:
    """A digest of all that the runs posted, whatever the order of their rows."""
    rows = core.select("line", "revision", "said").sort("line", "revision")
    total = sha256(before.encode())
    for column in rows.get_columns():
        total.update(column.to_numpy().tobytes())
    return total.hexdigest()


def _least(*days: object) -> date | None:
    return min((day for day in days if isinstance(day, date)), default=None)


def _most(*days: object) -> date | None:
    return max((day for day in days if isinstance(day, date)), default=None)
