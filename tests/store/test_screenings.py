"""Screenings are kept once, and come to one alert a line, whoever posts them how often."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import update

from screening.store.database import Database
from screening.store.schema import ALERT_PARTIES, ALERTS, AUDIT, DECISIONS, FINDINGS, SCREENINGS, SHIPMENTS
from tests.store.records import post, rows_of, screened


def test_a_clear_shipment_is_kept_without_an_alert(database: Database) -> None:
    assert post(database, screened()) == [None]
    (screening,) = rows_of(database, SCREENINGS)
    assert (screening.decision, screening.record, screening.cause) == ("clear", None, "post")
    assert len(rows_of(database, SHIPMENTS)) == 1
    assert rows_of(database, ALERTS) == []


def test_what_is_above_clear_opens_an_alert_with_its_rules(database: Database) -> None:
    (alert,) = post(database, screened("S1", "GDS-011", "PTY-001"))
    (row,) = rows_of(database, ALERTS)
    assert (row.id, row.state, row.decision, row.score, row.version) == (alert, "open", "hold", 80, 1)
    assert [(f.rule, f.points) for f in rows_of(database, FINDINGS)] == [("GDS-011", 40), ("PTY-001", 40)]


def test_the_same_post_again_changes_no_alert(database: Database) -> None:
    first = post(database, screened("S1", "GDS-011"))
    before = rows_of(database, ALERTS)
    assert (post(database, screened("S1", "GDS-011")), rows_of(database, ALERTS)) == (first, before)
    assert (len(rows_of(database, SHIPMENTS)), len(rows_of(database, SCREENINGS))) == (1, 2)


def test_another_content_is_another_version_under_the_same_alert(database: Database) -> None:
    first = post(database, screened("S1", "GDS-011"))
    assert post(database, screened("S1", "GDS-011", "PTY-001", consignee_name="Azu")) == first
    assert [row.version for row in rows_of(database, SHIPMENTS)] == [1, 2]
    (alert,) = rows_of(database, ALERTS)
    assert (alert.decision, alert.version, alert.shipment) == ("hold", 2, rows_of(database, SHIPMENTS)[1].id)
    assert [f.rule for f in rows_of(database, FINDINGS)] == ["GDS-011", "PTY-001"]
    (step,) = rows_of(database, DECISIONS)
    assert (step.action, step.number, '"before":"review"' in step.difference) == ("rescreened", 2, True)


def test_an_alert_is_found_by_its_parties_and_has_a_deadline(database: Database) -> None:
    post(database, screened("S1", "GDS-011", country_of_destination="KZ"))
    (alert,) = rows_of(database, ALERTS)
    assert (alert.destination, alert.deadline > alert.opened_at) == ("KZ", True)
    assert len(rows_of(database, ALERT_PARTIES)) == 1
    post(database, screened("S1", "GDS-011", exporter_name="Azu International"))
    assert len(rows_of(database, ALERT_PARTIES)) == 2


def test_a_released_alert_is_open_again_where_something_came(database: Database) -> None:
    post(database, screened("S1", "GDS-011"))
    with database.writing() as tx:
        tx.connection.execute(update(ALERTS).values(state="released", deadline=None))
    post(database, screened("S1", "GDS-011"))
    assert [row.state for row in rows_of(database, ALERTS)] == ["released"]
    post(database, screened("S1", "GDS-011", "PTY-001"))
    assert [(row.state, bool(row.deadline)) for row in rows_of(database, ALERTS)] == [("open", True)]


def test_a_lower_revision_that_comes_late_changes_no_alert(database: Database) -> None:
    post(database, screened("S1", "GDS-011", revision=2))
    before = rows_of(database, ALERTS)
    post(database, screened("S1", "GDS-011", "PTY-001", revision=1))
    assert rows_of(database, ALERTS) == before
    post(database, screened("S1", revision=3))
    assert [(row.decision, row.score) for row in rows_of(database, ALERTS)] == [("clear", 0)]
    assert rows_of(database, FINDINGS) == []


def test_of_several_revisions_in_one_request_the_highest_counts(database: Database) -> None:
    posted = [screened("S1", "GDS-011", revision=n) for n in (2, 3, 1)]
    alerts = post(database, *posted, screened("S1", "GDS-011", line_number=7))
    assert alerts[0] == alerts[1] == alerts[2] != alerts[3]
    rows = {row.id: row for row in rows_of(database, SHIPMENTS)}
    assert {rows[alert.shipment].revision for alert in rows_of(database, ALERTS)} == {3, None}


def test_concurrent_posts_of_one_shipment_give_one_alert(database: Database) -> None:
    post(database, screened("S0"))
    with ThreadPoolExecutor(8) as pool:
        alerts = list(pool.map(lambda _: post(database, screened("S1", "GDS-011")), range(24)))
    assert len({one for (one,) in alerts}) == 1
    assert (len(rows_of(database, ALERTS)), len(rows_of(database, SHIPMENTS))) == (1, 2)
    assert len(rows_of(database, SCREENINGS)) == 25


def test_concurrent_lists_with_the_same_shipments_give_each_an_alert(database: Database) -> None:
    post(database, screened("S0"))
    posted = [screened(f"S{n}", "GDS-011") for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: post(database, *(posted if n % 2 else posted[::-1])), range(8)))
    assert len(rows_of(database, ALERTS)) == 40


def test_one_entry_tells_of_all_that_a_request_screened(database: Database) -> None:
    post(database, *(screened(f"S{n}", *["GDS-011"][: n % 2]) for n in range(5)))
    *_, entry = rows_of(database, AUDIT)
    assert (entry.kind, entry.actor, entry.subject) == ("screened", "key/orders", "screenings/1-5")
    assert entry.body.count('"1":') == 3
    assert "Ertis" not in entry.body


def test_odd_texts_are_kept_as_they_are(database: Database) -> None:
    post(database, screened("S\x001 🚢", "GDS-011", goods_description="a\x00b"))
    (row,) = rows_of(database, SHIPMENTS)
    assert (row.shipment_id, "a\\u0000b" in row.content) == ("S\ufffd1 🚢", True)
