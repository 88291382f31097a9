"""Alerts by the page: what a filter lets through, in which order, and where the next page begins."""

from typing import Any, get_args

import pytest

from screening.store.alert_pages import NOBODY, Filter, Page, Sort, page_of_alerts
from screening.store.database import Database
from screening.store.refusals import UnfitError
from tests.store.records import post, screened


@pytest.fixture
def office(database: Database) -> Database:
    """A store with four alerts, one a transaction."""
    post(database, screened("S1", "PTY-001", "RTE-001"))
    post(database, screened("S2", "RTE-001"))
    post(database, screened("S3", "PTY-001", consignee_name="Silk Cargo OsOO", end_user_country="KG"))
    post(database, screened("S4", "GDS-001", "GDS-002", "GDS-009"))
    return database


def page(database: Database, wanted: Filter = Filter(), *asked: Any, **how: Any) -> Page:  # noqa: B008
    with database.reading() as tx:
        return page_of_alerts(tx, wanted, *asked, **how)


def ids(found: Page) -> list[str]:
    return [item["shipment_id"] for item in found.items]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(), "S4 S3 S2 S1"),
        (Filter(states=("open", "blocked")), "S4 S3 S2 S1"),
        (Filter(states=("released",)), ""),
        (Filter(decisions=("hold",)), "S4 S1"),
        (Filter(rule="RTE-001"), "S2 S1"),
        (Filter(assignee=NOBODY, score_at_least=70), "S4 S1"),
        (Filter(assignee="ada"), ""),
        (Filter(shipment_id="S2"), "S2"),
        (Filter(party="SILK CARGO"), "S3"),
        (Filter(destination="KG"), "S3"),
        (Filter(opened_from="2026-11-22"), ""),
        (Filter(opened_before="2026-11-22", due_before="2026-11-23"), "S4 S1"),
    ],
)
def test_a_filter_lets_through_what_it_names(office: Database, wanted: Filter, found: str) -> None:
    assert ids(page(office, wanted)) == found.split()


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("opened", "S1 S2 S3 S4"),
        ("-score", "S4 S1 S3 S2"),
        ("deadline", "S1 S4 S2 S3"),
        ("-changed", "S4 S3 S2 S1"),
    ],
)
def test_alerts_come_in_the_order_asked(office: Database, sort: Sort, found: str) -> None:
    assert ids(page(office, Filter(), sort)) == found.split()


@pytest.mark.parametrize("sort", get_args(Sort))
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_the_pages_hold_every_alert_once(office: Database, sort: Sort, limit: int) -> None:
    seen, after = [], None
    while True:
        found = page(office, Filter(), sort, limit, after)
        seen += ids(found)
        if (after := found.next) is None:
            break
    assert seen == ids(page(office, Filter(), sort))


def test_an_alert_that_comes_meanwhile_moves_no_other(office: Database) -> None:
    first = page(office, Filter(), limit=2)
    post(office, screened("S5", "PTY-001"))
    assert ids(page(office, Filter(), limit=2, after=first.next)) == ["S2", "S1"]


def test_a_cursor_belongs_to_its_filter(office: Database) -> None:
    first = page(office, Filter(), limit=2)
    with pytest.raises(UnfitError):
        page(office, Filter(decisions=("hold",)), after=first.next)


def test_an_item_names_rules_and_nobody(office: Database) -> None:
    (item,) = page(office, Filter(shipment_id="S1")).items
    assert (item["rules"], item["line_number"], item["version"]) == (["PTY-001", "RTE-001"], None, 1)
    assert "Ertis" not in str(item)
