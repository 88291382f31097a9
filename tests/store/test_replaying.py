"""A stored screening gives the same again, from what it rested on, and says where it does not."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from screening import Screener
from screening.io.book import read_book
from screening.ruleset.exceptions import RuleException
from screening.service import keeping
from screening.service.desk import judged
from screening.service.posted import read_posted
from screening.store.casework.policy import read_work_policy
from screening.store.database import Database
from screening.store.forgetting import forget_party, forget_shipment
from screening.store.refusals import UnfitError, UnknownError
from screening.store.replaying import replay
from screening.store.schema import SCREENINGS
from screening.store.transaction import Writing
from screening.written import json_of

LISTED = {"shipment_date": "2026-11-02", "consignee_name": "Silk Orient Trading", "colour": "red"}
CLEAR = {"shipment_id": "C1", "consignee_name": "Harmonia Tekstil AS", "value": 12.5, "currency": "USD"}
Posting = Callable[..., list[Any]]


@pytest.fixture
def site(screener: Screener, tmp_path: Path) -> Screener:
    """A screener with a list of its own."""
    (tmp_path / "own.csv").write_text(
        "id,name,country\nE-1,Silk Orient Trading,KZ\nE-2,Silk Orient Trading,UZ\n"
    )
    return Screener(rules=screener.ruleset, watchlists=tmp_path / "own.csv", bundled=False)


@pytest.fixture
def posting(database: Database, site: Screener) -> Posting:
    """Posts as the service does; gives the alerts."""

    def posted(body: Any, screener: Screener = site) -> list[Any]:
        told = read_posted(json_of(body).encode(), 100).told
        (found,) = judged(screener, [told])
        policy = read_work_policy()
        return database.write(lambda tx: keeping.keep(tx, told, found, "post", "key:orders", policy))

    return posted


def again(database: Database, *asked: Any) -> Any:
    with database.reading() as tx:
        return replay(tx, *asked)


@pytest.mark.parametrize(
    "body",
    [
        LISTED,
        LISTED | {"shipment_id": "S1", "value": 1e3, "line_number": 2},
        [CLEAR, LISTED, CLEAR | {"shipment_id": "C2", "size": "9"}, LISTED | {"shipment_id": "S2"}],
        [LISTED | {"shipment_id": f"S{n}", "hs_code": "854231"} for n in range(8)],
    ],
)
def test_the_same_comes_again_byte_for_byte(database: Database, posting: Posting, body: Any) -> None:
    for alert in filter(None, posting(body)):
        found = again(database, alert)
        assert (found.before, found.same, found.differences) == (found.after.line, True, {})


MISTAKEN = RuleException(
    id="X1",
    party="Silk Orient Trading",
    entry="own:E-2",
    owner="ada",
    reason="another",
    created=dt.date(2026, 1, 1),
    expires=dt.date(2027, 1, 1),
)


def test_suppressions_of_then_are_in_force_again(
    database: Database, posting: Posting, site: Screener
) -> None:
    (alert,) = posting(LISTED, site.excepting([MISTAKEN]))
    found = again(database, alert)
    assert found.same and '"mistaken"' in found.after.line


def test_an_earlier_screening_comes_again_too(database: Database, posting: Posting) -> None:
    shipment = LISTED | {"shipment_id": "S1"}
    (alert,) = posting(shipment)
    posting(shipment | {"consignee_name": "Harmonia Tekstil AS"})
    first, latest = again(database, alert, 1), again(database, alert)
    assert (first.after["decision"], latest.before, latest.same) == ("hold", None, True)
    assert first.same


def test_a_record_that_was_meddled_with_is_another(database: Database, posting: Posting) -> None:
    (alert,) = posting(LISTED)
    record = again(database, alert).before.replace('"score": ', '"score": 1', 1)
    _set(database, record=record)
    found = again(database, alert)
    assert (found.same, list(found.differences)) == (False, ["score"])


def test_other_code_may_name_the_run_otherwise(
    database: Database, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    (alert,) = posting(LISTED)
    monkeypatch.setattr("screening.screener.code_digest", lambda: "another")
    monkeypatch.setattr("screening.store.replaying.code_digest", lambda: "another")
    found = again(database, alert)
    assert (found.same_code, found.same, found.before == found.after.line) == (False, True, False)


def test_what_was_deleted_does_not_come_again(database: Database, posting: Posting) -> None:
    (alert,) = posting(LISTED | {"shipment_id": "S1"})
    forget_party(database, "Silk Orient Trading", "ada")
    with pytest.raises(UnknownError, match="deleted"):
        again(database, alert)
    forget_shipment(database, "S1", "ada")
    with pytest.raises(UnknownError):
        again(database, alert)


def test_a_shipment_of_a_file_needs_the_file(
    database: Database, posting: Posting, site: Screener, tmp_path: Path
) -> None:
    (alert,) = posting(LISTED | {"shipment_id": "S1"})
    book = read_book([_file(tmp_path)])
    (record,) = next(site.screen_batches(book, site.timeline(book))).records()
    _set(database, record=record.line, cause="job")
    with pytest.raises(UnfitError, match="name a copy"):
        again(database, alert)
    assert again(database, alert, None, str(tmp_path / "own_shipments.csv")).same


def _file(folder: Path) -> str:
    path = folder / "own_shipments.csv"
    path.write_text("shipment_id,consignee_name,shipment_date\nS1,Silk Orient Trading,2026-11-02\n")
    return str(path)


def _set(database: Database, **columns: str) -> None:
    def change(tx: Writing) -> None:
        tx.connection.execute(update(SCREENINGS).values(**columns))

    database.write(change)


def test_a_screening_of_another_alert_is_told(database: Database, posting: Posting) -> None:
    first, second = posting([LISTED | {"shipment_id": "S1"}, LISTED | {"shipment_id": "S2"}])
    with pytest.raises(UnknownError, match="none of alert"):
        again(database, first, 2 if first == 1 else 1)
    with pytest.raises(UnknownError):
        again(database, 99)
    assert second
