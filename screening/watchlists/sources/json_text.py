"""JSON of lists, whole or line by line, with a bound on how much of it is taken in at once."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screening.errors import WatchlistError
from screening.watchlists.opening import not_utf8

LARGEST = 256 << 20
LONGEST_LINE = 8 << 20
_AGAIN = "download the list again"
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_document(path: Path) -> tuple[Any, str]:
    """What a JSON file holds and the digest of its bytes; WatchlistError when it is too large or broken."""
    if path.stat().st_size > LARGEST:
        raise WatchlistError(str(path), f"is JSON of more than {LARGEST >> 20} MB", "no list is that large")
    content = path.read_bytes()
    return parsed(str(path), _text(path, 1, content)), hashlib.sha256(content).hexdigest()


class JsonLines:
    """The objects of a file that has one a line, each with its line; iterate once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes read."""
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[tuple[int, dict[str, Any]]]:
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                self._digest.update(line)
                if text := self._line(number, line):
                    yield number, self._object(number, text)

    def _line(self, number: int, line: bytes) -> str:
        if len(line) > LONGEST_LINE:
            where = f"{self.path}, line {number}"
            raise WatchlistError(where, f"is longer than {LONGEST_LINE >> 20} MB", "no list has such a line")
        return _text(self.path, number, line).strip()

    def _object(self, number: int, text: str) -> dict[str, Any]:
        found = parsed(f"{self.path}, line {number}", text)
        if not isinstance(found, dict):
            raise WatchlistError(f"{self.path}, line {number}", "is no JSON object", _AGAIN)
        return found


def parsed(where: str, text: str) -> Any:
    """What the text says as JSON; WatchlistError when it is none, or nested without end."""
    try:
        found = json.loads(text)
        if _SURROGATE.search(text):
            # Half a pair of them can be written in JSON, and afterwards in no file.
            json.dumps(found, ensure_ascii=False).encode()
        return found
    except RecursionError:
        raise WatchlistError(where, "is JSON that is nested too deep", _AGAIN) from None
    except ValueError as error:
        place = (
            f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) and error.lineno > 1 else ""
        )
        raise WatchlistError(where + place, "is no sound JSON", f"it may be cut short, {_AGAIN}") from None


def _text(path: Path, number: int, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(path, number + content[: error.start].count(b"\n")) from None
