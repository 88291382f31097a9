"""Labelled names and the list that they are labelled against, read from files that the user gives."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from tests.benchmarks.names.disturb import Maker
from tests.benchmarks.names.measures import Answers


@dataclass(frozen=True, slots=True)
class Listed:
    """A list's names and aliases in a row, and the entry that each belongs to."""

    names: list[str]
    entries: list[str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Names, each a `match`, `hard` (resembles a listed one) or `benign`, and the entries meant."""

    names: list[str]
    labels: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    entries: list[set[str]]

    def part(self, places: list[int]) -> "Labelled":
        """The labelled names at these places."""
        names, entries = [self.names[at] for at in places], [self.entries[at] for at in places]
        return Labelled(names, self.labels[places], self.kinds[places], entries)


def read_list(file: Path) -> Listed:
    """The names and `;`-separated aliases of a list file; an entry without a number goes by its row."""
    names: list[str] = []
    entries: list[str] = []
    with file.open(encoding="utf-8", newline="") as lines:
        for row_number, row in enumerate(csv.DictReader(lines), start=1):
            found = [row["name"], *row["alt_names"].split(";")]
            kept = [name.strip() for name in found if name.strip()]
            names += kept
            entries += [row["entity_number"] or f"row{row_number}"] * len(kept)
    return Listed(names, entries)


def read_labelled(file: Path, listed: Listed) -> Labelled:
    """The labelled names; an entry that bears the very name that was disturbed is meant too."""
    bearers = defaultdict(set)
    for name, entry in zip(listed.names, listed.entries, strict=True):
        bearers[name].add(entry)
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    meant = [
        ({one.split(":")[0] for one in row["listed_entity_numbers"].split(";")} | bearers[row["listed_name"]])
        if row["label"] == "match"
        else set()
        for row in rows
    ]
    labels, kinds = (np.array([row[column] for row in rows]) for column in ("label", "kind"))
    return Labelled([row["name"] for row in rows], labels, kinds, meant)


def made(listed: Listed, count: int, seed: int = 2) -> Labelled:
    """Labelled names made from the list: a third listed ones, a sixth near misses, the rest nobody."""
    maker = Maker(listed.names, seed)
    # Few names bear a number, and how those are told apart is a figure of its own.
    near = maker.near_misses(count // 8) + maker.other_numbers(count // 24)
    names = maker.matches(count // 3) + near + maker.nobody(count // 2)
    meant = [{listed.entries[one.listed]} if one.listed >= 0 else set() for one in names]
    labels, kinds = np.array([one.label for one in names]), np.array([one.kind for one in names])
    return Labelled([one.name for one in names], labels, kinds, meant)


def answers(labelled: Labelled, listed: Listed, found: pl.DataFrame) -> Answers:
    """What a matcher answered (columns query, name, score), by labelled name."""
    best, right = np.zeros(len(labelled.names)), np.zeros(len(labelled.names))
    for query, name, score in found.iter_rows():
        best[query] = max(best[query], score)
        if listed.entries[name] in labelled.entries[query]:
            right[query] = max(right[query], score)
    return Answers(best, right)
