"""The application as tests meet it: a store of its own, and a key of every scope."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from screening.service.app import create_app
from screening.service.settings import Settings

KEY = "the key that tests come in with"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read(
        {}, database=f"sqlite:///{tmp_path / 'store.sqlite'}", bootstrap_key=KEY, jobs_at_once=0
    )


@pytest.fixture
def stranger(settings: Settings) -> Iterator[TestClient]:
    """Somebody without a key."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    stranger.headers["Authorization"] = f"Bearer {KEY}"
    return stranger
