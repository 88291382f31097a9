import logging
from collections.abc import Mapping

import pytest

from screening.engine.chain import Chain, ChainFailed, CheckedChain, ReferenceChain, chain
from screening.ruleset.conditions import Truth
from tests.rulebook import combine_rule

SEEN = combine_rule("CMB-001", "seen", {"any_of": ["GDS-001"]})
FOUND: Mapping[str, Truth] = {"GDS-001": True}


class Failing:
    name = "failing"

    def conclude(self, found: Mapping[str, Truth]) -> dict[str, Truth]:
        raise ChainFailed("out of order")


def test_a_failing_engine_is_not_nothing_found(caplog: pytest.LogCaptureFixture) -> None:
    checked = CheckedChain(Failing(), ReferenceChain([SEEN]))
    with caplog.at_level(logging.WARNING):
        assert checked.conclude(FOUND) == {"CMB-001": True}
    assert "out of order" in caplog.text


def test_a_sound_engine_is_believed() -> None:
    checked: Chain = CheckedChain(ReferenceChain([SEEN]), Failing())
    assert checked.conclude(FOUND) == {"CMB-001": True}
    assert checked.name == "reference"


def test_without_rules_nothing_is_concluded() -> None:
    assert chain([]).conclude(FOUND) == {}


def test_a_finding_that_nobody_names_concludes_nothing() -> None:
    assert chain([SEEN]).conclude({"GDS-002": True, "GDS-003": None}) == {"CMB-001": False}


def test_the_chain_in_use_has_a_name() -> None:
    assert chain([SEEN]).name in {"durable_rules", "reference"}


def test_too_many_rules_are_left_to_the_reference(caplog: pytest.LogCaptureFixture) -> None:
    pytest.importorskip("durable", reason="durable_rules can't be imported on Python 3.13 and later")
    from screening.engine.durable_chain import MAX_RULES

    rules = [combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": ["GDS-001"]}) for i in range(MAX_RULES)]
    with caplog.at_level(logging.WARNING):
        assert chain(rules).name == "reference"
    assert "the most" in caplog.text


@pytest.mark.parametrize("error", ["engine", "observed", "exception"])
def test_an_error_of_durable_rules_fails_the_chain_and_leaves_it_usable(
    error: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("durable", reason="durable_rules can't be imported on Python 3.13 and later")
    from durable import engine

    from screening.engine.durable_chain import DurableChain

    raised = {
        "engine": engine.durable_rules_engine.error("Could not assert fact, error code: 303"),
        "observed": engine.MessageObservedException({"id": "GDS-001"}),
        "exception": None,
    }[error]

    def failing(*_: object) -> dict[str, str]:
        if raised:
            raise raised
        return {"exception": "swallowed"}

    durable = DurableChain([SEEN])
    with monkeypatch.context() as patched, pytest.raises(ChainFailed):
        patched.setattr(durable._host, "assert_fact", failing)
        durable.conclude(FOUND)
    assert durable.conclude(FOUND) == {"CMB-001": True}
