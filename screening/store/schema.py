"""The tables of the store; the migrations make them, and a test holds that both say the same.

Plain SQL types only, so that SQLite and PostgreSQL hold the same. Times are texts in UTC with
microseconds (`2026-11-21T09:30:00.000000Z`), which sort as they follow one another. What can tell of a
person stands in few columns, each named in `PERSONAL`, so that it can be erased without touching the audit
log: that holds digests of rows, and every row with personal columns has a random `salt`, which goes with
what is erased, so that no digest tells what it was.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()
_ID = BigInteger().with_variant(Integer, "sqlite")

RUNS = Table(
    "runs",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("manifest", Text, nullable=False),
)
"""Each set of rules, lists, options and code that screened; `id` is the `run` of a record."""

SOURCES = Table(
    "sources",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("date", Text),
    Column("at", Text, nullable=False),
    Column("content", LargeBinary),
    Column("erased_at", Text),
)
"""The rules, lists and exceptions that runs rest on, whole and compressed, each once: a replay needs them.
`digest` is SHA-256 of the content as it was before it was compressed; `date` that of a list."""

SHIPMENTS = Table(
    "shipments",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("identity", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("shipment_id", Text, nullable=False),
    Column("line_number", Integer),
    Column("revision", Integer),
    Column("shipment_date", Text),
    Column("received_at", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("content", Text),
    UniqueConstraint("identity", "version"),
    Index("shipments_by_line", "shipment_id", "line_number"),
)
"""What was posted: `identity` is shipment_id, line_number and revision as a JSON array, `version`
counts how often it came with another content, `content` has the columns as JSON."""

SCREENINGS = Table(
    "screenings",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("shipment", _ID, ForeignKey("shipments.id"), nullable=False, index=True),
    Column("run", Text, ForeignKey("runs.id"), nullable=False),
    Column("at", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("score", Integer, nullable=False),
    Column("salt", Text, nullable=False),
    Column("record", Text),
    Column("seen", _ID),
)
"""One screening of one shipment. `cause`: post, job, lists or rules. `record` is the alert record as JSON,
blank for a clear one; `seen` the last shipment in the store that rules over time could look back at."""

ALERTS = Table(
    "alerts",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("line", Text, nullable=False, unique=True),
    Column("shipment", _ID, ForeignKey("shipments.id"), nullable=False),
    Column("screening", _ID, ForeignKey("screenings.id"), nullable=False),
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
    Index("alerts_by_state", "state", "id"),
    Index("alerts_by_assignee", "assignee", "id"),
    Index("alerts_by_score", "score", "id"),
    Index("alerts_by_deadline", "deadline", "id"),
    Index("alerts_by_change", "changed_at", "id"),
)
"""One for each line of a shipment that was ever above clear: `line` is shipment_id and line_number as a JSON
array. `version` grows with every change: who decides on an old one gets a conflict. `proposal` is the number
of the decision that proposes a release which a second person has yet to confirm."""

ALERT_PARTIES = Table(
    "alert_parties",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("alert", _ID, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("party", Text),
    Index("alerts_by_party", "party", "alert"),
)
"""By which names an alert is found: those of its parties, as all their spellings have them."""

FINDINGS = Table(
    "findings",
    METADATA,
    Column("alert", _ID, ForeignKey("alerts.id"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("rule_version", Integer, nullable=False),
    Column("severity", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("suppressed_by", Text),
    Index("findings_by_rule", "rule", "alert"),
)
"""The rules that the alert's latest screening fired."""

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("alert", _ID, ForeignKey("alerts.id"), nullable=False),
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
    UniqueConstraint("alert", "number"),
)
"""All that happened to an alert, in order, by people and by changed lists and rules (`difference`, JSON)."""

SUPPRESSIONS = Table(
    "suppressions",
    METADATA,
    Column("id", _ID, primary_key=True),
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
)
"""What a site holds for settled. `subject`: party (this party is not that listed one: `entry`, with the facts
by which the entry is known again when its id changes) or lane (JSON: from, to, hs6)."""

LISTS = Table(
    "list_snapshots",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("date", Text),
    Column("entries", Integer, nullable=False),
    Column("loaded_at", Text, nullable=False),
    Column("replaced_at", Text),
)
"""Which rules and which lists were in use from when until when; `kind`: rules, reference or watchlist."""

KEYS = Table(
    "keys",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text),
    Column("revoked_at", Text),
)
"""API keys: `id` is the public part of a key, `hash` of the whole, `scopes` separated by spaces."""

REPEATS = Table(
    "repeats",
    METADATA,
    Column("principal", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("repeats_by_age", "at"),
)
"""The answers to requests with an `Idempotency-Key`; `request` is the digest of method, path and body."""

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Text, primary_key=True),
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
    Column("files_removed_at", Text),
)
"""What is done behind the requests. `kind`: file (to screen), refresh (of lists) or rescreening; `state`:
queued, running, done, failed. `beat_at` tells a lost worker from a slow one; `kept` says how far the
job's work is in the store already, so that who takes it over goes on from there."""

HOOKS = Table(
    "webhooks",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("ended_at", Text),
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("id", _ID, primary_key=True),
    Column("webhook", _ID, ForeignKey("webhooks.id"), nullable=False),
    Column("alert", _ID, ForeignKey("alerts.id")),
    Column("event", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("answer", Text),
    Index("deliveries_due", "state", "due_at"),
)
"""What is to be sent, written with the change that it tells of; `state`: due, done or dead."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", _ID, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""The log, numbered from 1 without a gap; `body` is JSON without personal data, `hash` SHA-256 over the other
columns, `before` the hash of the entry before."""

HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", _ID, nullable=False),
    Column("hash", Text, nullable=False),
)
"""One row, the newest entry. A writer locks it last in its transaction; a log that lost its end disagrees."""

PERSONAL = {SHIPMENTS.c.content, SCREENINGS.c.record, DECISIONS.c.comment, DECISIONS.c.difference}
PERSONAL |= {ALERT_PARTIES.c.party, SUPPRESSIONS.c.party, REPEATS.c.answer, SOURCES.c.content}
"""The columns that can tell of a person."""

SEALED = (RUNS, SOURCES, SHIPMENTS, SCREENINGS, ALERTS, DECISIONS, SUPPRESSIONS, LISTS, KEYS)
"""The tables of which the log vouches for every row: whoever writes one names it in `tx.log(rows=...)`."""
