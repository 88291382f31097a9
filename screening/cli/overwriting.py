"""No command writes over a file that it reads, nor over one that it has just written."""

from collections.abc import Iterable
from pathlib import Path

from screening.errors import UsageError


def refuse_overwriting(read: Iterable[str | None], written: Iterable[str | None]) -> None:
    """UsageError when a file that is written is one that is read, or written for something else."""
    seen = {path.resolve() for path in _files(read)}
    for path in _files(written):
        if path.resolve() in seen:
            raise UsageError(f"{path}: would be overwritten, and is needed; write to another file")
        seen.add(path.resolve())


def _files(names: Iterable[str | None]) -> list[Path]:
    """The named files; not standard input or output, nor devices, which nothing overwrites."""
    paths = [Path(name) for name in names if name and name != "-"]
    return [path for path in paths if path.is_file() or not path.exists()]
