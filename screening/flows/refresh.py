"""Statistics from the public endpoints of the United Nations and of Eurostat, at the user's wish.

An endpoint gives so many rows and no more, without a word about the rest; what comes back full is asked for
again in halves, down to one period and one code. It is the only part of `flows` that goes to the network.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from screening.errors import InputError, UsageError, WatchlistError
from screening.flows.areas import number_of
from screening.flows.reading import read_statistics
from screening.flows.table import EXPORT, Statistics, joined
from screening.phrases import rows
from screening.watchlists.download import Limits, Validators, download

ENDPOINTS = Path(__file__).parent / "endpoints.csv"
USUAL_LIMITS = Limits(attempts=5, pause=2.0)
_FLOWS = {"comtrade": {"export": "X", "import": "M"}, "comext": {"export": "2", "import": "1"}}
_BETWEEN = {"comtrade": ",", "comext": "+"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an office answers, and how many rows it gives at most."""

    name: str
    url: str
    most: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: one reporter's flow of some goods in some periods."""

    reporter: str
    periods: tuple[str, ...]
    """Months as `2023-05`, or years."""
    codes: tuple[str, ...] = ("TOTAL",)
    flow: str = EXPORT

    @property
    def halves(self) -> "tuple[Wish, Wish] | None":
        """The same in two parts, None where it can't be parted."""
        if (half := len(self.periods) // 2) > 0:
            return replace(self, periods=self.periods[:half]), replace(self, periods=self.periods[half:])
        if (half := len(self.codes) // 2) > 0:
            return replace(self, codes=self.codes[:half]), replace(self, codes=self.codes[half:])
        return None


def endpoint(name: str, endpoints: Path = ENDPOINTS) -> Endpoint:
    """The endpoint of that name; UsageError where there is none."""
    known = {line["name"]: Endpoint(line["name"], line["url"], int(line["rows"])) for line in rows(endpoints)}
    if name not in known:
        raise UsageError(f"{name} is no endpoint of statistics; there are {', '.join(known)}")
    return known[name]


def refreshed(asked: Endpoint, wish: Wish, today: dt.date, limits: Limits = USUAL_LIMITS) -> Statistics:
    """What the endpoint says, whole, extracted today; InputError in a line where it can't be had."""
    with TemporaryDirectory(prefix="screening-") as folder:
        found = joined(_answers(asked, wish, today, Path(folder), limits))
    if not found.rows.height:
        span = f"{wish.periods[0]} to {wish.periods[-1]}"
        raise InputError(
            asked.name, f"has no figures of {wish.reporter} from {span}", "ask for other periods"
        )
    name = f"{asked.name}-{wish.reporter}-{wish.flow}-{wish.periods[0]}-{wish.periods[-1]}".lower()
    source = replace(found.sources[0], name=name, rows=found.rows.height, extracted_on=today)
    return Statistics(found.rows, (source,))


def _answers(
    asked: Endpoint, wish: Wish, today: dt.date, folder: Path, limits: Limits
) -> Iterator[Statistics]:
    """The answers, each of fewer rows than the endpoint gives at most."""
    told = _answer(asked, wish, today, folder, limits)
    if told is None:
        return
    if told.sources[0].rows < asked.most:
        yield told
        return
    if wish.halves is None:
        what = f"gives {asked.most:,} rows of {wish.periods[0]} and {wish.codes[0]}, and keeps the rest back"
        raise InputError(asked.name, what, "fetch that part with a key of your own, and load the file")
    for half in wish.halves:
        yield from _answers(asked, half, today, folder, limits)


def _answer(asked: Endpoint, wish: Wish, today: dt.date, folder: Path, limits: Limits) -> Statistics | None:
    to = folder / "answer"
    try:
        download(_address(asked, wish), to, Validators(), limits)
    except WatchlistError as error:
        raise InputError(error.where, error.what, error.remedy) from None
    try:
        return read_statistics(to, extracted_on=today, name=asked.name)
    except InputError as error:
        # An answer without figures is an answer: nothing of the kind was traded, or is told yet.
        if "holds no figure" in error.what:
            return None
        raise InputError(asked.name, error.what, "the endpoint may have changed") from None


def _address(asked: Endpoint, wish: Wish) -> str:
    monthly = "-" in wish.periods[0]
    reporter = str(number_of(wish.reporter)) if asked.name == "comtrade" else wish.reporter
    return asked.url.format(
        frequency="M" if monthly else "A",
        reporter=reporter,
        period=",".join(period.replace("-", "") for period in wish.periods),
        first=wish.periods[0],
        last=wish.periods[-1],
        codes=_BETWEEN[asked.name].join(wish.codes),
        flow=_FLOWS[asked.name][wish.flow],
    )


def months_between(first: str, last: str) -> tuple[str, ...]:
    """The months from first to last, or the years where these are years; UsageError for anything else."""
    try:
        if len(first) == len(last) == 4:
            return tuple(str(year) for year in range(int(first), int(last) + 1))
        begin, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    except ValueError:
        raise UsageError(
            f"{first} to {last} is no span; write 2022 and 2023, or 2022-01 and 2023-12"
        ) from None
    return tuple(f"{month // 12}-{month % 12 + 1:02}" for month in range(begin, end + 1))
