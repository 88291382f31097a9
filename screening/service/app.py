"""The application: its routes, and around them, from outside in, what every request goes through."""

import gc
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from functools import cache, partial

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from screening.errors import ScreeningError
from screening.service import routes
from screening.service.access.identified import Identified
from screening.service.headers import SecurityHeaders
from screening.service.limits import BodyLimit, CrowdLimit, RateLimit, TimeLimit
from screening.service.openapi import document, operation_name
from screening.service.parent import leave_with_parent
from screening.service.problems import answer_problem, faults, invalid, problem_response
from screening.service.rates import Rates
from screening.service.refusals import problem_of
from screening.service.running import Service
from screening.service.settings import Settings
from screening.service.traced import Traced
from screening.version import version

_BETWEEN_COLLECTIONS = 20_000
"""Objects that were made and are still there: a shipment leaves some hundreds for a while."""


def create_app(settings: Settings) -> FastAPI:
    """The application that these settings ask for; it opens its store and lists when it is started."""
    app = FastAPI(
        title="diversion-screening",
        version=version(),
        lifespan=_lifetime(settings),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_name,
    )
    _surround(app, settings)
    app.add_exception_handler(HTTPException, answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_faults)
    app.add_exception_handler(ScreeningError, _answer_refusal)
    for router in routes.ALL:
        app.include_router(router)
    app.openapi = cache(partial(document, app))  # type: ignore[method-assign]
    return app


def _surround(app: FastAPI, settings: Settings) -> None:
    """Puts around the routes what every request goes through; the last is the outermost."""
    app.add_middleware(TimeLimit, settings.answer_seconds)
    app.add_middleware(RateLimit, Rates(settings.rate, settings.burst, time.monotonic))
    app.add_middleware(Identified)
    app.add_middleware(CrowdLimit, settings.crowd)
    app.add_middleware(
        BodyLimit, settings.body_bytes, settings.body_seconds, {"/jobs": settings.upload_bytes}
    )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Traced)


def app_from_environment() -> FastAPI:
    """The application as the environment sets it: what a worker process starts with."""
    return create_app(Settings.read())


def _lifetime(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifetime(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as ending:
            leave_with_parent()
            app.state.service = await run_in_threadpool(Service.start, settings, ending)
            _leave_out_of_collections()
            yield

    return lifetime


def _leave_out_of_collections() -> None:
    """What a start makes stays: to look through it for garbage would hold up all requests at once."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_COLLECTIONS, 50, 50)


async def _answer_faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(invalid(faults(error.errors())), request.scope)


async def _answer_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, ScreeningError)
    return problem_response(problem_of(error), request.scope)
