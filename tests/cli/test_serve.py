"""`screening serve`: says at once what keeps it from starting, and ends when it is told to."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from screening.cli import serve
from tests.cli.conftest import Run


def test_without_what_it_needs_it_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None)
    refused = run("serve")
    assert refused.exit_code == 2
    assert "pip install 'diversion-screening[service]'" in refused.stderr


def test_an_address_in_use_is_told_in_a_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = run("serve", "--port", taken.getsockname()[1], "--database", "store.sqlite")
    assert refused.exit_code == 2
    assert "address already in use; name another --host or --port" in refused.stderr


def test_a_variable_that_makes_no_sense_is_told_by_its_name(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCREENING_BODY_BYTES", "many")
    refused = run("serve")
    assert refused.exit_code == 2
    assert "SCREENING_BODY_BYTES" in refused.stderr


def test_a_store_that_is_none_is_told_before_anything_starts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear store, " * 100)
    refused = run("serve", "--port", "0", "--database", tmp_path / "letter.txt")
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_it_serves_until_it_is_told_to_stop(workers: int, tmp_path: Path, home: Path) -> None:
    words = ["serve", "--port", "0", "--workers", str(workers), "--database", str(tmp_path / "store.sqlite")]
    command = [sys.executable, "-m", "screening", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        address = process.stdout.readline().split()[2].rstrip(";")
        assert urlopen(f"{address}/readyz", timeout=60).status == 200
        process.send_signal(signal.SIGTERM)
        told = process.stderr.read()
    assert process.returncode == 0
    assert all(line.startswith("{") for line in told.splitlines())


def test_workers_leave_with_the_process_that_watches_over_them(tmp_path: Path, home: Path) -> None:
    words = ["serve", "--port", "0", "--workers", "2", "--database", str(tmp_path / "store.sqlite")]
    command = [sys.executable, "-m", "screening", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[2].rstrip(";")
        assert urlopen(f"{address}/healthz", timeout=60).status == 200
        process.kill()
    host, port = address.removeprefix("http://").split(":")
    assert _is_free_soon(host, int(port))


def _is_free_soon(host: str, port: int) -> bool:
    for _ in range(200):
        try:
            socket.create_server((host, port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
