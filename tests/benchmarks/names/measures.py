"""What is said of a matcher's answers in figures: F1, recall at a price in false alarms, AUC, growth."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.str_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answers:
    """For each labelled name the best score of any entry, and the best of an entry that is meant."""

    best: Floats
    right: Floats


def f1_at(labels: Labels, found: Answers, threshold: float) -> float:
    """F1 when every name that scores so much is an alert; an alert for the wrong entry counts as false."""
    true = int((found.right >= threshold).sum())
    false = int(((found.best >= threshold) & (found.right < threshold)).sum())
    return _f1(true, false, int((labels == "match").sum()))


def best_threshold(labels: Labels, found: Answers) -> float:
    """The threshold of the best F1, of all scores that occur; of equal ones the highest."""
    steps = np.unique(np.concatenate([found.best, found.right]))
    steps = steps[steps > 0][::-1]
    if not len(steps):
        return 1.0
    right, best = np.sort(found.right), np.sort(found.best)
    true = len(right) - np.searchsorted(right, steps)
    alerts = len(best) - np.searchsorted(best, steps)
    return float(steps[(2 * true / (alerts + (labels == "match").sum())).argmax()])


def recall_at_alarms(labels: Labels, found: Answers, alarmed: Sequence[str], share: float) -> float:
    """Recall above the score at which `share` of the names labelled one of `alarmed` alert."""
    false = np.sort(found.best[np.isin(labels, list(alarmed))])[::-1]
    threshold = false[int(share * len(false))] if len(false) else 0.0
    return share_of(found.right[labels == "match"] > threshold)


def best_pair_f1(matches: Flags, scores: Floats) -> tuple[float, float]:
    """The best F1 that a threshold gives over labelled pairs, and that threshold."""
    found = Answers(scores, np.where(matches, scores, 0.0))
    labels = np.where(matches, "match", "hard")
    threshold = best_threshold(labels, found)
    return f1_at(labels, found, threshold), threshold


def auc(matches: Flags, scores: Floats) -> float:
    """How often a pair that matches scores higher than one that does not, a tie being half a win."""
    of_match, of_other = scores[matches], np.sort(scores[~matches])
    if not len(of_match) or not len(of_other):
        return float("nan")
    below = np.searchsorted(of_other, of_match, "left")
    not_above = np.searchsorted(of_other, of_match, "right")
    return float((below + not_above).mean() / 2 / len(of_other))


def exponent(sizes: tuple[float, float], figures: tuple[float, float]) -> float:
    """The `e` of a figure that grows with size ** e between two sizes."""
    return float(np.log(figures[1] / figures[0]) / np.log(sizes[1] / sizes[0]))


def share_of(flags: Flags) -> float:
    """The share of flags that are set; 0 where there are none."""
    return float(flags.mean()) if len(flags) else 0.0


def _f1(true: int, false: int, meant: int) -> float:
    return 2 * true / max(true + false + meant, 1)
