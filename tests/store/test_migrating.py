"""The migrations make the tables that the code works with, and no others."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import NewJob
from screening.store.migrating import FOLDER, NEWEST, VERSION_TABLE, revision_of
from screening.store.schema import METADATA
from screening.store.transaction import Writing


def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    with database.reading() as tx:
        options = {"version_table": VERSION_TABLE, "target_metadata": METADATA}
        context = MigrationContext.configure(tx.connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_a_store_of_the_version_before_is_brought_up_to_date_with_what_it_holds(url: str) -> None:
    new = NewJob("a" * 24, "book.csv", "0" * 64, 9, False)
    with Database.open(url) as store:
        store.write(lambda tx: jobs.queue(tx, new, "key:1"))
        store.write(_made_older)
    with Database.open(url) as store, store.reading() as tx:
        assert jobs.job(tx, new.id)["files_removed_at"] is None
        assert revision_of(tx.connection) == NEWEST


def _made_older(tx: Writing) -> None:
    tx.connection.execute(text("ALTER TABLE jobs DROP COLUMN files_removed_at"))
    tx.connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '0001'"))


def test_the_newest_migration_is_the_one_that_this_version_works_with() -> None:
    assert ScriptDirectory(FOLDER).get_current_head() == NEWEST
