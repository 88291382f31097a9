"""What the log says of a stored row: a digest of all its columns, by which any change shows.

A row with personal columns has a random salt. The salt is renewed when a person's data is erased, so that
the digests of before, which stay in the log, can't be guessed back to a name.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Table, select

Key = int | str
Thing = TypeVar("Thing")
AT_ONCE = 500
"""Rows that are asked for in one query."""


def new_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(16)


def seal(row: Mapping[str, Any]) -> str:
    """SHA-256 over the columns of the row that say something, whatever their order.

    A column that a later version adds is blank in the rows of before, and leaves their digests as they are.
    """
    texts = ((name, str(row[name])) for name in sorted(row) if row[name] is not None)
    return sha256("".join([f"{name}={len(text)}:{text}" for name, text in texts]).encode()).hexdigest()


def key_of(table: Table) -> Column[Any]:
    """The column by which the log names the rows of a table."""
    (column,) = table.primary_key.columns
    return column


def stored_rows(
    connection: Connection, table: Table, keys: Iterable[Key]
) -> Iterator[tuple[Key, Mapping[str, Any]]]:
    """Each of the rows that is there, by its key, without what is known by its own digest."""
    columns, key = [c for c in table.c if not isinstance(c.type, LargeBinary)], key_of(table)
    for some in chunks(keys, AT_ONCE):
        for row in connection.execute(select(*columns).where(among(key, some))).mappings():
            yield row[key], {column.name: row[column] for column in columns}


def chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """The things in lists of that size; the last one may be shorter."""
    left = iter(things)
    while some := list(islice(left, size)):
        yield some


def among(column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """True for the rows with one of these values."""
    # A list is written into the statement anew each time; most requests ask for one.
    return column == values[0] if len(values) == 1 else column.in_(values)
