"""The time, as the store writes it; every part that needs it is given a clock, and tests give their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def utc_text(moment: datetime) -> str:
    """The moment as stored: in UTC with microseconds, so that texts sort as times follow one another."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def utc_moment(text: str) -> datetime:
    """The moment of a stored text."""
    return datetime.fromisoformat(text)
