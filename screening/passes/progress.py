"""How far a run is: rows done of rows in all, and alerts so far."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from screening.io.pieces import Piece

_SHARES = {
    "reading": 0.25,
    "meeting": 0.05,
    "judging": 0.4,
    "looking": 0.12,
    "deciding": 0.04,
    "resting": 0.02,
    "writing": 0.12,
}
"""What part of a usual run each pass takes."""


@dataclass(frozen=True, slots=True)
class Told:
    """The state of a run; a row in the midst of its passes counts in part."""

    what: str
    done: float
    rows: float | None
    """Rows in all; estimated while they are read, and None where nobody can tell."""
    alerts: int


Progress = Callable[[Told], None]


class Watch:
    """Tells whoever watches."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._rows: float | None = None
        self._cut = 0

    def cut(self, piece: Piece, files: int) -> None:
        """A piece of a file was cut: how many rows there are in all can be told by how much of it is read."""
        self._cut += piece.height
        if piece.fraction and files == 1:
            self._rows = piece.total or self._cut / piece.fraction

    def read(self, rows: int) -> None:
        """So many rows are read."""
        self._tell("reading", rows * _SHARES["reading"], 0)

    def all_read(self, rows: int) -> None:
        """There are so many rows."""
        self._rows = rows

    def told(self, what: str, share: float, alerts: int) -> None:
        """Such a share of a pass is done."""
        before = sum(_SHARES[name] for name in takewhile(lambda name: name != what, _SHARES))
        self._tell(what, (before + share * _SHARES[what]) * (self._rows or 0), alerts)

    def _tell(self, what: str, done: float, alerts: int) -> None:
        if self._progress is not None:
            self._progress(Told(what, done, self._rows, alerts))
