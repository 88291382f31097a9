"""How many planted patterns the rules find in a made-up world of trade, and how much honest trade they flag.

    python -m tests.benchmarks.patterns [--world fit] [--seed 1] [--rows 60000]
        [--missed PATTERN] [--alarms FAMILY] [--write FILE] [--rules DIR]

Prints, by pattern and by family of look-alikes, what was found, flagged and held; what each rule adds;
and whether the lines that must hold do. `--world held_out` has other names, words and amounts than `fit`.
`--missed` and `--alarms` list the rules behind one family; `--write` keeps the book as a CSV file.
Exit status 1 when a line does not hold.
"""

import argparse
import sys
from pathlib import Path

from screening.screener import Screener
from tests.benchmarks.patterns.goals import goals
from tests.benchmarks.patterns.measure import measure, rates
from tests.benchmarks.patterns.report import false_alarms, missed, report
from tests.worlds.stock import WORLDS
from tests.worlds.world import FULL, world


def main() -> int:
    """Runs the measurement that the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--world", choices=WORLDS, default="fit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=FULL)
    parser.add_argument("--missed", action="append", default=[])
    parser.add_argument("--alarms", action="append", default=[])
    parser.add_argument("--write", type=Path)
    parser.add_argument("--rules")
    asked = parser.parse_args()
    made = world(asked.world, asked.seed, asked.rows)
    if asked.write:
        made.write(asked.write)
    measured = measure(made, Screener(rules=asked.rules, rates=rates()))
    print(f"world {asked.world}, seed {asked.seed}")
    for line in report(measured):
        print(line)
    for family in asked.missed:
        print(f"\nMissed: {family}", *missed(measured, family), sep="\n")
    for family in asked.alarms:
        print(f"\nAlarms: {family}", *false_alarms(measured, family), sep="\n")
    return 0 if all(goal.holds for goal in goals(measured)) else 1


if __name__ == "__main__":
    sys.exit(main())
