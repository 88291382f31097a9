"""The server: uvicorn with our limits and logs, one process or several on one socket.

What keeps the service from starting is told before the first worker starts, in one line.
"""

import multiprocessing
import os
import socket
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, suppress
from ipaddress import ip_address

import uvicorn
from uvicorn.supervisors import Multiprocess

from screening.errors import UsageError
from screening.service.connections import PatientProtocol
from screening.service.logs import configuration
from screening.service.settings import Settings

FACTORY = "screening.service.app:app_from_environment"
METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
THREADS = "POLARS_MAX_THREADS"
_SILENCE = 60
"""Seconds after which a worker that does not even say that it is there is replaced."""


def serve(settings: Settings, socket_: socket.socket) -> None:
    """Serves until the process is told to stop, and lets requests under way come to their end."""
    with ExitStack() as ending:
        folder = ending.enter_context(tempfile.TemporaryDirectory(prefix="screening-metrics-"))
        os.environ |= settings.environment() | {METRICS_FOLDER: folder}
        os.environ.setdefault(THREADS, str(_threads(settings.workers)))
        config = _config(settings)
        if settings.workers == 1:
            # What stopped it is raised again when it has stopped, and is no news then.
            ending.enter_context(suppress(KeyboardInterrupt))
            uvicorn.Server(config).run([socket_])
        else:
            Multiprocess(config, [socket_]).run()


def _threads(workers: int) -> int:
    """Threads of each worker's columns: workers that share the cores must not all want them all."""
    return max(1, (os.cpu_count() or 1) // workers)


def listening(settings: Settings) -> socket.socket:
    """The socket, before anybody is let in. Raises UsageError for an address that can't be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        found = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        what = (error.strerror or str(error)).partition(" (")[0].lower()
        raise UsageError(f"{settings.host}:{settings.port}: {what}; name another --host or --port") from None
    # Connections take it over. Without it the body of an answer waits until its head is acknowledged: 40 ms.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def checked(settings: Settings) -> None:
    """Returns when the store opens, and rules and lists can be used. Raises ScreeningError.

    In a process of its own, so that the one that only watches over workers stays small.
    """
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pool.submit(_open_all, settings).result()


def _open_all(settings: Settings) -> None:
    from screening.service.screeners import Screeners
    from screening.store.database import Database

    with Database.open(settings.database.get_secret_value()):
        Screeners.load(settings)


def is_loopback(host: str) -> bool:
    """Whether nobody outside this machine reaches that address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        FACTORY,
        factory=True,
        workers=settings.workers,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        access_log=False,
        server_header=False,
        log_config=configuration(),
        timeout_keep_alive=30,
        timeout_graceful_shutdown=settings.stop_seconds,
        timeout_worker_healthcheck=_SILENCE,
    )
