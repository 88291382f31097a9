"""What became of every row of a book, counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from screening.io.sources import spelled


@dataclass(slots=True)
class Account:
    """What became of the rows of a book, and what it had."""

    rows: int = 0
    superseded: int = 0
    rejected: int = 0
    decisions: Counter[str] = field(default_factory=Counter)
    fired: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)
    present: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    """Every column of the files, in the order of their first appearance."""
    begins: date | None = None
    inputs: list[dict[str, str]] = field(default_factory=list)
    """The files and their SHA-256."""


def inputs_told(sources: Sequence[str], digests: Sequence[str]) -> list[dict[str, str]]:
    """The files of a run as its manifest names them."""
    return [{"file": spelled(s), "sha256": d} for s, d in zip(sources, digests, strict=True)]
