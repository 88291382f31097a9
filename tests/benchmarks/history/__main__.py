"""How long a day takes with a long history behind it.

    python -m tests.benchmarks.history [--shipments N] [--parties N] [--day N] [--folder DIR]

Builds the history (kept in the folder, and used again), screens a day with the bundled rules and rules
over time of every kind, and prints what each step took.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screening import Screener
from screening.history.asked import Asked
from screening.history.history import History
from screening.io.book import bound
from screening.ruleset.loading import RuleSet, load_rules
from screening.ruleset.windows import WindowRule
from screening.run import Options, run
from screening.timeline import Earlier
from tests.benchmarks.history.world import DAYS, Trade
from tests.history.books import change_rule, count_rule, shift_rule

A_RUN = 100_000
RULES: tuple[WindowRule, ...] = (
    count_rule(
        "PAT-901",
        group_by=["consignee.key"],
        within="365d",
        count={"distinct": "exporter.key", "at_least": 40},
    ),
    count_rule(
        "PAT-902", group_by=["document.invoice_number"], within="90d", count={"rows": True, "at_least": 4}
    ),
    change_rule("PAT-903", window="90d", baseline="365d"),
    shift_rule("PAT-904", group_by=["exporter.key", "goods.hs6"], within="180d", persists="365d"),
)


def screener() -> Screener:
    """The bundled rules, with those of this benchmark."""
    bundled = load_rules(None)
    rules = (*bundled.rules, *RULES)
    return Screener(RuleSet(rules, bundled.policy, bundled.red_flags, bundled.sources, bundled.digest))


def timed(told: str, work: Callable[[], Any]) -> Any:
    """What the work gives; prints how long it took."""
    begun, worked = time.perf_counter(), time.process_time()
    result = work()
    taken, cpu = time.perf_counter() - begun, time.process_time() - worked
    print(f"{told:50} {taken:8.2f} s {cpu:8.2f} s of processors", flush=True)
    return result


def build(place: Path, trade: Trade, shipments: int, one: Screener) -> None:
    """A history of so many shipments."""
    asked = Asked.by(one.ruleset.window_rules)
    for batch in trade.batches(shipments, A_RUN, DAYS):
        with History(place) as history, history.turn(asked, one.lists) as turn:
            turn.post(turn.look_back(bound([batch])), "benchmark")


def measure(place: Path, day: Path, one: Screener) -> None:
    """Prints what the steps of a day take, and then the day as a whole."""
    from screening.io.book import read_book

    book = timed("reading the day", lambda: read_book([str(day)]))
    asked = Asked.by(one.ruleset.window_rules)
    with History(place) as history, history.turn(asked, one.lists) as turn:
        past = timed("looking back", lambda: turn.look_back(book))
        print(f"  {past.rows.height:,} earlier shipments of {past.told['shipments']:,}")
        earlier = Earlier(past.rows, past.begins)
        timed("the day on its timeline", lambda: one.timeline(book, earlier))
    output = str(day.with_suffix(".jsonl"))
    options = Options([str(day)], output=output, history=str(place))
    timed("the day as a whole, and its rows added", lambda: run(options, one))
    timed("the same day again", lambda: run(options, one))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    print(f"history of {place.stat().st_size / 1e6:,.0f} MB")


def main() -> None:
    """Builds, and measures."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--shipments", type=int, default=5_000_000)
    asked.add_argument("--parties", type=int, default=200_000)
    asked.add_argument("--day", type=int, default=10_000)
    asked.add_argument("--folder", type=Path)
    told = asked.parse_args()
    folder = told.folder or Path(tempfile.mkdtemp())
    place, day = folder / "history.db", folder / "day.csv"
    one = timed("loading rules and lists", screener)
    trade = Trade(told.parties)
    if not place.exists():
        timed(f"building a history of {told.shipments:,}", lambda: build(place, trade, told.shipments, one))
    trade.batch(f"today{time.time_ns()}", told.day, DAYS, 1).cells.write_csv(day)
    measure(place, day, one)


if __name__ == "__main__":
    main()
