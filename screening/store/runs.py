"""Which rules, lists, options and code screened: each set of them once, with all that makes it again.

The `run` of an alert record names such a set. `keep` puts it into the store before the first screening of it;
`screener_of` makes the screener of a run again.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from screening.provenance import provenance
from screening.screener import Screener
from screening.store import recipe, sources
from screening.store.canonical import canonical
from screening.store.refusals import UnknownError
from screening.store.schema import RUNS, SOURCES
from screening.store.sources import Source
from screening.store.transaction import Reading, Writing

SYSTEM = "system"
"""Who does what nobody asked for, as the audit log names them."""


def keep(tx: Writing, screener: Screener) -> None:
    """The run of the screener is in the store, with the rules and lists of it that are new."""
    if tx.connection.execute(select(RUNS.c.id).where(RUNS.c.id == screener.run)).first() is not None:
        return
    made_of = recipe.sources_of(screener)
    new = sources.keep(tx, made_of)
    told = canonical(_manifest(screener, made_of))
    tx.connection.execute(insert(RUNS).values(id=screener.run, at=tx.at, manifest=told))
    rows = [(RUNS, screener.run), *((SOURCES, digest) for digest in new)]
    tx.log("run", SYSTEM, f"run/{screener.run}", {"digests": screener.digests}, rows)


def manifest(tx: Reading, run: str) -> Mapping[str, Any]:
    """What the run was made of: `digests`, `engine`, `versions`, `lists` and `sources`.

    UnknownError where no such run is kept.
    """
    told = tx.connection.execute(select(RUNS.c.manifest).where(RUNS.c.id == run)).scalar()
    if told is None:
        raise UnknownError(f"there is no run {run}")
    found: Mapping[str, Any] = json.loads(told)
    return found


def screener_of(tx: Reading, run: str) -> Screener:
    """The screener of the run, made again from what is kept of it, by the code of today.

    Raises UnknownError where something of it was erased, and RuleError where the code no longer takes a rule.
    """
    kept = manifest(tx, run)["sources"]
    return recipe.screener_of([sources.kept(tx, digest) for _, _, digest in kept])


def _manifest(screener: Screener, made_of: Sequence[Source]) -> Mapping[str, Any]:
    named = [[source.kind, source.name, source.digest] for source in made_of]
    return {**provenance(screener), "sources": named}
