"""How dates and numbers are written in a file.

The contract's own notation is the default; any other is said by a mapping file, never guessed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notation:
    """A way to write dates and numbers: `31.12.2024` and `1.200,50`, for example."""

    date_format: str | None = None
    decimal: str = "."
    thousands: str | None = None


PLAIN = Notation()
"""ISO dates, a decimal point, no thousands separator."""
