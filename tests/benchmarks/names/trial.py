"""One matcher measured in a process of its own, so that its time is cold and its peak memory its own.

`python -m tests.benchmarks.names.trial MATCHER FOLDER` reads `names.txt`, `queries.txt` and `singles.txt`
there, and leaves the answers and the figures beside them.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from tests.benchmarks.names.matchers import Matcher, matcher

LIMIT = 5
_ANSWERS, _FIGURES = "answers.parquet", "figures.json"


@dataclass(frozen=True, slots=True)
class Trial:
    """What one matcher answered, and its figures: seconds, milliseconds, megabytes by name."""

    answers: pl.DataFrame
    figures: dict[str, float]


def tried(
    name: str, folder: Path, names: Sequence[str], queries: Sequence[str], singles: Sequence[str]
) -> Trial:
    """The trial of a matcher on these names. CalledProcessError when it fails; it has said why."""
    for stem, lines in (("names", names), ("queries", queries), ("singles", singles)):
        text = "".join(" ".join(line.splitlines()) + "\n" for line in lines)
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "tests.benchmarks.names.trial", name, str(folder)]
    # What one trial puts into the cache the next may look for, and nobody else's cache is touched.
    subprocess.run(command, check=True, env={**os.environ, "SCREENING_HOME": str(folder)})
    figures = json.loads((folder / _FIGURES).read_text(encoding="utf-8"))
    return Trial(pl.read_parquet(folder / _ANSWERS), figures)


def main(name: str, folder: Path) -> None:
    """Measure the matcher of this name on what stands in the folder."""
    names, queries, singles = (_lines(folder / f"{stem}.txt") for stem in ("names", "queries", "singles"))
    figures: dict[str, float] = {}
    asked = matcher(name)
    figures["MB before"] = peak_megabytes()
    with _seconds(figures, "build s"):
        asked.build(names)
    figures["MB built"] = peak_megabytes()
    with _seconds(figures, "match s"):
        found = asked.match(queries, LIMIT)
    figures |= asked.facts() | {"MB": peak_megabytes(), "asked": float(len(queries))}
    taken = [_one(asked, single) for single in singles]
    if taken:
        figures |= {"one ms": float(np.median(taken)), "one 99th ms": float(np.quantile(taken, 0.99))}
    asked.keep()
    found.write_parquet(folder / _ANSWERS)
    (folder / _FIGURES).write_text(json.dumps(figures), encoding="utf-8")


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status")
    # The kernel's `maxrss` begins with what the parent held when it made this process.
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _lines(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="\n") as lines:
        return [line.removesuffix("\n") for line in lines]


def _one(asked: Matcher, single: str) -> float:
    start = time.perf_counter()
    asked.match([single], LIMIT)
    return 1000 * (time.perf_counter() - start)


@contextmanager
def _seconds(figures: dict[str, float], name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - start


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
