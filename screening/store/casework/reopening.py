"""What becomes of an alert that lists, rules or a corrected shipment made another.

A release rests on what was seen: it falls when there is something that nobody has seen. A block stands,
since nothing moves by it; it says what is new all the same.
"""

from screening.store.casework.difference import Difference
from screening.store.casework.moves import State


def state_after(state: State, difference: Difference) -> State:
    """The state of an alert after a screening that differs from the one before."""
    return "open" if state == "released" and difference.something_came else state
