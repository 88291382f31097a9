"""Posts shipments for ever, and says after each post which one is answered: to be killed at any moment."""

import itertools
import sys

from screening.store.database import Database
from tests.store.records import post, screened

if __name__ == "__main__":
    with Database.open(sys.argv[1]) as database:
        for number in itertools.count():
            post(database, *(screened(f"S{number}-{part}", "GDS-011") for part in range(5)))
            print(number, flush=True)
