"""A typed client of the service, with the verbs of its routes.

    from screening.client import Client

    with Client("https://screening.example.com", key) as client:
        answer = client.screen({"shipment_id": "S-1", "consignee_name": "Azu International Ltd Sti"})
        if answer.alert is not None:
            print(answer.result.decision, answer.result.findings[0].explanation)

Each operation of the OpenAPI document is a method of the same name. Calls block; there is no asynchronous
client. What the service refuses is raised as `screening.errors.ServiceError`.
"""

from screening.client.administration import Delivery, Key, NewKey, NewWebhook, Webhook
from screening.client.alerts import Alert, AlertInFull, AlertStanding, Decided, Lane, Reason, Suppression
from screening.client.client import Client
from screening.client.files import Job
from screening.client.operation import Chore, Lists, Rules
from screening.client.parties import EntityFound
from screening.client.shown import Screened

__all__ = [
    "Alert",
    "AlertInFull",
    "AlertStanding",
    "Chore",
    "Client",
    "Decided",
    "Delivery",
    "EntityFound",
    "Job",
    "Key",
    "Lane",
    "Lists",
    "NewKey",
    "NewWebhook",
    "Reason",
    "Rules",
    "Screened",
    "Suppression",
    "Webhook",
]
