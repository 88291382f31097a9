"""What a screener is made of, as bytes that go to every executor once.

Rules, lists, exceptions and rates stand on the driver's disk. Their files are packed, broadcast, written
out once an executor and read by every Python worker there, which keeps its screener for all its tasks.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from zipfile import ZipFile, ZipInfo

from screening.errors import InputError
from screening.options import Options, prepare
from screening.resources import HOME_VARIABLE
from screening.screener import Screener
from screening.watchlists.store import POINTER, home, imported

_PARTS = "parts.json"


@dataclass(frozen=True, slots=True)
class Recipe:
    """The files that a screener is made of, and what each of them is for."""

    content: bytes
    digest: str


def recipe_of(options: Options) -> Recipe:
    """The recipe of the screener that the options ask for. Raises InputError for a file that is not there."""
    held, parts = BytesIO(), dict[str, list[str] | bool]()
    with ZipFile(held, "w") as archive:
        for name, paths in _named(options):
            parts[name] = [_put(archive, f"{name}/{at}", Path(path)) for at, path in enumerate(paths)]
        parts["bundled"] = options.bundled
        for file in _kept_lists() if options.bundled else ():
            _write(archive, f"home/{file.relative_to(home()).as_posix()}", file.read_bytes())
        _write(archive, _PARTS, json.dumps(parts).encode())
    content = held.getvalue()
    return Recipe(content, sha256(content).hexdigest())


def _kept_lists() -> Iterator[Path]:
    """The files of the lists that the user of the driver has imported."""
    for item in imported():
        state = item.path if item.path.is_dir() else item.path.parent
        yield state.parent / POINTER
        yield from (file for file in sorted(state.rglob("*")) if file.is_file())


def _named(options: Options) -> Iterator[tuple[str, Sequence[str]]]:
    for name in ("rules", "exceptions", "rates"):
        path = getattr(options, name)
        yield name, [path] if path else []
    yield "watchlists", list(options.watchlists)


def _put(archive: ZipFile, folder: str, path: Path) -> str:
    """The place of a file, or of a folder with all that is in it, in the archive; names are kept."""
    if not path.exists():
        raise InputError(str(path), "there is no such file or folder", "check the path")
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            inner = file.relative_to(path.parent).as_posix()
            _write(archive, f"{folder}/{inner}", file.read_bytes())
    return f"{folder}/{path.name}"


def _write(archive: ZipFile, name: str, content: bytes) -> None:
    # Without the time of day: the same files are the same recipe.
    archive.writestr(ZipInfo(name), content)


@cache
def screener_of(folder: Path) -> Screener:
    """The screener of a recipe that was written out there; made once in a process."""
    # What is prepared of the lists is kept beside them, for the other workers of the executor.
    os.environ[HOME_VARIABLE] = str(folder / "home")
    parts = json.loads((folder / _PARTS).read_text(encoding="utf-8"))
    paths = {name: [str(folder / at) for at in told] for name, told in parts.items() if name != "bundled"}
    rules, exceptions, rates = (next(iter(paths[name]), None) for name in ("rules", "exceptions", "rates"))
    return prepare(
        Options(
            sources=(),
            rules=rules,
            watchlists=paths["watchlists"],
            bundled=parts["bundled"],
            exceptions=exceptions,
            rates=rates,
        )
    )


def written_out(recipe: Recipe, root: Path) -> Path:
    """The folder below `root` that holds the files of the recipe; another worker may have written it."""
    folder = root / f"screening-{recipe.digest[:16]}"
    if not folder.is_dir():
        aside = Path(mkdtemp(dir=root))
        with ZipFile(BytesIO(recipe.content)) as archive:
            archive.extractall(aside)
        try:
            aside.rename(folder)
        except OSError:
            rmtree(aside)
    return folder
