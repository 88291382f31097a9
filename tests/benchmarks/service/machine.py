"""The service and its database as processes of their own, and what processor time each has used."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
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


class Server:
    """A service with these lists and this store, at one port however often it is started."""

    def __init__(self, home: Path, url: str, workers: int, key: str) -> None:
        """`key` is taken for every scope."""
        self.port = _free_port()
        words = ["serve", "--port", str(self.port), "--database", url, "--workers", str(workers)]
        self._words = [sys.executable, "-m", "screening", *words]
        limits = {"SCREENING_RATE": "1000000", "SCREENING_BURST": "1000000"}
        self._environment = {
            **os.environ,
            **limits,
            "SCREENING_HOME": str(home),
            "SCREENING_BOOTSTRAP_KEY": key,
        }
        self._log = home / "log"

    def start(self) -> int:
        """Returns when it is ready, with its process."""
        with self._log.open("a") as log:
            self._running = subprocess.Popen(
                self._words, env=self._environment, stdout=log, stderr=log, start_new_session=True
            )
        _wait_until_ready(self.port, self._running)
        return self._running.pid

    def kill(self) -> None:
        """Ends every process of it at once, without a word."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait()

    def stop(self) -> None:
        """Lets requests under way come to their end."""
        self._running.terminate()
        self._running.wait(60)


@contextmanager
def service(home: Path, url: str, workers: int, key: str, database: int | None) -> Iterator[Service]:
    """A service with these lists and this store."""
    server = Server(home, url, workers, key)
    pid = server.start()
    try:
        yield Service(server.port, pid, database)
    finally:
        server.stop()


def listed(home: Path, lists: Sequence[str]) -> None:
    """Imports the lists."""
    home.mkdir(exist_ok=True)
    environment = {**os.environ, "SCREENING_HOME": str(home)}
    for path in lists:
        words = [sys.executable, "-m", "screening", "watchlists", "import", path]
        subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


class PostgreSQL:
    """A new server of PostgreSQL, set as it comes: its commits last."""

    def __init__(self, folder: Path) -> None:
        """Its files are in that folder, which others must be able to write."""
        where = programs()
        if where is None:
            raise SystemExit("PostgreSQL is not installed")
        self._data = folder / "data"
        self._user = "nobody" if os.geteuid() == 0 else None
        made = [where / "initdb", "-D", self._data, "-U", "screening", "-A", "trust", "-E", "UTF8"]
        _quietly([*map(str, made)], self._user)
        self._control = [str(where / "pg_ctl"), "-D", str(self._data), "-w", "-l", f"{folder}/log"]
        self._options = f"-c listen_addresses='' -k {folder}"
        self.url = f"postgresql://screening@/postgres?host={folder}"

    @property
    def pid(self) -> int:
        """The process that started all others of it."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Returns when it answers; what it had when it was killed it has made good then."""
        for _ in range(100):
            # Processes of one that was killed may take a moment to notice.
            with suppress(subprocess.CalledProcessError):
                _quietly([*self._control, "-o", self._options, "start"], self._user)
                return
            time.sleep(0.1)
        raise SystemExit("PostgreSQL does not start")

    def kill(self) -> None:
        """Ends every process of it at once, without a word."""
        for pid in _family(self.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ends it without waiting for anybody."""
        _quietly([*self._control, "-m", "immediate", "stop"], self._user)


@contextmanager
def database_server() -> Iterator[PostgreSQL]:
    """A server that runs until the block ends."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        os.chmod(folder, 0o777)
        server = PostgreSQL(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _quietly(words: list[str], user: str | None) -> None:
    subprocess.run(words, user=user, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_until_ready(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(1_800):
        if running.poll() is not None:
            raise SystemExit(f"the service ended with {running.returncode}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the service did not become ready in three minutes")


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
