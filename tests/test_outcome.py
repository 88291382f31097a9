from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import outcome
from screening.abreast import FEW
from screening.engine.chain import ReferenceChain
from screening.outcome import Outcomes
from screening.ruleset.conditions import Truth
from screening.ruleset.rule import CombineRule, MatchRule
from tests.rulebook import combine_rule, match_rule, rule_set

CLAUSE = {"known": {"field": "goods.hs6", "known": "true"}}
TRUTHS = st.sampled_from([True, False, None])
NO_HIDING = pl.DataFrame()


def numbered(count: int) -> list[MatchRule]:
    return [match_rule(f"GDS-{number:03}", CLAUSE, weight=1) for number in range(count)]


def outcomes_of(*rules: MatchRule | CombineRule) -> Outcomes:
    whole = rule_set(*rules)
    return Outcomes(whole, ReferenceChain(whole.combine_rules))


def frame(rows: Sequence[tuple[Truth, ...]], width: int) -> pl.DataFrame:
    schema = {f"GDS-{number:03}": pl.Boolean for number in range(width)}
    return pl.DataFrame(rows, schema=schema, orient="row")


SPREAD = {width: outcomes_of(*numbered(width)) for width in (1, 40, 41, 81, 100)}


@pytest.mark.parametrize("width", SPREAD)
@settings(max_examples=30)
@given(data=st.data())
def test_rows_share_an_outcome_when_they_share_every_truth(width: int, data: st.DataObject) -> None:
    row = st.tuples(*[TRUTHS] * width)
    first = data.draw(row)
    place = data.draw(st.integers(0, width - 1))
    near = [(*first[:place], truth, *first[place + 1 :]) for truth in (True, False, None)]
    rows = [first, *near, *data.draw(st.lists(row, max_size=3))] * data.draw(st.sampled_from([1, FEW]))
    places, outcomes = SPREAD[width].of_rows(frame(rows, width), NO_HIDING)
    for told, row_truths in zip(places, rows, strict=True):
        fired = [f"GDS-{i:03}" for i, truth in enumerate(row_truths) if truth]
        unknown = [f"GDS-{i:03}" for i, truth in enumerate(row_truths) if truth is None]
        assert sorted(outcomes[told].found) == fired
        assert list(outcomes[told].unknown) == unknown


@pytest.mark.parametrize("width", SPREAD)
def test_all_unknown_is_not_mistaken_for_anything_else(width: int) -> None:
    rows: list[tuple[Truth, ...]] = [(None,) * width, (True,) * width, (False,) * width] * FEW
    places, outcomes = SPREAD[width].of_rows(frame(rows, width), NO_HIDING)
    assert places.n_unique() == len(outcomes) == 3


@pytest.mark.parametrize("truth", [True, False, None])
def test_many_rows_that_say_the_same_have_one_outcome(truth: Truth) -> None:
    places, outcomes = SPREAD[41].of_rows(frame([(truth,) * 41] * (FEW + 1), 41), NO_HIDING)
    assert places.to_list() == [0] * (FEW + 1) and len(outcomes) == 1


def test_no_rows_have_no_outcomes() -> None:
    places, outcomes = SPREAD[41].of_rows(frame([], 41), NO_HIDING)
    assert (len(places), outcomes) == (0, [])


def test_each_set_is_judged_once() -> None:
    outcomes = outcomes_of(*numbered(2))
    assert outcomes.of((True, False)) is outcomes.of((True, False))


SEEN = combine_rule("CMB-001", "seen", {"any_of": ["GDS-000"]}, weight=30)
FURTHER = combine_rule("CMB-002", "further", {"and": ["seen"], "unless": ["GDS-001"]}, weight=30)


def test_what_is_found_comes_gravest_first_and_then_by_id() -> None:
    outcome = outcomes_of(*numbered(2), FURTHER, SEEN).of((True, False))
    assert outcome.found == ("CMB-001", "CMB-002", "GDS-000")
    assert outcome.drawn == {"GDS-000", "CMB-001", "CMB-002", "seen", "further"}


def test_an_unknown_finding_leaves_open_what_rests_on_it() -> None:
    outcomes = outcomes_of(*numbered(2), FURTHER, SEEN)
    assert outcomes.of((None, False)).unknown == ("CMB-001", "CMB-002", "GDS-000")
    assert outcomes.of((True, None)).unknown == ("CMB-002", "GDS-001")
    assert outcomes.of((None, True)).unknown == ("CMB-001", "GDS-000")


@pytest.mark.parametrize("hidden", ["GDS-000", "CMB-001", "CMB-002"])
def test_a_hidden_finding_leaves_the_score_and_touches_no_other(hidden: str) -> None:
    outcomes = outcomes_of(*numbered(2), FURTHER, SEEN)
    shown, less = outcomes.of((True, False)), outcomes.of((True, False), frozenset({hidden}))
    assert set(less.found) == set(shown.found) - {hidden}
    assert less.hidden == (hidden,)
    assert less.drawn == shown.drawn
    assert less.verdict.score < shown.verdict.score


def test_a_finding_that_is_not_there_is_not_hidden() -> None:
    outcome = outcomes_of(*numbered(2), SEEN).of((False, None), frozenset({"GDS-000", "GDS-001", "CMB-001"}))
    assert outcome.hidden == ()
    assert outcome.unknown == ("GDS-001",)


@pytest.mark.parametrize("times", [1, FEW])
def test_rows_that_differ_in_what_is_hidden_have_outcomes_of_their_own(times: int) -> None:
    outcomes = outcomes_of(*numbered(2))
    hides = pl.DataFrame({"GDS-000": [True, False] * times})
    places, told = outcomes.of_rows(frame([(True, False)] * 2 * times, 2), hides)
    assert [told[place].found for place in places] == [(), ("GDS-000",)] * times


def test_a_full_memory_is_cleared_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcome, "MOST_REMEMBERED", 2)
    outcomes = outcomes_of(*numbered(2))
    sets: list[tuple[Truth, ...]] = [(True, False), (False, True), (None, None), (True, True)]
    expected = [outcomes_of(*numbered(2)).of(found) for found in sets]
    assert [outcomes.of(found) for found in sets] == expected
    assert len(outcomes._known) <= 2
