"""A whole world of trade: one book of shipments in order of date, and what each row is.

    world("fit", seed=1, rows=60_000)
    world("held_out", seed=2, rows=60_000)

The same name, seed and size give the same book to the byte.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import polars as pl

from tests.worlds import bulk
from tests.worlds.firms import Founder
from tests.worlds.habits import HABITS, Strength
from tests.worlds.honest import buyers as _honest_buyers
from tests.worlds.honest import lanes as _honest_lanes
from tests.worlds.honest import papers as _honest_papers
from tests.worlds.noise import worn
from tests.worlds.patterns import addresses, importers, lanes, papers, parties
from tests.worlds.registry import STORIES, Kind, Story
from tests.worlds.scene import FIRST, LAST, Row, Scene
from tests.worlds.stock import stock

TOLD = (_honest_buyers, _honest_lanes, _honest_papers, addresses, importers, lanes, papers, parties)
"""The modules whose stories a world tells: importing them fills the registry."""
FULL = 60_000
"""Rows of a world of full size."""


@dataclass(frozen=True, slots=True)
class World:
    """A book of shipments, and beside it what each row is."""

    name: str
    seed: int
    book: pl.DataFrame
    """Text columns of the contract, a row a shipment line, in order of date."""
    labels: pl.DataFrame
    """Row by row beside the book: kind (pattern, honest, benign), family, instance, strength, core."""

    def write(self, path: Path) -> Path:
        """The book as a CSV file at `path`."""
        self.book.write_csv(path)
        return path


@dataclass(frozen=True, slots=True)
class _Told:
    row: Row
    kind: Kind
    family: str
    instance: int
    strength: Strength
    core: bool


def world(name: str = "fit", seed: int = 1, rows: int = FULL) -> World:
    """The world of a name, seed and size; the planted and the look-alikes shrink with the size."""
    told = list(_told(name, seed, rows))
    chance = np.random.default_rng([seed, crc32(name.encode()), 3])
    ordered = sorted(told, key=lambda line: (line.row["shipment_date"], chance.random()))
    kept = [line for line in ordered if FIRST.isoformat() <= line.row["shipment_date"] <= LAST.isoformat()]
    numbered = _numbered([worn(chance, line.row, HABITS[name].blanks) for line in kept])
    columns = list(dict.fromkeys(column for row in numbered for column in row))
    book = pl.DataFrame(
        {c: [row.get(c, "") for row in numbered] for c in columns},
        schema_overrides=dict.fromkeys(columns, pl.String),
    )
    labels = pl.DataFrame(
        [(t.kind, t.family, t.instance, t.strength, t.core) for t in kept],
        schema={
            "kind": pl.String,
            "family": pl.String,
            "instance": pl.UInt32,
            "strength": pl.String,
            "core": pl.Boolean,
        },
        orient="row",
    )
    return World(name, seed, book, labels)


def _told(name: str, seed: int, rows: int) -> Iterator[_Told]:
    founder = Founder(stock(name))
    size = min(1.0, rows / FULL)
    planted = 0
    for story in STORIES.values():
        count = max(2, round(story.instances * size))
        for number in range(count):
            for told in _instance(name, seed, founder, story, number):
                planted += 1
                yield told
    for number in range(max(0, rows - planted) // bulk.ROWS_A_STORY):
        scene = _scene(name, seed, founder, "benign", number)
        for line in bulk.bulk(scene, bulk.ROWS_A_STORY):
            yield _Told(line.row, "benign", "bulk", number, "fair", False)


def _instance(name: str, seed: int, founder: Founder, story: Story, number: int) -> Iterator[_Told]:
    scene = _scene(name, seed, founder, story.family, number)
    for line in story.tell(scene):
        yield _Told(line.row, story.kind, story.family, number, scene.strength, line.core)


def _scene(name: str, seed: int, founder: Founder, family: str, number: int) -> Scene:
    strengths = HABITS[name].strengths
    rng = np.random.default_rng([seed, crc32(name.encode()), crc32(family.encode()), number])
    return Scene(stock(name), founder, rng, strengths[number % len(strengths)])


def _numbered(rows: list[Row]) -> list[Row]:
    """The rows with the numbers that an exporter's system would have given them, in order of date."""
    own: dict[str, str] = {}
    days: Counter[str] = Counter()
    out = []
    for row in rows:
        key = row.get("shipment_id", "")
        if not key or key not in own:
            days[row["shipment_date"]] += 1
            number = f"S{row['shipment_date'].replace('-', '')}-{days[row['shipment_date']]:03d}"
            if key:
                own[key] = number
        else:
            number = own[key]
        out.append({"shipment_id": number, "line_number": "", "revision": ""} | row | {"shipment_id": number})
    return out
