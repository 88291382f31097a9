"""The table: every route times every scope. None holds another, and nothing but health is open."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from starlette.testclient import TestClient

from screening.service.access import Scope
from screening.service.access.identified import OPEN_PATHS
from screening.service.app import create_app
from screening.service.settings import Settings
from screening.store.database import Database
from screening.store.keys import SCOPES, create
from tests.service.routes_table import Entry, routes_of

TABLE = routes_of(create_app(Settings.read({})))
GUARDED = [entry for entry in TABLE if entry.path not in OPEN_PATHS]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A client, and a key of each scope."""
    store = tmp_path_factory.mktemp("scopes") / "store.sqlite"
    with Database.open(store) as database, database.writing() as tx:
        made = {scope: create(tx, scope, [scope], "test").text for scope in SCOPES}
    settings = Settings.read({}, database=str(store))
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client, made


def ask(client: TestClient, entry: Entry, key: str | None) -> int:
    """The status of a request that could be meant, from who shows that key."""
    address = entry.path.replace("{", "").replace("}", "")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return client.request(entry.method, address, headers=headers).status_code


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("entry", GUARDED, ids=lambda entry: f"{entry.method} {entry.path}")
def test_a_key_opens_what_its_scope_is_for_and_nothing_else(
    entry: Entry, scope: str, keys: tuple[TestClient, dict[str, str]]
) -> None:
    client, made = keys
    refused = ask(client, entry, made[scope]) == 403
    assert refused is (entry.scope not in (None, scope))


@pytest.mark.parametrize("entry", GUARDED, ids=lambda entry: f"{entry.method} {entry.path}")
def test_nothing_is_open_without_a_key(entry: Entry, keys: tuple[TestClient, dict[str, str]]) -> None:
    client, _ = keys
    assert ask(client, entry, None) == 401
    assert ask(client, entry, "scr_000000000000_" + "0" * 64) == 401


def test_health_alone_is_open() -> None:
    assert {entry.path for entry in TABLE if entry.scope == ""} == OPEN_PATHS


def test_the_scopes_of_the_door_are_those_of_the_store() -> None:
    assert set(get_args(Scope)) == set(SCOPES)


def test_a_revoked_key_opens_nothing_any_more(tmp_path: Path) -> None:
    settings = Settings.read({}, database=str(tmp_path / "s.sqlite"), bootstrap_key="k", key_memory_seconds=0)
    with TestClient(create_app(settings)) as client:
        first = {"Authorization": "Bearer k"}
        made = client.post("/keys", json={"name": "a", "scopes": ["read"]}, headers=first).json()
        headers = {"Authorization": f"Bearer {made['key']}"}
        assert client.get("/rules", headers=headers).status_code == 200
        client.delete(f"/keys/{made['id']}", headers=first)
        assert client.get("/rules", headers=headers).status_code == 401
