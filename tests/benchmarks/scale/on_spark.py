"""What screening on Spark costs: `python -m tests.benchmarks.scale.on_spark [ROWS]`.

First each task by itself, in one process: seconds of one core, and bytes that it sends on, when the names
of the parties are known; and what a name costs that is new. Then the same rows through Spark on this
machine with one core, which adds what Spark takes for moving them. At last what it comes to for a billion
rows: the figures of docs/spark.md.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl
import psutil

from screening import Screener
from screening.spark.job import screen
from tests.benchmarks.scale.world import world, write_world
from tests.spark.in_process import Cluster, numbered

PARTIES = 20_000
BILLION = 1_000_000_000
SENT_ON = ("identified", "told", "judged", "picked", "written")
"""The tasks whose rows go to other tasks, or are the result."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one task takes for a row."""

    task: str
    seconds: float
    sent: float


def costs(path: Path) -> tuple[list[Cost], float, float]:
    """The cost of each task, the seconds that a new name costs, and the share of alerts."""
    table = pl.read_csv(path, infer_schema=False)
    names = pl.concat(table[c].unique().alias("name") for c in table.columns if c.endswith("_name"))
    screener, rows, count = Screener(), numbered(table.to_arrow()), table.height
    new, known = Cluster(screener, rows), Cluster(screener, rows)
    new.screened()
    told = known.screened()
    found = [Cost(task, s / count, known.sent[task] / count) for task, s in known.seconds.items()]
    learnt = sum(new.seconds.values()) - sum(known.seconds.values())
    return found, learnt / names.n_unique(), 1 - told["record"].null_count() / told.height


def through_spark(path: Path, rows: int) -> dict[str, float]:
    """The seconds of one core that Java and the Python workers take for a row, once all is started."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[1]").config("spark.sql.shuffle.partitions", "4")
    session = builder.config("spark.ui.enabled", "false").config("spark.log.level", "ERROR").getOrCreate()
    taken = [_taken()]
    for _ in range(2):
        df = session.read.csv(str(path), header=True)
        screen(df).write.mode("overwrite").format("noop").save()
        session.catalog.clearCache()
        taken.append(_taken())
    session.stop()
    return {kind: (taken[2][kind] - taken[1][kind]) / rows for kind in taken[2]}


def _taken() -> dict[str, float]:
    """The seconds of the processor that this process's children have taken: Java, and Python's workers."""
    seconds = {"java": 0.0, "python": 0.0}
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        seconds["java" if "java" in child.name() else "python"] += times.user + times.system
    return seconds


def report(found: Sequence[Cost], name: float, spark: dict[str, float], alerts: float) -> str:
    """The costs of a row, and of a billion."""
    lines = [f"{'task':<12}{'s a million':>12}{'bytes a row':>13}{'core hours':>12}{'GB':>8}   for a billion"]
    for cost in found:
        sent = cost.sent if cost.task in SENT_ON else 0.0
        hours, volume = cost.seconds * BILLION / 3600, sent * BILLION / 1e9
        lines.append(f"{cost.task:<12}{cost.seconds * 1e6:>12.2f}{sent:>13.1f}{hours:>12.1f}{volume:>8.0f}")
    total = sum(cost.seconds for cost in found)
    lines.append(f"{'all tasks':<12}{total * 1e6:>12.2f}{'':>13}{total * BILLION / 3600:>12.1f}")
    for kind, taken in spark.items():
        lines.append(f"{f'spark: {kind}':<15}{taken * 1e6:>9.2f}{'':>13}{taken * BILLION / 3600:>12.1f}")
    new = f"a name that is new to a worker: {name * 1e6:.0f} microseconds"
    return "\n".join([*lines, new, f"alerts: {alerts:.2%} of the rows"])


def main(rows: int) -> None:
    """Measures so many rows, and prints what they cost."""
    with TemporaryDirectory() as folder:
        path = write_world(Path(folder) / "book.csv", world(PARTIES), rows)
        found, name, alerts = costs(path)
        spark = through_spark(path, rows)
    print(report(found, name, spark, alerts))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000)
