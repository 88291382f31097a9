"""Values with their JSON text: what many records share is put into JSON once.

A record of ten kilobytes is made of some thirty parts that thousands of others have too, such as the
evidence that a country stands on a list. Whole texts are joined from the texts of their parts.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Thing = TypeVar("Thing")


class Kept(Generic[Key, Thing]):
    """Things that were made once, by what they were made of; what was not asked for lately is forgotten."""

    def __init__(self, most: int) -> None:
        """At least the last `most` things are kept, at most twice as many."""
        self._most = most
        self._lately: dict[Key, Thing] = {}
        self._before: dict[Key, Thing] = {}

    def once(self, key: Key, make: Callable[[], Thing]) -> Thing:
        """The thing of this key, made when it is not there."""
        try:
            return self._lately[key]
        except KeyError:
            pass
        try:
            thing = self._before[key]
        except KeyError:
            thing = make()
        # Another thread may do the same: then a thing is made twice, and one of the two is kept.
        if len(self._lately) >= self._most:
            self._before, self._lately = self._lately, {}
        self._lately[key] = thing
        return thing

    def __len__(self) -> int:
        return len(self._lately) + len(self._before)


class Written:
    """A value that stands in records, and its JSON text; it is never changed."""

    __slots__ = ("text", "value")

    def __init__(self, value: Any, text: str) -> None:
        self.value = value
        self.text = text


class WrittenRecord(dict[str, Any]):
    """A record with its line of JSON."""

    __slots__ = ("line",)

    def __init__(self, record: Mapping[str, Any], line: str) -> None:
        super().__init__(record)
        self.line = line


def json_of(value: Any) -> str:
    """The value as JSON on one line: the same text for the same value, letters as they are."""
    # The encoder sets itself up at each call that is not about a text: too dear for a blank or a number.
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    text = _ENCODER.encode(value)
    if text.isascii():
        return text
    # Python's own `splitlines` breaks at these; a line of JSON must stay one.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def written(value: Any) -> Written:
    """The value with its JSON text."""
    return value if isinstance(value, Written) else Written(value, json_of(value))


def written_object(parts: Mapping[str, Any]) -> Written:
    """An object of these parts, in their order; a part may be written already."""
    whole: dict[str, Any] = {}
    texts: list[str] = []
    for name, part in parts.items():
        if isinstance(part, Written):
            whole[name] = part.value
            texts.append(_named(name) + part.text)
        else:
            whole[name] = part
            texts.append(_named(name) + json_of(part))
    return Written(whole, f"{{{', '.join(texts)}}}")


def written_list(parts: Iterable[Written]) -> Written:
    """A list of these parts."""
    whole = list(parts)
    return Written([p.value for p in whole], f"[{', '.join([p.text for p in whole])}]") if whole else NOTHING


@lru_cache(maxsize=500)
def _named(name: str) -> str:
    return f"{json_of(name)}: "


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not stand in a record")


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=_iso)
NOTHING = written([])
"""A list of nothing."""
