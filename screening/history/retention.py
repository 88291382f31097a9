"""How long earlier shipments are kept, and how their parts are kept few.

Judged by the newest day in the book, never by a clock. A wrong date in the far future must not empty a
history: a run by itself lets go of half of it at most, and leaves more to `screening history prune`.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
from sqlalchemy import Connection, delete, func, select, update

from screening.errors import InputError
from screening.history.asked import Asked
from screening.history.blocks import ROWS
from screening.history.parts import Part, Parts
from screening.history.schema import ABOUT, REPLACED, RUNS

KEEP_DAYS = 1_830
"""How long rows are kept unless told otherwise: five years, as the record-keeping rules ask."""
_MANY = 8
"""Parts of about one size that are joined: so each row is written again a few times only."""
_SHARE = 10
"""A part is written anew by a run when one row in so many is too old; until then nobody sees those rows."""


def refuse_short(place: str, keep: int, asked: Asked) -> None:
    """InputError where a rule looks back farther than rows are kept."""
    if asked.reach > keep:
        reach, rule = asked.reaches[0]
        what = f"keeps shipments for {keep:,} days, and rule {rule} looks back {reach:,}"
        raise InputError(place, what, f"keep them longer: --history-keep {reach}")


def keep_days(connection: Connection) -> int:
    """How long this history keeps rows."""
    return int(connection.execute(select(ABOUT.c.keep_days)).scalar_one())


def prune(connection: Connection, parts: Parts, wholly: bool = False) -> tuple[int, int]:
    """Lets go of rows that are too old: how many that were, and how many were held back.

    More than half of all are let go `wholly` only; so are the last rows of a part.
    """
    cutoff = _cutoff(connection)
    every = parts.all()
    if cutoff is None or not every:
        return 0, 0
    old = {part.number: _old(parts, part, cutoff) for part in every}
    gone, all_rows = sum(old.values()), sum(part.rows for part in every)
    before = connection.execute(select(ABOUT.c.pruned_to)).scalar()
    hidden = sum(_old(parts, part, before) for part in every) if before else 0
    if not wholly and 2 * (gone - hidden) > all_rows - hidden:
        return 0, gone - hidden
    if gone > hidden or wholly:
        connection.execute(update(ABOUT).values(pruned_to=max(filter(None, (before, cutoff)))))
        connection.execute(delete(REPLACED).where(REPLACED.c.day < cutoff))
    for part in every:
        _let_go(parts, part, old[part.number], cutoff, wholly)
    return gone - hidden, 0


def join_small(parts: Parts) -> None:
    """Joins small parts of about one size, so that their number stays small."""
    sizes: dict[int, list[Part]] = {}
    for part in parts.all():
        if part.rows <= ROWS // 2:
            sizes.setdefault(int(math.log(part.rows, _MANY)), []).append(part)
    for alike in sizes.values():
        if len(alike) >= _MANY:
            _join(parts, alike)


def _join(parts: Parts, alike: Sequence[Part]) -> None:
    core = pl.concat(list(parts.cores(alike)))
    cells = pl.concat([parts.cells(part) for part in alike], how="diagonal")
    parts.remove(alike)
    parts.add(core, cells)


def _cutoff(connection: Connection) -> date | None:
    newest = connection.execute(select(func.max(RUNS.c.newest))).scalar()
    keep = keep_days(connection)
    return newest - timedelta(days=keep) if newest and newest.toordinal() > keep else None


def _old(parts: Parts, part: Part, cutoff: date) -> int:
    if part.first is None or part.last is None or part.first >= cutoff:
        return 0
    if part.last < cutoff:
        return part.rows - part.undated
    (core,) = parts.cores([part], ["day"])
    return core.filter(pl.col("day") < cutoff).height


def _let_go(parts: Parts, part: Part, old: int, cutoff: date, wholly: bool) -> None:
    if not old or (not wholly and old * _SHARE < part.rows):
        return
    if old == part.rows:
        parts.remove([part])
        return
    (core,) = parts.cores([part])
    stays = (core["day"] >= cutoff).fill_null(True)
    parts.rewrite(part, core.filter(stays), parts.cells(part).filter(stays))
