"""A store in each of the databases: every test that asks for `database` runs on both.

SQLite is always there. PostgreSQL is where Debian's package has put its programs: one server for all the
tests of a process, on a socket in a temporary folder, and a new database for each test.
"""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from screening.store.database import Database

_LACKING = "PostgreSQL is not installed: on Debian `apt-get install postgresql`, which `.ci/run` does"
_FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "shared_buffers=64MB")
Run = Callable[..., None]


def programs() -> Path | None:
    """Where the programs of the newest PostgreSQL are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The start of the URL of a running server; `{start}NAME?{end}` in one."""
    where = programs()
    if where is None:
        pytest.skip(_LACKING)
    # The path of a socket has room for a hundred letters, which pytest's own folders need.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        run = _as_somebody(Path(folder))
        run(where / "initdb", "-D", f"{folder}/data", "-U", "screening", "-A", "trust", "-N", "-E", "UTF8")
        settings = " ".join([*_FAST, "-c", "listen_addresses=''", "-c", f"unix_socket_directories={folder}"])
        control = (where / "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log")
        run(*control, "-o", settings, "start")
        try:
            yield f"postgresql://screening@/postgres?host={folder}"
        finally:
            run(*control, "-m", "immediate", "stop")


def _as_somebody(folder: Path) -> Run:
    """Runs programs in that folder; root, whom the server refuses, becomes a user without rights."""
    nobody = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    user, group = (nobody.pw_uid, nobody.pw_gid) if nobody else (None, None)
    if nobody:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)

    def run(*words: object) -> None:
        # Not through a pipe: the server would keep it open.
        with (folder / "said").open("w+") as said:
            done = subprocess.run(
                [*map(str, words)], stdout=said, stderr=said, cwd=folder, user=user, group=group
            )
        assert done.returncode == 0, (folder / "said").read_text()

    return run


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store can be made, once in each of the databases."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return _new_database(request.getfixturevalue("server"))


def _new_database(server: str) -> str:
    import psycopg

    name = f"store_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.replace("/postgres?", f"/{name}?")


class SteppingClock:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> SteppingClock:
    """The clock of `database`."""
    return SteppingClock()


@pytest.fixture
def database(url: str, clock: SteppingClock) -> Iterator[Database]:
    """A store with nothing in it."""
    with Database.open(url, now=clock) as opened:
        yield opened
