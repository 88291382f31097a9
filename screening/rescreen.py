"""What a list change alters in earlier results, without screening again what it can't alter.

A result depends on a watchlist through the parties and addresses matched on its row, and through what
rules over time say of it, and in nothing else. So the names of the book, each once, are matched against
both states of the lists, and only the rows on which a match came, went or changed, or of which a rule
over time says something else, are screened. Names are matched against whole lists, not against the
changed entries alone: how much a word weighs depends on how many listed names have it, so one more entry
moves other scores too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from screening.io.batch import Batch, kept
from screening.io.book import Book
from screening.result import Match, Screening
from screening.screened import Screened
from screening.screener import Screener
from screening.timeline import Earlier, Part, Timeline

Identity = tuple[str, int | None, int | None]
_MATCH = ("index", "role", "name", "id", "matched_name", "score", "status", "kind")
_NUMBERS = frozenset({"entry", "rank"})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Altered:
    """A shipment whose decision, score, findings or matched entries are others with the new lists."""

    before: Screening
    after: Screening

    @property
    def came(self) -> tuple[Match, ...]:
        """The matches that were not there before."""
        return _only(self.after, self.before)

    @property
    def went(self) -> tuple[Match, ...]:
        """The matches that are there no more."""
        return _only(self.before, self.after)

    @property
    def sentence(self) -> str:
        """What is altered, in one sentence."""
        was, now = self.before.decision, self.after.decision
        parts = [f"{was}, now {now}" if was != now else f"still {now}"]
        if self.before.score != self.after.score:
            parts.append(f"score {self.before.score}, now {self.after.score}")
        for what, one, other in (("now", self.after, self.before), ("no more", self.before, self.after)):
            if rules := sorted(_rules(one) - _rules(other)):
                parts.append(f"{what} {', '.join(rules)}")
        for what, matches in (("matches", self.came), ("no longer matches", self.went)):
            if matches:
                parts.append(f"{what} {_few(matches)}")
        return f"{self.after.shipment_id}: {'; '.join(parts)}"

    @property
    def record(self) -> dict[str, Any]:
        """Both results, as the contract's alert records, and the sentence."""
        return {
            "schema": 1,
            "shipment_id": self.after.shipment_id,
            "line_number": self.after.line_number,
            "revision": self.after.revision,
            "sentence": self.sentence,
            "before": self.before.record,
            "after": self.after.record,
        }


@dataclass(frozen=True, slots=True)
class Rescreening:
    """What a list change altered in a book."""

    rows: int
    screened: int
    """The rows that the change could affect."""
    altered: tuple[Altered, ...]
    """In the order of the book."""
    unknown: int
    """Old alerts of shipments that the book does not have."""
    other_run: bool
    """True when an old alert was made with other rules, lists, options or code than the old lists give
    now: then only what the list change alters is told, and what else changed is not."""

    @property
    def summary(self) -> str:
        """The counts, in one sentence."""
        moved = sum(1 for one in self.altered if one.before.decision != one.after.decision)
        return (
            f"{self.rows:,} shipments, {self.screened:,} of them screened again: "
            f"{len(self.altered):,} altered, {moved:,} with another decision"
        )


def rescreen(
    book: Book,
    before: Screener,
    after: Screener,
    old_alerts: Iterable[Screening] = (),
    earlier: Earlier | None = None,
) -> Rescreening:
    """The shipments of the book that `after` judges otherwise than `before`.

    The two differ in their watchlists only. What a shipment came to before is taken from its old alert;
    one without (clear shipments are written only when asked for) is screened with `before` too. Match
    scores that move without consequence alter nothing. `earlier` are the shipments that the run saw besides.
    """
    alerts = {identity(alert): alert for alert in old_alerts}
    changed = changed_entries(before, after)
    rows = screened = 0
    altered: list[Altered] = []
    known: set[Identity] = set()
    old, new = _timelines(book, before, after, earlier)
    for number, batch in enumerate(book.batches):
        mask = affected(batch, before, after, changed) | _otherwise(old.part(number), new.part(number))
        touched = kept(batch, mask)
        rows, screened = rows + batch.typed.height, screened + touched.typed.height
        parts = old.part(number, mask), new.part(number, mask)
        both = zip((before, after), parts, strict=True)
        altered += _altered([one.screen_part(touched, part) for one, part in both], alerts)
        known |= alerts.keys() & _identities(batch) if alerts else set()
    other_run = any(alert.run != before.run for alert in alerts.values())
    return Rescreening(rows, screened, tuple(altered), len(alerts) - len(known), other_run)


