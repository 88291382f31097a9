"""The reference is the oracle of the other engines, so its own meaning is held by hand."""

import pytest

from screening.engine.reference import conclusions
from screening.ruleset.conditions import Truth
from screening.ruleset.layers import layers
from screening.ruleset.rule import CombineRule
from tests.rulebook import combine_rule

BUYER = combine_rule("CMB-001", "odd_buyer", {"any_of": ["PTY-001", "PTY-002"], "and": ["GDS-001"]})
PAPERS = combine_rule("CMB-002", "no_papers", {"and": ["DOC-001"], "unless": ["DOC-090"]})
FRONT = combine_rule("CMB-003", "front", {"and": ["odd_buyer", "no_papers"]})
OTHER = combine_rule("CMB-004", "odd_buyer", {"and": ["PTY-003"]})


def drawn(*rules: CombineRule, **found: Truth) -> dict[str, Truth]:
    truths = {name.replace("_", "-"): truth for name, truth in found.items()}
    return conclusions(rules, layers(rules), truths)


@pytest.mark.parametrize(
    ("listed", "goods", "truth"),
    [
        (True, True, True),
        (True, False, False),
        (False, True, False),
        (True, None, None),
        (False, None, False),
    ],
)
def test_any_of_and_all_of_join_as_kleene_says(listed: Truth, goods: Truth, truth: Truth) -> None:
    assert drawn(BUYER, PTY_001=listed, PTY_002=False, GDS_001=goods) == {"CMB-001": truth}


def test_one_sure_member_of_any_of_settles_it() -> None:
    assert drawn(BUYER, PTY_001=True, PTY_002=None, GDS_001=True) == {"CMB-001": True}
    assert drawn(BUYER, PTY_001=False, PTY_002=None, GDS_001=True) == {"CMB-001": None}


@pytest.mark.parametrize(("licensed", "truth"), [(False, True), (True, False), (None, None)])
def test_unless_turns_its_member_round_and_unknown_stays_unknown(licensed: Truth, truth: Truth) -> None:
    assert drawn(PAPERS, DOC_001=True, DOC_090=licensed) == {"CMB-002": truth}


def test_a_conclusion_feeds_another() -> None:
    found = {"PTY_001": True, "GDS_001": True, "DOC_001": True, "DOC_090": False}
    assert drawn(FRONT, PAPERS, BUYER, **found)["CMB-003"] is True
    assert drawn(FRONT, PAPERS, BUYER, **(found | {"DOC_090": None}))["CMB-003"] is None


def test_a_conclusion_is_as_true_as_the_truest_rule_that_reaches_it() -> None:
    found = {"PTY_001": None, "GDS_001": True, "PTY_003": True, "DOC_001": True}
    told = drawn(BUYER, OTHER, PAPERS, FRONT, **found)
    assert told == {"CMB-001": None, "CMB-004": True, "CMB-002": True, "CMB-003": True}


def test_a_finding_that_no_rule_makes_is_not_there() -> None:
    assert drawn(PAPERS, DOC_001=True) == {"CMB-002": True}
    assert drawn(BUYER) == {"CMB-001": False}
