"""The tables of a history: runs, the rows that they posted in columnar parts, and what replaced what.

Rows are kept as columns, some ten thousand a part, and not one by one: today's book shares groups with
a large share of all that came before, so whole columns are read and compared at once, which no index
over rows does as fast. Plain SQL types only, so that any database of SQLAlchemy's can hold them.
"""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

SCHEMA = 1
"""The version of these tables; a history of a newer one is not opened."""

METADATA = MetaData()

ABOUT = Table(
    "screening_history",
    METADATA,
    Column("schema", Integer, primary_key=True, autoincrement=False),
    Column("keep_days", Integer, nullable=False),
    Column("pruned_to", Date),
)
"""One row: how long rows are kept, and the day before which they were let go."""

RUNS = Table(
    "screening_runs",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("run", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("begins", Date),
    Column("newest", Date),
    Column("digest", Text, nullable=False),
    Column("outputs", Text, nullable=False),
)
"""A row for each run that posted rows; `begins`, `newest` and `digest` are of the whole history after it,
`outputs` is JSON: where each output was written aside, where it belongs, and its SHA-256."""

PARTS = Table(
    "screening_parts",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rows", Integer, nullable=False),
    Column("first", Date),
    Column("last", Date),
    Column("undated", Integer, nullable=False),
    Column("columns", Text, nullable=False),
    Column("keyed_by", Text, nullable=False),
)
"""A row for each part; `columns` are the contract's that it keeps, `keyed_by` the code that made its keys."""

BLOCKS = Table(
    "screening_blocks",
    METADATA,
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, ForeignKey("screening_parts.number"), primary_key=True, autoincrement=False),
    Column("sum", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""The columns of a part, as three tables (see `blocks.py`), each with its check sum."""

REPLACED = Table(
    "screening_replaced",
    METADATA,
    Column("line", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("run", Integer, nullable=False),
    Column("day", Date),
)
"""The rows that a higher revision replaced, and the run since which it does."""
