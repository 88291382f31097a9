"""What durable_rules does beyond rules, measured: what the chain relies on and what it stays clear of.

A test that fails here after an upgrade says that the profile of `durable_chain.py` needs a new look.
"""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rulebook import combine_rule

pytest.importorskip("durable", reason="durable_rules can't be imported on Python 3.13 and later")

from durable import engine

from screening.engine import durable_chain
from screening.engine.durable_chain import MAX_NAMES, MAX_RULES, DurableChain, TooLarge, _QuietHost

Fired = list[str]
Definition = dict[str, Any]


def telling(fired: Fired, rule: str) -> Callable[[Any], None]:
    def fires(context: Any) -> None:
        fired.append(rule)

    return fires


def on(name: str, run: Callable[..., None]) -> Definition:
    return {"all": [{"m0": {"name": name}}], "run": run}


def fact(name: str, identity: str | None = None, sid: str = "1") -> dict[str, str]:
    return {"id": identity or name, "sid": sid, "name": name}


def anything() -> Definition:
    """Takes what no other rule does. Made anew, since a host takes apart what it is given."""
    return {"all": [{"m0": {"$ex": {"name": 1}}}], "run": lambda context: None}


def host(**rules: Definition) -> Any:
    return _QuietHost({"limits": rules})


@pytest.fixture
def fired() -> Fired:
    return []


def twice(fired: Fired) -> Iterator[tuple[str, Definition]]:
    """Two rules on one finding."""
    for rule in ("first", "second"):
        yield rule, {"all": [{"m0": {"name": "found"}}], "run": telling(fired, rule)}


def test_an_event_is_consumed_by_the_first_rule_that_takes_it(fired: Fired) -> None:
    host(**dict(twice(fired))).post("limits", fact("found"))
    assert len(fired) == 1


def test_a_fact_fires_every_rule_that_matches(fired: Fired) -> None:
    host(**dict(twice(fired))).assert_fact("limits", fact("found"))
    assert sorted(fired) == ["first", "second"]


def test_a_fact_of_a_known_id_is_refused(fired: Fired) -> None:
    seen = host(first=on("found", telling(fired, "first")))
    seen.assert_fact("limits", fact("found"))
    with pytest.raises(engine.MessageObservedException):
        seen.assert_fact("limits", fact("found"))


def test_a_fact_that_no_rule_matches_is_refused(fired: Fired) -> None:
    alone = host(first=on("found", telling(fired, "first")))
    with pytest.raises(engine.MessageNotHandledException):
        alone.assert_fact("limits", fact("lost"))


def test_with_a_rule_for_anything_no_fact_is_refused(fired: Fired) -> None:
    host(first=on("found", telling(fired, "first")), anything=anything()).assert_fact("limits", fact("lost"))
    assert fired == []


def test_an_exception_in_an_action_is_told_in_the_state_alone() -> None:
    def errs(context: Any) -> None:
        raise ValueError("lost")

    state = host(first=on("found", errs), anything=anything()).assert_fact("limits", fact("found"))
    assert "lost" in state["exception"]


def test_an_action_of_two_arguments_is_not_waited_for(fired: Fired) -> None:
    def waits(context: Any, complete: Any) -> None:
        fired.append("waits")

    rules = {"first": on("found", waits), "second": on("found", telling(fired, "second"))}
    host(**rules).assert_fact("limits", fact("found"))
    assert len(fired) == 1


@pytest.mark.parametrize(("paths", "fires"), [(64, 64), (65, 0)])
def test_a_fact_on_more_than_64_paths_fires_nothing(fired: Fired, paths: int, fires: int) -> None:
    rules = {
        f"above_{i}": {"all": [{"m0": {"$gt": {"size": i}}}], "run": telling(fired, str(i))}
        for i in range(paths)
    }
    try:
        host(**rules).assert_fact("limits", {"id": "1", "sid": "1", "size": 100})
    except engine.durable_rules_engine.error as error:
        assert "303" in str(error)
    assert len(fired) == fires


def test_the_chain_knows_the_error_of_the_64_paths() -> None:
    assert engine.durable_rules_engine.error in durable_chain._ENGINE_ERRORS


