"""Every published red flag has its rules, or the reason why it can have none."""

from typing import Any

from screening.ruleset.faults import DanglingRedFlag
from screening.ruleset.indicators import coverage, red_flag_faults
from screening.ruleset.loading import load_rules
from screening.ruleset.policy import RedFlag
from screening.ruleset.yaml_source import Source
from tests.rulebook import match_rule

ANY: dict[str, dict[str, object]] = {"tier": {"field": "goods.chpl_tier", "is": "1"}}


def flag(flag_id: str, **more: Any) -> RedFlag:
    told = {"id": flag_id, "issuer": "An office", "date": "2024", "reference": "1", "text": "Odd."}
    return RedFlag.model_validate(told | {"verified": "yes"} | more)


def faults(*flags: RedFlag) -> list[str]:
    found = red_flag_faults(flags, Source("red_flags.yaml", [], ()))
    return [fault.what for fault in found if isinstance(fault, DanglingRedFlag)]


def test_a_rule_that_cites_a_repetition_counts_for_the_flag() -> None:
    rule = match_rule("GDS-901", ANY, red_flags=("again",))
    (covered,) = coverage([flag("first"), flag("again", same_as="first")], [rule])
    assert (covered.flag.id, covered.repeated_by, covered.rules) == ("first", ("again",), ("GDS-901",))


def test_a_deprecated_rule_covers_nothing() -> None:
    rule = match_rule("GDS-901", ANY, red_flags=("first",), status="deprecated")
    (covered,) = coverage([flag("first")], [rule])
    assert covered.rules == () and covered.open


def test_a_flag_that_no_shipment_shows_is_not_open() -> None:
    (covered,) = coverage([flag("paid", observable="no", needs="payments")], [])
    assert not covered.open


def test_a_flag_that_repeats_nothing_is_a_fault() -> None:
    assert faults(flag("first"), flag("again", same_as="firts")) == [
        "again: same_as firts is no distinct red flag; did you mean first?"
    ]


def test_a_flag_that_needs_other_data_says_which() -> None:
    assert faults(flag("paid", observable="partly", needs="payments")) == []
    assert faults(flag("paid", observable="partly")) != []


def test_all_121_distinct_indicators_stand_there() -> None:
    flags = load_rules().red_flags.values()
    seen = [f.observable for f in flags if f.same_as is None]
    assert [seen.count(word) for word in ("yes", "partly", "no")] == [34, 35, 52]


def test_every_red_flag_that_shipments_show_has_a_rule() -> None:
    ruleset = load_rules()
    found = coverage(ruleset.red_flags.values(), ruleset.rules)
    assert [covered.flag.id for covered in found if covered.open] == []
