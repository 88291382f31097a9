from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.sources import json_text
from screening.watchlists.sources.json_text import JsonLines, read_document


def written(folder: Path, content: bytes) -> Path:
    path = folder / "list.json"
    path.write_bytes(content)
    return path


def test_objects_are_read_with_their_lines(tmp_path: Path) -> None:
    lines = JsonLines(written(tmp_path, b'\xef\xbb\xbf{"a": 1}\n\n{"b": "\\ud83d\\ude00"}'))
    assert list(lines) == [(1, {"a": 1}), (3, {"b": "\U0001f600"})]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1}\n{"a": ', "line 2: is no sound JSON"),
        (b'{"a": 1}\n[1]', "line 2: is no JSON object"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"a": 1}\n"\xe9"', "line 2: is not UTF-8"),
        (b'{"a": "\\ud800 Alfa"}', "no sound JSON"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "no sound JSON"),
    ],
)
def test_a_bad_line_is_refused_with_its_place(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(WatchlistError, match=said) as caught:
        list(JsonLines(written(tmp_path, content)))
    assert "\n" not in str(caught.value)


def test_a_line_or_a_file_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "LONGEST_LINE", 100)
    monkeypatch.setattr(json_text, "LARGEST", 100)
    path = written(tmp_path, b'{"a": "' + b"x" * 200 + b'"}')
    with pytest.raises(WatchlistError, match="line 1: is longer"):
        list(JsonLines(path))
    with pytest.raises(WatchlistError, match="JSON of more than"):
        read_document(path)
