"""How long many rows take, and how much memory: each in a process of its own.

The table is made once: so many reporters, partners and codes by month, in Parquet as `flows load` keeps it.
"""

import multiprocessing
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl

MONTHS = 60
_ORIGINS = ("DE", "IT", "JP", "US", "KR", "NL", "PL", "FR", "GB", "ES", "SE", "FI", "CZ", "AT", "BE")
_HUBS = ("KZ", "KG", "AM", "GE", "AE", "TR", "UZ", "TJ", "AZ", "CN", "HK", "IN", "VN", "RS", "MD")
_COUNTRIES = (*_ORIGINS, *_HUBS, "RU", "BY")


def report(rows: int) -> None:
    """Print seconds, seconds of cores and peak memory of the three questions asked one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statistics.parquet"
        for work in (_made, _asked):
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
                for line in apart.submit(work, path, rows).result():
                    print(line)


def _made(path: Path, rows: int) -> list[str]:
    from screening.flows.table import SCHEMA

    chance = np.random.default_rng(7)
    lanes = rows // MONTHS
    pairs = [(a, b) for a in _COUNTRIES for b in _COUNTRIES if a != b]
    codes = [f"{chapter:02}{number:04}" for chapter in (2, 4, 8, 21, 84, 85, 90) for number in range(1, 120)]
    flows = ("export", "import")
    every = len(pairs) * len(codes) * 2
    at = np.sort(chance.choice(every, min(lanes, every), replace=False))
    lane = pl.DataFrame({"at": at, "level": chance.lognormal(11, 1.5, len(at))})
    lane = lane.with_columns(
        reporter=pl.lit(pl.Series([a for a, _ in pairs])).gather(pl.col("at") // (2 * len(codes))),
        partner=pl.lit(pl.Series([b for _, b in pairs])).gather(pl.col("at") // (2 * len(codes))),
        code=pl.lit(pl.Series(codes)).gather(pl.col("at") // 2 % len(codes)),
        flow=pl.lit(pl.Series(flows)).gather(pl.col("at") % 2),
    )
    months = pl.date_range(pl.date(2019, 1, 1), pl.date(2023, 12, 1), "1mo", eager=True).alias("period")
    table = lane.drop("at").join(months.to_frame(), how="cross")
    noise = pl.Series("noise", chance.lognormal(0, 0.4, table.height))
    table = table.with_columns(
        value=(pl.col("level") * noise * 100).cast(pl.Int64),
        weight_g=(pl.col("level") * noise * 20).cast(pl.Int64),
        months=pl.lit(1, dtype=pl.Int8),
        revision=pl.lit(""),
        currency=pl.lit("USD"),
        source=pl.lit("made"),
    )
    table.select(SCHEMA.names()).write_parquet(path)
    return [f"{table.height:,} rows made"]


def _asked(path: Path, rows: int) -> list[str]:
    from screening.flows.corridor import Search, corridors
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.flows.keeping import read_kept
    from screening.flows.mirror import mirror_gaps
    from screening.flows.surge import surges
    from screening.flows.table import Source, Statistics

    lines: list[str] = []

    def lap(name: str, since: float) -> float:
        now, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 2**20
        lines.append(f"{name}: {now - since:.1f} s; by now {cpu:.1f} s of cores, {memory:.2f} GB at most")
        return now

    begun = at = time.perf_counter()
    table = read_kept(path)
    statistics = Statistics(table, (Source("made", "own", "", table.height),))
    del table
    at = lap(f"read {statistics.rows.height:,} rows", at)
    figures = Figures.of(statistics, goods_named("each"))
    at = lap("figures", at)
    found = mirror_gaps(figures)
    at = lap(f"gaps of {found.height:,}", at)
    found = surges(figures)
    at = lap(f"surges of {found.height:,}", at)
    found = corridors(figures, Search(frozenset(_ORIGINS), frozenset(_HUBS)))
    lap(f"corridors of {found.height:,}", at)
    lines.append(f"together {time.perf_counter() - begun:.1f} s")
    return lines
