"""Alembic's way in: the migrations run on the connection, and in the transaction, of who opens the store."""

from alembic import context

from screening.store.migrating import VERSION_TABLE
from screening.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
