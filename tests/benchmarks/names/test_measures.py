"""The figures of the benchmark are what their names say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.names.measures import (
    Answers,
    auc,
    best_pair_f1,
    best_threshold,
    exponent,
    f1_at,
    recall_at_alarms,
)

LABELS = np.array(["match", "match", "hard", "benign"])
FOUND = Answers(best=np.array([0.9, 0.8, 0.85, 0.2]), right=np.array([0.9, 0.6, 0.0, 0.0]))

scored = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=30)


def columns(pairs: list[tuple[bool, int]]) -> tuple[np.ndarray, np.ndarray]:
    matches, scores = zip(*pairs, strict=True)
    return np.array(matches), np.array(scores) / 20


def test_an_alert_for_the_wrong_entry_counts_as_false() -> None:
    # At 0.8 the first is right, the second names somebody else, and the near miss alerts.
    assert f1_at(LABELS, FOUND, 0.8) == pytest.approx(2 * 1 / (2 * 1 + 2 + 1))


def test_the_best_threshold_takes_a_false_alarm_for_a_match_more() -> None:
    assert best_threshold(LABELS, FOUND) == 0.6


@given(scored)
def test_no_threshold_gives_more_than_the_best_one(pairs: list[tuple[bool, int]]) -> None:
    matches, scores = columns(pairs)
    best, _ = best_pair_f1(matches, scores)
    labels, found = np.where(matches, "match", "hard"), Answers(scores, np.where(matches, scores, 0.0))
    assert all(f1_at(labels, found, step / 20) <= best + 1e-12 for step in range(1, 21))


def test_recall_is_counted_above_the_alarms_that_are_allowed() -> None:
    labels = np.array(["match"] * 4 + ["benign"] * 100)
    right = np.concatenate([[0.95, 0.9, 0.7, 0.1], np.zeros(100)])
    best = np.concatenate([right[:4], [0.99, 0.8], np.full(98, 0.2)])
    # One alarm of a hundred is allowed; the second stands at 0.8.
    assert recall_at_alarms(labels, Answers(best, right), ["benign"], 0.01) == 0.5


def test_near_misses_cost_recall_where_they_are_counted_as_alarms() -> None:
    assert recall_at_alarms(LABELS, FOUND, ["benign"], 0.01) == 1.0
    assert recall_at_alarms(LABELS, FOUND, ["benign", "hard"], 0.01) == 0.5


def test_a_perfect_order_has_an_auc_of_one_and_its_reverse_of_nothing() -> None:
    matches, scores = np.array([True, True, False]), np.array([0.9, 0.8, 0.1])
    assert (auc(matches, scores), auc(matches, -scores)) == (1.0, 0.0)


@given(scored)
def test_auc_is_the_share_of_comparisons_won(pairs: list[tuple[bool, int]]) -> None:
    matches, scores = columns(pairs)
    won = [(a > b) + (a == b) / 2 for a in scores[matches] for b in scores[~matches]]
    found = auc(matches, scores)
    assert found == pytest.approx(np.mean(won)) if won else math.isnan(found)


@given(st.floats(-1, 3), st.floats(0.1, 100))
def test_the_exponent_is_the_power_that_the_figures_follow(power: float, factor: float) -> None:
    figures = (factor * 1_000.0**power, factor * 50_000.0**power)
    assert exponent((1_000, 50_000), figures) == pytest.approx(power, abs=1e-9)
