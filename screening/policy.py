"""What the findings of one shipment come to: a score that accounts for itself, and a decision."""

from collections.abc import Iterable
from dataclasses import dataclass

from screening.result import Decision
from screening.ruleset.policy import Policy
from screening.ruleset.rule import Rule

FULL_SCORE = 100
_GRAVITY: dict[Decision, int] = {"clear": 0, "review": 1, "hold": 2}


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one rule adds to the score."""

    rule: str
    points: int
    weight: int
    """The rule's own weight; more than `points` where the score is full."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision, the score behind it, and the parts that add up to the score."""

    decision: Decision
    score: int
    parts: tuple[ScorePart, ...]


def decide(found: Iterable[Rule], policy: Policy) -> Verdict:
    """The verdict over the rules that fired.

    Weights add up to a score of at most 100, the heaviest first. A rule that the policy limits
    counts in the score, and can't bring about more than its limit.
    """
    rules = sorted(found, key=lambda rule: (-rule.weight, rule.id))
    parts = tuple(_parts(rules))
    decision: Decision = "clear"
    for limit in ("clear", "review", "hold"):
        counted = [rule for rule in rules if _GRAVITY[policy.at_most.get(rule.id, "hold")] >= _GRAVITY[limit]]
        reached = _by_score(sum(rule.weight for rule in counted), policy)
        if _GRAVITY[reached] >= _GRAVITY[limit]:
            decision = limit
    return Verdict(decision, sum(part.points for part in parts), parts)


def _parts(rules: list[Rule]) -> Iterable[ScorePart]:
    room = FULL_SCORE
    for rule in rules:
        points = min(rule.weight, room)
        room -= points
        yield ScorePart(rule.id, points, rule.weight)


def _by_score(score: int, policy: Policy) -> Decision:
    if score >= policy.hold_at:
        return "hold"
    return "review" if score >= policy.review_at else "clear"


def at_or_above(decision: Decision, threshold: Decision) -> bool:
    """True when a decision is as grave as the threshold, or graver."""
    return _GRAVITY[decision] >= _GRAVITY[threshold]
