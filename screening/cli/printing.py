"""Words on a screen: safe to show, fitting its width and its letters, the same for every command.

Names in shipment files are strangers' text. Whatever is printed goes through `harmless`, so that no
cell can move the cursor, hide a line or change the colour of the next one.
"""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

WIDTH = 120
"""Columns of a table that goes to a file or a pipe."""
STYLES = {"hold": "bold red", "review": "yellow", "clear": "green"}
"""How a decision looks."""

# Control characters, line and paragraph separators, and the marks that reverse the direction of text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[\t\n\r]+")
_PLAIN = str.maketrans({"→": "->", "·": "-", "“": '"', "”": '"', "’": "'", "…": "...", "≥": ">="})


def harmless(text: str) -> str:
    """The text on one line, its control characters written out (`\\x1b`)."""
    return _UNSAFE.sub(lambda found: _escaped(found[0]), _BLANKS.sub(" ", text))


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to the command to leave; Rich would leave with the status of something found."""
        raise BrokenPipeError


class Page:
    """What a command prints on: standard output, or standard error."""

    def __init__(self, error: bool = False) -> None:
        stream = sys.stderr if error else sys.stdout
        width = None if stream.isatty() or os.environ.get("COLUMNS") else WIDTH
        self.terminal = stream.isatty()
        self._console = _Console(
            stderr=error, width=width, highlight=False, markup=False, emoji=False, soft_wrap=not self.terminal
        )

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """A line, wrapped under its own beginning on a terminal and left whole elsewhere."""
        content = self._text(text, style)
        if self.terminal:
            self._console.print(Padding(content, (0, 0, 0, indent), expand=False))
        else:
            self._console.print(Text(" " * indent).append_text(content))

    def heading(self, text: str) -> None:
        """A blank line and a title."""
        self._console.print()
        self.line(text, "bold")

    def table(
        self,
        headers: Sequence[str],
        rows: Iterable[Sequence[object]],
        right: Sequence[str] = (),
        whole: Sequence[str] = (),
    ) -> None:
        """A table; columns of `right` are numbers, those of `whole` never fold. Decisions have colours."""
        shown = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for header in headers:
            number, unbroken = header in right, header in whole
            justify: Literal["right", "left"] = "right" if number else "left"
            shown.add_column(header, justify=justify, overflow="fold", no_wrap=unbroken)
        for row in rows:
            shown.add_row(*(self._text(str(cell), STYLES.get(str(cell), "")) for cell in row))
        if self.terminal:
            self._console.print(shown, soft_wrap=False)
            return
        with self._console.capture() as captured:
            self._console.print(shown, soft_wrap=False)
        # Rich fills every line to the table's width, which nobody wants in a file.
        for line in captured.get().splitlines():
            self._console.print(Text(line.rstrip()))

    def _text(self, text: str, style: str) -> Text:
        safe = harmless(text)
        plain = not self._console.encoding.startswith("utf")
        return Text(safe.translate(_PLAIN) if plain else safe, style=style)


def results() -> Page:
    """The page for what the user asked for: standard output."""
    return Page()


def remarks() -> Page:
    """The page for everything else: standard error."""
    return Page(error=True)


def counted(number: int, noun: str, nouns: str | None = None) -> str:
    """`1 name`, `57,167 names`."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"
