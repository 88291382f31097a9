"""YAML as text with places: every scalar stays text, every key knows its line.

A rule's `NO` is Norway and `010121` keeps its zero, since nothing is typed before the rule's
field types it. Only plain mappings, lists and scalars are read: no tags, no anchors, no objects.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from screening.errors import InputError

MAX_BYTES = 4_000_000
MAX_DEPTH = 50
_AROUND = (StreamStartEvent, StreamEndEvent, DocumentStartEvent, DocumentEndEvent)

Tree = str | list["Tree"] | dict[str, "Tree"]
Place = tuple[str | int, ...]


class Source:
    """One YAML file as a tree of text, and the line of each place in it."""

    def __init__(self, name: str, tree: Tree, lines: Sequence[int]) -> None:
        """`lines`: that of each place, in the order of the file; none where nobody knows them."""
        self.name = name
        self.tree = tree
        self.lines = lines

    @cached_property
    def _lines(self) -> dict[Place, int]:
        # Told when somebody asks: a place is asked for where something is wrong with it.
        return dict(zip(_places(self.tree), self.lines, strict=False))

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that the file has."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def where(self, place: Place = ()) -> str:
        """`FILE:LINE` of a place, as errors name it."""
        return f"{self.name}:{self.line(place)}"


def _places(tree: Tree, place: Place = ()) -> Iterator[Place]:
    """Every place of a tree, in the order of the file."""
    yield place
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _places(value, (*place, key))
    elif isinstance(tree, list):
        for i, item in enumerate(tree):
            yield from _places(item, (*place, i))


def read_yaml(path: Path, name: str | None = None) -> Source:
    """The file as text with places. Raises InputError naming the line of what can't be read."""
    label = name or path.name
    return parse_bytes(content(path, label), label)


def content(path: Path, label: str) -> bytes:
    """What stands in the file. Raises InputError where it can't be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(label, f"can't be read ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise InputError(label, f"is larger than {MAX_BYTES:,} bytes", "split it")
    return raw


def parse_bytes(raw: bytes, label: str) -> Source:
    """The text of these bytes with places. Raises InputError naming the line of what can't be read."""
    try:
        return parse_yaml(raw.decode("utf-8-sig"), label)
    except UnicodeDecodeError:
        raise InputError(label, "is not UTF-8", "save it as UTF-8") from None


def parse_yaml(text: str, name: str) -> Source:
    """The text as a tree of text with places. Raises InputError naming the line of what can't be read."""
    try:
        # The parser in C, where it is installed. It tells one event after the other, so that nothing
        # but our own depth bounds how deep a file may be nested.
        return _Reader(YAML(typ="safe").parse(text), name).source()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(f"{name}:{line}", f"is not YAML ({error.problem})") from None
    except YAMLError as error:
        reason = str(error).splitlines()[0]
        raise InputError(name, f"is not YAML ({reason})") from None


class _Reader:
    """Puts the tree of one file together from what the parser tells."""

    def __init__(self, events: Iterator[Event], name: str) -> None:
        self._events = events
        self._name = name
        self._lines: list[int] = []

    def source(self) -> Source:
        """The file's only document; an empty file is an empty mapping."""
        told = (event for event in self._events if not isinstance(event, _AROUND))
        self._events = told
        first = next(told, None)
        tree = self._placed(first, 0) if first is not None else {}
        for event in told:
            raise self._fault(event, "holds more than one document", "keep one")
        return Source(self._name, tree, self._lines)

    def _placed(self, event: Event, depth: int) -> Tree:
        """A place whose line is that of its own beginning."""
        self._lines.append(_line(event))
        return self._tree(event, depth)

    def _tree(self, event: Event, depth: int) -> Tree:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._fault(event, "uses an anchor or an alias", "write the value out")
        if depth > MAX_DEPTH:
            raise self._fault(event, "is nested too deeply", "a rule has few levels")
        if isinstance(event, SequenceStartEvent):
            return [self._placed(item, depth + 1) for item in self._until(SequenceEndEvent)]
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth)
        assert isinstance(event, ScalarEvent)
        return str(event.value)

    def _mapping(self, depth: int) -> dict[str, Tree]:
        tree: dict[str, Tree] = {}
        for event in self._until(MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._fault(event, "has a key that is no plain word", "write `key: value`")
            key = str(event.value)
            if key in tree:
                raise self._fault(event, f"names `{key}` twice", "keep one of them")
            self._lines.append(_line(event))
            tree[key] = self._tree(next(self._events), depth + 1)
        return tree

    def _until(self, end: type[Event]) -> Iterator[Event]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _fault(self, event: Event, what: str, remedy: str) -> InputError:
        return InputError(f"{self._name}:{_line(event)}", what, remedy)


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
