"""The client in front of the application in process."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from screening.client import Client
from screening.service.app import create_app
from screening.service.settings import Settings

KEY = "the key that tests come in with"


class InProcess(httpx.BaseTransport):
    """Hands requests to the application."""

    def __init__(self, door: TestClient) -> None:
        self._door = door

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        answer = self._door.request(
            request.method, str(request.url), content=request.content, headers=dict(request.headers)
        )
        return httpx.Response(
            answer.status_code, headers=answer.headers.multi_items(), content=answer.content
        )


@pytest.fixture
def transport(tmp_path: Path) -> Iterator[InProcess]:
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    settings = Settings.read({}, database=store, bootstrap_key=KEY, webhooks_private=True)
    with TestClient(create_app(settings), raise_server_exceptions=False) as door:
        yield InProcess(door)


@pytest.fixture
def client(transport: InProcess) -> Iterator[Client]:
    with Client("http://testserver", KEY, transport=transport) as client:
        yield client
