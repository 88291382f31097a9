"""What can go wrong, as one tree.

    ScreeningError
    ├── InputError          a file that can't be read as what it should be
    │   └── ShipmentError   values of shipments that a program gives, all of them at once
    ├── WatchlistError      a list that can't be used, or an entry that isn't there
    ├── StoreError          a store for alerts that can't be opened or used
    ├── RuleError           rule files with faults, all of them at once
    ├── ServiceError        a request that a service refused, or that did not reach it
    └── UsageError          a request that makes no sense

Every error says where it stands, what is wrong and what would be right, in one line:
the command line prints `str(error)` and leaves with status 2.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class ScreeningError(Exception):
    """Something that the caller can mend; the message is for people."""


class LocatedError(ScreeningError):
    """An error at a place: `where: what; remedy`."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(f"{where}: {what}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type["LocatedError"], tuple[str, str, str]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.where, self.what, self.remedy)


class InputError(LocatedError):
    """A shipment file, or a file that goes with it, can't be read."""


class Fault(NamedTuple):
    """A value of a shipment that can't be read."""

    at: int
    """Which of the shipments: 0 is the first."""
    shipment_id: str
    """What it is called, if it says so."""
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.shipment_id or self.at + 1}, {self.column}: {self.reason}"


class ShipmentError(InputError):
    """Shipments of a program have values that can't be read; `faults` holds every one."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        super().__init__(where, "; ".join(map(str, faults)))
        self.faults = tuple(faults)

    def __reduce__(self) -> tuple[type["ShipmentError"], tuple[str, tuple[Fault, ...]]]:  # type: ignore[override]
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.where, self.faults)


class WatchlistError(LocatedError):
    """A watchlist can't be used, or names an entry that isn't there."""


class StoreError(LocatedError):
    """A store for alerts can't be opened, or can't be used now."""


class RuleError(ScreeningError):
    """Rules that can't be used; `faults` holds one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))

    def __reduce__(self) -> tuple[type["RuleError"], tuple[list[str]]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.faults,)


class ServiceFault(NamedTuple):
    """One fault of a request, with its place."""

    place: str
    """JSON Pointer into the body, or the name of a parameter; "" is the body as a whole."""
    detail: str


class ServiceError(ScreeningError):
    """A service refused a request: its problem of RFC 9457. Without a `status` no answer came."""

    def __init__(
        self,
        status: int | None,
        title: str,
        detail: str,
        errors: Sequence[ServiceFault] = (),
        more: Mapping[str, Any] | None = None,
    ) -> None:
        """`more` are the problem's other members: in a conflict `current`, what is there by now."""
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = tuple(errors)
        self.more = dict(more or {})
        super().__init__(f"{title}: {detail}")

    def __reduce__(self) -> tuple[type["ServiceError"], tuple[Any, ...]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.status, self.title, self.detail, self.errors, self.more)


class UsageError(ScreeningError):
    """A request that makes no sense, whatever the files hold."""
