"""The first tables."""

from alembic import op
from sqlalchemy import insert

from screening.store.chain import GENESIS
from screening.store.schema import HEAD, METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables, and the head of a log without an entry."""
    METADATA.create_all(op.get_bind())
    op.get_bind().execute(insert(HEAD).values(id=1, number=0, hash=GENESIS))
