"""What can go wrong, as one tree.

    ScreeningError
    ├── InputError       a file that can't be read as what it should be
    ├── WatchlistError   a list that can't be used, or an entry that isn't there
    ├── RuleError        rule files with faults, all of them at once
    └── UsageError       a request that makes no sense

Every error says where it stands, what is wrong and what would be right, in one line:
the command line prints `str(error)` and leaves with status 2.
"""


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


class WatchlistError(LocatedError):
    """A watchlist can't be used, or names an entry that isn't there."""


class RuleError(ScreeningError):
    """Rules that can't be used; `faults` holds one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))

    def __reduce__(self) -> tuple[type["RuleError"], tuple[list[str]]]:
        """So that an error of a worker process arrives as it was raised."""
        return type(self), (self.faults,)


class UsageError(ScreeningError):
    """A request that makes no sense, whatever the files hold."""
