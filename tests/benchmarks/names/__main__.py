"""`python -m tests.benchmarks.names LABELLED.csv LIST.csv`: how well and how fast names are matched."""

import argparse
import resource
import time
from pathlib import Path

import numpy as np
import polars as pl

from screening.names import NameIndex
from tests.benchmarks.names.labelled import (
    Answers,
    Labelled,
    Listed,
    answers,
    best_threshold,
    f1_at,
    made,
    read_labelled,
    read_list,
    recall_at_alarms,
)


def main() -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.names", description=__doc__)
    parser.add_argument(
        "labelled", type=Path, help="CSV: name, label, kind, listed_entity_numbers, listed_name"
    )
    parser.add_argument("list", type=Path, help="CSV: entity_number, name, alt_names")
    parser.add_argument("--made", type=int, help="instead of the labelled names, so many made from the list")
    parser.add_argument("--errors", action="store_true", help="print every miss and false alarm at best F1")
    options = parser.parse_args()
    listed = read_list(options.list)
    labelled = made(listed, options.made) if options.made else read_labelled(options.labelled, listed)
    index = _timed_build(listed)
    found = _timed_match(index, labelled)
    judged = answers(labelled, listed, found)
    _accuracy(labelled, judged)
    _self_match(index, listed)
    if options.errors:
        _errors(labelled, listed, found, judged)


def _timed_build(listed: Listed) -> NameIndex:
    start = time.perf_counter()
    index = NameIndex.build(listed.names)
    print(f"build         {len(listed.names)} names in {time.perf_counter() - start:.2f} s")
    return index


def _timed_match(index: NameIndex, labelled: Labelled) -> pl.DataFrame:
    start = time.perf_counter()
    found = index.match(labelled.names, limit=5)
    taken = time.perf_counter() - start
    single = _singles(index, labelled.names[:200])
    asked = len(labelled.names)
    print(f"match         {asked} names in {taken:.2f} s: {asked / taken:.0f} a second")
    print(f"one name      median {np.median(single):.1f} ms, 99th {np.quantile(single, 0.99):.1f} ms")
    print(f"peak memory   {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return found


def _singles(index: NameIndex, names: list[str]) -> list[float]:
    taken = []
    for name in names:
        start = time.perf_counter()
        index.match([name])
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def _accuracy(labelled: Labelled, found: Answers) -> None:
    labels = labelled.labels
    best = best_threshold(labels, found)
    print(f"best F1       {f1_at(labels, found, best):.3f} at {best:.3f}")
    benign = recall_at_alarms(labels, found, ["benign"], 0.01)
    both = recall_at_alarms(labels, found, ["benign", "hard"], 0.01)
    print(f"recall at 1 % false alarms: {benign:.3f} on benign, {both:.3f} with near misses")
    for threshold in dict.fromkeys((best, 0.85, 0.95)):
        _at(labelled, found, threshold)


def _at(labelled: Labelled, found: Answers, threshold: float) -> None:
    parts = [f"at {threshold:.3f}: F1 {f1_at(labelled.labels, found, threshold):.3f}"]
    for label in ("match", "benign", "hard"):
        scores = found.right if label == "match" else found.best
        of_label = labelled.labels == label
        parts.append(f"{label} {(scores[of_label] >= threshold).mean():.3f}")
        for kind in sorted(set(labelled.kinds[of_label]) - {""}):
            here = of_label & (labelled.kinds == kind)
            parts.append(f"  {kind} {(scores[here] >= threshold).mean():.3f}")
    print("\n    ".join(parts))


def _self_match(index: NameIndex, listed: Listed) -> None:
    """How many listed names do not find themselves first or tied first (of every twentieth)."""
    asked = list(range(0, len(listed.names), 20))
    found = index.match([listed.names[place] for place in asked], limit=30)
    best = found.group_by("query").agg(pl.col("score").max().alias("best"))
    owner = pl.DataFrame(
        {"query": np.arange(len(asked), dtype=np.uint32), "own": listed_texts(listed, asked)}
    )
    texts = pl.Series([listed.names[name] for name in found["name"].to_list()], dtype=pl.String)
    own = found.with_columns(text=texts).join(owner, on="query").filter(pl.col("text") == pl.col("own"))
    first = own.join(best, on="query").filter(pl.col("score") >= pl.col("best"))["query"].n_unique()
    print(f"own name first or tied first: {first} of {len(asked)}")


def listed_texts(listed: Listed, places: list[int]) -> list[str]:
    """The names at these places."""
    return [listed.names[place] for place in places]


def _errors(labelled: Labelled, listed: Listed, found: pl.DataFrame, judged: Answers) -> None:
    threshold = best_threshold(labelled.labels, judged)
    top = {query: (listed.names[name], score) for query, name, score in reversed(found.rows())}
    for place, name in enumerate(labelled.names):
        label, kind = labelled.labels[place], labelled.kinds[place]
        if label == "match" and judged.right[place] < threshold:
            print("MISS", kind, "|", name, "|", round(judged.right[place], 3), top.get(place))
        elif label != "match" and judged.best[place] >= threshold:
            print("FALSE", label, kind, "|", name, "|", top.get(place))


if __name__ == "__main__":
    main()
