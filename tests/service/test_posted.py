"""Posted shipments are read as those of a program are, and every fault is told by its place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import Shipment
from screening.io.memory import told
from screening.service.posted import LONGEST_NAME, MOST_COLUMNS, Posted, read_posted
from screening.service.problems import Problem
from tests.shipments import ROWS, Row


def read(value: Any, most: int = 100) -> Posted:
    return read_posted(json.dumps(value).encode(), most)


def refused(value: Any) -> dict[str, str]:
    """The faults by their place."""
    with pytest.raises(Problem) as problem:
        read(value)
    assert problem.value.status_code == 422
    return {fault["pointer"]: fault["detail"] for fault in problem.value.errors}


@given(st.lists(ROWS, max_size=3))
def test_a_list_says_what_the_same_shipments_of_a_program_say(rows: list[Row]) -> None:
    posted, shipments = read(rows), told(Shipment.model_validate(row) for row in rows)
    assert (posted.told.texts, posted.told.values) == (shipments.texts, shipments.values)


def test_one_object_is_one_shipment() -> None:
    assert read({}).alone and len(read({}).told.ids) == 1
    assert not read([{}]).alone
    assert read([]).told.ids == []


def test_numbers_truths_and_columns_of_their_own_are_taken() -> None:
    found = read({"value": 10.5, "line_number": 2, "routed_export": True, "colour": "red", "their_row": 7})
    assert found.told.more == ("colour", "their_row")
    assert found.told.values["value"] == [10.5]
    assert found.told.values["routed_export"] == [True]


def test_a_shipment_without_a_name_is_called_by_its_content() -> None:
    rows = [{"hs_code": "854231"}, {"hs_code": "854231", "value": None}, {"hs_code": "010121"}]
    first, again, other = read(rows).told.ids
    assert first == again != other


@pytest.mark.parametrize("value", [1, "text", None, True, [[]], [None]])
def test_what_is_no_object_is_no_shipment(value: Any) -> None:
    assert set(refused(value)) == {"/0" if isinstance(value, list) else ""}


def test_all_faults_are_told_at_once_each_by_its_place() -> None:
    rows = [{"hs_code": "85.42", "exporter_name": 7}, {}, {"value": -1, "note": {"a": 1}, "eccn": ["x"]}, 3]
    assert set(refused(rows)) == {"/0/exporter_name", "/0/hs_code", "/2/eccn", "/2/note", "/2/value", "/3"}


def test_the_faults_of_one_object_have_no_number() -> None:
    assert "HS" in refused({"hs_code": "85.42"})["/hs_code"]


@pytest.mark.parametrize("value", [{}, [], {"a": []}, [1, [2]]])
def test_a_column_of_their_own_holds_one_value(value: Any) -> None:
    assert set(refused({"a/b": value})) == {"/a~1b"}


def test_columns_of_their_own_are_few_and_have_names() -> None:
    assert len(read({f"c{n}": 1 for n in range(MOST_COLUMNS)}).told.more) == MOST_COLUMNS
    with pytest.raises(Problem, match="201 columns"):
        read({f"c{n}": 1 for n in range(MOST_COLUMNS + 1)})
    assert set(refused({"": 1, "x" * (LONGEST_NAME + 1): 2})) == {"/", "/" + "x" * (LONGEST_NAME + 1)}


def test_a_list_that_is_too_long_is_told_where_to_go() -> None:
    with pytest.raises(Problem, match="/jobs") as problem:
        read([{}] * 101)
    assert problem.value.status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b'{"value": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000, b"\xff"])
def test_what_is_no_json_is_malformed(body: bytes) -> None:
    with pytest.raises(Problem) as problem:
        read_posted(body, 100)
    assert problem.value.status_code == 400


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(
                st.sampled_from(["value", "hs_code", "transit_countries", "x", "line_number"]) | st.text(), v
            )
        ),
    )
)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        read(value)
    except Problem as problem:
        assert problem.status_code in (400, 422)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("line_number", "1.5"),
        ("line_number", "1e30"),
        ("line_number", "true"),
        ("shipment_date", "5"),
        ("value", "false"),
        ("exporter_name", "12"),
        ("transit_countries", "[1]"),
        ("no_reexport_clause", "1"),
    ],
)
def test_a_value_of_a_type_that_says_nothing_there_is_told_with_its_place(column: str, value: str) -> None:
    with pytest.raises(Problem) as problem:
        read_posted(f'[{{"{column}": {value}}}]'.encode(), 100)
    assert [error["pointer"] for error in problem.value.errors] == [f"/0/{column}"]


@pytest.mark.parametrize("number", ["1e-7", "-0.0", "5e-324", "1e300", "12.50"])
def test_a_number_is_the_same_number_however_it_is_written(number: str) -> None:
    posted = read_posted(f'{{"value": {number}}}'.encode(), 100)
    assert posted.told.values["value"] == [float(number)]
