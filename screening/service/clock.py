"""The clock of limits and memories: seconds that only grow. What is kept is dated by the store's clock."""

from collections.abc import Callable

Monotonic = Callable[[], float]
"""Seconds since some moment; a test gives its own."""
