"""Many rows in one statement, in the way that is quick in the database at hand.

PostgreSQL takes many as one JSON text: a statement with a parameter for each cell would take its driver ten
times as long as the server.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Connection, Insert, Table, column, func, insert, literal, select

Rows = Sequence[Mapping[str, Any]]


def add(connection: Connection, table: Table, rows: Rows) -> None:
    """Adds the rows, which all name the same columns; none are fine."""
    if rows:
        connection.execute(*_statement(connection, table, rows))


def added(connection: Connection, table: Table, rows: Rows, *told: Column[Any]) -> list[tuple[Any, ...]]:
    """Adds the rows and gives these columns of each, in any order."""
    if not rows:
        return []
    statement, parameters = _statement(connection, table, rows)
    return list(map(tuple, connection.execute(statement.returning(*told), parameters)))


def _statement(connection: Connection, table: Table, rows: Rows) -> tuple[Insert, Any]:
    if len(rows) == 1:
        return insert(table), rows[0]
    if connection.dialect.name == "sqlite":
        return insert(table), rows
    typed = [column(name, table.c[name].type) for name in rows[0]]
    cells = func.json_to_recordset(literal(list(map(dict, rows)), JSON))
    given = cells.table_valued(*typed, name="given").render_derived(with_types=True)
    names = list(rows[0])
    return insert(table).from_select(names, select(*(given.c[name] for name in names))), None
