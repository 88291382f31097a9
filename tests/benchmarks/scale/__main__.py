"""What millions of shipments cost, beside merely parsing the file, in one run.

    python -m tests.benchmarks.scale [--rows 10000 100000 1000000] [--parties 20000] [--many] [--skewed]
        [--no-windows] [--workers 1 2] [--list FILE] [--cold] [--profile] [--kills N]

For each size: seconds in which polars parses the file on one thread (the yardstick), seconds of each
stage, rows a second, the largest memory of all processes together, and the whole as a multiple of the
yardstick. Then how the cost grows with rows (the exponent), and for several numbers of workers what the
whole command takes, start and all. `--many` makes every fifth row's parties new ones. `--kills` kills a
run that often at random moments and compares what it ends with.
"""

import argparse
import json
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.benchmarks.scale.world import world, write_world

STAGES = ("reading", "meeting", "judging", "looking", "deciding", "resting", "writing", "joining")
_ENVIRONMENT = {**os.environ, "POLARS_MAX_THREADS": "1"}
_TURNS = 3
_ENDINGS = ("", ".manifest.json", ".rejects.csv")
Measured = dict[str, Any]


def main() -> None:
    """Runs the benchmark that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--parties", type=int, default=20_000)
    parser.add_argument("--many", action="store_true")
    parser.add_argument("--skewed", action="store_true")
    parser.add_argument("--no-windows", action="store_true")
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--workers", type=int, nargs="+", default=[1])
    parser.add_argument("--list", action="append", default=[])
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for workers in asked.workers:
            _print_heading(workers, asked)
            told = [_measured(asked, workers, rows, Path(folder)) for rows in asked.rows]
            _print_growth(told)
        if len(asked.workers) > 1:
            for rows in asked.rows:
                _compare(_file(asked, rows, Path(folder)), asked, rows)
        if asked.kills:
            _kill(asked, Path(folder))


def _measured(asked: argparse.Namespace, workers: int, rows: int, folder: Path) -> Measured:
    file = _file(asked, rows, folder)
    told = _one(file, asked, workers)
    told["peak"] = _one(file, asked, workers, "--memory")["peak"]
    stages = "".join(f"{told['stages'].get(name, 0.0):10.2f}" for name in STAGES)
    rate, multiple = told["rows"] / told["wall"], told["wall"] / told["parse"]
    print(
        f"{rows:>12,}{told['alerts']:>9,}{told['parse']:>9.2f}{stages}{told['wall']:>9.1f}"
        f"{rate:>10,.0f}{told['peak']:>9,.0f}{multiple:>8.1f}",
        flush=True,
    )
    return told


def _file(asked: argparse.Namespace, rows: int, folder: Path) -> Path:
    path = folder / f"{rows}.csv"
    parties = max(asked.parties, rows // 5) if asked.many else asked.parties
    return path if path.exists() else write_world(path, world(parties, asked.skewed), rows)


def _one(file: Path, asked: argparse.Namespace, workers: int, *more: str) -> Measured:
    words = [sys.executable, "-m", "tests.benchmarks.scale.one", str(file), "--workers", str(workers), *more]
    words += [flag for flag in ("--no-windows", "--cold") if getattr(asked, flag[2:].replace("-", "_"))]
    words += [word for name in asked.list for word in ("--list", name)]
    words += ["--profile"] if asked.profile else []
    ended = subprocess.run(words, env=_ENVIRONMENT, stdout=subprocess.PIPE, text=True, check=True)
    *profile, last = ended.stdout.splitlines()
    print("\n".join(profile), end="\n" if profile else "")
    told: Measured = json.loads(last)
    return told


def _print_heading(workers: int, asked: argparse.Namespace) -> None:
    kind = "skewed" if asked.skewed else "even"
    rules = "match and combine rules" if asked.no_windows else "all rules"
    print(
        f"\n{workers} worker{'s' * (workers > 1)}, {kind} book, {rules}; seconds by the clock, memory in MB"
    )
    stages = "".join(f"{name:>10}" for name in STAGES)
    print(f"{'rows':>12}{'alerts':>9}{'polars':>9}{stages}{'all':>9}{'rows/s':>10}{'memory':>9}{'x':>8}")


def _print_growth(told: list[Measured]) -> None:
    for one, other in pairwise(told):
        exponent = math.log(other["wall"] / one["wall"]) / math.log(other["rows"] / one["rows"])
        print(f"from {one['rows']:,} to {other['rows']:,} rows the cost grows as n^{exponent:.2f}")


def _compare(file: Path, asked: argparse.Namespace, rows: int) -> None:
    """The command as it is given, by turns for each number of workers: the machine is not always as fast."""
    seconds: dict[int, list[float]] = {workers: [] for workers in asked.workers}
    for _ in range(_TURNS):
        for workers, taken in seconds.items():
            words = ["screen", str(file), "--output", f"{file}.jsonl", "--workers", str(workers)]
            words += [word for name in asked.list for word in ("--watchlist", name)]
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "screening", *words],
                env=_ENVIRONMENT,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            taken.append(time.perf_counter() - begun)
    median = {workers: statistics.median(taken) for workers, taken in seconds.items()}
    print(f"\nthe whole command, {rows:,} rows, the median of {_TURNS} turns")
    for workers, wall in median.items():
        times = median[asked.workers[0]] / wall
        print(f"--workers {workers}: {wall:.1f} s, {rows / wall:,.0f} rows a second, {times:.2f} times")


def _kill(asked: argparse.Namespace, folder: Path) -> None:
    """Kills runs at random moments until that was done often enough; each must end as if nothing had been."""
    source, rng = _file(asked, asked.rows[0], folder), random.Random(5)
    whole, output, workers = folder / "undisturbed.jsonl", folder / "killed.jsonl", asked.workers[0]
    begun = time.perf_counter()
    assert _screened(source, whole, workers).wait() == 0
    lasts, kills, ends = time.perf_counter() - begun, 0, 0
    while kills < asked.kills:
        moments = (rng.uniform(0, lasts * 0.7) for _ in range(asked.kills - kills))
        kills += _killed(source, output, workers, moments)
        assert list(_outputs(output)) == list(_outputs(whole)), "a run that was gone on with differs"
        ends += 1
        print(f"killed {kills} times, ended {ends} times with the bytes of an undisturbed run", flush=True)
        for ending in _ENDINGS:
            Path(f"{output}{ending}").unlink()


def _killed(source: Path, output: Path, workers: int, moments: Iterator[float]) -> int:
    """Goes on with a run, killed at these moments after each start, to its end; how often it was killed."""
    kills = 0
    for kills, moment in enumerate(moments):
        running = _screened(source, output, workers)
        try:
            assert running.wait(moment) == 0
            return kills
        except subprocess.TimeoutExpired:
            running.send_signal(signal.SIGKILL)
            running.wait()
    assert _screened(source, output, workers).wait() == 0
    return kills + 1


def _screened(source: Path, output: Path, workers: int) -> "subprocess.Popen[bytes]":
    words = ["screen", str(source), "--output", str(output), "--batch-rows", "1000"]
    words += ["--workers", str(workers)]
    return subprocess.Popen([sys.executable, "-m", "screening", *words], stderr=subprocess.DEVNULL)


def _outputs(output: Path) -> Iterator[bytes]:
    return (Path(f"{output}{ending}").read_bytes() for ending in _ENDINGS)


if __name__ == "__main__":
    main()
