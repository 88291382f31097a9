"""`python -m tests.benchmarks.names.fit LIST.csv`: fit what each difference costs, on names made from a list.

Every difference costs something or nothing, never less: a logistic model without negative weights, on the
right candidate of each disturbed name and the likeliest wrong one of every name. The sum of differences
that gives the best F1 over all made names becomes 0.85.
"""

import argparse
import csv
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from screening.names import NameIndex
from screening.names.compare import DIFFERENCES, REVIEW
from screening.names.fold import fold
from tests.benchmarks.names.disturb import Made, Maker
from tests.benchmarks.names.labelled import Listed, read_list

Floats = npt.NDArray[np.float64]

_STEPS = 4_000
_ROUNDS = 4
_KEEP_CLOSE = 0.002
_GIVEN = {"reordered": 0.01, "replaced words": 0.4}
"""Costs that are ours to say. An order of words is a habit of the writer and no sign of another firm; a
word for another, however common, is: `Ali` and `Anis` of one family are two persons, and names made from
a list hardly show it."""


def main() -> None:
    """Write the fitted costs into `screening/names/costs.csv`."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.names.fit", description=__doc__)
    parser.add_argument("list", type=Path, help="CSV: entity_number, name, alt_names")
    parser.add_argument("--names", type=int, default=4_000, help="how many names of each kind to make")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    listed = read_list(options.list)
    maker = Maker(listed.names, options.seed)
    made = (
        maker.matches(options.names) + maker.near_misses(options.names // 2) + maker.nobody(2 * options.names)
    )
    rows, query, right = _pairs(listed, made)
    weights = fitted(rows, query, right)
    _write(weights * (1 - REVIEW) / _best_sum(rows @ weights, query, right, options.names))


def _pairs(listed: Listed, made: list[Made]) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Differences of every candidate pair that the numbers allow, its query, and whether it is right."""
    index = NameIndex.build(listed.names)
    query, name, found = index.candidates([fold(one.name) for one in made])
    entries: list[set[str]] = [set() for _ in range(len(index.distinct))]
    owner = np.repeat(np.arange(len(index.distinct)), np.diff(index.member_starts))
    for distinct, place in zip(owner.tolist(), index.members.tolist(), strict=True):
        entries[distinct].add(listed.entries[place])
    meant = [listed.entries[one.listed] if one.listed >= 0 else "" for one in made]
    right = np.array(
        [meant[q] in entries[n] for q, n in zip(query.tolist(), name.tolist(), strict=True)], dtype=bool
    )
    # A made name that folds to a listed one is that one, whatever it was made for.
    usable = ~found.numbers_differ & ~found.only_common & ~(found.same & ~right)
    differences = found.differences.astype(np.float64)
    differences[:, [DIFFERENCES.index(name) for name in _GIVEN]] = 0
    return differences[usable], query[usable].astype(np.float64), right[usable]


def fitted(rows: Floats, query: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """Weights of the differences, none below zero."""
    weights, even = np.ones(rows.shape[1]), 1.0
    for _ in range(_ROUNDS):
        chosen = _hardest(rows @ weights, query, right)
        weights, even = _logistic(rows[chosen], right[chosen], weights, even)
    return weights


def _best_sum(lost: Floats, query: Floats, right: npt.NDArray[np.bool_], meant: int) -> float:
    """The sum of weighted differences at which alerting on every query's best pair gives the best F1."""
    chosen = _hardest(lost, query, right)
    first = chosen[np.lexsort((lost[chosen], query[chosen]))]
    first = first[np.concatenate(([True], query[first][1:] != query[first][:-1]))]
    order = first[np.argsort(lost[first])]
    true = np.cumsum(right[order])
    f1 = 2 * true / (np.arange(len(order)) + 1 + meant)
    return float(lost[order][f1.argmax()])


def _hardest(lost: Floats, query: Floats, right: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The cheapest right and the cheapest wrong pair of every query."""
    order = np.lexsort((lost, right, query))
    key = query[order] * 2 + right[order]
    return order[np.concatenate(([True], key[1:] != key[:-1]))]


def _logistic(
    rows: Floats, right: npt.NDArray[np.bool_], weights: Floats, even: float
) -> tuple[Floats, float]:
    """Projected gradient with momentum; weights that tell nothing are drawn to zero."""
    scale = rows.std(axis=0) + 1e-6
    x, y = rows / scale, right.astype(np.float64)
    now = np.concatenate([weights * scale, [even]])
    moved = np.zeros_like(now)
    for _ in range(_STEPS):
        odds = 1 / (1 + np.exp(np.clip(x @ now[:-1] - now[-1], -30, 30)))
        slope = np.concatenate([(y - odds) @ x / len(y) + _KEEP_CLOSE * now[:-1], [(odds - y).mean()]])
        moved = 0.9 * moved - 0.3 * slope
        now = np.maximum(now + moved, 0)
    return now[:-1] / scale, float(now[-1])


def _write(costs: Floats) -> None:
    path = Path(str(files("screening.names").joinpath("costs.csv")))
    with path.open(encoding="utf-8", newline="") as lines:
        meanings = {row["difference"]: row["meaning"] for row in csv.DictReader(lines)}
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("difference", "cost", "meaning"))
        for difference, fitted_cost in zip(DIFFERENCES, costs.tolist(), strict=True):
            cost = _GIVEN.get(difference, fitted_cost)
            writer.writerow((difference, round(cost, 4), meanings.get(difference, "")))
            print(f"{difference:18} {cost:.4f}")


if __name__ == "__main__":
    main()
