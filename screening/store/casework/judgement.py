"""What a step of somebody makes of an alert, or why it is not theirs to take.

Nothing is read or written here: the same judgement for the service, a test and a table in the documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from screening.result import Decision
from screening.store.casework.moves import MOVES, WITH_REASON, Action, State, actions_in
from screening.store.casework.policy import WorkPolicy
from screening.store.casework.reasons import Reason
from screening.store.refusals import ConflictError, ForbiddenError, UnfitError


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes a step: a principal of the service, or somebody at a terminal."""

    id: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an alert stands before a step."""

    state: State
    decision: Decision
    proposed_by: str | None = None
    """Who proposed to release it, while nobody confirmed or refused that."""


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody wants to do with an alert."""

    action: Action
    reason: str | None = None
    comment: str | None = None
    assignee: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the alert."""

    state: State
    action: str
    """As it is kept: a release that a second person has yet to confirm is `propose_release`."""
    proposed: bool = False
    """Whether a proposal stands after this step that did not before."""
    keeps_proposal: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """A site's policy and reasons, applied to one step at a time."""

    policy: WorkPolicy
    reasons: Mapping[str, Reason]

    def outcome(self, standing: Standing, step: Step, by: Person) -> Outcome:
        """What the step makes of the alert.

        Raises UnfitError for a step that says too little or too much, ConflictError for one that the
        state does not allow, ForbiddenError for one that somebody else has to take.
        """
        self._check_words(step)
        _check_state(standing, step)
        if step.action == "release":
            return self._release(standing, by)
        keeps = step.action in ("assign", "comment")
        return Outcome(MOVES[step.action][standing.state], step.action, keeps_proposal=keeps)

    def _release(self, standing: Standing, by: Person) -> Outcome:
        if not self.policy.takes_two(standing.decision):
            return Outcome("released", "release")
        if standing.proposed_by is None:
            return Outcome(standing.state, "propose_release", proposed=True)
        if standing.proposed_by == by.id:
            raise ForbiddenError("who proposed a release does not confirm it; a second person has to")
        if self.policy.confirmed_by not in by.scopes:
            raise ForbiddenError(f"a release is confirmed by somebody with scope {self.policy.confirmed_by}")
        return Outcome("released", "release")

    def _check_words(self, step: Step) -> None:
        if step.action in WITH_REASON:
            self._check_reason(step)
        elif step.reason is not None:
            raise UnfitError("reason", f"{step.action} takes no reason")
        if step.action == "comment" and not (step.comment or "").strip():
            raise UnfitError("comment", "a comment says something")
        if step.action != "assign" and step.assignee is not None:
            raise UnfitError("assignee", f"{step.action} takes no assignee")

    def _check_reason(self, step: Step) -> None:
        known = [name for name, reason in self.reasons.items() if reason.action == step.action]
        if step.reason not in known:
            raise UnfitError("reason", f"{step.action} takes one of {', '.join(known)}")


def _check_state(standing: Standing, step: Step) -> None:
    if standing.state not in MOVES[step.action]:
        allowed = ", ".join(actions_in(standing.state))
        raise ConflictError(f"an alert that is {standing.state} takes {allowed}; not {step.action}", {})
    if step.action == "refuse" and standing.proposed_by is None:
        raise ConflictError("nobody proposed to release this alert", {})
