"""Figures side by side as a table that reads in a terminal and in Markdown."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

_LIBRARIES = ("numpy", "polars", "rapidfuzz", "rigour", "scikit-learn", "sparse-dot-topn", "nomenklatura")


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its value for each column; None where there is none."""

    title: str
    values: Sequence[float | None]
    form: str = "{:.3f}"

    def cells(self) -> list[str]:
        """The row in words."""
        return [self.title, *("-" if value is None else self.form.format(value) for value in self.values)]


def table(title: str, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """The rows under their columns, as wide as they need."""
    cells = [[title, *columns], *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(columns) + 1)]
    lines = [_line(line, widths) for line in cells]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([lines[0], rule, *lines[1:]])


def circumstances() -> str:
    """The day, the machine and the libraries of this run."""
    found = [f"{name} {_version(name)}" for name in _LIBRARIES if _version(name)]
    machine = f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{date.today()}, {machine}; {', '.join(found)}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return " ".join(["|", first[0].ljust(first[1]), "|", *(f"{c.rjust(w)} |" for c, w in others)])


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def _processor() -> str:
    """The processor's name, where the system tells it."""
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
