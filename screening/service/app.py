"""The application: its routes, and around them, from outside in, what every request goes through."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from screening.errors import ScreeningError
from screening.service import routes
from screening.service.access.identified import Identified
from screening.service.problems import Problem, answer_problem, faults, invalid, problem_response
from screening.service.running import Service
from screening.service.settings import Settings
from screening.version import version


def create_app(settings: Settings) -> FastAPI:
    """The application that these settings ask for; it opens its store and lists when it is started."""
    app = FastAPI(
        title="diversion-screening",
        version=version(),
        lifespan=_lifetime(settings),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.add_middleware(Identified)
    app.add_exception_handler(HTTPException, answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_faults)
    app.add_exception_handler(ScreeningError, _answer_refusal)
    for router in routes.ALL:
        app.include_router(router)
    return app


def app_from_environment() -> FastAPI:
    """The application as the environment sets it: what a worker process starts with."""
    return create_app(Settings.read())


def _lifetime(settings: Settings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifetime(app: FastAPI) -> AsyncIterator[None]:
        with ExitStack() as ending:
            app.state.service = await run_in_threadpool(Service.start, settings, ending)
            yield

    return lifetime


async def _answer_faults(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem_response(invalid(faults(error.errors())), request.scope)


async def _answer_refusal(request: Request, error: Exception) -> Response:
    """What the library says no to is told in its own words."""
    return problem_response(Problem(422, str(error)), request.scope)
