import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.policy import FULL_SCORE, at_or_above, decide
from screening.result import Decision
from screening.ruleset.policy import Policy
from screening.ruleset.rule import Rule
from tests.rulebook import POLICY, match_rule

CLAUSE = {"known": {"field": "goods.hs6", "known": "true"}}
LIMITED = POLICY.model_copy(update={"at_most": {"GDS-001": "review", "GDS-002": "clear"}})
WEIGHTS = st.lists(st.integers(1, 100), max_size=8)


def rules(*weights: int) -> list[Rule]:
    return [match_rule(f"GDS-{n:03}", CLAUSE, weight=weight) for n, weight in enumerate(weights, 1)]


def decision(*weights: int, policy: Policy = POLICY) -> Decision:
    return decide(rules(*weights), policy).decision


@pytest.mark.parametrize(
    ("score", "expected"),
    [(29, "clear"), (30, "review"), (69, "review"), (70, "hold"), (100, "hold")],
)
def test_a_decision_begins_at_its_threshold(score: int, expected: Decision) -> None:
    assert decision(score) == expected
    assert decision(score - 10, 10) == expected


def test_nothing_found_is_clear_with_no_score() -> None:
    verdict = decide([], POLICY)
    assert (verdict.decision, verdict.score, verdict.parts) == ("clear", 0, ())


@given(WEIGHTS)
def test_the_parts_account_for_the_whole_score(weights: list[int]) -> None:
    verdict = decide(rules(*weights), POLICY)
    assert sum(part.points for part in verdict.parts) == verdict.score == min(sum(weights), FULL_SCORE)
    assert sorted(part.weight for part in verdict.parts) == sorted(weights)
    assert all(0 <= part.points <= part.weight for part in verdict.parts)


@given(WEIGHTS, st.randoms())
def test_the_order_of_the_findings_changes_nothing(weights: list[int], random: object) -> None:
    found = rules(*weights)
    shuffled = sorted(found, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert decide(shuffled, LIMITED) == decide(found, LIMITED)


@given(WEIGHTS, st.integers(1, 100))
def test_one_more_finding_never_lowers_a_decision(weights: list[int], more: int) -> None:
    before, after = decision(*weights, policy=LIMITED), decision(*weights, more, policy=LIMITED)
    assert at_or_above(after, before)


def test_the_heaviest_finding_stands_first() -> None:
    verdict = decide(rules(10, 40, 10), POLICY)
    assert [part.rule for part in verdict.parts] == ["GDS-002", "GDS-001", "GDS-003"]


def test_what_no_longer_fits_into_a_full_score_keeps_its_weight() -> None:
    parts = decide(rules(90, 40), POLICY).parts
    assert [(part.points, part.weight) for part in parts] == [(90, 90), (10, 40)]


def test_a_limited_finding_alone_brings_its_limit_at_most() -> None:
    assert decision(100, policy=LIMITED) == "review"
    assert decide([rules(1, 100)[1]], LIMITED).decision == "clear"


def test_a_limited_finding_adds_nothing_to_a_hold() -> None:
    assert decision(60, 1, 60, policy=LIMITED) == "review"
    assert decision(60, 1, 70, policy=LIMITED) == "hold"


def test_a_limited_finding_still_counts_in_the_score() -> None:
    assert decide(rules(60), LIMITED).score == 60


@pytest.mark.parametrize(
    ("decision", "threshold", "reached"),
    [
        ("clear", "review", False),
        ("review", "review", True),
        ("hold", "review", True),
        ("review", "hold", False),
    ],
)
def test_a_hold_is_above_a_review(decision: Decision, threshold: Decision, reached: bool) -> None:
    assert at_or_above(decision, threshold) is reached
