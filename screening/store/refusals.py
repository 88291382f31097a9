"""What can stand in the way of a request to the store, told apart by what the asker can do about it.

    Refusal
    ├── UnknownError     there is no such thing; ask for another
    ├── ConflictError    it was changed meanwhile; look at it as it is now, and decide anew
    ├── ForbiddenError   somebody else has to do this
    └── UnfitError       the request is readable and makes no sense here; mend the field that it names

The service answers with 404, 409, 403 and 409.
"""

from collections.abc import Mapping
from typing import Any

from screening.errors import ScreeningError


class Refusal(ScreeningError):
    """A request that the store does not carry out; the message is for people."""


class UnknownError(Refusal):
    """Nothing stands under this name."""


class ConflictError(Refusal):
    """What is asked for does not fit what is there by now."""

    def __init__(self, message: str, current: Mapping[str, Any]) -> None:
        """`current` is the thing as it stands, as an answer shows it."""
        super().__init__(message)
        self.current = dict(current)

    def __reduce__(self) -> tuple[type["ConflictError"], tuple[str, dict[str, Any]]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (str(self), self.current)


class ForbiddenError(Refusal):
    """Not to be done by this principal."""


class UnfitError(Refusal):
    """A request that can't be meant."""

    def __init__(self, field: str, message: str) -> None:
        """`field` is the field of the request that has to be another, such as `reason`."""
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[type["UnfitError"], tuple[str, str]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.field, str(self))
