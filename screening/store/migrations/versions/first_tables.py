"""The first tables, as they were then: `schema.py` goes on, and a migration after this one says how."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    insert,
)

from screening.store.chain import GENESIS
from screening.store.schema import HEAD

revision = "0001"
down_revision = None
_ID = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables, and the head of a log without an entry."""
    op.create_table(
        "audit",
        Column("number", _ID, autoincrement=False, nullable=False),
        Column("at", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("before", Text, nullable=False),
        Column("hash", Text, nullable=False),
        PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "audit_head",
        Column("id", Integer, autoincrement=False, nullable=False),
        Column("number", _ID, nullable=False),
        Column("hash", Text, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "jobs",
        Column("id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("principal", Text, nullable=False),
        Column("file", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("everything", Integer, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("rows_done", BigInteger, nullable=False),
        Column("rows_total", BigInteger),
        Column("kept", BigInteger, nullable=False),
        Column("counts", Text),
        Column("report", Text),
        Column("fault", Text),
        Column("run", Text),
        Column("created_at", Text, nullable=False),
        Column("started_at", Text),
        Column("ended_at", Text),
        Column("worker", Text),
        Column("beat_at", Text),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "keys",
        Column("id", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("hash", Text, nullable=False),
        Column("scopes", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("expires_at", Text),
        Column("revoked_at", Text),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "list_snapshots",
        Column("id", _ID, nullable=False),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("digest", Text, nullable=False),
        Column("date", Text),
        Column("entries", Integer, nullable=False),
        Column("loaded_at", Text, nullable=False),
        Column("replaced_at", Text),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "repeats",
        Column("principal", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("request", Text, nullable=False),
        Column("status", Integer, nullable=False),
        Column("answer", Text, nullable=False),
        Column("at", Text, nullable=False),
        PrimaryKeyConstraint("principal", "key"),
    )
    op.create_index("repeats_by_age", "repeats", ["at"], unique=False)
    op.create_table(
        "runs",
        Column("id", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("manifest", Text, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "shipments",
        Column("id", _ID, nullable=False),
        Column("identity", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("shipment_id", Text, nullable=False),
        Column("line_number", Integer),
        Column("revision", Integer),
        Column("shipment_date", Text),
        Column("received_at", Text, nullable=False),
        Column("salt", Text, nullable=False),
        Column("content", Text),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("identity", "version"),
    )
    op.create_index("shipments_by_line", "shipments", ["shipment_id", "line_number"], unique=False)
    op.create_table(
        "sources",
        Column("digest", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("date", Text),
        Column("at", Text, nullable=False),
        Column("content", LargeBinary),
        Column("erased_at", Text),
        PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "suppressions",
        Column("id", _ID, nullable=False),
        Column("subject", Text, nullable=False),
        Column("rule", Text),
        Column("party", Text),
        Column("entry", Text),
        Column("entry_facts", Text),
        Column("lane", Text),
        Column("owner", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("created", Text, nullable=False),
        Column("expires", Text, nullable=False),
        Column("ended_at", Text),
        Column("salt", Text, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "webhooks",
        Column("id", _ID, nullable=False),
        Column("url", Text, nullable=False),
        Column("secret", Text, nullable=False),
        Column("events", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("ended_at", Text),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "screenings",
        Column("id", _ID, nullable=False),
        Column("shipment", _ID, nullable=False),
        Column("run", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("cause", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("decision", Text, nullable=False),
        Column("score", Integer, nullable=False),
        Column("salt", Text, nullable=False),
        Column("record", Text),
        Column("seen", _ID),
        ForeignKeyConstraint(["run"], ["runs.id"]),
        ForeignKeyConstraint(["shipment"], ["shipments.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_screenings_shipment"), "screenings", ["shipment"], unique=False)
    op.create_table(
        "alerts",
        Column("id", _ID, nullable=False),
        Column("line", Text, nullable=False),
        Column("shipment", _ID, nullable=False),
        Column("screening", _ID, nullable=False),
        Column("shipment_id", Text, nullable=False),
        Column("destination", Text),
        Column("decision", Text, nullable=False),
        Column("score", Integer, nullable=False),
        Column("state", Text, nullable=False),
        Column("proposal", Integer),
        Column("assignee", Text),
        Column("deadline", Text),
        Column("opened_at", Text, nullable=False),
        Column("changed_at", Text, nullable=False),
        Column("version", Integer, nullable=False),
        ForeignKeyConstraint(["screening"], ["screenings.id"]),
        ForeignKeyConstraint(["shipment"], ["shipments.id"]),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("line"),
    )
    op.create_index("alerts_by_assignee", "alerts", ["assignee", "id"], unique=False)
    op.create_index("alerts_by_change", "alerts", ["changed_at", "id"], unique=False)
    op.create_index("alerts_by_deadline", "alerts", ["deadline", "id"], unique=False)
    op.create_index("alerts_by_score", "alerts", ["score", "id"], unique=False)
    op.create_index("alerts_by_state", "alerts", ["state", "id"], unique=False)
    op.create_table(
        "alert_parties",
        Column("id", _ID, nullable=False),
        Column("alert", _ID, nullable=False),
        Column("party", Text),
        ForeignKeyConstraint(["alert"], ["alerts.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("alerts_by_party", "alert_parties", ["party", "alert"], unique=False)
    op.create_index(op.f("ix_alert_parties_alert"), "alert_parties", ["alert"], unique=False)
    op.create_table(
        "decisions",
        Column("id", _ID, nullable=False),
        Column("alert", _ID, nullable=False),
        Column("number", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("actor", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("state_before", Text, nullable=False),
        Column("state_after", Text, nullable=False),
        Column("reason", Text),
        Column("assignee", Text),
        Column("salt", Text, nullable=False),
        Column("comment", Text),
        Column("difference", Text),
        ForeignKeyConstraint(["alert"], ["alerts.id"]),
        PrimaryKeyConstraint("id"),
        UniqueConstraint("alert", "number"),
    )
    op.create_table(
        "deliveries",
        Column("id", _ID, nullable=False),
        Column("webhook", _ID, nullable=False),
        Column("alert", _ID),
        Column("event", Text, nullable=False),
        Column("body", Text, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("due_at", Text, nullable=False),
        Column("answer", Text),
        ForeignKeyConstraint(["alert"], ["alerts.id"]),
        ForeignKeyConstraint(["webhook"], ["webhooks.id"]),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "due_at"], unique=False)
    op.create_table(
        "findings",
        Column("alert", _ID, nullable=False),
        Column("rule", Text, nullable=False),
        Column("rule_version", Integer, nullable=False),
        Column("severity", Text, nullable=False),
        Column("points", Integer, nullable=False),
        Column("suppressed_by", Text),
        ForeignKeyConstraint(["alert"], ["alerts.id"]),
        PrimaryKeyConstraint("alert", "rule"),
    )
    op.create_index("findings_by_rule", "findings", ["rule", "alert"], unique=False)
    op.get_bind().execute(insert(HEAD).values(id=1, number=0, hash=GENESIS))
