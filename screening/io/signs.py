"""What a text may hold, seen at a glance.

Few texts hold a control character, or a blank other than the space and the line end. Where the bytes
of a whole file show that there is none, no cell needs to be searched for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_BREAKS = (b"\t", b"\n", b"\r")
_BLANK_LEADS = (b"\xc2", b"\xe1", b"\xe2", b"\xe3")
"""How blanks beyond ASCII begin in UTF-8: U+00A0, U+1680, U+2000 and those after it, U+3000."""


@dataclass(frozen=True, slots=True)
class Signs:
    """Whether a text may hold a control character, and a blank that is no space."""

    control: bool = True
    blank: bool = True

    def __or__(self, other: "Signs") -> "Signs":
        """Those of two texts together."""
        return Signs(self.control or other.control, self.blank or other.blank)


UNSEEN = Signs()
"""Of a text that nobody looked at."""


def signs_of(texts: Iterable[bytes], line_ends: bool = True) -> Signs:
    """The signs of a text in UTF-8; its `line_ends` count as blanks unless all stand between cells."""
    signs = Signs(False, False)
    for text in texts:
        signs |= Signs(_has_control(text), _has_blank(text, line_ends))
    return signs


def _has_control(text: bytes) -> bool:
    bytes_ = np.frombuffer(text, np.uint8)
    low = np.count_nonzero(bytes_ < ord(" "))
    found = sum(np.count_nonzero(bytes_ == ord(mark)) for mark in _BREAKS if mark in text)
    late = b"\xc2" in text and _has_late_control(bytes_)
    return bool(low > found) or b"\x7f" in text or late


def _has_blank(text: bytes, line_ends: bool) -> bool:
    marks = _BREAKS if line_ends else _BREAKS[:1]
    return any(mark in text for mark in (marks if text.isascii() else (*marks, *_BLANK_LEADS)))


def _has_late_control(text: NDArray[np.uint8]) -> bool:
    """Whether a character from U+0080 to U+009F is there."""
    after = text[np.flatnonzero(text[:-1] == 0xC2) + 1]
    return bool((after < 0xA0).any())
