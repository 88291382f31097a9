"""Runs with a history over small files, by a screener that is quick to make."""

from pathlib import Path

from screening import Screener
from screening.run import Options, Report, run
from tests.history.books import RULES
from tests.rulebook import match_rule, rule_set

ALWAYS = match_rule("GDS-001", {"sent": {"field": "goods.hs6", "in": ["610910"], "say": "shirts"}})
SCREENER = Screener(rule_set(ALWAYS, *RULES), bundled=False)


def screened_to(
    source: str | Path, output: str | Path, history: str | Path | None, keep: int | None = None
) -> Report:
    """The report of a run, with all results in the output."""
    place = None if history is None else str(history)
    options = Options([str(source)], output=str(output), everything=True, history=place, history_keep=keep)
    return run(options, SCREENER)
