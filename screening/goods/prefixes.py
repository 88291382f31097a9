"""Values that stand for whole chapters, headings or single codes: the longest code that fits decides."""

from collections.abc import Mapping
from typing import TypeVar

_LENGTHS = (6, 4, 2)
Value = TypeVar("Value")


def longest_prefix(hs6: str, values: Mapping[str, Value]) -> Value | None:
    """The value of the longest code that the given one begins with, None where none fits."""
    beginnings = (hs6[:length] for length in _LENGTHS)
    return next((values[code] for code in beginnings if code in values), None)
