"""YAML as text with places: every scalar stays text, every key knows its line.

A rule's `NO` is Norway and `010121` keeps its zero, since nothing is typed before the rule's
field types it. Only plain mappings, lists and scalars are read: no tags, no anchors, no objects.
"""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from screening.errors import InputError

MAX_BYTES = 4_000_000

Tree = str | list["Tree"] | dict[str, "Tree"]
Place = tuple[str | int, ...]


class Source:
    """One YAML file as a tree of text, and the line of each place in it."""

    def __init__(self, name: str, tree: Tree, lines: dict[Place, int]) -> None:
        self.name = name
        self.tree = tree
        self._lines = lines

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it that the file has."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 1)

    def where(self, place: Place = ()) -> str:
        """`FILE:LINE` of a place, as errors name it."""
        return f"{self.name}:{self.line(place)}"


def read_yaml(path: Path, name: str | None = None) -> Source:
    """The file as text with places. Raises InputError naming the line of what can't be read."""
    label = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(label, f"can't be read ({error.strerror})") from None
    if len(raw) > MAX_BYTES:
        raise InputError(label, f"is larger than {MAX_BYTES:,} bytes", "split it")
    try:
        return parse_yaml(raw.decode("utf-8-sig"), label)
    except UnicodeDecodeError:
        raise InputError(label, "is not UTF-8", "save it as UTF-8") from None


def parse_yaml(text: str, name: str) -> Source:
    """The text as a tree of text with places. Raises InputError naming the line of what can't be read."""
    try:
        return _source(text, name)
    except RecursionError:
        raise InputError(name, "is nested too deeply", "a rule has few levels") from None


def _source(text: str, name: str) -> Source:
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InputError(f"{name}:{line}", f"is not YAML ({error.problem})") from None
    except (YAMLError, ReaderError) as error:
        reason = str(error).splitlines()[0]
        raise InputError(name, f"is not YAML ({reason})") from None
    lines: dict[Place, int] = {}
    tree = _read(node, (), lines, name, frozenset()) if node is not None else {}
    return Source(name, tree, lines)


def _read(node: Node, place: Place, lines: dict[Place, int], name: str, around: frozenset[int]) -> Tree:
    line = node.start_mark.line + 1
    lines.setdefault(place, line)
    if node.anchor or id(node) in around:
        raise InputError(f"{name}:{line}", "uses an anchor or an alias", "write the value out")
    within = around | {id(node)}
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode):
        return [_read(item, (*place, i), lines, name, within) for i, item in enumerate(node.value)]
    if isinstance(node, MappingNode):
        return _mapping(node, place, lines, name, within)
    raise InputError(f"{name}:{line}", "is neither a value, a list nor a mapping")


def _mapping(
    node: MappingNode, place: Place, lines: dict[Place, int], name: str, around: frozenset[int]
) -> dict[str, Tree]:
    tree: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = str(key_node.value)
        if key in tree:
            raise InputError(f"{name}:{line}", f"names `{key}` twice", "keep one of them")
        lines[(*place, key)] = line
        tree[key] = _read(value_node, (*place, key), lines, name, around)
    return tree
