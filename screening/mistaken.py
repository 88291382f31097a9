"""Listed parties for whom a site's own party was mistaken: found, shown, and counted by no rule.

It is the one match of this party with that entry that is set aside. The same party found on another entry,
or another party found on this one, counts as ever.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

import polars as pl

from screening.names.fold import holds_one
from screening.parties import PARTY, name_key
from screening.result import MISTAKEN
from screening.ruleset.exceptions import RuleException

_MOST_NAMES = 50_000
_ByParty = defaultdict[str | None, list[RuleException]]


class Mistaken:
    """The exceptions of a site that name a list entry, prepared once."""

    def __init__(self, exceptions: Sequence[RuleException], entries: pl.DataFrame) -> None:
        """`entries` are those of the lists, with `entry` and `id`."""
        named = [exception for exception in exceptions if exception.entry is not None]
        places = entries.filter(pl.col("id").is_in([e.entry for e in named])).select("id", "entry").rows()
        of_id: defaultdict[str | None, _ByParty] = defaultdict(lambda: defaultdict(list))
        for exception in named:
            of_id[exception.entry][name_key(exception.party or "")].append(exception)
        self._of_entry = {place: of_id[entry] for entry, place in places}

    def marked(self, matches: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """The matches, with their own status where it is said that this party is not that entry."""
        found = [place for place, _ in self._settled(matches, rows)]
        if not found:
            return matches
        settled = pl.int_range(matches.height, eager=True).is_in(found)
        status = pl.when(settled).then(pl.lit(MISTAKEN)).otherwise("status")
        return matches.with_columns(status.alias("status"))

    def said(self, matches: pl.DataFrame, rows: pl.DataFrame) -> Mapping[int, list[RuleException]]:
        """The exceptions that set aside a match, by the row that it stands on."""
        told: defaultdict[int, list[RuleException]] = defaultdict(list)
        for place, exception in self._settled(matches, rows):
            told[matches["index"][place]].append(exception)
        return told

    def _settled(self, matches: pl.DataFrame, rows: pl.DataFrame) -> Iterator[tuple[int, RuleException]]:
        """The places of the matches that are set aside, each with the exception that does it."""
        if not self._of_entry or matches.is_empty() or "shipment_date" not in rows.columns:
            return
        days = rows["shipment_date"]
        asked = matches.select("entry", "kind", "name", "index").iter_rows()
        for place, (entry, kind, name, index) in enumerate(asked):
            if kind == PARTY and entry in self._of_entry:
                said = self._of_entry[entry].get(_key_alone(name), ())
                yield from ((place, one) for one in said if _covers(one, days[index]))


def _covers(exception: RuleException, day: date | None) -> bool:
    return day is not None and day <= exception.expires


@lru_cache(_MOST_NAMES)
def _key_alone(name: str) -> str | None:
    """By what a party is known in all spellings of its name; None where the cell names somebody besides."""
    return name_key(name) if holds_one(name) else None
