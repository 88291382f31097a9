import gzip
import os
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists import opening
from screening.watchlists.opening import opened

REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \n", "is empty"),
    "a web page": (b"\n<!DOCTYPE html><html>name,", "is a web page"),
    "UTF-16": ("name\nAlfa\n".encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": ("name\nAlfa\n".encode("utf-16-le"), "UTF-16"),
    "a workbook": (b"PK\x03\x04rest", "Excel"),
    "an archive": (gzip.compress(b"name\n"), "gzip"),
    "binary": (b"\x7fELF\0\0", "binary"),
    "lines that end in CR alone": (b"name,country\rAlfa,TR\r", "CR alone"),
}


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_be_no_list_is_refused_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(WatchlistError, match=said) as caught:
        opened(path)
    assert "\n" not in str(caught.value) and caught.value.remedy


def test_the_first_line_in_another_encoding_is_known(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("name\nCafé\n".encode("latin-1"))
    file = opened(path)
    assert file.foreign == 2
    assert file.columns == {"name"}


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="no such file"):
        opened(tmp_path / "gone.csv")
    with pytest.raises(WatchlistError, match="is a folder"):
        opened(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WatchlistError, match="not a regular file"):
        opened(tmp_path / "pipe")


def test_a_file_beyond_all_lists_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 3)
    (tmp_path / "list.csv").write_text("name\n")
    with pytest.raises(WatchlistError, match="larger"):
        opened(tmp_path / "list.csv")


def test_a_letter_that_the_end_of_the_head_cuts_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\n" + "я" * opening.HEAD_BYTES)
    assert opened(path).columns == {"name"}


@pytest.mark.parametrize(
    "header", ["Name,Listed On", "NAME;listed-on", "\ufeffname\tlisted_on", "name|listed on"]
)
def test_columns_are_told_in_any_case_and_with_any_separator(tmp_path: Path, header: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(header + "\n", encoding="utf-8")
    assert opened(path).columns == {"name", "listed_on"}
