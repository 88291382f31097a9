"""The matchers that are measured beside each other: ours, and those that are in use today.

Each stands in a module of its own, loaded only in the process that measures it, so that one needs
nothing that another depends on and its peak memory is its own.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

import polars as pl

COLUMNS = {"query": pl.UInt32, "name": pl.UInt32, "score": pl.Float64}


class Matcher(Protocol):
    """A matcher of names: built once from a list's names, then asked."""

    def build(self, names: Sequence[str]) -> None:
        """Ready to be asked for these names."""

    def match(self, queries: Sequence[str], limit: int) -> pl.DataFrame:
        """Up to `limit` names for each query: query and name by position, score from 0 to 1."""

    def facts(self) -> dict[str, float]:
        """Figures that only this matcher has, of the last `match`."""
        return {}

    def keep(self) -> None:
        """The index stands in a cache, where the matcher has one."""
        return


MATCHERS = {
    "ours": "ours:Ours",
    "ours from cache": "ours:OursFromCache",
    "tfidf": "tfidf:Tfidf",
    "brute": "brute:Brute",
    "logic-v2": "logic_v2:LogicV2Matcher",
}
COMPARED = ("ours", "tfidf", "brute", "logic-v2")
AT_MOST = {"logic-v2": 2_000}
"""Queries that a slow matcher is asked, evenly spread over all; its rate is told for all of them."""
ALERT = {"ours": 0.85, "tfidf": 0.85, "brute": 0.85, "logic-v2": 0.7}
"""From which score each alerts by default; the recipes with rapidfuzz have none, 85 is what most take."""


_NEEDS = {"tfidf": ("sklearn", "sparse_dot_topn"), "logic-v2": ("sklearn", "sparse_dot_topn", "nomenklatura")}


def missing(names: Sequence[str]) -> list[str]:
    """The libraries that these matchers need and that are not installed."""
    needed = sorted({library for name in names for library in _NEEDS.get(name, ())})
    return [library for library in needed if find_spec(library) is None]


def matcher(name: str) -> Matcher:
    """The matcher of this name. ModuleNotFoundError when what it depends on is not installed."""
    module, _, kind = MATCHERS[name].partition(":")
    made: Matcher = getattr(import_module(f"{__name__}.{module}"), kind)()
    return made
