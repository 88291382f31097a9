"""The one path: shipments become columns, columns become findings, findings chain to a decision.

The command line, the Python API, and whatever embeds the package call the same `Screener`; one
shipment is a table of one row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import polars as pl
import pyarrow as pa

from screening.address_matches import AddressMatcher
from screening.desk import Desk
from screening.engine.chain import chain
from screening.engine.columns import MatchPlan, Truths
from screening.engine.windows import WindowPlan
from screening.enrich import Enrichment, matched_fields
from screening.errors import RuleError
from screening.fields import FIELDS
from screening.io.batch import Batch
from screening.io.book import Book, bound, read_book
from screening.io.mapping import ColumnMapping
from screening.io.memory import shipment_batch, table_batches
from screening.io.rates import NO_RATES, Rates
from screening.mistaken import Mistaken
from screening.outcome import Outcome, Outcomes
from screening.parties import PartyMatcher
from screening.result import Match, MatchStatus, Screening
from screening.ruleset.exceptions import RuleException
from screening.ruleset.loading import RuleSet, load_rules
from screening.ruleset.terms import default_sentence
from screening.ruleset.wording import THIS, placeholders
from screening.screened import Screened
from screening.shipment import Shipment
from screening.suppression import EXCEPTION_FIELDS, Suppressions, fields_of_matches
from screening.timeline import Clock, Earlier, Part, Timeline
from screening.version import code_digest
from screening.watchlists.asked import birth_texts
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList
from screening.watchlists.preparation import prepared_parties

_LEARNED = ("parties", "found", "addresses", "houses")
_ALWAYS_WANTED = frozenset({"goods.hs6", "shipment.date"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds of each row of a batch by itself, before any other row is looked at."""

    matches: pl.DataFrame
    fields: pl.DataFrame
    truths: Truths
    covered: pl.DataFrame
    """Which exceptions cover the row."""
    hides: pl.DataFrame
    """Which rules they hide."""


