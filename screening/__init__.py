"""Screen shipments for sanctions evasion by diversion: rules as data, every flag with its evidence."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screening.errors import InputError, RuleError, ScreeningError, UsageError, WatchlistError
    from screening.result import Evidence, Finding, Match, Screening
    from screening.screen import Screener, screen
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
    "screening.screen": ("Screener",),
    "screening.shipment": ("Shipment",),
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names}


class _Package(ModuleType):
    """The package, whose public names are loaded when first asked for: help needs none of them."""

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})

    @property
    def screen(self) -> Any:
        """The function; the module that holds it has the same name."""
        return import_module("screening.screen").screen

    @screen.setter
    def screen(self, module: ModuleType) -> None:
        """Python sets each module that it imports in its package; the function keeps its place."""


sys.modules[__name__].__class__ = _Package
