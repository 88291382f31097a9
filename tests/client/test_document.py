"""The client against the OpenAPI document: every operation has its verb, and asks for nothing else."""

import datetime as dt
import io
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, get_type_hints

import httpx
import pytest

from screening import client as package
from screening.client import Client, administration, alerts, casework, files, operation, parties
from screening.client.shown import Shown
from screening.errors import ServiceError
from screening.service.app import create_app
from screening.service.settings import Settings

DOCUMENT = create_app(Settings.read({})).openapi()
OPERATIONS = {
    told["operationId"]: (method.upper(), path, told)
    for path, operations in DOCUMENT["paths"].items()
    for method, told in operations.items()
}
JOB = "0" * 24
BESIDES = {"close", "save_result", "screen_many", "wait_for_job"}
"""What the client does beyond the operations, by means of them."""
CALLS: dict[str, Callable[[Client], Any]] = {
    "create_key": lambda client: client.create_key("a", ["read"], days=1),
    "decide": lambda client: client.decide(1, 1, "release", reason="r", comment="c", assignee="a"),
    "delete_job": lambda client: client.delete_job(JOB),
    "end_suppression": lambda client: client.end_suppression(1),
    "end_webhook": lambda client: client.end_webhook(1),
    "job_rejects": lambda client: client.job_rejects(JOB),
    "job_result": lambda client: list(client.job_result(JOB)),
    "list_alerts": lambda client: list(client.list_alerts(state=["open"], due_before=dt.date.max, limit=1)),
    "list_deliveries": lambda client: list(client.list_deliveries("dead")),
    "list_jobs": lambda client: list(client.list_jobs()),
    "list_keys": lambda client: client.list_keys(),
    "list_reasons": lambda client: client.list_reasons(),
    "list_refreshes": lambda client: client.list_refreshes(),
    "list_rescreenings": lambda client: client.list_rescreenings(),
    "list_rules": lambda client: client.list_rules(),
    "list_suppressions": lambda client: client.list_suppressions(),
    "list_watchlists": lambda client: client.list_watchlists(),
    "list_webhooks": lambda client: client.list_webhooks(),
    "match_entities": lambda client: client.match_entities({"q": {}}, "a b", exclude_dataset=["c"], limit=1),
    "match_party": lambda client: client.match_party("a", country="TR", birth_date="1962"),
    "process_is_there": lambda client: client.process_is_there(),
    "queue_job": lambda client: client.queue_job(io.BytesIO(b"shipment_id\n1\n"), all=True, name="a.csv"),
    "refresh_watchlists": lambda client: client.refresh_watchlists(["ofac-sdn"], allow_shrink=True),
    "revoke_key": lambda client: client.revoke_key("0" * 12),
    "screen": lambda client: client.screen({"shipment_id": "S-1"}),
    "send_again": lambda client: client.send_again(1),
    "show_alert": lambda client: client.show_alert(1),
    "show_job": lambda client: client.show_job(JOB),
    "show_metrics": lambda client: client.show_metrics(),
    "show_suppression": lambda client: client.show_suppression(1),
    "subscribe": lambda client: client.subscribe("https://orders.example.com/hook"),
    "suppress": lambda client: client.suppress("why", dt.date.max, party="a", entry="b"),
    "work_can_be_done": lambda client: client.work_can_be_done(),
}


def verbs() -> set[str]:
    return {name for name in dir(Client) if not name.startswith("_")}


def asked_for(call: Callable[[Client], Any]) -> httpx.Request:
    """The one request that a call comes to; nobody answers it with anything of use."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        sent.append(request)
        return httpx.Response(418)

    transport = httpx.MockTransport(answer)
    with Client("http://service", "key", transport=transport) as client, suppress(ServiceError):
        call(client)
    (request,) = sent
    return request


def test_every_operation_has_its_verb_and_no_verb_is_left_over() -> None:
    assert verbs() - BESIDES == OPERATIONS.keys() == CALLS.keys()


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_verb_asks_for_its_operation(name: str) -> None:
    method, path, told = OPERATIONS[name]
    request = asked_for(CALLS[name])
    assert request.method == method
    assert re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), request.url.raw_path.decode().partition("?")[0])
    parameters = {one["name"] for one in told.get("parameters", ()) if one["in"] == "query"}
    assert set(request.url.params) <= parameters
    assert ("Idempotency-Key" in request.headers) is takes_key(told)
    assert request.headers["Authorization"] == "Bearer key"


def takes_key(told: dict[str, Any]) -> bool:
    return any(one["name"] == "Idempotency-Key" for one in told.get("parameters", ()))


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_a_body_is_of_a_kind_that_the_operation_takes(name: str) -> None:
    content = OPERATIONS[name][2].get("requestBody", {}).get("content", {})
    request = asked_for(CALLS[name])
    assert bool(request.content) is bool(content)
    assert not content or request.headers["Content-Type"] in content


def queried(operation: str) -> set[str]:
    return {one["name"] for one in OPERATIONS[operation][2]["parameters"] if one["in"] == "query"}


def test_what_alerts_and_entities_can_be_asked_by_is_what_the_operations_take() -> None:
    assert get_type_hints(casework.AlertsAsked).keys() == queried("list_alerts") - {"cursor"}
    assert get_type_hints(parties.EntitiesAsked).keys() == queried("match_entities")


def test_what_is_known_of_a_party_is_what_the_operation_takes() -> None:
    assert get_type_hints(parties.Known).keys() == properties("PartyAsked") - {"name"}


SCHEMAS: dict[type[Shown], str] = {
    administration.Delivery: "DeliveryShown",
    administration.DeliveryAgain: "DeliveryAgain",
    administration.Key: "KeyShown",
    administration.NewKey: "KeyMade",
    administration.NewWebhook: "WebhookMade",
    administration.Webhook: "WebhookShown",
    alerts.Alert: "AlertShown",
    alerts.AlertInFull: "AlertInFull",
    alerts.AlertStanding: "AlertStanding",
    alerts.Decided: "DecisionShown",
    alerts.Lane: "LaneAsked",
    alerts.Reason: "ReasonShown",
    alerts.ScreenedBefore: "ScreeningShown",
    alerts.Suppression: "SuppressionShown",
    files.Job: "JobShown",
    operation.Chore: "ChoreShown",
    operation.Lists: "ListsShown",
    operation.Precision: "PrecisionShown",
    operation.Rule: "RuleShown",
    operation.Rules: "RulesShown",
    operation.Watchlist: "ListShown",
    parties.EntityFound: "EntityFound",
}


def properties(schema: str) -> set[str]:
    return set(DOCUMENT["components"]["schemas"][schema]["properties"])


def below(model: type[Shown]) -> list[type[Shown]]:
    return [one for child in model.__subclasses__() for one in (child, *below(child))]


@pytest.mark.parametrize("model", below(Shown), ids=lambda model: model.__name__)
def test_a_model_holds_what_the_service_tells(model: type[Shown]) -> None:
    held = set(model.model_json_schema(mode="serialization")["properties"])
    assert held == properties(SCHEMAS[model])


def test_the_public_names_are_sorted_and_there() -> None:
    assert list(package.__all__) == sorted(package.__all__)
    assert [name for name in package.__all__ if not hasattr(package, name)] == []
