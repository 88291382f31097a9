"""The migrations make the tables that the code works with, and no others."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from screening.store.database import Database
from screening.store.migrating import FOLDER, NEWEST, VERSION_TABLE
from screening.store.schema import METADATA


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    with database.reading() as tx:
        options = {"version_table": VERSION_TABLE, "target_metadata": METADATA}
        context = MigrationContext.configure(tx.connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_the_newest_migration_is_the_one_that_this_version_works_with() -> None:
    assert ScriptDirectory(FOLDER).get_current_head() == NEWEST
