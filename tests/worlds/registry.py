"""The stories that a world can tell, by kind and family."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from tests.worlds.scene import Line, Scene

Kind = Literal["pattern", "honest", "benign"]
Teller = Callable[[Scene], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Story:
    """A way to tell one instance of a family."""

    kind: Kind
    family: str
    tell: Teller
    instances: int
    """How many a world of full size holds."""


STORIES: dict[str, Story] = {}


def pattern(teller: Teller) -> Teller:
    """A planted pattern, named by its function."""
    return _added("pattern", teller, 24)


def honest(instances: int) -> Callable[[Teller], Teller]:
    """Honest trade that looks like a pattern, named by its function."""
    return lambda teller: _added("honest", teller, instances)


def _added(kind: Kind, teller: Teller, instances: int) -> Teller:
    STORIES[teller.__name__] = Story(kind, teller.__name__, teller, instances)
    return teller
