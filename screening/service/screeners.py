"""The screener in use, for every route of a worker process."""

from pathlib import Path

from screening.io.rates import NO_RATES, read_rates
from screening.ruleset.loading import read_exceptions
from screening.screener import Screener
from screening.service.settings import Settings


class Screeners:
    """The rules and lists that requests are screened with."""

    def __init__(self, current: Screener) -> None:
        self.current = current

    @classmethod
    def load(cls, settings: Settings) -> "Screeners":
        """What the settings name. Raises ScreeningError for what can't be used."""
        return cls(
            Screener(
                rules=settings.rules,
                watchlists=settings.watchlists,
                bundled=settings.bundled,
                exceptions=read_exceptions(Path(settings.exceptions)) if settings.exceptions else (),
                rates=read_rates(settings.rates) if settings.rates else NO_RATES,
            )
        )
