"""How long the main job takes, and where the time goes, on a book generated for it.

    python -m tests.benchmarks.pipeline [--list FILE] [--rows 20000] [--parties 12000]

Prints seconds of each stage, the peak memory of the process, and the time of merely parsing the same
file with polars as the yardstick. `--list` names an official list to match against; without it the
parties are matched against the bundled firms.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from screening.io.book import read_book
from screening.run import Options, prepare, run
from tests.books import mixed_book, write_book

_LISTED = ("Rosoboronexport", "АО Рособоронэкспорт", "Azu International Ltd Sti")


def main() -> None:
    """Runs the benchmark that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--list", action="append", default=[])
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--parties", type=int, default=12_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        book = write_book(Path(folder) / "book.csv", mixed_book(arguments.rows, arguments.parties, _LISTED))
        measure(book, arguments.list, Path(folder))


def measure(book: Path, lists: list[str], folder: Path) -> None:
    """Prints a line for each stage of screening the book."""
    with _stage("parse with polars (yardstick)"):
        frame = pl.read_csv(book, infer_schema=False)
    names = pl.concat([frame[c].rename("n") for c in frame.columns if c.endswith("_name")])
    print(f"rows {frame.height:,}, distinct party names {names.n_unique():,}")
    options = Options(sources=[str(book)], watchlists=lists, output=str(folder / "out.jsonl"))
    with _stage("read and type"):
        read_book(options.sources)
    with _stage("load rules and lists"):
        screener = prepare(options)
        entries = len(screener.parties)
    with _stage(f"index the names of {entries:,} entries"):
        screener.match("nobody at all")
    with _stage("read, match, screen and write"):
        run(options, screener)
    with _stage("the same again, every party known"):
        report = run(options, screener)
    print(report.counts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory':<45}{peak:8.0f} MB")


@contextmanager
def _stage(name: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{name:<45}{time.perf_counter() - start:8.2f} s")


if __name__ == "__main__":
    main()
