"""A long history of made-up trade, made as columns: many parties, steady lanes, and one giant buyer."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from screening.io.batch import Batch, rejects_frame

FIRST = date(2019, 6, 1)
DAYS = 1_800
COUNTRIES = ("DE", "TR", "CN", "KZ", "KG", "AE", "RU", "US", "IT", "PL")
CODES = tuple(
    f"{heading}{sub:02}" for heading in (8542, 8536, 8471, 8517, 6109, 9403) for sub in range(10, 90)
)
GIANT = 5
"""The giant buyer has one row in so many."""


class Trade:
    """Shipments among so many parties, the same for the same seed."""

    def __init__(self, parties: int, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        numbers = pl.int_range(parties, eager=True).cast(pl.String)
        self._names = (numbers + " Trading Company of the North " + numbers.str.reverse()).rename("name")
        self._homes = pl.Series(COUNTRIES).gather(self._random.integers(0, len(COUNTRIES), parties))

    def batch(self, file: str, count: int, first: int, days: int) -> Batch:
        """So many shipments, dated within `days` days from the day `first`."""
        typed = self._typed(file, count, first, days)
        cells = typed.drop("row").with_columns(pl.all().cast(pl.String))
        lines = pl.Series("line", np.arange(count, dtype=np.uint32))
        present = frozenset(cells.columns)
        return Batch(file, typed, cells, present, rejects_frame([], cells.columns), lines)

    def batches(self, count: int, size: int, days: int) -> Iterator[Batch]:
        """So many shipments in batches of `size`, day after day."""
        for start in range(0, count, size):
            yield self.batch(f"d{start}", size, start * days // count, max(days * size // count, 1))

    def _typed(self, file: str, count: int, first: int, days: int) -> pl.DataFrame:
        sellers, buyers = self._parties(count), self._parties(count)
        buyers[self._random.random(count) < 1 / GIANT] = 0
        numbers = pl.int_range(count, eager=True)
        when = first + self._random.integers(0, days, count)
        return pl.DataFrame(
            {
                "row": (numbers + 1).cast(pl.UInt32),
                "shipment_id": f"{file}-" + numbers.cast(pl.String),
                "shipment_date": pl.Series((FIRST.toordinal() - date(1970, 1, 1).toordinal()) + when)
                .cast(pl.Int32)
                .cast(pl.Date),
                "exporter_name": self._names.gather(sellers),
                "exporter_country": self._homes.gather(sellers),
                "consignee_name": self._names.gather(buyers),
                "consignee_country": self._homes.gather(buyers),
                "hs_code": pl.Series(CODES).gather(self._random.integers(0, len(CODES), count)),
                "net_weight_kg": pl.Series(self._random.integers(1, 40_000, count) / 10),
                "value": pl.Series(self._random.integers(100, 4_000_000, count) / 100),
                "currency": pl.repeat("USD", count, eager=True),
                "invoice_number": f"{file}/" + (numbers // 3).cast(pl.String),
            }
        )

    def _parties(self, count: int) -> np.ndarray:
        return self._random.integers(1, len(self._names), count)
