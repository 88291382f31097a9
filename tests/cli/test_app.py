"""The command as a whole: it answers at once, refuses what it does not know, and never shows a traceback."""

import contextlib
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from screening.version import version
from tests.books import other_trade, write_book
from tests.cli.conftest import DEMO, Run

COMMAND = [sys.executable, "-m", "screening"]


def real(*words: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **settings}
    return subprocess.run([*COMMAND, *words], cwd=folder, env=environment, capture_output=True, check=False)


def test_the_version_is_that_of_the_package(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"screening {version()}\n")


def test_help_loads_no_engine(tmp_path: Path) -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from screening.cli import app; "
        "assert CliRunner().invoke(app, ['screen', '--help']).exit_code == 0; "
        "print(sorted({'polars', 'pyarrow', 'numpy', 'rapidfuzz'} & sys.modules.keys()))"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True)
    assert ended.stdout.decode().strip() == "[]"


def test_help_answers_at_once(tmp_path: Path) -> None:
    real("--help", folder=tmp_path)
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        assert real("--help", folder=tmp_path).returncode == 0
        taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.6


def test_a_command_that_is_not_there_is_refused(run: Run) -> None:
    result = run("clear")
    assert result.exit_code == 2
    assert "No such command 'clear'" in result.stderr


def test_an_unknown_option_is_refused_in_a_few_lines(run: Run) -> None:
    result = run("screen", DEMO, "--audit", "a.db")
    assert result.exit_code == 2
    assert "No such option: --audit" in result.stderr
    assert len(result.stderr.splitlines()) <= 4


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_so_and_leaves_nothing_half_written(
    tmp_path: Path, sent: signal.Signals
) -> None:
    rows = "".join(f"A{row},Firm {row} Cargo,KG,854231\n" for row in range(40_000))
    (tmp_path / "in.csv").write_text("shipment_id,consignee_name,consignee_country,hs_code\n" + rows)
    words = [*COMMAND, "screen", "in.csv", "--all", "--output", "out.jsonl"]
    with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE) as running:
        while running.poll() is None and not list(tmp_path.glob(".out*")):
            time.sleep(0.01)
        running.send_signal(sent)
        told = running.communicate()[1].decode()
    assert (running.returncode, os.listdir(tmp_path)) == (130, ["in.csv"])
    assert told == "error: stopped before the end; no file was left half written\n"


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    # More than a pipe holds, so that the writer meets the reader's end.
    book = write_book(tmp_path / "book.csv", other_trade(1_500))
    words = [*COMMAND, "screen", str(book), "--all", "--output", "-"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        told = running.stderr.read().decode()
    assert (running.returncode, "Error" in told, "error" in told) == (141, False, False)


def test_a_full_disk_behind_standard_output_is_told_once(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*COMMAND, "schema"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert ended.returncode == 2
    assert ended.stderr.decode().splitlines() == [
        "error: standard output: no space left on device; check its place, permissions and disk"
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"COLUMNS": "20"},
        {"TERM": "dumb"},
    ],
    ids=str,
)
def test_no_letters_and_no_width_of_a_terminal_stop_the_demo(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    ended = real("demo", folder=tmp_path, **settings)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_narrow_terminal_is_enough(tmp_path: Path) -> None:
    master, terminal = os.openpty()
    termios.tcsetwinsize(terminal, (24, 40))
    words = [*COMMAND, "screen", str(DEMO), "--output", "out.jsonl"]
    settings = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(words, cwd=tmp_path, stdin=terminal, stderr=terminal, env=settings) as running:
        os.close(terminal)
        told = read_to_the_end(master)
    assert running.returncode == 0
    assert "No hit is not a" in told and "\x1b[1m" in told


def read_to_the_end(terminal: int) -> str:
    parts = []
    # A terminal whose other side has closed ends in an error, not in nothing.
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()


@pytest.mark.parametrize("command", ["doctor", "screen in.csv --output -"])
def test_a_closed_standard_output_is_no_traceback(tmp_path: Path, command: str) -> None:
    (tmp_path / "in.csv").write_text("consignee_name\nA Firm\n", encoding="utf-8")
    words = f"{sys.executable} -m screening {command} >&- 2>told || cat told >&2"
    ended = subprocess.run(words, shell=True, cwd=tmp_path, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
