"""Files of jobs tell of people outside of the store: who is forgotten there is looked for in them too.

A file can't be made anew without somebody: one that tells of them goes as a whole, with what came of it, and
so does one that can't be read and may tell of anybody. What came of it stays in the store.
"""

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import polars as pl
from sqlalchemy import RowMapping

from screening.errors import InputError
from screening.history.forgetting import is_the_party
from screening.io.mapping import read_mapping
from screening.io.pieces import Piece, read_pieces
from screening.service.jobs.expiry import remove_files
from screening.service.jobs.folder import JobFolder
from screening.service.settings import Settings
from screening.shipment import ROLES
from screening.store import job_files
from screening.store.database import Database

TellsOf = Callable[[pl.DataFrame], bool]
"""Whether rows as text, under the contract's names, tell of who is forgotten."""
_LOOSE = "loose_cells"


class InFiles(NamedTuple):
    """What became of the files of jobs."""

    removed: list[str]
    """The jobs whose files told of them, and are gone."""
    left: list[str]
    """Those whose files could not be removed: they are under way, or their files are elsewhere."""


def forget_in_files(settings: Settings, database: Database, tells_of: TellsOf, actor: str) -> InFiles:
    """Removes the files that tell of somebody."""
    with database.reading() as tx:
        there = job_files.with_files(tx)
    found = InFiles([], [])
    for job in there:
        folder = JobFolder.of(settings, job["id"])
        if folder.path.exists() and not _tells(folder, job["file"], tells_of):
            continue
        gone = _ended(job) and remove_files(settings, database, job["id"], actor, "somebody is forgotten")
        (found.removed if gone else found.left).append(job["id"])
    return found


def party_told(party: str, spellings: Collection[str]) -> TellsOf:
    """By the names of parties, as `party` or in one of the spellings, and by those within other texts."""
    words = "|".join(map(re.escape, sorted({party, *spellings}, key=len, reverse=True)))
    named = rf"(?i)(?:^|\W)(?:{words})(?:\W|$)"
    names = {*(f"{role}_name" for role in ROLES), _LOOSE}

    def told(rows: pl.DataFrame) -> bool:
        if any(is_the_party(rows[name], party).any() for name in rows.columns if name in names):
            return True
        return bool(rows.select(pl.any_horizontal(pl.all().str.contains(named).any())).item())

    return told


def shipment_told(shipment_id: str) -> TellsOf:
    """By what the shipment is called."""

    def told(rows: pl.DataFrame) -> bool:
        columns = [name for name in ("shipment_id", _LOOSE) if name in rows.columns]
        return any((rows[name].str.strip_chars() == shipment_id).any() for name in columns)

    return told


def _ended(job: RowMapping) -> bool:
    return job["ended_at"] is not None


def _tells(folder: JobFolder, file: str, tells_of: TellsOf) -> bool:
    try:
        return any(map(tells_of, _rows(folder.incoming(file), folder.mapping)))
    except InputError:
        return True


def _rows(path: Path, mapping: Path) -> Iterator[pl.DataFrame]:
    """All that the file says, those of its rows too that can't be read."""
    for piece in read_pieces(path, read_mapping(mapping) if mapping.exists() else None):
        yield from (part for part in _parts(piece) if part.width)


def _parts(piece: Piece) -> Iterator[pl.DataFrame]:
    raw = piece.part.raw(piece.file)
    yield raw.cells
    yield pl.DataFrame({name: [value] for name, value in raw.headings.constants.items()})
    yield raw.broken.select(pl.col(_LOOSE).explode())
