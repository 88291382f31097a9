"""What one shipment costs in a process that is warm: texts never met before, and the same ones again.

    python -m tests.benchmarks.scale.latency [--shipments 500] [--list FILE ...] [--profile]

Milliseconds by the clock and by the processors, the median and the 99th of a hundred, beside what polars
needs for one select of 60 expressions on one row: the yardstick of a machine that others use too.
"""

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import polars as pl

from screening.screener import Screener
from screening.shipment import Shipment
from tests.benchmarks.scale.world import world, write_world

_WARM = 20
_PARTIES_EACH = 8
"""So many parties a shipment that hardly any comes twice."""


def main() -> None:
    """Measures what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shipments", type=int, default=500)
    parser.add_argument("--list", action="append", default=[])
    parser.add_argument("--profile", action="store_true", help="where the time of new texts goes")
    asked = parser.parse_args()
    screener, shipments = Screener(watchlists=asked.list), _shipments(asked.shipments + _WARM)
    for shipment in shipments[:_WARM]:
        screener.screen(shipment)
    profile = cProfile.Profile()
    print(f"{'milliseconds':24}{'median':>8}{'99th':>8}{'cpu':>8}{'99th':>8}")
    with profile if asked.profile else nullcontext():
        _told("new texts", screener.screen, shipments[_WARM:])
    _told("texts met before", screener.screen, shipments[_WARM:])
    _told("60 expressions, one row", _yardstick(), range(asked.shipments))
    if asked.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(80)


def _shipments(count: int) -> list[Shipment]:
    """Different shipments, each with parties, addresses and a description of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_world(Path(folder) / "book.csv", world(count * _PARTIES_EACH), count)
        rows = pl.read_csv(file, infer_schema=False).rows(named=True)
    for at, row in enumerate(rows):
        row["goods_description"] += f", type {at}-{row['hs_code'][:4]}"
    return [Shipment(**{name: cell for name, cell in row.items() if cell}) for row in rows]


def _yardstick() -> Callable[[int], pl.DataFrame]:
    row = pl.DataFrame({f"field{at}": [float(at)] for at in range(60)})
    asked = [(pl.col(name) > 30).alias(name) for name in row.columns]
    return lambda _: row.select(asked)


def _told(what: str, ask: Callable[[Any], object], items: Iterable[Any]) -> None:
    clock, cpu = [], []
    for item in items:
        begun = time.perf_counter(), time.process_time()
        ask(item)
        clock.append((time.perf_counter() - begun[0]) * 1e3)
        cpu.append((time.process_time() - begun[1]) * 1e3)
    print(f"{what:24}{_of(clock)}{_of(cpu)}", flush=True)


def _of(spent: list[float]) -> str:
    return f"{statistics.median(spent):8.2f}{sorted(spent)[len(spent) * 99 // 100]:8.2f}"


if __name__ == "__main__":
    main()
