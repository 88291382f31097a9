"""Values with their JSON text."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.written import Kept, json_of, written, written_list, written_object

TEXTS = st.text(st.characters(codec="utf-8")) | st.sampled_from(["\u2028", "a\u2029b\x85", '"\\\n'])
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner), max_leaves=8)


@given(VALUES)
def test_json_is_one_line_that_reads_as_the_value(value: Any) -> None:
    assert json.loads(json_of(value)) == value
    assert len(json_of(value).splitlines()) <= 1


@given(st.dictionaries(TEXTS, VALUES), st.data())
def test_it_does_not_matter_which_parts_were_written_before(
    parts: dict[str, Any], data: st.DataObject
) -> None:
    before = {name: written(part) if data.draw(st.booleans()) else part for name, part in parts.items()}
    whole = written_object(before)
    assert (whole.value, whole.text) == (parts, json_of(parts))


@given(st.lists(VALUES))
def test_a_list_of_written_parts_reads_as_the_list(parts: list[Any]) -> None:
    whole = written_list(map(written, parts))
    assert (whole.value, whole.text) == (parts, json_of(parts))


def test_a_date_is_written_as_a_day_and_nothing_unknown_is_guessed() -> None:
    assert json_of([date(2024, 5, 1)]) == '["2024-05-01"]'
    with pytest.raises(TypeError, match="set does not stand in a record"):
        json_of({1})
    with pytest.raises(ValueError, match="not JSON"):
        json_of(float("nan"))


def test_a_thing_is_made_once_as_long_as_it_is_asked_for() -> None:
    kept: Kept[int, list[int]] = Kept(2)
    first = kept.once(1, list)
    for other in range(2, 9):
        assert kept.once(other, list) is not first and kept.once(1, list) is first
    assert len(kept) <= 4


def test_what_is_not_asked_for_is_forgotten() -> None:
    kept: Kept[int, list[int]] = Kept(2)
    first = kept.once(1, list)
    for other in range(2, 9):
        kept.once(other, list)
    assert kept.once(1, list) is not first
