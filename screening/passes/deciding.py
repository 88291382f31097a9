"""The fifth pass: the outcome of each row, which rows are shown, and what their findings must rest on."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.engine.coded import TRUE, UNKNOWN
from screening.outcome import Outcome
from screening.passes.bench import Bench
from screening.passes.book import PartedBook
from screening.passes.stock import get, put

Codes = npt.NDArray[np.uint8]
Homes = npt.NDArray[np.uint32]
ASKED = {"look": pl.UInt32, "rule": pl.String, "place": pl.UInt32}
"""A finding over time that is shown: in which look, by which rule, on which row."""


def decide(bench: Bench, book: PartedBook, number: int) -> str:
    """Makes the part with the rows of a batch that are shown, and the counts of all its rows."""
    name = book.decided(number)
    if bench.parts.has(name):
        return name
    codes, homes = _over_time(bench, book, number)
    over_time = pl.DataFrame(
        {rule.id: _truth(codes[rule.id]) for rule in bench.screener.ruleset.window_rules}
    )
    folder = bench.parts.of(book.judged(number))
    truths = pl.DataFrame([*get(folder, "truths"), *over_time])
    places, outcomes = bench.screener.outcomes(truths, get(folder, "hides"))
    shown = _shown(places, outcomes, bench.everything)
    with bench.parts.making(name) as (made, facts):
        put(made, "shown", pl.DataFrame({"place": shown}))
        put(made, "over_time", over_time[shown] if over_time.width else over_time)
        put(made, "asked", _asked(shown, places, outcomes, homes))
        facts.update(_counted(places, outcomes), untold=_untold(codes))
    return name


def _over_time(bench: Bench, book: PartedBook, number: int) -> tuple[dict[str, Codes], dict[str, Homes]]:
    """For each rule over time a code for each row of the batch, and the look that gave it."""
    rows = bench.parts.facts(book.judged(number))["rows"]
    ids = [rule for shuffle in bench.shuffles for rule in shuffle.ids]
    codes = {rule: np.zeros(rows, dtype=np.uint8) for rule in ids}
    homes = {rule: np.zeros(rows, dtype=np.uint32) for rule in ids}
    for at, asked in enumerate(book.looks):
        name = book.looked(at)
        low, high = bench.parts.facts(name)["edges"][number : number + 2]
        told = get(bench.parts.of(name), "truths")[low:high]
        for rule in bench.shuffles[asked.shuffle].ids:
            own = told.filter(pl.col(rule).is_not_null())
            codes[rule][own["place"].to_numpy()] = own[rule].to_numpy()
            homes[rule][own["place"].to_numpy()] = at
    return codes, homes


def _truth(codes: Codes) -> pl.Series:
    told = pl.Series(codes == TRUE)
    return told.set(pl.Series(codes == UNKNOWN), None)


def _untold(codes: dict[str, Codes]) -> dict[str, int]:
    counts = {rule: int((found == UNKNOWN).sum()) for rule, found in codes.items()}
    return {rule: count for rule, count in counts.items() if count}


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
    shown: pl.Series, places: pl.Series, outcomes: Sequence[Outcome], homes: dict[str, Homes]
) -> pl.DataFrame:
    rows = [
        (int(homes[rule][place]), rule, place)
        for place, outcome in zip(shown.to_list(), places.gather(shown).to_list(), strict=True)
        for rule in (*outcomes[outcome].found, *outcomes[outcome].hidden)
        if rule in homes
    ]
    return pl.DataFrame(rows, schema=ASKED, orient="row")
