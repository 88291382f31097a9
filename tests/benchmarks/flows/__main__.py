"""`python -m tests.benchmarks.flows [--real FOLDER] [--simulated SEED...] [--rows N]`."""

import argparse
from pathlib import Path

from tests.benchmarks.flows import large, real, simulated


def main() -> None:
    """Print what is asked for; the simulation, where nothing is."""
    parser = argparse.ArgumentParser(description="Gaps, surges and corridors, measured.")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="a folder with real statistics")
    parser.add_argument("--simulated", type=int, nargs="+", metavar="SEED", help="worlds of simulated trade")
    parser.add_argument("--rows", type=int, metavar="N", help="time a table of so many rows")
    asked = parser.parse_args()
    if asked.real:
        real.report(asked.real)
    if asked.rows:
        large.report(asked.rows)
    if asked.simulated or not (asked.real or asked.rows):
        simulated.report(asked.simulated or [31, 32, 33])


if __name__ == "__main__":
    main()
