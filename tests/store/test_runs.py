"""What a run was made of is kept once, and makes the same screener again."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import update

from screening import Screener
from screening.errors import StoreError
from screening.io.rates import read_rates
from screening.ruleset.exceptions import RuleException
from screening.store import runs
from screening.store.audit import verify
from screening.store.database import Database
from screening.store.refusals import UnknownError
from screening.store.schema import AUDIT, RUNS, SOURCES
from tests.shipments import rows, shipment
from tests.store.records import rows_of

LIST = "name,id,aliases,country,listed_on\nErtis Line LLP,1,Ertis;Ertis Lines,KZ,2023-05-01\nAzu,2,,TR,\n"
EXCEPTION = RuleException(
    id="E1",
    rule="PTY-001",
    party="Azu",
    owner="ada",
    reason="known",
    created=dt.date(2024, 1, 1),
    expires=dt.date(2030, 1, 1),
)


@pytest.fixture
def own(screener: Screener, tmp_path: Path) -> Screener:
    """A screener with a list, an exception and rates of its own."""
    (tmp_path / "own.csv").write_text(LIST)
    (tmp_path / "rates.csv").write_text("date,currency,usd\n2024-01-01,EUR,1.1\n")
    rates = read_rates(tmp_path / "rates.csv")
    return Screener(
        rules=screener.ruleset, watchlists=tmp_path / "own.csv", exceptions=[EXCEPTION], rates=rates
    )


def kept(database: Database, screener: Screener) -> Screener:
    database.write(lambda tx: runs.keep(tx, screener))
    with database.reading() as tx:
        return runs.screener_of(tx, screener.run)


def test_a_run_makes_its_screener_again(database: Database, own: Screener) -> None:
    again = kept(database, own)
    assert (again.run, again.digests) == (own.run, own.digests)
    posted = [shipment(row) for row in rows(40)]
    assert again.screen_many(posted) == own.screen_many(posted)
    assert again.match("Ertis Line", country="KZ") == own.match("Ertis Line", country="KZ")


def test_what_several_runs_share_is_kept_once(database: Database, screener: Screener, own: Screener) -> None:
    for one in (screener, own, screener):
        kept(database, one)
    kinds = [row.kind for row in rows_of(database, SOURCES)]
    assert (len(rows_of(database, RUNS)), kinds.count("rules"), kinds.count("reference")) == (2, 1, 1)
    assert [entry.kind for entry in rows_of(database, AUDIT)] == ["run", "run"]


def test_a_source_that_was_changed_is_found(database: Database, own: Screener) -> None:
    kept(database, own)
    with database.writing() as tx:
        is_rules = SOURCES.c.kind == "rules"
        tx.connection.execute(update(SOURCES).where(is_rules).values(content=b"other"))
    with database.reading() as tx:
        assert [fault.what for fault in verify(tx).faults] == ["is not the content of its digest"]
        with pytest.raises(StoreError, match="damaged"):
            runs.screener_of(tx, own.run)


def test_a_run_that_is_not_there_is_told(database: Database) -> None:
    with database.reading() as tx, pytest.raises(UnknownError, match="no run r1"):
        runs.screener_of(tx, "r1")


def test_the_manifest_names_the_lists(database: Database, own: Screener) -> None:
    kept(database, own)
    with database.reading() as tx:
        told = runs.manifest(tx, own.run)
    assert told["digests"] == own.digests
    assert [found["name"] for found in told["lists"]][-1] == "own"
