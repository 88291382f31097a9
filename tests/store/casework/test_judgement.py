"""Who may do what with an alert in which state: the whole table, and the second person."""

from itertools import product

import pytest

from screening.store.casework.judgement import Judge, Person, Standing, Step
from screening.store.casework.moves import ACTIONS, MOVES, STATES, WITH_REASON, Action, State
from screening.store.casework.policy import WorkPolicy, read_work_policy
from screening.store.casework.reasons import read_reasons
from screening.store.refusals import ConflictError, ForbiddenError, UnfitError

JUDGE = Judge(read_work_policy(), read_reasons())
ADA = Person("key:ada", frozenset({"decide"}))
BEN = Person("key:ben", frozenset({"decide"}))
REASONS = {reason.action: reason.reason for reason in JUDGE.reasons.values()}


def step(action: Action) -> Step:
    return Step(action, REASONS.get(action), "seen" if action == "comment" else None)


def standing(state: State = "open", proposed_by: str | None = None) -> Standing:
    return Standing(state, "hold", proposed_by)


@pytest.mark.parametrize(("action", "state"), [*product(ACTIONS, STATES)])
def test_an_action_is_taken_where_the_table_says_so(action: Action, state: State) -> None:
    stands = Standing(state, "review", BEN.id if action == "refuse" else None)
    if state in MOVES[action]:
        assert JUDGE.outcome(stands, step(action), ADA).state == MOVES[action][state]
    else:
        with pytest.raises(ConflictError):
            JUDGE.outcome(stands, step(action), ADA)


def test_a_release_of_a_hold_is_only_proposed_by_the_first() -> None:
    outcome = JUDGE.outcome(standing("in_review"), step("release"), ADA)
    assert (outcome.state, outcome.action, outcome.proposed) == ("in_review", "propose_release", True)


def test_a_second_person_confirms_it() -> None:
    assert JUDGE.outcome(standing("in_review", ADA.id), step("release"), BEN).state == "released"


def test_nobody_confirms_their_own_proposal() -> None:
    with pytest.raises(ForbiddenError):
        JUDGE.outcome(standing("in_review", ADA.id), step("release"), ADA)


def test_a_site_names_who_may_confirm() -> None:
    strict = WorkPolicy(**{**JUDGE.policy.model_dump(), "confirmed_by": "administer"})
    with pytest.raises(ForbiddenError):
        Judge(strict, JUDGE.reasons).outcome(standing("open", ADA.id), step("release"), BEN)


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - {"assign", "comment"}))
def test_a_proposal_falls_with_whatever_is_decided_next(action: Action) -> None:
    state = next(iter(MOVES[action]))
    assert not JUDGE.outcome(standing(state, ADA.id), step(action), BEN).keeps_proposal


@pytest.mark.parametrize("action", ["assign", "comment"])
def test_a_proposal_outlasts_a_word_about_it(action: Action) -> None:
    assert JUDGE.outcome(standing("open", ADA.id), step(action), BEN).keeps_proposal


def test_there_is_nothing_to_refuse_where_nothing_is_proposed() -> None:
    with pytest.raises(ConflictError):
        JUDGE.outcome(standing("open"), step("refuse"), BEN)


@pytest.mark.parametrize("action", sorted(WITH_REASON))
def test_a_decision_gives_a_reason_of_its_own_list(action: Action) -> None:
    state, other = next(iter(MOVES[action])), next(r for a, r in REASONS.items() if a != action)
    for reason in (None, "because", other):
        with pytest.raises(UnfitError) as told:
            JUDGE.outcome(standing(state, ADA.id), Step(action, reason), BEN)
        assert (told.value.field, REASONS[action] in str(told.value)) == ("reason", True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Step("comment"), "comment"),
        (Step("comment", comment=" "), "comment"),
        (Step("assign", reason="licensed"), "reason"),
        (Step("review", assignee="ada"), "assignee"),
    ],
)
def test_a_step_says_what_belongs_to_it(said: Step, field: str) -> None:
    with pytest.raises(UnfitError) as told:
        JUDGE.outcome(standing(), said, ADA)
    assert told.value.field == field
