"""How well and how fast each matcher answers labelled names, all in one run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from tests.benchmarks.names.labelled import Labelled, Listed, answers
from tests.benchmarks.names.matchers import ALERT, AT_MOST
from tests.benchmarks.names.measures import Answers, best_threshold, f1_at, recall_at_alarms, share_of
from tests.benchmarks.names.report import Row
from tests.benchmarks.names.trial import tried

_CACHED = "ours from cache"


@dataclass(frozen=True, slots=True)
class Measured:
    """A matcher's answers to the labelled names that it was asked, and its figures."""

    matcher: str
    labelled: Labelled
    found: Answers
    told: pl.DataFrame
    figures: dict[str, float]


def measured(
    matcher: str, listed: Listed, labelled: Labelled, singles: Sequence[str], folder: Path
) -> Measured:
    """The matcher measured in a process of its own; of a slow one the queries are a sample."""
    asked = spread(labelled, AT_MOST.get(matcher, len(labelled.names)))
    trial = tried(matcher, folder, listed.names, asked.names, singles)
    figures = dict(trial.figures)
    if matcher == "ours":
        cached = tried(_CACHED, folder, listed.names, asked.names[:1], singles)
        figures["cached s"] = cached.figures["build s"]
    figures["cold a second"], figures["warm a second"] = _rates(figures, len(labelled.names))
    return Measured(matcher, asked, answers(asked, listed, trial.answers), trial.answers, figures)


def spread(labelled: Labelled, most: int) -> Labelled:
    """At most so many of the labelled names, evenly spread over them."""
    if len(labelled.names) <= most:
        return labelled
    return labelled.part(np.linspace(0, len(labelled.names) - 1, most).astype(int).tolist())


def accuracy_rows(found: Sequence[Measured]) -> list[Row]:
    """The figures of accuracy: one row a figure, one value a matcher."""
    best = [best_threshold(one.labelled.labels, one.found) for one in found]
    rows = [
        Row("names asked", [len(one.labelled.names) for one in found], "{:,.0f}"),
        Row("best F1", [f1_at(one.labelled.labels, one.found, at) for one, at in _with(found, best)]),
        Row("... at score", best),
        Row("recall at 1 % false alarms, benign", [_recall(one, "benign") for one in found]),
        Row("... near misses included", [_recall(one, "benign", "hard") for one in found]),
    ]
    default = [ALERT[one.matcher] for one in found]
    for place, thresholds in (("at best F1", best), ("at default score", default)):
        rows += _alerted(found, place, thresholds)
    return rows + _by_kind(found, best)


def speed_rows(found: Sequence[Measured]) -> list[Row]:
    """The figures of speed and memory: one row a figure, one value a matcher."""
    base = next((one.figures["cold a second"] for one in found if one.matcher == "tfidf"), float("nan"))
    ratios = [one.figures["cold a second"] / base for one in found]
    told = (
        ("names a second, cold (build and match)", "cold a second", "{:,.0f}"),
        ("names a second, match alone", "warm a second", "{:,.0f}"),
        ("one name, warm: median ms", "one ms", "{:.2f}"),
        ("one name, warm: 99th ms", "one 99th ms", "{:.2f}"),
        ("ms a pair", "ms a pair", "{:.2f}"),
        ("index cold, s", "build s", "{:.2f}"),
        ("index from its cache, s", "cached s", "{:.2f}"),
        ("peak memory, MB", "MB", "{:,.0f}"),
        ("... before the index", "MB before", "{:,.0f}"),
    )
    rows = [Row(title, [one.figures.get(key) for one in found], form) for title, key, form in told]
    return [*rows[:1], Row("... ratio to TF-IDF", ratios, "{:.2f}"), *rows[1:]]


def mistakes(one: Measured, listed: Listed) -> list[str]:
    """Every miss and every false alarm at the score of best F1, with the name that scored best."""
    at = best_threshold(one.labelled.labels, one.found)
    first = {query: (listed.names[name], round(score, 3)) for query, name, score in reversed(one.told.rows())}
    lines = []
    for place, name in enumerate(one.labelled.names):
        label, kind = one.labelled.labels[place], one.labelled.kinds[place]
        score = one.found.right[place] if label == "match" else one.found.best[place]
        if (score >= at) != (label == "match"):
            said = "missed" if label == "match" else f"alerted ({label})"
            lines.append(f"{said:18} {kind:12} {score:.3f}  {name}  {first.get(place)}")
    return lines


def _rates(figures: dict[str, float], queries: int) -> tuple[float, float]:
    """Names a second with the build, were all of them asked, and without it."""
    match = figures["match s"] / max(figures["asked"], 1)
    return queries / (figures["build s"] + match * queries), 1 / match


def _recall(one: Measured, *alarmed: str) -> float:
    return recall_at_alarms(one.labelled.labels, one.found, alarmed, 0.01)


def _alerted(found: Sequence[Measured], place: str, thresholds: Sequence[float]) -> list[Row]:
    """What of each sort alerts at these thresholds."""
    rows = [Row(f"recall {place}", [_share(one, at, "match") for one, at in _with(found, thresholds)])]
    for title, label, kind in (
        ("near misses alerted", "hard", ""),
        ("... differing numbers alerted", "hard", "number"),
        ("benign alerted", "benign", ""),
    ):
        shares = [_share(one, at, label, kind) for one, at in _with(found, thresholds)]
        rows.append(Row(f"{title} {place}", shares))
    return rows


def _by_kind(found: Sequence[Measured], thresholds: Sequence[float]) -> list[Row]:
    labels = found[0].labelled.labels
    kinds = sorted(set(found[0].labelled.kinds[labels == "match"].tolist()))
    return [
        Row(
            f"recall at best F1: {kind}",
            [_share(one, at, "match", kind) for one, at in _with(found, thresholds)],
        )
        for kind in kinds
    ]


def _share(one: Measured, threshold: float, label: str, kind: str = "") -> float:
    """The share of names of this label and kind that alert; of matches, for the right entry."""
    here = one.labelled.labels == label
    if kind:
        here &= one.labelled.kinds == kind
    scores = one.found.right if label == "match" else one.found.best
    return share_of(scores[here] >= threshold)


def _with(found: Sequence[Measured], thresholds: Sequence[float]) -> list[tuple[Measured, float]]:
    return list(zip(found, thresholds, strict=True))
