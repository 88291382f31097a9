"""A history of shipments: a file of SQLite's, or the address of another database.

One run at a time has its turn: it looks back, screens, writes its outputs aside, and adds its rows and
the record of its outputs in one transaction. Then the outputs are put in their places. A run that is
cut off at any point leaves the history, and its outputs, as before or as after.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, func, inspect, make_url, select, update

from screening.errors import InputError
from screening.history import forgetting, posting, retention, sqlite
from screening.history.asked import Asked
from screening.history.blocks import DamagedBlock
from screening.history.faults import damaged, told
from screening.history.parts import Parts
from screening.history.past import Past, look_back
from screening.history.posting import Posted
from screening.history.renames import Asides, Written, journal_of, recover
from screening.history.schema import ABOUT, METADATA, PARTS, RUNS, SCHEMA
from screening.io.book import Book
from screening.watchlists.lists import ListCatalogue


@dataclass(frozen=True, slots=True)
class Holding:
    """What a history holds."""

    shipments: int
    runs: int
    parts: int
    first: object
    last: object
    begins: object
    keep_days: int
    bytes: int


class History:
    """Earlier shipments, kept between runs."""

    def __init__(self, place: str | Path, keep: int | None = None, make: bool = True) -> None:
        """`place`: a file, or the URL of a database; a file that is not there is made, unless told not to.
        `keep`: for how many days before the newest one shipments are kept from now on.

        Raises InputError for what is no history, or can't be used.
        """
        self.place = str(place)
        self.keep = keep
        self._path = None if "://" in self.place else Path(place)
        if self._path is None:
            self.place = _without_password(self.place)
        with told(self.place):
            self._engine = (
                sqlite.file_engine(self._path, make) if self._path else _engine(str(place), self.place)
            )

    def close(self) -> None:
        """Lets go of the database; a file that nothing was written to is removed."""
        self._engine.dispose()
        if self._path is not None:
            sqlite.unmade(self._path)

    def __enter__(self) -> "History":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def turn(self, asked: Asked, lists: ListCatalogue) -> Iterator["Turn"]:
        """The turn of one run, which nobody shares; what it does not commit is as if it never was.

        InputError when somebody else's turn does not end, and where rows are kept for a shorter time
        than the rules look back.
        """
        with self._faults(), self._engine.connect() as connection, connection.begin() as transaction:
            journal = journal_of(self._path) if self._path else None
            self._ready(connection)
            recover(journal, _last_outputs(connection))
            retention.refuse_short(self.place, self.keep or retention.keep_days(connection), asked)
            turn = Turn(connection, Parts(connection, asked, lists), asked, lists, Asides(journal))
            try:
                yield turn
            except BaseException:
                turn.outputs.discard()
                raise
            # From here on only the next run can tell what became of the commit, should it not return.
            if turn.posted is not None and turn.posted.added:
                transaction.commit()
            else:
                transaction.rollback()
        turn.outputs.place()

    def holding(self) -> Holding:
        """What the history holds."""
        with self._faults(), self._reading() as connection:
            rows, parts, first, last = connection.execute(
                select(func.sum(PARTS.c.rows), func.count(), func.min(PARTS.c.first), func.max(PARTS.c.last))
            ).one()
            runs = connection.execute(select(func.count()).select_from(RUNS)).scalar() or 0
            latest = connection.execute(
                select(RUNS.c.begins).order_by(RUNS.c.number.desc()).limit(1)
            ).scalar()
            pruned_to = connection.execute(select(ABOUT.c.pruned_to)).scalar()
            begins = max((day for day in (latest, pruned_to) if day), default=None) if latest else None
            size = self._path.stat().st_size if self._path else 0
            return Holding(rows or 0, runs, parts, first, last, begins, retention.keep_days(connection), size)

    def forget(self, party: str, lists: ListCatalogue) -> int:
        """Removes what tells of a party from all shipments; from how many."""
        with self._writing(lists) as parts:
            rows = forgetting.forget(parts, party)
        self._compact()
        return rows

    def prune(self, lists: ListCatalogue) -> int:
        """Lets go of all shipments that are too old; how many."""
        with self._writing(lists) as parts:
            gone, _ = retention.prune(parts.connection, parts, wholly=True)
        self._compact()
        return gone

    @contextmanager
    def _writing(self, lists: ListCatalogue) -> Iterator[Parts]:
        with self._faults(), self._engine.begin() as connection:
            self._ready(connection, make=False)
            recover(journal_of(self._path) if self._path else None, _last_outputs(connection))
            yield Parts(connection, Asked.by(()), lists)

    def _compact(self) -> None:
        if self._path is not None:
            with self._faults():
                sqlite.compact(self._engine)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(reading=True) as connection:
            self._ready(connection, make=False)
            yield connection

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with told(self.place):
                yield
        except DamagedBlock:
            raise damaged(self.place) from None

    def _ready(self, connection: Connection, make: bool = True) -> None:
        """Makes the tables of a new history; refuses what is none, and one of a newer version."""
        if self._path is not None and not self._path.exists():
            raise InputError(self.place, "removed by somebody else meanwhile", "run it again")
        there = inspect(connection).get_table_names()
        if ABOUT.name not in there:
            if (there and self._path) or not make:
                raise InputError(self.place, "no history", "name a history, or a file that is yet to be made")
            METADATA.create_all(connection)
            first = {"schema": SCHEMA, "keep_days": self.keep or retention.KEEP_DAYS}
            connection.execute(ABOUT.insert(), first)
            return
        found = connection.execute(select(ABOUT.c.schema).with_for_update()).scalar_one()
        if found > SCHEMA:
            what = f"of a newer version ({found}; this one reads {SCHEMA})"
            raise InputError(self.place, what, "use the newer version of screening")
        if self.keep is not None and self.keep != retention.keep_days(connection):
            connection.execute(update(ABOUT).values(keep_days=self.keep))


class Turn:
    """One run's time with the history."""

    def __init__(
        self, connection: Connection, parts: Parts, asked: Asked, lists: ListCatalogue, outputs: Asides
    ) -> None:
        self.outputs = outputs
        self.posted: Posted | None = None
        self._connection = connection
        self._parts = parts
        self._asked = asked
        self._lists = lists

    def look_back(self, book: Book) -> Past:
        """What the history says to this book."""
        return look_back(self._connection, self._parts, book, self._asked, self._lists)

    def post(self, past: Past, run: str) -> Posted:
        """Adds what is new in the book, once its outputs are written aside; nothing where nothing is."""
        written = self.outputs.written
        posted = posting.post(self._connection, self._parts, past, self._asked, run, written)
        if posted.added:
            self._parts.remade()
            pruned, held_back = retention.prune(self._connection, self._parts)
            retention.join_small(self._parts)
            posted = replace(posted, pruned=pruned, held_back=held_back)
        self.posted = posted
        return posted


def _engine(url: str, place: str) -> Engine:
    try:
        return create_engine(make_url(url))
    except ModuleNotFoundError as error:
        what = f"the driver of this database is not installed ({error.name})"
        raise InputError(place, what, f"install {error.name}") from error


def _without_password(url: str) -> str:
    with told(url.partition("://")[0] + "://..."):
        return make_url(url).render_as_string(hide_password=True)


def _last_outputs(connection: Connection) -> Sequence[Written]:
    last = connection.execute(select(RUNS.c.outputs).order_by(RUNS.c.number.desc()).limit(1)).scalar()
    return [Written(**one) for one in json.loads(last)] if last else []
