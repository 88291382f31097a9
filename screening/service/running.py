"""What the routes of one worker process share: the settings, the store, the screener in use, who is known."""

import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Self

from fastapi import Depends, Request

from screening.screener import Screener
from screening.service.access.bootstrap import BootstrapKey
from screening.service.access.identified import Doorkeeper
from screening.service.access.issuer import IssuerKeys
from screening.service.access.principal import Authority
from screening.service.access.stored import StoredKeys
from screening.service.access.tokens import Claims, IssuerTokens
from screening.service.courier import Courier
from screening.service.desk import ScreeningDesk
from screening.service.jobs.expiry import Expiry
from screening.service.jobs.runner import JobRunner
from screening.service.screeners import Screeners, put_in_use
from screening.service.settings import Settings
from screening.service.suppressing import Suppressing
from screening.store import jobs
from screening.store.casework.judgement import Judge
from screening.store.casework.policy import read_work_policy
from screening.store.casework.reasons import read_reasons
from screening.store.database import Database


@dataclass(frozen=True, slots=True)
class Service:
    """One worker process of the service, from its start to its end."""

    settings: Settings
    database: Database
    screeners: Screeners
    desk: ScreeningDesk
    doorkeeper: Doorkeeper
    judge: Judge
    """Which decisions may be taken on alerts."""
    suppressing: Suppressing

    @classmethod
    def start(cls, settings: Settings, ending: ExitStack) -> Self:
        """A service that is ready; what it holds is let go by `ending`. Raises ScreeningError."""
        database = ending.enter_context(Database.open(settings.database.get_secret_value()))
        doorkeeper = Doorkeeper(_authorities(settings, database), settings.key_memory_seconds, time.monotonic)
        screeners = Screeners.load(settings)
        database.write(lambda tx: put_in_use(tx, screeners.current))
        ending.callback(screeners.watch(partial(_put_in_use, database)).set)
        suppressing = Suppressing(database, time.monotonic)
        desk = ScreeningDesk(lambda: suppressing.applied(screeners.current))
        ending.callback(desk.close)
        ending.callback(JobRunner(settings, database, at_once=settings.jobs_at_once).close)
        ending.callback(Expiry(settings, database).close)
        if settings.chores:
            ending.callback(JobRunner(settings, database, jobs.CHORES).close)
        courier = Courier(database, settings.webhooks_private)
        ending.callback(courier.close)
        courier.start()
        return cls(settings, database, screeners, desk, doorkeeper, _judge(settings), suppressing)


def _put_in_use(database: Database, screener: Screener) -> None:
    database.write(lambda tx: put_in_use(tx, screener))


def _judge(settings: Settings) -> Judge:
    policy, reasons = (Path(name) if name else None for name in (settings.work_policy, settings.reasons))
    return Judge(read_work_policy(policy), read_reasons(reasons))


def _authorities(settings: Settings, database: Database) -> list[Authority]:
    authorities: list[Authority] = [StoredKeys(database)]
    if settings.bootstrap_key is not None:
        authorities.append(BootstrapKey(settings.bootstrap_key.get_secret_value()))
    if settings.oidc_issuer is not None:
        authorities.append(_issuer(settings, settings.oidc_issuer))
    return authorities


def _issuer(settings: Settings, issuer: str) -> IssuerTokens:
    keys = IssuerKeys(issuer, settings.oidc_jwks_url, time.monotonic)
    claims = Claims(settings.oidc_scopes_claim, settings.oidc_scopes)
    assert settings.oidc_audience is not None
    return IssuerTokens(keys, issuer, settings.oidc_audience, settings.oidc_algorithms, claims)


async def _service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Running = Annotated[Service, Depends(_service_of)]
"""The parameter by which a route has the service."""
