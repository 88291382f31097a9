"""How often somebody may ask: a bucket of tokens for each of them, in this process."""

from math import ceil

from screening.service.clock import Monotonic
from screening.service.problems import Problem

REMEMBERED = 10_000


class Rates:
    """How much each of many may still do: `burst` at once, `rate` a second."""

    def __init__(self, rate: float, burst: int, now: Monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._now = now
        self._left: dict[str, tuple[float, float]] = {}

    def wait(self, who: str) -> float:
        """Seconds until they may ask again; 0 where they may now, which counts."""
        now = self._now()
        left, at = self._left.get(who, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._rate)
        if left < 1:
            self._left[who] = left, now
            return (1 - left) / self._rate
        if len(self._left) >= REMEMBERED:
            self._forget_the_idle(now)
        self._left[who] = left - 1, now
        return 0.0

    def _forget_the_idle(self, now: float) -> None:
        """Whoever has a full bucket again is as good as new."""
        full = self._burst / self._rate
        self._left = {who: kept for who, kept in self._left.items() if now - kept[1] < full}


def refuse_haste(wait: float) -> None:
    """Raises Problem 429 for whoever has to wait."""
    if wait > 0:
        headers = {"Retry-After": str(ceil(wait))}
        raise Problem(429, "you ask too often; wait, then ask again", headers=headers)
