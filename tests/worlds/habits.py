"""How a world's traders go about it: what the two worlds differ in beside their words."""

from dataclasses import dataclass
from typing import Literal

Strength = Literal["strong", "fair", "weak"]


@dataclass(frozen=True, slots=True)
class Habits:
    """The shares and spreads that every story of a world draws with."""

    user_named: float
    """The share of shipments that name an end user."""
    use_stated: float
    classified: float
    by_air: float
    price_spread: float
    """How far one exporter's usual price lies from another's, on a log scale."""
    euros: float
    """The share of exporters in the euro area that invoice in euros."""
    blanks: float
    """Times the usual share of cells left out."""
    pace: tuple[float, float]
    """Each story's days between shipments are stretched by a factor between these."""
    strengths: tuple[Strength, ...]
    """The strengths of instances, in turn."""


HABITS = {
    "fit": Habits(
        0.5, 0.55, 0.5, 0.3, 0.3, 0.15, 1.0, (1.0, 1.0), ("strong", "fair", "weak", "fair", "strong")
    ),
    "held_out": Habits(
        0.4, 0.45, 0.35, 0.4, 0.4, 0.3, 1.4, (0.8, 1.25), ("fair", "weak", "strong", "weak", "fair")
    ),
}
EURO_IN_DOLLARS = 1.08
EURO_AREA = ("DE", "IT", "FR", "NL", "ES")
