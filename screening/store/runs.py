"""Which rules, lists, options and code screened: each set of them once."""

import json

from sqlalchemy import insert, select

from screening.screener import Screener
from screening.store.schema import RUNS
from screening.store.transaction import Writing


def keep(tx: Writing, screener: Screener) -> None:
    """The run of the screener is in the store."""
    if tx.connection.execute(select(RUNS.c.id).where(RUNS.c.id == screener.run)).first() is None:
        manifest = json.dumps(screener.digests)
        tx.connection.execute(insert(RUNS).values(id=screener.run, at=tx.at, manifest=manifest))
