"""The trees of a folder of rules, kept from the run before: parsing them takes longer than all else of rules.

They are known by the bytes of every file. A folder with a file that can't be read, or of a few files, is
read anew each time.
"""

from collections.abc import Sequence
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from screening.errors import InputError
from screening.ruleset.yaml_source import Source, content, parse_bytes
from screening.shelf import Contents, key_of, put, taken

WORTH_KEEPING = 30
"""Files; fewer are read about as quickly as they are found again."""
_PARSER = "ruamel.yaml"

Read = Source | InputError


def read_sources(files: Sequence[tuple[Path, str]]) -> list[Read]:
    """The tree of each file, called by the name beside it in faults; or what keeps it from being read."""
    if len(files) < WORTH_KEEPING:
        return [_read(path, name) for path, name in files]
    try:
        raw = [content(path, name) for path, name in files]
    except InputError:
        return [_read(path, name) for path, name in files]
    names = [name for _, name in files]
    digests = (f"{name} {sha256(text).hexdigest()}" for name, text in zip(names, raw, strict=True))
    key = key_of("rules", metadata.version(_PARSER), *digests)
    if found := taken(key):
        told = found.facts["files"]
        return [Source(name, tree, lines) for name, (tree, lines) in zip(names, told, strict=True)]
    read = [_parsed(text, name) for name, text in zip(names, raw, strict=True)]
    sound = [[source.tree, source.lines] for source in read if isinstance(source, Source)]
    if len(sound) == len(read):
        put(key, Contents({"files": sound}, {}, {}))
    return read


def _read(path: Path, name: str) -> Read:
    try:
        return _parsed(content(path, name), name)
    except InputError as error:
        return error


def _parsed(raw: bytes, name: str) -> Read:
    try:
        return parse_bytes(raw, name)
    except InputError as error:
        return error
