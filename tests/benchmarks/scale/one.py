"""One run of the benchmark in a process of its own; prints what it measured as a line of JSON.

    python -m tests.benchmarks.scale.one FILE [--no-windows] [--cold] [--workers N] [--list FILE] [--memory]

Seconds, after the yardstick: polars parsing the same file. Or memory: to look at it again and again takes
a tenth of a core, which a run of several workers has no use for.
"""

import argparse
import cProfile
import json
import os
import pstats
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import polars as pl

from screening.options import Options
from screening.passes.progress import Told
from screening.ruleset.loading import RuleSet, load_rules
from screening.ruleset.rule import CombineRule
from screening.run import run
from screening.screener import Screener
from tests.benchmarks.scale.memory import Gauge

REPEATED = 3
_MET = 300_000
_PARSE = """
import sys, time, polars
begun = time.perf_counter()
polars.read_csv(sys.argv[1], infer_schema=False)
print(time.perf_counter() - begun)
"""
_PARTIES = ("exporter_", "consignee_", "end_user_", "notify_party_", "freight_forwarder_", "carrier_")


def main() -> None:
    """Measures what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--no-windows", action="store_true")
    parser.add_argument("--cold", action="store_true", help="parties are not met before")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="where the time goes, before the last line")
    parser.add_argument("--memory", action="store_true", help="measure memory, not time")
    parser.add_argument("--rows", type=int, default=None, help="rows of a batch")
    parser.add_argument("--list", action="append", default=[])
    asked = parser.parse_args()
    yardstick = 0.0 if asked.memory else min(_parsed(asked.file) for _ in range(REPEATED))
    rules = without_windows(load_rules()) if asked.no_windows else load_rules()
    screener = Screener(rules=rules, watchlists=asked.list)
    if not asked.cold:
        _meet(screener, asked.file)
    gauge = Gauge()
    with tempfile.TemporaryDirectory() as folder, gauge if asked.memory else nullcontext():
        output = str(Path(folder) / "alerts.jsonl")
        options = Options(
            [asked.file], output, watchlists=asked.list, workers=asked.workers, batch_rows=asked.rows
        )
        stages, profile = _Stages(gauge), cProfile.Profile()
        with profile if asked.profile else nullcontext():
            report = run(options, screener, stages.told)
        told = stages.ended()
    if asked.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats("screening", 40)
    counts = report.counts
    print(
        json.dumps(
            {
                "rows": counts.rows,
                "alerts": counts.review + counts.hold,
                "parse": yardstick,
                "stages": told,
                "wall": stages.wall,
                "cpu": stages.cpu,
                "peak": max(gauge.peaks.values(), default=0.0),
                "peaks": {name: round(held) for name, held in gauge.peaks.items()},
            }
        )
    )


def without_windows(rules: RuleSet) -> RuleSet:
    """The match rules, and the combine rules that can be fulfilled without rules over time."""
    over_time = {rule.id for rule in rules.window_rules}
    kept = [rule for rule in rules.rules if rule.id not in over_time]
    told = (
        r for r in kept if not (isinstance(r, CombineRule) and over_time & {*r.when.positive, *r.when.unless})
    )
    return replace(rules, rules=tuple(told))


class _Stages:
    """Seconds of each stage, by the clock and by the processors, this process and its workers together."""

    def __init__(self, gauge: Gauge) -> None:
        self._gauge = gauge
        self._began = self._last = (time.perf_counter(), _cpu())
        self._spent: dict[str, float] = {}
        self.wall = self.cpu = 0.0

    def told(self, state: Told) -> None:
        """Takes the time since the last word for the stage that is told of."""
        self._gauge.stage, now = state.what, (time.perf_counter(), _cpu())
        self._spent[state.what] = self._spent.get(state.what, 0.0) + now[0] - self._last[0]
        self._last = now

    def ended(self) -> dict[str, float]:
        """Seconds of each stage; `joining` is what comes after the last word."""
        now = time.perf_counter(), _cpu()
        self._spent["joining"] = now[0] - self._last[0]
        self.wall, self.cpu = now[0] - self._began[0], now[1] - self._began[1]
        return {name: round(seconds, 3) for name, seconds in self._spent.items()}


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _parsed(file: str) -> float:
    """Seconds in which polars parses the file, in a process of its own, whose memory is not counted."""
    ended = subprocess.run([sys.executable, "-c", _PARSE, file], capture_output=True, text=True, check=True)
    return float(ended.stdout)


def _meet(screener: Screener, file: str) -> None:
    """Lets the screener meet every party, address and description of the file's first rows, each once."""
    cells = pl.scan_csv(file, infer_schema=False, n_rows=_MET)
    names = cells.collect_schema().names()
    roles = [[c for c in names if c.startswith(role)] for role in _PARTIES]
    groups = [columns for columns in (*roles, ["hs_code", "goods_description"]) if columns]
    distinct = [cells.select(columns).unique(maintain_order=True).collect() for columns in groups]
    screener.screen_table(pl.concat(distinct, how="horizontal_extend"))


if __name__ == "__main__":
    assert os.environ.get("POLARS_MAX_THREADS") == "1", "measured on one thread: POLARS_MAX_THREADS=1"
    main()