class Screener:
    """Rules and watchlists, prepared once; screens shipments and matches names.

    It may be used from many threads. It must not be used after a fork, which polars does not
    survive: start worker processes by spawn.
    """

    def __init__(
        self,
        rules: str | Path | RuleSet | None = None,
        watchlists: str | Path | Sequence[str | Path] | PartyList = (),
        bundled: bool = True,
        exceptions: Sequence[RuleException] = (),
        rates: Rates = NO_RATES,
        lists: ListCatalogue | None = None,
    ) -> None:
        """`rules`: a folder instead of the bundled rules; `watchlists`: list files or folders, added to
        the bundled and imported ones, or alone when `bundled` is false; or all parties, as they are.
        `lists`: of goods, countries and places, instead of the bundled ones.

        Raises RuleError for rules with faults, WatchlistError for a list that can't be used.
        """
        self.ruleset = rules if isinstance(rules, RuleSet) else load_rules(Path(rules) if rules else None)
        self.lists = lists or ListCatalogue.load()
        self.parties = _parties(watchlists, bundled)
        self.rates = rates
        self._judging = (*self.ruleset.match_rules, *self.ruleset.window_rules)
        if not self._judging:
            raise RuleError(["no active rule looks at shipments; every other rule needs the findings of one"])
        self.chain = chain(self.ruleset.combine_rules)
        own = (clause for rule in self.ruleset.window_rules for clause in rule.own.clauses)
        self._plan = MatchPlan(self.ruleset.match_rules, self.lists, besides=own)
        self._enrichment = Enrichment(self.lists, self.rates)
        self._matcher = PartyMatcher(self.parties)
        self._addresses = AddressMatcher(self.parties)
        self._outcomes = Outcomes(self.ruleset, self.chain)
        self._over_time = WindowPlan(self.ruleset.window_rules, self.lists)
        self._except(exceptions)

    def _except(self, exceptions: Sequence[RuleException]) -> None:
        """Prepares what depends on a site's exceptions."""
        self.exceptions = tuple(exceptions)
        self._fields = self._plan.fields | self._over_time.fields | _said(self.ruleset) | _ALWAYS_WANTED
        self._suppressions = Suppressions(self.exceptions, self._judging, self.lists)
        self._mistaken = Mistaken(self.exceptions, self.parties.entries)
        if self.exceptions:
            self._fields |= EXCEPTION_FIELDS
        self._clock = Clock(self._over_time, self._fields, self.lists, self.rates, self._listed_on)
        self.run = self._run_id()
        self._desk = Desk(self.ruleset, self.lists, self.parties, self._outcomes, self._plan, self.run)

    def excepting(self, exceptions: Sequence[RuleException]) -> Self:
        """A screener of the same rules and lists with other exceptions; both share what they remember."""
        other = copy(self)
        other._except(exceptions)
        return other

    def screen(self, shipment: Shipment) -> Screening:
        """The result for one shipment."""
        (result,) = self.screen_many([shipment])
        return result

    def screen_many(self, shipments: Iterable[Shipment]) -> list[Screening]:
        """The results for shipments, in their order; rules over time see them as one book."""
        batch = shipment_batch(shipments)
        return list(self.screen_batch(batch).results()) if batch.typed.height else []

    def screen_file(self, *sources: str | Path, mapping: ColumnMapping | None = None) -> Iterator[Screening]:
        """The result for every shipment of the files, clear ones too, in input order.

        Raises InputError for a file that can't be read. Rows that can't be read are left out here:
        `read_book(...).rejects` and the command line tell of them.
        """
        yield from self.screen_book(read_book(sources, mapping))

    def screen_book(self, book: Book, earlier: Earlier | None = None) -> Iterator[Screening]:
        """The result for every shipment of a book, in its order; `earlier` shipments are seen, not judged."""
        for screened in self.screen_batches(book, self.timeline(book, earlier)):
            yield from screened.results()

    def screen_table(self, table: pa.Table | pl.DataFrame) -> pa.Table:
        """A row for each sound row of the table, in its order: the columnar batch path.

        Columns: row (UInt32, 1 is the first), shipment_id, decision, score, rules and unknown (lists of
        rule ids).
        """
        book = bound(table_batches(table))
        screened = self.screen_batches(book, self.timeline(book))
        return pl.concat([part.table for part in screened]).to_arrow()

    def timeline(self, book: Book, earlier: Earlier | None = None) -> Timeline:
        """What the rules over time say of each row of a book."""
        return self._clock.timeline(book.batches, book.superseded, earlier)

    @property
    def time_by_lists(self) -> bool:
        """Whether a list of parties has a part in what rules over time say."""
        return self._clock.by_matches

    def screen_batches(self, book: Book, timeline: Timeline) -> Iterator[Screened]:
        """The batches of a book screened as columns, one by one, after its timeline."""
        for number, batch in enumerate(book.batches):
            yield self.screen_part(batch, timeline.part(number))

    def screen_batch(self, batch: Batch, stories: pl.Series | None = None) -> Screened:
        """A batch by itself screened as columns: a book of its own, or several by `stories` (UInt32)."""
        return self.screen_part(batch, self._clock.alone(batch, stories).part(0))

    def screen_part(self, batch: Batch, part: Part) -> Screened:
        """A batch of a book screened as columns; results are written out when asked for."""
        facts = self.facts(batch, part.fields, part.matches)
        alone = facts.truths.rules
        rules = alone.hstack(part.rules) if alone.width else part.rules
        places, outcomes = self.outcomes(rules, facts.hides)
        return Screened(
            self._desk,
            batch,
            facts.fields,
            facts.matches,
            facts.truths.clauses,
            part,
            facts.covered,
            places,
            outcomes,
            self.exceptions,
            self._unfound(batch, part, facts, places, outcomes),
        )

    def _unfound(
        self, batch: Batch, part: Part, facts: Facts, places: pl.Series, outcomes: Sequence[Outcome]
    ) -> dict[int, list[tuple[str, RuleException]]]:
        """By the row, the rules that would have fired on the matches that a site sets aside.

        `places` and `outcomes` say which rules did.
        """
        said = self._mistaken.said(facts.matches, batch.typed)
        if not said:
            return {}
        unfound: dict[int, list[tuple[str, RuleException]]] = {}
        for at, outcome in zip(said, self._as_listed(batch, part, facts, list(said)), strict=True):
            fired = outcomes[places[at]].found
            gone = [rule for rule in outcome.found if rule not in fired]
            unfound[at] = [(rule, exception) for exception in said[at] for rule in gone]
        return unfound

    def _as_listed(self, batch: Batch, part: Part, facts: Facts, rows: list[int]) -> list[Outcome]:
        """What these rows would come to if nobody on them were mistaken for a listed party."""
        typed, over_time = batch.typed[rows], part.rules[rows] if part.rules.width else part.rules
        scores = matched_fields(typed, fields_of_matches(self._plan), self._all_listed_on(typed))
        alone = self._plan.evaluate(facts.fields[rows].with_columns(scores)).rules
        hides = facts.hides[rows] if facts.hides.width else facts.hides
        places, outcomes = self.outcomes(pl.DataFrame([*alone, *over_time]), hides)
        return [outcomes[place] for place in places]

    def facts(
        self,
        batch: Batch,
        made: pl.DataFrame,
        matches: pl.DataFrame | None = None,
        besides: frozenset[str] = frozenset(),
    ) -> Facts:
        """What a batch says of each of its rows by itself.

        `made` are fields that are there already, and `matches` listed parties found already; `besides` are
        fields wanted besides those that rules over one shipment and exceptions need.
        """
        found = self.party_matches(batch) if matches is None else matches
        wanted = (self._fields | besides) - frozenset(made.columns)
        fields = self._enrichment.of(batch.typed, wanted, found, made).hstack(made) if wanted else made
        truths = self._plan.evaluate(fields)
        covered = self._suppressions.covered(batch.typed, fields, found)
        return Facts(found, fields, truths, covered, self._suppressions.hides(covered))

    def outcomes(self, rules: pl.DataFrame, hides: pl.DataFrame) -> tuple[pl.Series, list[Outcome]]:
        """For every row the position of its outcome, and the outcomes.

        `rules` has the truth of every rule over one shipment, and of every rule over time; `hides` which
        of them exceptions hide.
        """
        return self._outcomes.of_rows(rules, hides)

    def party_matches(self, batch: Batch) -> pl.DataFrame:
        """The listed parties and addresses on each row: all that a result takes from a watchlist.

        Columns: index (the row's position), role, name, entry, matched_name, score, status, kind (party,
        or of an address that is listed itself or shared with a listed firm), listed_on.
        """
        return self._listed_on(batch.typed)

    def _listed_on(self, rows: pl.DataFrame) -> pl.DataFrame:
        return self._mistaken.marked(self._all_listed_on(rows), rows)

    def _all_listed_on(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The same, with the matches that a site sets aside standing as any other."""
        at = self._addresses.at(rows)
        named = self._matcher.matches(rows, at)
        shared = self._addresses.matches(at, rows, named)
        return named if shared.is_empty() else pl.concat([named, shared])

    @property
    def fields_over_time(self) -> frozenset[str]:
        """The fields that rules over time need of a row."""
        return self._clock.fields

    def learned(self) -> dict[str, pl.DataFrame]:
        """All that was told of texts and found of parties so far: it depends on the lists alone."""
        parties, addresses = self._matcher.memory.known(), self._addresses.memory.known()
        found = dict(zip(_LEARNED, (*parties, *addresses), strict=True))
        return {**found, **self._enrichment.memories.known()}

    def learn(self, learned: Mapping[str, pl.DataFrame]) -> None:
        """Takes over what another screener of the same rules and lists has `learned`."""
        parties, found, addresses, houses = (learned[name] for name in _LEARNED)
        self._matcher.memory.learn(parties, found)
        self._addresses.memory.learn(addresses, houses)
        others = {name: texts for name, texts in learned.items() if name not in _LEARNED}
        self._enrichment.memories.learn(others)

    def amended(self, batch: Batch, others: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """The fields that compare each row with an earlier revision of it, among `others` (typed rows)."""
        return self._clock.amended(batch.typed, others)

    def with_listed(self, rejects: pl.DataFrame) -> pl.DataFrame:
        """The rejects with a column `listed`: which of a row's names stands on which watchlist."""
        listed = ["; ".join(_told(m) for m in found) for found in self.names_on_lists(rejects)]
        return rejects.with_columns(pl.Series("listed", listed, dtype=pl.String))

    def names_on_lists(self, rejects: pl.DataFrame) -> list[list[Match]]:
        """The listed names of each rejected row: what a reject shows of the parties on it.

        A ragged row's cells stand under no column for sure, so each of them may be the name.
        """
        by_column = self._matcher.matches(rejects)
        cells = (
            rejects.with_row_index("place").select("place", name="loose_cells").explode("name").drop_nulls()
        )
        loose = self._matcher.matches(cells.select(consignee_name="name"))
        places = cells.select("place").with_row_index("index")
        anywhere = loose.join(places, on="index").with_columns(index="place", role=pl.lit(""))
        found = pl.concat([by_column, anywhere.select(by_column.columns)])
        distinct = found.unique(["index", "entry"], keep="first", maintain_order=True)
        return self._desk.shown_matches(distinct, rejects.height)

    def match(
        self,
        name: str,
        country: str | None = None,
        type: str | None = None,
        address: str | None = None,
        identifiers: Sequence[str] = (),
        birth_date: date | str | None = None,
        limit: int = 10,
        min_score: float | None = None,
    ) -> list[Match]:
        """The listed parties that the name may be, best first.

        `country` is an ISO code or a name; `birth_date` a day, or as much of it as is known (`1962`,
        `circa 1962`); `min_score` defaults to the policy's threshold. What stands beside the name ranks,
        and hides nobody whose name alone reaches that score. UsageError for a birth date that is none.
        """
        least = self.ruleset.policy.match_threshold if min_score is None else min_score
        beside = ([country], [type], [list(identifiers)], [address], birth_texts([birth_date]))
        found = self.parties.match_many([name], *beside, limit=limit, min_score=least)
        return [self._desk.match("", name, row, self._standing(row)) for row in found.iter_rows(named=True)]

    def _standing(self, found: dict[str, Any]) -> MatchStatus:
        """As the lists stand: without a day, a listing that has an end is over."""
        return "in_force" if self.parties[found["entry"]].ended_on is None else "ended_before_shipment"

    def match_many(
        self,
        names: Sequence[str],
        countries: Sequence[str | None] | None = None,
        types: Sequence[str | None] | None = None,
        limit: int = 10,
        *,
        addresses: Sequence[str | None] | None = None,
        identifiers: Sequence[str | Sequence[str] | None] | None = None,
        birth_dates: Sequence[date | str | None] | None = None,
    ) -> pa.Table:
        """The best `limit` entries for each name, whatever their score.

        What stands beside the names is given name by name, as `match` takes it.

        Columns: query (int, position of the name), id, source_id, watchlist, matched_name, score.
        """
        births = birth_texts(birth_dates) if birth_dates is not None else None
        beside = (countries, types, identifiers, addresses, births)
        found = self.parties.match_many(names, *beside, limit=limit, min_score=0.0)
        entries = self.parties.entries.select("entry", "id", "source_id", "watchlist")
        whole = found.join(entries, on="entry", how="left", maintain_order="left")
        chosen = whole.select("query", "id", "source_id", "watchlist", "matched_name", "score")
        return chosen.with_columns(pl.col("query").cast(pl.Int64)).to_arrow()

    @property
    def digests(self) -> dict[str, str]:
        """What a result depends on beside its input: rules, lists, options and code."""
        told = "".join(e.model_dump_json() for e in self.exceptions) + self.rates.digest
        lists = sha256((self.lists.digest + self.parties.digest).encode()).hexdigest()
        return {
            "rules": self.ruleset.digest,
            "lists": lists,
            "options": sha256(told.encode()).hexdigest(),
            "code": code_digest(),
        }

    def _run_id(self) -> str:
        return sha256("".join(sorted(self.digests.values())).encode()).hexdigest()[:16]


def _parties(watchlists: str | Path | Sequence[str | Path] | PartyList, bundled: bool) -> PartyList:
    if isinstance(watchlists, PartyList):
        return watchlists
    named = [watchlists] if isinstance(watchlists, str | Path) else watchlists
    return prepared_parties([Path(path) for path in named], bundled=bundled)


def _told(match: Match) -> str:
    role = f"{match.role} " if match.role else ""
    return f"{role}{match.name} = {match.matched_name} ({match.id}, {match.score:.2f})"


def _said(ruleset: RuleSet) -> frozenset[str]:
    """The fields that the rules' sentences name."""
    clauses = [clause.say for rule in ruleset.match_rules for clause in rule.clauses]
    clauses += [clause.say for rule in ruleset.window_rules for clause in rule.own.clauses]
    wholly = [rule.say or default_sentence(rule) for rule in ruleset.window_rules]
    said = (name for say in (*clauses, *wholly) for name in placeholders(say))
    return frozenset(name for name in said if name != THIS and name in FIELDS)


def screen(shipment: Shipment | dict[str, Any]) -> Screening:
    """The result for one shipment by the bundled rules and watchlists.

    Builds a Screener at every call; keep a Screener where there is more than one shipment.
    """
    return Screener().screen(shipment if isinstance(shipment, Shipment) else Shipment(**shipment))
