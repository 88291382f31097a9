"""Labelled pairs judged: ours with and without a list's weights, and logic-v2, in one run."""

import time
from collections.abc import Callable, Sequence

import numpy as np

from screening.names import NameIndex, adjusted, explain
from tests.benchmarks.names.matchers import missing
from tests.benchmarks.names.measures import auc, best_pair_f1, share_of
from tests.benchmarks.names.pairs import Pair
from tests.benchmarks.names.report import Row

Judge = Callable[[Pair], float]


def ours(index: NameIndex | None) -> Judge:
    """Our score of a pair: its best names, and then what stands beside them; words weigh as in the index."""

    def judge(pair: Pair) -> float:
        scores = [explain(query, name, index).score for query in pair.left.names for name in pair.right.names]
        return adjusted(max(scores, default=0.0), pair.left.beside, pair.right.beside).score

    return judge


def logic_v2() -> Judge:
    """The score of logic-v2 for the entities as they stand."""
    # Loaded late: it is there for benchmarks only, and large.
    from tests.benchmarks.names.matchers.logic_v2 import compared, entity

    return lambda pair: compared(
        entity((), pair.left.schema, pair.left.properties),
        entity((), pair.right.schema, pair.right.properties),
    )


def judges(pairs: Sequence[Pair], listed: Sequence[str]) -> dict[str, Judge]:
    """Who judges the pairs: ours with the weights of different lists, and logic-v2 where it is installed."""
    rights = [name for pair in pairs for name in pair.right.names]
    found = {"ours, pair alone": ours(None), "ours, names of the file": ours(NameIndex.build(rights))}
    if listed:
        found["ours, names of the list"] = ours(NameIndex.build(listed))
    return found if missing(["logic-v2"]) else found | {"logic-v2": logic_v2()}


def pair_rows(pairs: Sequence[Pair], judges: Sequence[Judge], alert: Sequence[float]) -> list[Row]:
    """One row a figure, one value a judge; `alert` is the score from which each alerts by default."""
    matches = np.array([pair.matches for pair in pairs])
    timed = [_scores(pairs, judge) for judge in judges]
    best = [best_pair_f1(matches, scores) for scores, _ in timed]
    at_default = [(scores >= least) for (scores, _), least in zip(timed, alert, strict=True)]
    return [
        Row("best F1", [f1 for f1, _ in best]),
        Row("... at score", [at for _, at in best]),
        Row("AUC", [auc(matches, scores) for scores, _ in timed]),
        Row("recall at default score", [share_of(alerts[matches]) for alerts in at_default]),
        Row("false alarms at default score", [share_of(alerts[~matches]) for alerts in at_default]),
        Row("ms a pair", [1000 * seconds / len(pairs) for _, seconds in timed], "{:.2f}"),
    ]


def _scores(pairs: Sequence[Pair], judge: Judge) -> tuple[np.ndarray, float]:
    start = time.perf_counter()
    scores = np.array([judge(pair) for pair in pairs], dtype=np.float64)
    return scores, time.perf_counter() - start