def identity(result: Screening) -> Identity:
    """By what a shipment is known again."""
    return result.shipment_id, result.line_number, result.revision


def changed_entries(before: Screener, after: Screener) -> frozenset[str]:
    """The ids of the entries that stand on both lists and say something else."""
    old, new = (one.parties.entries.drop(_NUMBERS) for one in (before, after))
    both = old.join(new, on="id", suffix=" now", maintain_order="left")
    fields = [name for name in old.columns if name != "id"]
    other = [pl.col(name).ne_missing(pl.col(f"{name} now")) for name in fields]
    return frozenset(both.filter(pl.any_horizontal(other))["id"])


def affected(batch: Batch, before: Screener, after: Screener, changed: frozenset[str]) -> pl.Series:
    """For each row of the batch, whether a match on it came, went or changed."""
    old, new = _matches(batch, before), _matches(batch, after)
    differ = [
        old.join(new, on=_MATCH, how="anti", nulls_equal=True),
        new.join(old, on=_MATCH, how="anti", nulls_equal=True),
        new.filter(pl.col("id").is_in(list(changed))),
    ]
    touched = pl.concat([part.select("index") for part in differ])["index"].unique()
    return pl.int_range(batch.typed.height, dtype=pl.UInt32, eager=True).is_in(touched.implode())


def _matches(batch: Batch, screener: Screener) -> pl.DataFrame:
    ids = screener.parties.entries.select("entry", "id")
    return screener.party_matches(batch).join(ids, on="entry").select(_MATCH)


def _timelines(
    book: Book, before: Screener, after: Screener, earlier: Earlier | None
) -> tuple[Timeline, Timeline]:
    old = before.timeline(book, earlier)
    return old, after.timeline(book, earlier) if after.time_by_lists else old


def _otherwise(old: Part, new: Part) -> pl.Series:
    """For each row, whether a rule over time says something else of it."""
    other = pl.repeat(False, len(old.places), eager=True)
    for rule in old.rules.columns:
        other |= old.rules[rule].ne_missing(new.rules[rule])
    return other


def _altered(both: Sequence[Screened], alerts: Mapping[Identity, Screening]) -> Iterator[Altered]:
    for was, now in zip(*(screened.results() for screened in both), strict=True):
        one = Altered(alerts.get(identity(now), was), now)
        if _told(one.before) != _told(one.after):
            yield one


def _told(result: Screening) -> tuple[Any, ...]:
    """What of a result counts as altered when it is another."""
    return result.decision, result.score, _rules(result), frozenset(map(_matched, result.matches))


def _rules(result: Screening) -> frozenset[str]:
    return frozenset(finding.rule for finding in result.findings)


def _matched(match: Match) -> tuple[str, ...]:
    return match.role, match.name, match.id, match.matched_name, match.status


def _only(one: Screening, other: Screening) -> tuple[Match, ...]:
    seen = set(map(_matched, other.matches))
    return tuple(match for match in one.matches if _matched(match) not in seen)


def _few(matches: tuple[Match, ...]) -> str:
    told = ", ".join(f"{match.matched_name} ({match.id}, {match.status})" for match in matches[:_SHOWN])
    more = len(matches) - _SHOWN
    return told + (f" and {more:,} more" if more > 0 else "")


def _identities(batch: Batch) -> set[Identity]:
    columns = [
        pl.col(name) if name in batch.typed.columns else pl.lit(None, pl.Int64).alias(name)
        for name in ("line_number", "revision")
    ]
    return set(batch.typed.select("shipment_id", *columns).iter_rows())