def test_a_name_that_many_rules_share_is_one_path() -> None:
    rules = [combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": ["GDS-001"]}) for i in range(200)]
    assert set(DurableChain(rules).conclude({"GDS-001": True}).values()) == {True}


def test_a_conclusion_that_two_rules_reach_is_drawn_once() -> None:
    rules = [combine_rule(f"CMB-00{i}", "shared", {"any_of": [f"GDS-00{i}"]}) for i in (1, 2)]
    onward = combine_rule("CMB-003", "further", {"any_of": ["shared"]})
    found = DurableChain([*rules, onward]).conclude({"GDS-001": True, "GDS-002": True})
    assert found == {"CMB-001": True, "CMB-002": True, "CMB-003": True}


@pytest.mark.parametrize("name", ["touch", "anything", "permit", "name", "sid", "id", "s", "m", "host"])
def test_a_conclusion_may_have_any_name(name: str) -> None:
    rules = [
        combine_rule("CMB-001", name, {"any_of": ["GDS-001"]}),
        combine_rule("CMB-002", "further", {"any_of": [name]}),
    ]
    assert DurableChain(rules).conclude({"GDS-001": True}) == {"CMB-001": True, "CMB-002": True}


def test_a_chain_starts_no_thread() -> None:
    before = threading.enumerate()
    DurableChain([combine_rule("CMB-001", "seen", {"any_of": ["GDS-001"]})]).conclude({"GDS-001": True})
    assert threading.enumerate() == before


def test_the_host_of_durable_rules_starts_a_thread_that_never_ends() -> None:
    # In a process of its own, which ends with it.
    script = (
        "import threading; from durable import engine; engine.Host({'r': {'a': {"
        "'all': [{'m0': {'n': 1}}], 'run': lambda c: None}}}); print(threading.active_count() > 1)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=30, text=True)
    assert ran.stdout.strip() == "True"


def test_a_state_can_be_deleted_once_a_rule_has_touched_it(fired: Fired) -> None:
    seen = host(touch=on("Touch", telling(fired, "touch")), anything=anything())
    for _ in range(100):
        seen.assert_fact("limits", fact("Touch"))
        seen.delete_state("limits", "1")
    assert len(fired) == 100


def test_a_deleted_state_remembers_no_finding() -> None:
    chain = DurableChain([combine_rule("CMB-001", "both", {"and": ["GDS-001", "GDS-002"]})])
    assert chain.conclude({"GDS-001": True, "GDS-002": False}) == {"CMB-001": False}
    assert chain.conclude({"GDS-001": False, "GDS-002": True}) == {"CMB-001": False}


def test_the_chain_leaves_its_rules_as_they_were() -> None:
    rules = [combine_rule("CMB-001", "seen", {"any_of": ["GDS-001"]})]
    told = [rule.model_dump() for rule in rules]
    DurableChain(rules).conclude({"GDS-001": True})
    assert [rule.model_dump() for rule in rules] == told


def test_more_rules_than_the_engine_loads_are_refused() -> None:
    rules = [
        combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": ["GDS-001", "GDS-002"]})
        for i in range(MAX_RULES // 2)
    ]
    with pytest.raises(TooLarge, match="the most"):
        DurableChain(rules)


def test_more_names_than_the_engine_loads_are_refused() -> None:
    rules = [
        combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": [f"GDS-{i:03}"]}) for i in range(MAX_NAMES // 2 + 1)
    ]
    with pytest.raises(TooLarge, match="the most"):
        DurableChain(rules)


def test_rules_that_the_engine_itself_refuses_are_too_large() -> None:
    rules = [combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": ["GDS-001"]}) for i in range(300)]
    with pytest.raises(TooLarge, match="108"):
        DurableChain(rules)


LOADED = """
from durable import engine
from screening.engine.durable_chain import _QuietHost
rules = {f"r{i}": {"all": [{"m": {"name": str(i)}}], "run": lambda c: None} for i in range(%d)}
print(_QuietHost({"limits": rules}) is not None)
"""


@pytest.mark.parametrize(("names", "seconds", "loads"), [(MAX_NAMES, 60, True), (520, 4, False)])
def test_patterns_on_more_than_511_values_never_load(names: int, seconds: int, loads: bool) -> None:
    # In a process of its own, since a load that hangs can't be ended from inside.
    try:
        subprocess.run(
            [sys.executable, "-c", LOADED % names], timeout=seconds, check=True, capture_output=True
        )
    except subprocess.TimeoutExpired:
        assert not loads
    else:
        assert loads


def test_as_many_names_as_are_allowed_load_and_conclude() -> None:
    rules = [
        combine_rule(f"CMB-{i:03}", f"c_{i}", {"any_of": [f"GDS-{i:03}"]}) for i in range(MAX_NAMES // 2)
    ]
    found = DurableChain(rules).conclude({"GDS-007": True})
    assert [rule for rule, truth in found.items() if truth] == ["CMB-007"]
