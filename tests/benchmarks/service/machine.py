"""The service and its database as processes of their own, and what processor time each has used."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import programs

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs."""

    port: int
    pid: int
    database: int | None
    """The process of the database's server, where there is one."""

    def used(self) -> dict[str, float]:
        """Seconds of the processor that the service, the database's server and the clients have used."""
        used = {"service": sum(map(_seconds, _family(self.pid))), "clients": time.process_time()}
        if self.database is not None:
            used["database"] = sum(map(_seconds, _family(self.database)))
        return used


@contextmanager
def service(home: Path, url: str, workers: int, key: str, database: int | None) -> Iterator[Service]:
    """A service with these lists and this store."""
    port = _free_port()
    words = ["serve", "--port", str(port), "--database", url, "--workers", str(workers)]
    limits = {"SCREENING_RATE": "1000000", "SCREENING_BURST": "1000000"}
    environment = {**os.environ, "SCREENING_HOME": str(home), "SCREENING_BOOTSTRAP_KEY": key, **limits}
    with (home / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "screening", *words], env=environment, stdout=log, stderr=log
        )
        try:
            _wait_until_ready(port, running)
            yield Service(port, running.pid, database)
        finally:
            running.terminate()
            running.wait(60)


def listed(home: Path, lists: Sequence[str]) -> None:
    """Imports the lists."""
    home.mkdir(exist_ok=True)
    environment = {**os.environ, "SCREENING_HOME": str(home)}
    for path in lists:
        words = [sys.executable, "-m", "screening", "watchlists", "import", path]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def database_server() -> Iterator[tuple[str, int]]:
    """The URL and the process of a new server of PostgreSQL, set as it comes: its commits last."""
    where = programs()
    if where is None:
        raise SystemExit("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        os.chmod(folder, 0o777)
        user = "nobody" if os.geteuid() == 0 else None
        made = [where / "initdb", "-D", f"{folder}/data", "-U", "screening", "-A", "trust", "-E", "UTF8"]
        _quietly([*map(str, made)], user)
        control = [str(where / "pg_ctl"), "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        _quietly([*control, "-o", f"-c listen_addresses='' -k {folder}", "start"], user)
        try:
            process = Path(f"{folder}/data/postmaster.pid").read_text().split()[0]
            yield f"postgresql://screening@/postgres?host={folder}", int(process)
        finally:
            _quietly([*control, "-m", "immediate", "stop"], user)


def _quietly(words: list[str], user: str | None) -> None:
    subprocess.run(words, user=user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_until_ready(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if running.poll() is not None:
            raise SystemExit(f"the service ended with {running.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not become ready in a minute")


def _family(pid: int) -> list[int]:
    """The process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(member for child in children for member in _family(int(child)))]


def _seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK
