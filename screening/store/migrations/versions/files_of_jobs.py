"""The files of a job may be gone before the job is."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Jobs can say since when their files are gone."""
    op.add_column("jobs", Column("files_removed_at", Text))
