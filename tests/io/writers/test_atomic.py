"""A file that is whole or not there."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import screening
from screening.errors import InputError
from screening.io.writers.atomic import check_writable, whole_file

ROOT = Path(screening.__file__).parents[1]


def test_a_file_stands_there_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    with whole_file(target) as stream:
        stream.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_left_of_a_file_that_was_not_finished(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), whole_file(tmp_path / "a.csv") as stream:
        stream.write(b"half")
        raise error
    assert list(tmp_path.iterdir()) == []


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with pytest.raises(RuntimeError), whole_file(target) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    with whole_file(target) as stream:
        stream.write(b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with whole_file(tmp_path / "a.csv"):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with whole_file(tmp_path / "link.csv") as stream:
        stream.write(b"x")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"x"


def test_a_dash_is_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    held = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(held))
    with whole_file("-") as stream:
        stream.write(b"line\n")
    assert held.getvalue() == b"line\n"


def test_a_full_standard_output_is_told_once() -> None:
    program = (
        "from screening.errors import InputError\n"
        "from screening.io.writers.atomic import whole_file\n"
        "try:\n    with whole_file('-') as stream: stream.write(b'x')\n"
        "except InputError as error: raise SystemExit(str(error))\n"
    )
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-c", program], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (
        ended.stderr.decode() == "standard output: no space left on device; free space, or write elsewhere\n"
    )
    assert ended.returncode == 1


@pytest.mark.parametrize("size", [0, 10, 10_000_000])
def test_a_full_disk_is_told_in_one_line(size: int) -> None:
    with pytest.raises(InputError) as refused, whole_file("/dev/full") as stream:
        stream.write(b"x" * size)
    assert str(refused.value) == "/dev/full: no space left on device; free space, or write elsewhere"


def test_a_device_is_written_directly() -> None:
    with whole_file("/dev/null") as stream:
        stream.write(b"x")
    assert not Path("/dev/null").is_file()


def test_an_output_folder_that_is_not_there_is_told_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none is not there; create it, or write elsewhere"):
        check_writable(tmp_path / "none" / "a.csv")
    with pytest.raises(InputError, match="a folder, not a file"):
        check_writable(tmp_path)


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="file name too long"), whole_file(tmp_path / ("x" * 300)):
        pass
