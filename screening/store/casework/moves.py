"""Which states an alert has, and what brings it from one to the other, as one table."""

from collections.abc import Mapping
from typing import Literal, get_args

State = Literal["open", "in_review", "escalated", "released", "blocked"]
Action = Literal["assign", "comment", "review", "escalate", "release", "refuse", "block", "reopen"]

STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)
UNDECIDED: tuple[State, ...] = ("open", "in_review", "escalated")
DECIDED: tuple[State, ...] = ("released", "blocked")

_STAY: dict[State, State] = {state: state for state in UNDECIDED}
_ANYWHERE: dict[State, State] = {state: state for state in STATES}

MOVES: Mapping[Action, Mapping[State, State]] = {
    "assign": _STAY,
    "comment": _ANYWHERE,
    "review": {"open": "in_review", "escalated": "in_review"},
    "escalate": {"open": "escalated", "in_review": "escalated"},
    "release": dict.fromkeys(UNDECIDED, "released"),
    "refuse": _STAY,
    "block": dict.fromkeys(UNDECIDED, "blocked"),
    "reopen": dict.fromkeys(DECIDED, "open"),
}
"""For each action the states in which it may be taken, and the state that it leads to.

A release that needs a second person leads there when that one takes it too; `refuse` is the second
person's no, or the first one's change of mind.
"""

WITH_REASON: frozenset[Action] = frozenset({"escalate", "release", "refuse", "block", "reopen"})
"""The actions that name a reason from the list."""


def actions_in(state: State) -> tuple[Action, ...]:
    """What may be done with an alert in this state."""
    return tuple(action for action in ACTIONS if state in MOVES[action])
