"""The parts of a history as frames: read as far as asked, keyed as the code of today keys, written whole."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import Connection, func, select, update

from screening.history import blocks
from screening.history.asked import Asked
from screening.history.blocks import ROWS, Block, Kind, unpacked
from screening.history.groups import TEXT, keyed
from screening.history.schema import PARTS
from screening.version import code_digest
from screening.watchlists.lists import ListCatalogue


@dataclass(frozen=True, slots=True)
class Part:
    """What is told of a part without reading it."""

    number: int
    rows: int
    first: date | None
    last: date | None
    undated: int
    columns: frozenset[str]
    keyed_by: str

    def within(self, first: date, last: date) -> bool:
        """True when a row of the part may lie between these days."""
        return self.first is not None and self.last is not None and self.first <= last and self.last >= first


class Parts:
    """The parts of one history, for what one set of rules asks."""

    def __init__(self, connection: Connection, asked: Asked, lists: ListCatalogue) -> None:
        self.connection = connection
        self._asked = asked
        self._lists = lists
        self._keyed_by = f"{code_digest()[:32]}{lists.digest[:32]}"
        self._remade: dict[int, pl.DataFrame] = {}

    def all(self) -> list[Part]:
        """Every part, by its number."""
        rows = self.connection.execute(select(PARTS).order_by(PARTS.c.number))
        return [
            Part(
                row.number,
                row.rows,
                row.first,
                row.last,
                row.undated,
                frozenset(json.loads(row.columns)),
                row.keyed_by,
            )
            for row in rows
        ]

    def cores(self, parts: Sequence[Part], columns: Sequence[str] | None = None) -> Iterator[pl.DataFrame]:
        """The core of each of the parts, or these columns of it."""
        numbers = [part.number for part in parts]
        return (unpacked(b, columns) for b in blocks.read(self.connection, Kind.CORE, numbers))

    def cells(self, part: Part, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """The contract's columns that the part keeps, or those of these."""
        (block,) = blocks.read(self.connection, Kind.CELLS, [part.number])
        return unpacked(block, columns)

    def keys(self, part: Part) -> "Keys":
        """The keys of the part's rows, made anew where others made them or for other rules."""
        wanted = [*self._asked.keyed, *self._asked.kinds]
        if part.keyed_by == self._keyed_by:
            (block,) = blocks.read(self.connection, Kind.KEYS, [part.number])
            kept = unpacked(block, wanted)
            if kept.width == len(wanted):
                return Keys(kept, block)
        if part.number not in self._remade:
            self._remade[part.number] = self._keyed(self.cells(part))
        return Keys(self._remade[part.number])

    def remade(self) -> None:
        """Keeps the keys that had to be made anew."""
        for number, keys in self._remade.items():
            blocks.write(self.connection, number, {Kind.KEYS: keys})
            changed = update(PARTS).where(PARTS.c.number == number)
            self.connection.execute(changed.values(keyed_by=self._keyed_by))
        self._remade.clear()

    def add(self, core: pl.DataFrame, cells: pl.DataFrame) -> None:
        """Adds rows as new parts, by their days."""
        order = core.with_row_index("at").sort("day", "at", nulls_last=True)["at"]
        for start in range(0, core.height, ROWS):
            places = order.slice(start, ROWS)
            self._added(core[places], cells[places])

    def rewrite(self, part: Part, core: pl.DataFrame, cells: pl.DataFrame) -> None:
        """Puts these rows in the place of those of the part."""
        self.remove([part])
        self.add(core, cells)

    def remove(self, parts: Sequence[Part]) -> None:
        """Removes parts, with their rows."""
        for part in parts:
            self._remade.pop(part.number, None)
        blocks.remove(self.connection, [part.number for part in parts])

    def _added(self, core: pl.DataFrame, cells: pl.DataFrame) -> None:
        highest = self.connection.execute(select(func.max(PARTS.c.number))).scalar() or 0
        days = core["day"]
        told = {
            "number": highest + 1,
            "rows": core.height,
            "first": days.min(),
            "last": days.max(),
            "undated": days.null_count(),
            "columns": json.dumps(cells.columns),
            "keyed_by": self._keyed_by,
        }
        self.connection.execute(PARTS.insert(), told)
        tables = {Kind.CORE: core, Kind.KEYS: self._keyed(cells), Kind.CELLS: cells}
        blocks.write(self.connection, highest + 1, tables)

    def _keyed(self, cells: pl.DataFrame) -> pl.DataFrame:
        return keyed(cells, self._asked, self._lists)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a part's rows: numbers by field, and on demand the texts that they stand for."""

    numbers: pl.DataFrame
    block: Block | None = None

    def texts(self, roles: Sequence[str]) -> pl.DataFrame:
        """The key of the party in each of these roles, where it was kept, as a text; a column a role."""
        if self.block is not None:
            found = unpacked(self.block, [TEXT + role for role in roles])
        else:
            found = self.numbers.select(TEXT + role for role in roles if TEXT + role in self.numbers.columns)
        return found.rename({name: name.removeprefix(TEXT) for name in found.columns})
