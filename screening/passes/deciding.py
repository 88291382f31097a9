"""The fifth pass: the outcome of each row, which rows are shown, and what their findings must rest on."""

from collections import Counter
from collections.abc import Sequence

import polars as pl

from screening.outcome import Outcome
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.stock import get, put, put_parted
from screening.passes.turning import ASKED, LOOKED


def decide(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with the rows of a batch that are shown, and the counts of all its rows."""
    name = book.decided(number)
    if bench.parts.has(name):
        return name
    judged, rules = book.judged(number), bench.screener.ruleset.window_rules
    folder, found = bench.parts.of(judged), LOOKED.of(bench.parts, book, number)
    over_time = _over_time(found, [rule.id for rule in rules], bench.parts.facts(judged)["rows"])
    truths = pl.DataFrame([*get(folder, "truths"), *over_time])
    places, outcomes = bench.screener.outcomes(truths, get(folder, "hides"))
    shown = _shown(places, outcomes, bench.everything)
    with bench.parts.making(name) as (made, facts):
        put(made, "shown", pl.DataFrame({"place": shown}))
        put(made, "over_time", over_time[shown] if over_time.width else over_time)
        put_parted(made, ASKED.name, _asked(found, shown, places, outcomes))
        facts.update(_counted(places, outcomes), untold=_untold(over_time), shown=len(shown))
    return name


def _over_time(found: pl.DataFrame, rules: Sequence[str], rows: int) -> pl.DataFrame:
    """The truth of each rule over time for each row of the batch: false where no look found anything."""
    nothing = pl.repeat(False, rows, dtype=pl.Boolean, eager=True)
    truths = {rule: nothing.clone() for rule in rules}
    for own in found.partition_by("rule"):
        truths[own["rule"][0]].scatter(own["place"], own["truth"])
    return pl.DataFrame(truths)


def _untold(over_time: pl.DataFrame) -> dict[str, int]:
    return {told.name: count for told in over_time if (count := told.null_count())}


def _shown(places: pl.Series, outcomes: Sequence[Outcome], everything: bool) -> pl.Series:
    alerts = pl.Series([everything or o.verdict.decision != "clear" for o in outcomes], dtype=pl.Boolean)
    return alerts.gather(places).arg_true() if len(places) else pl.Series(dtype=pl.UInt32)


def _counted(places: pl.Series, outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    decisions, fired = Counter[str](), Counter[str]()
    counts = places.value_counts()
    for place, count in counts.iter_rows():
        decisions[outcomes[place].verdict.decision] += count
        fired.update(dict.fromkeys(outcomes[place].found, count))
    return {"decisions": dict(sorted(decisions.items())), "fired": dict(sorted(fired.items()))}


def _asked(
    found: pl.DataFrame, shown: pl.Series, places: pl.Series, outcomes: Sequence[Outcome]
) -> pl.DataFrame:
    """The findings over time of the shown rows, in the order of looks."""
    rows = [
        (place, rule)
        for place, outcome in zip(shown.to_list(), places.gather(shown).to_list(), strict=True)
        for rule in (*outcomes[outcome].found, *outcomes[outcome].hidden)
    ]
    stated = pl.DataFrame(rows, schema={"place": found.schema["place"], "rule": pl.String}, orient="row")
    return (
        found.filter("truth").join(stated, on=["place", "rule"], how="semi").sort("look", maintain_order=True)
    )
