import os
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from screening import shelf
from screening.shelf import KEPT, Contents, kept, key_of, put, shelf_folder, taken

CONTENTS = Contents(
    {"list": "mine", "entries": 2, "name": "Ширма"},
    {"numbers": np.arange(9, dtype=np.int64), "shares": np.array([0.5], np.float32), "none": np.empty(0)},
    {"names": pl.DataFrame({"text": ["Alfa", None, "Бета"], "many": [["a"], [], ["b", "c"]]})},
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache"


def the_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_nothing_is_taken_where_nothing_was_put() -> None:
    assert taken("key") is None


def test_what_was_put_is_taken_again() -> None:
    put("key", CONTENTS)
    found = taken("key")
    assert found and found.facts == CONTENTS.facts
    assert {name: array.tolist() for name, array in found.arrays.items()} == {
        name: array.tolist() for name, array in CONTENTS.arrays.items()
    }
    assert found.frames["names"].equals(CONTENTS.frames["names"])


def test_what_is_taken_is_mapped_and_can_not_be_written_to() -> None:
    put("key", CONTENTS)
    found = taken("key")
    assert found and not any(array.flags.writeable for array in found.arrays.values())


@pytest.mark.parametrize("where", [0, 20, 40, 60, 200, -1])
def test_a_damaged_file_is_not_trusted(folder: Path, where: int) -> None:
    put("key", CONTENTS)
    content = bytearray(the_file(folder).read_bytes())
    content[where] ^= 1
    the_file(folder).write_bytes(content)
    assert taken("key") is None


@pytest.mark.parametrize("size", [0, 5, 30, 60, 300])
def test_a_file_cut_short_is_not_trusted(folder: Path, size: int) -> None:
    put("key", CONTENTS)
    os.truncate(the_file(folder), size)
    assert taken("key") is None


def test_a_file_that_can_not_be_used_is_made_again(folder: Path) -> None:
    put("key", CONTENTS)
    the_file(folder).write_bytes(b"no shelf")
    put("key", CONTENTS)
    assert taken("key")


def test_only_the_files_used_last_are_kept(folder: Path) -> None:
    for number in range(KEPT + 3):
        put(f"key{number:02}", CONTENTS)
        os.utime(folder / f"key{number:02}.shelf", (number, number))
        taken("key00")
    assert len(list(folder.iterdir())) == KEPT
    assert taken("key00") and taken("key01") is None


def test_a_folder_that_can_not_be_written_harms_nothing(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file stands here")
    put("key", CONTENTS)
    assert taken("key") is None


def test_a_full_disk_leaves_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    put("key", CONTENTS)
    assert list(folder.iterdir()) == []


def test_the_folder_is_the_users_unless_the_environment_names_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shelf_folder() == folder
    monkeypatch.delenv("SCREENING_HOME")
    assert shelf_folder().name == "diversion-screening"


def test_what_is_kept_is_made_once() -> None:
    asked: list[str] = []

    def make() -> Contents:
        asked.append("made")
        return CONTENTS

    found = [kept(key_of("mine", "1"), make) for _ in range(2)]
    assert asked == ["made"]
    assert [contents.facts for contents in found] == [CONTENTS.facts] * 2


def test_another_part_or_other_code_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of("mine", "1")
    assert key_of("mine", "1") == key != key_of("mine", "2")
    monkeypatch.setattr(shelf, "code_digest", lambda: "other code")
    assert key_of("mine", "1") != key


def test_what_can_not_be_kept_is_made_each_time(folder: Path) -> None:
    folder.parent.write_text("no folder", encoding="utf-8")
    assert kept("key", lambda: CONTENTS).facts == kept("key", lambda: CONTENTS).facts == CONTENTS.facts
