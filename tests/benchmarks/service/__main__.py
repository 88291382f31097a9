"""How many shipments a second the service screens and keeps, on this machine with everything on it.

    python -m tests.benchmarks.service --list FILE [--databases sqlite postgresql] [--workers 2] [--clients 8]
        [--seconds 20] [--of 500] [--rows 10000] [--parties 2000]
        [--new] [--only one|list]

For each database: single shipments and lists of them, a second, with the times that clients waited. Clients
and the database share the machine with the service, and the processor time of each stands beside.
`--list` is imported first. After a warm-up the parties of shipments are those of before, as a firm's trading
partners are; with `--new` every shipment brings firms of its own.

With `--kills` the service, and the database's server, are killed so many times at random moments under load,
and after each start the store must hold every answered request once.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count, islice
from pathlib import Path

from tests.benchmarks.service.clients import Load, load
from tests.benchmarks.service.kills import survived
from tests.benchmarks.service.machine import Service, database_server, listed, service
from tests.books import Row, mixed_book

KEY = "key of the benchmark"
_NAMES = ("exporter_name", "consignee_name", "notify_party_name", "end_user_name", "payer_name")


def main() -> None:
    """Runs the benchmark that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--list", action="append", default=[])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--of", type=int, default=500, help="shipments of a list")
    parser.add_argument("--rows", type=int, default=10_000, help="shipments before they come again")
    parser.add_argument("--parties", type=int, default=2_000)
    parser.add_argument("--new", action="store_true", help="every shipment brings firms of its own")
    parser.add_argument("--only", choices=["one", "list"])
    parser.add_argument("--kills", type=int, default=0)
    asked = parser.parse_args()
    rows = list(mixed_book(asked.rows, asked.parties, ("Rosoboronexport",)))
    with tempfile.TemporaryDirectory() as folder:
        listed(Path(folder) / "home", asked.list)
        for database in asked.databases:
            if not asked.kills:
                _serve_and_measure(database, Path(folder), rows, asked)
            elif survived(database, Path(folder) / "home", rows, asked.kills, asked.workers):
                raise SystemExit(1)


def _serve_and_measure(database: str, folder: Path, rows: list[Row], asked: argparse.Namespace) -> None:
    with ExitStack() as stack:
        url, process = stack.enter_context(_database(database, folder))
        running = stack.enter_context(service(folder / "home", url, asked.workers, KEY, process))
        _measure(database, running, rows, asked)


@contextmanager
def _database(name: str, folder: Path) -> Iterator[tuple[str, int | None]]:
    if name == "sqlite":
        yield f"sqlite:///{folder / 'store.sqlite'}", None
        return
    with database_server() as server:
        yield server.url, server.pid


def _measure(database: str, running: Service, rows: list[Row], asked: argparse.Namespace) -> None:
    # Each warm-up list goes to whichever worker is free, so some come twice.
    load(running.port, KEY, 2, _lists(_shipments(rows, False), asked.of), 1e9, 2 * len(rows) // asked.of)
    for what, of in (("one", 1), ("list", asked.of)):
        if asked.only in (None, what):
            bodies = _lists(_shipments(rows, asked.new), of)
            print(f"measuring {what}", file=sys.stderr, flush=True)
            before = running.used()
            told = load(running.port, KEY, asked.clients, bodies, asked.seconds)
            used = {name: spent - before.get(name, 0) for name, spent in running.used().items()}
            _print(f"{database}, lists of {of}" if of > 1 else f"{database}, one at a time", told, of, used)


_numbers = count()


def _shipments(rows: list[Row], new: bool) -> Iterator[Row]:
    """Shipments that were never posted before; of firms that were, unless new ones are asked for."""
    while True:
        for row in rows:
            number = next(_numbers)
            firms = {name: f"{row[name]} {number}" for name in _NAMES if new and row.get(name)}
            yield {**row, **firms, "shipment_id": f"{os.getpid()}-{number}"}


def _lists(shipments: Iterator[Row], of: int) -> Iterator[bytes]:
    while True:
        some = [{name: cell for name, cell in row.items() if cell} for row in islice(shipments, of)]
        yield json.dumps(some if of > 1 else some[0]).encode()


def _print(what: str, told: Load, of: int, used: dict[str, float]) -> None:
    rate = len(told.waits) * of / told.seconds
    print(f"{what}: {rate:,.0f} shipments a second; 50th {told.wait(50):.0f} ms, 99th {told.wait(99):.0f} ms")
    shares = ", ".join(f"{name} {1e3 * spent / (len(told.waits) * of):.2f}" for name, spent in used.items())
    print(f"    processor time of a shipment, ms: {shares}; answers {dict(told.statuses)}", flush=True)


if __name__ == "__main__":
    main()
