"""Screen shipments for sanctions evasion by diversion: rules as data, every flag with its evidence."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screening.errors import InputError, RuleError, ScreeningError, UsageError, WatchlistError
    from screening.result import Evidence, Finding, Match, Screening
    from screening.screener import Screener, screen
    from screening.shipment import Shipment

__all__ = [
    "Evidence",
    "Finding",
    "InputError",
    "Match",
    "RuleError",
    "Screener",
    "Screening",
    "ScreeningError",
    "Shipment",
    "UsageError",
    "WatchlistError",
    "screen",
]

_NAMES = {
    "screening.errors": ("InputError", "RuleError", "ScreeningError", "UsageError", "WatchlistError"),
    "screening.result": ("Evidence", "Finding", "Match", "Screening"),
    "screening.screener": ("Screener", "screen"),
    "screening.shipment": ("Shipment",),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is first asked for: `screening --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
