"""Findings chain to conclusions: finding, conclusion, stronger conclusion.

Two implementations that must always agree: durable_rules, where it can be installed (Python below
3.13), and the reference evaluator. What a chain concludes depends on the set of findings alone, so
each distinct set is chained once.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Protocol

from screening.engine import reference
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.rule import CombineRule

log = logging.getLogger(__name__)


class ChainFailed(RuntimeError):
    """The engine could not chain this set; it says nothing about what holds."""


class Chain(Protocol):
    """Something that draws the conclusions of a set of findings."""

    name: str
    """What the manifest and `screening doctor` call the engine."""

    def conclude(self, found: Mapping[str, Truth]) -> dict[str, Truth]:
        """The truth of every combine rule by its id, given the truth of the match rules."""


class ReferenceChain:
    """The slow, obvious chain."""

    name = "reference"

    def __init__(self, rules: Sequence[CombineRule]) -> None:
        self._rules = tuple(rules)
        self._layers = layers(rules)

    def conclude(self, found: Mapping[str, Truth]) -> dict[str, Truth]:
        """The truth of every combine rule by its id, given the truth of the match rules."""
        return reference.conclusions(self._rules, self._layers, found)


class CheckedChain:
    """A chain that never mistakes a failure of its engine for "nothing found"."""

    def __init__(self, engine: Chain, stand_in: Chain) -> None:
        self.name = engine.name
        self._engine = engine
        self._stand_in = stand_in

    def conclude(self, found: Mapping[str, Truth]) -> dict[str, Truth]:
        """What the engine concludes; where it fails, what the reference evaluator does."""
        try:
            return self._engine.conclude(found)
        except ChainFailed as failure:
            log.warning("%s failed (%s); the reference evaluator stands in", self.name, failure)
            return self._stand_in.conclude(found)


def chain(rules: Sequence[CombineRule]) -> Chain:
    """The best chain that this installation has for these rules."""
    stand_in = ReferenceChain(rules)
    try:
        from screening.engine.durable_chain import DurableChain, TooLarge
    except ImportError:
        return stand_in
    try:
        return CheckedChain(DurableChain(rules), stand_in)
    except TooLarge as reason:
        log.warning("durable_rules is not used (%s)", reason)
        return stand_in
