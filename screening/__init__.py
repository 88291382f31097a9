"""Screen shipments for sanctions evasion by diversion: rules as data, every flag with its evidence."""

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
