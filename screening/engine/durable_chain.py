"""The chain in durable_rules, kept within the profile in which that engine was measured to be right.

Facts only, flat and tiny, joined by equality; negation by layers: a rule with `unless` waits for a
permit, which is given when everything below is settled and none of its `unless` stands. Each limit
below has a test in `tests/engine/test_durable_limits.py`.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from durable import engine

from screening.engine.chain import ChainFailed
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.rule import CombineRule

_RULESET = "chain"
_TOUCH = "Touch"  # no conclusion has a capital letter
MAX_RULES = 400
MAX_NAMES = 400
"""durable_rules hangs while loading patterns on more than 511 different values."""

MOST_REMEMBERED = 50_000
"""Sets of findings whose conclusions are kept."""
_Findings = frozenset[tuple[str, Truth]]

_ENGINE_ERRORS = (
    engine.MessageNotHandledException,
    engine.MessageObservedException,
    engine.durable_rules_engine.error,
    RuntimeError,
    ValueError,
)


class TooLarge(ValueError):
    """More combine rules, or more findings named in them, than the engine can load."""


class _QuietHost(engine.Host):  # type: ignore[misc]
    """A host without the two endless timer threads that durable_rules starts for each one."""

    def _run(self) -> None:
        pass


class DurableChain:
    """Forward chaining in durable_rules, one set of findings at a time."""

    name = "durable_rules"

    def __init__(self, rules: Sequence[CombineRule]) -> None:
        self._rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self._layers = layers(rules)
        self._known = {name for rule in rules for name in (*rule.when.positive, *rule.when.unless)}
        self._standing: dict[str, set[str]] = {}
        self._concluded: dict[_Findings, dict[str, Truth]] = {}
        self._lock = threading.Lock()
        self._host = self._loaded()

    def conclude(self, found: Mapping[str, Truth]) -> dict[str, Truth]:
        """The truth of every combine rule by its id, given the truth of the match rules.

        Chained twice side by side: from what surely holds and from what may hold. What may hold and
        does not surely hold is unknown. Findings that no rule names change nothing, so that a set of
        the others is chained once. Raises ChainFailed when the engine errs.
        """
        told = frozenset(
            (name, found[name]) for name in self._known & found.keys() if found[name] is not False
        )
        with self._lock:
            if told not in self._concluded:
                if len(self._concluded) >= MOST_REMEMBERED:
                    self._concluded.clear()
                self._concluded[told] = self._drawn(told)
            return dict(self._concluded[told])

    def _drawn(self, found: _Findings) -> dict[str, Truth]:
        try:
            surely, maybe = self._chained(found)
            for sid in self._standing:
                self._host.delete_state(_RULESET, sid)
        except _ENGINE_ERRORS as error:
            self._forget()
            raise ChainFailed(f"{type(error).__name__}: {error}") from error
        return {rule.id: _truth(rule.id, surely, maybe) for rule in self._rules}

    def _chained(self, found: _Findings) -> tuple[set[str], set[str]]:
        surely = self._begin("1", (name for name, truth in found if truth))
        maybe = self._begin("2", (name for name, _ in found))
        for layer in sorted(set(self._layers.values())):
            rules = [rule for rule in self._rules if self._layers[rule.id] == layer]
            for rule in [r for r in rules if maybe.isdisjoint(r.when.unless)]:
                self._assert("1", _permit(rule.id))
            for rule in [r for r in rules if surely.isdisjoint(r.when.unless)]:
                self._assert("2", _permit(rule.id))
        return surely, maybe

    def _begin(self, sid: str, findings: Iterable[str]) -> set[str]:
        """The set that stands for a `sid`: these findings, and what is concluded from now on."""
        standing = self._standing[sid] = set(findings)
        for name in (_TOUCH, *sorted(standing)):
            self._assert(sid, name)
        return standing

    def _assert(self, sid: str, name: str) -> None:
        state = self._host.assert_fact(_RULESET, {"id": name, "sid": sid, "name": name})
        if state and "exception" in state:
            raise RuntimeError(str(state["exception"])[:200])

    def _forget(self) -> None:
        """A fresh host: after an error the state of the old one is not to be trusted."""
        self._host = self._loaded()

    def _loaded(self) -> _QuietHost:
        definition = dict(self._definition())
        names = len(self._known) + len(self._rules)
        if len(definition) > MAX_RULES or names > MAX_NAMES:
            most = f"{MAX_RULES} and {MAX_NAMES} are the most"
            raise TooLarge(f"{len(definition)} rules over {names} names; {most}")
        try:
            return _QuietHost({_RULESET: definition})
        except engine.durable_rules_engine.error as error:
            raise TooLarge(str(error)) from error

    def _definition(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for rule in self._rules:
            for i, members in enumerate(_alternatives(rule)):
                wanted = {f"m{j}": {"name": name} for j, name in enumerate((_permit(rule.id), *members))}
                yield (
                    f"{rule.id}_{i}",
                    {"all": [{k: v} for k, v in wanted.items()], "run": self._action(rule)},
                )
        yield _TOUCH, {"all": [{"m0": {"name": _TOUCH}}], "run": _nothing}
        yield "anything", {"all": [{"m0": {"$ex": {"name": 1}}}], "run": _nothing}

    def _action(self, rule: CombineRule) -> Any:
        def concluded(context: Any) -> None:
            standing = self._standing[context.s.sid]
            for name in (rule.id, rule.conclude):
                if name not in standing:
                    standing.add(name)
                    context.assert_fact({"id": name, "name": name})

        return concluded


def _alternatives(rule: CombineRule) -> Iterator[tuple[str, ...]]:
    """One set of members for each member of `any_of`: an `$or` would fire once for each true branch."""
    needed = rule.when.all_of
    for name in rule.when.any_of or (None,):
        yield tuple(dict.fromkeys((*needed, name) if name else needed))


def _permit(rule_id: str) -> str:
    return f"permit {rule_id}"


def _nothing(context: Any) -> None:
    pass


def _truth(name: str, surely: set[str], maybe: set[str]) -> Truth:
    if name in surely:
        return True
    return None if name in maybe else False
