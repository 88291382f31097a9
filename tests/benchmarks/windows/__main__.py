"""How long rules over time take, and how that grows, on even groups and on a book with one giant party.

    python -m tests.benchmarks.windows [--sizes 10000 100000 1000000] [--parties 5] [--slowest]

Prints seconds, seconds of a core (which other work on the machine hardly lengthens), rows a second,
peak memory, and the exponent of growth from the smallest book to the largest. The rules are the bundled
ones over time and two dozen typical ones; there is a party for every five rows (`--parties`).
`--slowest` tells the time of each rule on the largest book.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

from screening.engine.windows import WindowPlan
from screening.ruleset.loading import load_rules
from screening.ruleset.windows import WindowRule
from screening.watchlists.lists import ListCatalogue
from tests.benchmarks.names.measures import exponent
from tests.benchmarks.windows.trade import trade
from tests.benchmarks.windows.typical import typical_rules

SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    """Prints a line for each book, or measures the one book that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--parties", type=int, default=5, help="rows for each party")
    parser.add_argument("--slowest", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--skewed", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(rules(), options.one, options.one // options.parties, options.skewed)))
        return
    print(f"{len(rules())} rules over time")
    for skewed in (False, True):
        tell("one giant party" if skewed else "even groups", options.sizes, options.parties, skewed)
    if options.slowest:
        tell_rules(max(options.sizes), options.parties)


def rules() -> list[WindowRule]:
    """The bundled rules over time, then the typical ones."""
    return [*load_rules().window_rules, *typical_rules()]


def tell(title: str, sizes: Sequence[int], per_party: int, skewed: bool) -> None:
    """Prints what books of these sizes take, each in a process of its own."""
    print(f"\n{title:<20}{'seconds':>10}{'of a core':>12}{'rows/s':>12}{'peak MB':>10}{'found':>12}")
    cores = []
    for size in sizes:
        asked = ["--one", str(size), "--parties", str(per_party), *(["--skewed"] if skewed else [])]
        command = [sys.executable, "-m", "tests.benchmarks.windows", *asked]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        cores.append(told["cores"])
        taken = f"{told['seconds']:>10.2f}{told['cores']:>12.2f}{size / told['seconds']:>12,.0f}"
        print(f"{size:<20,}{taken}{told['peak']:>10.0f}{told['found']:>12,}", flush=True)
    if len(sizes) > 1:
        power = exponent((sizes[0], sizes[-1]), (cores[0], cores[-1]))
        print(f"time of a core grows with the number of rows to the power {power:.2f}")


def measured(of: Sequence[WindowRule], rows: int, parties: int, skewed: bool) -> dict[str, float]:
    """Seconds, seconds of a core, peak memory in MB (the book's own included), findings of one book."""
    plan = WindowPlan(of, ListCatalogue.load())
    book = trade(rows, parties, plan.fields, skewed)
    start, busy = time.perf_counter(), time.process_time()
    truths = plan.evaluate(book)
    seconds, cores = time.perf_counter() - start, time.process_time() - busy
    found = sum(int(column.sum()) for column in truths.rules.iter_columns())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cores": cores, "peak": peak, "found": found}


def tell_rules(rows: int, per_party: int) -> None:
    """Prints the seconds of each rule by itself on a book with a giant party, the slowest first."""
    taken = [(measured([rule], rows, rows // per_party, skewed=True), rule) for rule in rules()]
    print(f"\neach rule by itself, one giant party, {rows:,} rows")
    for told, rule in sorted(taken, key=lambda pair: -pair[0]["seconds"]):
        print(f"{rule.id} {rule.kind:<10}{told['seconds']:>8.2f} s{told['found']:>12,}")


if __name__ == "__main__":
    main()
