"""The client at work: shipments, files, alerts and parties, with the application in process."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from screening import Shipment
from screening.client import Client, Job, Lane
from screening.errors import ServiceError
from screening.service.settings import Settings
from tests.client.conftest import KEY, InProcess
from tests.service.live import serving

SHIPMENT = {"shipment_id": "S1", "shipment_date": "2026-11-21", "consignee_name": "JSC Rosoboronexport"}
CSV = "shipment_id,shipment_date,consignee_name\nS1,2024-11-20,Azu International Ltd Sti\nS2,20 Nov,Bakery\n"


@pytest.fixture
def alert(client: Client) -> int:
    found = client.screen(SHIPMENT).alert
    assert found is not None
    return found


def test_a_shipment_is_answered_with_its_result_and_its_alert(client: Client) -> None:
    booked = Shipment.model_validate(SHIPMENT | {"value": Decimal("10.50"), "order": "A-7"})
    result, alert = client.screen(booked)
    assert (result.decision, result.findings[0].rule, alert) == ("hold", "PTY-001", 1)
    assert (result.shipment["value"], result.shipment["order"]) == ("10.50", "A-7")


def test_shipments_are_answered_in_their_order(client: Client) -> None:
    clear = {"shipment_id": "S2", "shipment_date": dt.date(2026, 11, 21)}
    answers = client.screen_many([clear, SHIPMENT])
    assert [(one.result.shipment_id, one.alert) for one in answers] == [("S2", None), ("S1", 1)]


def test_every_fault_of_a_request_is_told_with_its_place(client: Client) -> None:
    with pytest.raises(ServiceError, match="Unprocessable") as caught:
        client.screen_many([SHIPMENT, {"value": "much", "shipment_date": "soon"}])
    assert caught.value.status == 422
    assert [fault.place for fault in caught.value.errors] == ["/1/shipment_date", "/1/value"]
    assert "request" in caught.value.more


def test_a_file_is_sent_followed_and_fetched(client: Client, tmp_path: Path) -> None:
    file, seen = tmp_path / "book.csv", list[Job]()
    file.write_text(CSV)
    job = client.wait_for_job(client.queue_job(file).id, seen.append, every=0.1)
    assert (job.state, job.file) == ("done", "book.csv")
    assert [result.shipment_id for result in client.job_result(job.id)] == ["S1"]
    assert [row["value"] for row in client.job_rejects(job.id)] == ["20 Nov"]
    assert {one.state for one in seen} <= {"queued", "running"}


def test_a_file_is_sent_with_what_its_headers_mean(client: Client, tmp_path: Path) -> None:
    file, mapping = tmp_path / "book.csv", tmp_path / "mapping.yaml"
    file.write_text("Sendung;Empfänger\nS1;Azu International Ltd Sti\n")
    mapping.write_text("columns: {Sendung: shipment_id, Empfänger: consignee_name}\n")
    job = client.wait_for_job(client.queue_job(file, mapping=mapping).id, every=0.1)
    assert [result.shipment_id for result in client.job_result(job.id)] == ["S1"]


def test_a_result_is_written_to_a_file(client: Client, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(CSV)
    job = client.wait_for_job(client.queue_job(tmp_path / "book.csv").id, every=0.1)
    client.save_result(job.id, tmp_path / "alerts.parquet", "parquet")
    assert (tmp_path / "alerts.parquet").read_bytes()[:4] == b"PAR1"
    client.delete_job(job.id)
    assert list(client.list_jobs()) == []


def test_alerts_come_one_after_the_other_over_all_pages(client: Client) -> None:
    client.screen_many([{**SHIPMENT, "shipment_id": f"S{number}"} for number in range(5)])
    found = list(client.list_alerts(state=["open"], party="rosoboronexport", sort="opened", limit=2))
    assert [alert.shipment_id for alert in found] == ["S0", "S1", "S2", "S3", "S4"]
    assert list(client.list_alerts(opened_before=dt.date(2000, 1, 1))) == []


def test_an_alert_is_looked_at_and_decided_on(client: Client, alert: int) -> None:
    looked = client.show_alert(alert)
    assert looked.record is not None and looked.record.decision == "hold"
    decided = client.decide(alert, looked.version, "review", comment="asked the forwarder")
    assert (decided.state, "release" in decided.actions) == ("in_review", True)
    assert client.show_alert(alert).decisions[-1].comment == "asked the forwarder"


def test_who_looked_at_an_older_version_is_shown_the_newest(client: Client, alert: int) -> None:
    client.decide(alert, 1, "review")
    with pytest.raises(ServiceError) as caught:
        client.decide(alert, 1, "block")
    assert (caught.value.status, caught.value.more["current"]["state"]) == (409, "in_review")


def test_what_is_settled_is_added_and_ended(client: Client) -> None:
    expires = dt.date.today() + dt.timedelta(30)
    added = client.suppress("known", expires, rule="GDS-001", lane=Lane(origin="DE", to="AE"))
    assert client.show_suppression(added.id).lane == Lane(origin="DE", to="AE")
    assert client.end_suppression(added.id).standing == "ended"
    assert [one.standing for one in client.list_suppressions()] == ["ended"]


def test_a_party_is_looked_up_by_itself_and_as_an_entity(client: Client) -> None:
    (match, *_) = client.match_party("Azu International Ltd Sti", country="TR")
    query = {"schema": "Company", "properties": {"name": ["Azu International Ltd Sti"]}}
    found = client.match_entities({"q1": query}, limit=1)["q1"][0]
    assert match.id == found.id
    assert found.match and found.score > 0.9


def test_what_the_service_judges_by_is_told(client: Client, alert: int) -> None:
    rules = {rule.id: rule for rule in client.list_rules().items}
    assert rules["PTY-001"].precision.alerts == 1
    assert {one.kind for one in client.list_watchlists().items} == {"parties", "countries", "goods"}
    assert {reason.action for reason in client.list_reasons()} >= {"release", "block"}
    assert "screening" in client.show_metrics()
    assert (client.process_is_there(), client.work_can_be_done()) == (True, True)


def test_keys_are_made_and_revoked(client: Client, transport: InProcess) -> None:
    made = client.create_key("orders", ["screen"], days=1)
    assert made.key not in repr(made)
    with Client("http://testserver", lambda: made.key, transport=transport) as orders:
        assert orders.screen(SHIPMENT).alert == 1
        with pytest.raises(ServiceError) as caught:
            orders.list_rules()
    assert caught.value.status == 403
    assert client.revoke_key(made.id).revoked_at == client.list_keys()[-1].revoked_at


def test_webhooks_are_made_and_ended(client: Client) -> None:
    made = client.subscribe("http://127.0.0.1:9/hook", ["alert.opened"])
    client.screen(SHIPMENT)
    assert [(one.webhook, one.event) for one in client.list_deliveries()] == [(made.id, "alert.opened")]
    assert client.end_webhook(made.id).ended_at == client.list_webhooks()[0].ended_at


@pytest.fixture
def over_a_socket(tmp_path: Path) -> Iterator[Client]:
    settings = Settings.read({}, database=str(tmp_path / "s.sqlite"), bootstrap_key=KEY)
    with serving(settings) as server, Client(f"http://127.0.0.1:{server.port}", KEY) as client:
        yield client


def test_a_server_is_spoken_to_over_its_socket(over_a_socket: Client, tmp_path: Path) -> None:
    (tmp_path / "book.csv").write_text(CSV)
    job = over_a_socket.wait_for_job(over_a_socket.queue_job(tmp_path / "book.csv").id, every=0.1)
    assert (job.bytes, len(list(over_a_socket.job_result(job.id)))) == (len(CSV), 1)
    assert over_a_socket.screen(SHIPMENT).result.decision == "hold"
