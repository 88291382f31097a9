"""What an article says of a flow, held against the statistics: confirmed, contradicted, or not computable.

A claim is an amount in a period, how many times that of an earlier one it is, or only that goods went. The
sender's account is asked first, then the receiver's. Published figures are rounded, and counted by other
lists of codes: a quarter apart is the same.
"""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from screening.flows.goods import Goods, of_goods
from screening.flows.table import EXPORT, IMPORT, MINOR, Statistics

CONFIRMED, CONTRADICTED, UNKNOWN = "confirmed", "contradicted", "not computable"
NEAR = 0.25
"""So far, as a share, the figures may lie apart."""
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")

Span = tuple[dt.date, dt.date]
"""The first and the last day."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a flow."""

    id: str
    fact: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    codes: tuple[str, ...]
    amount: int | None = None
    """In units of `unit`."""
    unit: str = ""
    period: str | None = None
    times: float | None = None
    against: str | None = None
    open: str = ""
    """What the claim leaves open, and so keeps it from being computed."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the statistics say of a claim."""

    claim: Claim
    verdict: str
    why: str


def checked(claim: Claim, statistics: Statistics) -> Checked:
    """The claim with what the statistics say of it."""
    if claim.open:
        return Checked(claim, UNKNOWN, claim.open)
    if not claim.codes:
        return Checked(claim, UNKNOWN, "the goods have no code in statistics")
    if claim.amount is not None and claim.unit != "USD" and len(claim.unit) != 3:
        return Checked(claim, UNKNOWN, f"statistics count no {claim.unit}")
    return _held(claim, _Accounts(claim, statistics))


class _Accounts:
    """The figures that a claim is about, of senders or else of receivers."""

    def __init__(self, claim: Claim, statistics: Statistics) -> None:
        rows = of_goods(statistics.rows, Goods("claimed", claim.codes))
        told = [
            _between(rows, EXPORT, claim.senders, claim.receivers),
            _between(rows, IMPORT, claim.receivers, claim.senders),
        ]
        self.rows = next((part for part in told if part.height), told[0])
        self.reporters = sorted(set(statistics.rows["reporter"].cast(pl.String).unique()))

    def sum(self, span: Span) -> float | None:
        """What went in the span, by months or by the year where the span is one; None where nobody tells."""
        inside = self.rows.filter(pl.col("period").is_between(*span))
        months = inside.filter(pl.col("months") == 1)
        if months["period"].n_unique() >= _months(span):
            return float(months["value"].sum()) / MINOR
        years = inside.filter(pl.col("months") == 12)
        whole = _months(span) % 12 == 0 and years["period"].n_unique() * 12 == _months(span)
        return float(years["value"].sum()) / MINOR if whole else None


def _between(
    rows: pl.DataFrame, flow: str, reporters: Sequence[str], partners: Sequence[str]
) -> pl.DataFrame:
    reporter, partner = pl.col("reporter").cast(pl.String), pl.col("partner").cast(pl.String)
    return rows.filter((pl.col("flow") == flow) & reporter.is_in(reporters) & partner.is_in(partners))


def _held(claim: Claim, accounts: _Accounts) -> Checked:
    if not accounts.rows.height:
        asked = " nor ".join(", ".join(part) for part in (claim.senders, claim.receivers))
        return Checked(claim, UNKNOWN, f"neither {asked} tells of such trade in the statistics loaded")
    if claim.period is None or (claim.amount is None and claim.times is None):
        sent = float(accounts.rows["value"].sum()) / MINOR
        verdict = CONFIRMED if sent > 0 else CONTRADICTED
        return Checked(claim, verdict, f"the statistics have {sent / 1e6:,.1f} million of such trade in all")
    span = span_of(claim.period)
    found = accounts.sum(span) if span else None
    if found is None:
        return Checked(claim, UNKNOWN, f"the statistics loaded don't tell of {claim.period} by itself")
    judged = list(_judgements(claim, accounts, found))
    verdict = CONFIRMED if all(agrees for agrees, _ in judged) else CONTRADICTED
    return Checked(claim, verdict, "; ".join(why for _, why in judged))


def _judgements(claim: Claim, accounts: _Accounts, found: float) -> Iterator[tuple[bool, str]]:
    """Each figure of the claim beside that of the statistics, and whether they agree."""
    currency = accounts.rows["currency"].cast(pl.String)[0]
    if claim.amount is not None:
        agrees = currency == claim.unit and abs(found / claim.amount - 1) <= NEAR
        told = f"{found / 1e6:,.1f} million {currency} against the {claim.amount / 1e6:,.1f} that are claimed"
        yield agrees, told
    before = accounts.sum(span) if claim.against and (span := span_of(claim.against)) else None
    if claim.times is not None and before:
        ratio = found / before
        yield (
            abs(ratio / claim.times - 1) <= NEAR,
            f"{ratio:.1f} times {claim.against}, claimed are {claim.times:g}",
        )


def span_of(text: str) -> Span | None:
    """`2023`, `2023-06` and `2023-01 to 2023-09` as days; None for words."""
    first, _, last = text.partition(" to ")
    begins, ends = _MONTH.fullmatch(first.strip()), _MONTH.fullmatch((last or first).strip())
    if begins is None or ends is None:
        return None
    year, month = int(ends[1]), int(ends[2] or 12)
    begin = dt.date(int(begins[1]), int(begins[2] or 1), 1)
    return begin, dt.date(year, month, calendar.monthrange(year, month)[1])


def _months(span: Span) -> int:
    first, last = span
    return (last.year - first.year) * 12 + last.month - first.month + 1
