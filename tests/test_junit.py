"""Outcomes as JUnit XML: well-formed whatever the texts hold."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from screening.junit import Case, junit_xml

cases = st.builds(
    Case, st.text(max_size=20), st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3).map(tuple)
)


def test_a_document_counts_its_cases_and_tells_what_failed() -> None:
    root = ElementTree.fromstring(
        junit_xml([Case("GDS-001", "a hit"), Case("scenarios", "b", ("S1: x", "S2: y"))])
    )
    suite = root.find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "0")
    assert [case.get("classname") for case in suite] == ["GDS-001", "scenarios"]
    (failure,) = root.iter("failure")
    assert (failure.get("message"), failure.text) == ("S1: x", "S1: x\nS2: y")


def test_no_case_is_a_document_too() -> None:
    assert ElementTree.fromstring(junit_xml([])).get("tests") == "0"


@given(st.lists(cases, max_size=5))
def test_any_text_makes_a_well_formed_document(made: list[Case]) -> None:
    root = ElementTree.fromstring(junit_xml(made))
    assert len(list(root.iter("testcase"))) == len(made)
    assert len(list(root.iter("failure"))) == sum(not case.passed for case in made)


@given(st.lists(cases, max_size=5))
def test_equal_outcomes_are_equal_bytes(made: list[Case]) -> None:
    assert junit_xml(made) == junit_xml(list(made))


def test_names_keep_their_letters() -> None:
    document = junit_xml([Case("PTY-001", "АО Рособоронэкспорт & <Şirketi>")])
    (case,) = ElementTree.fromstring(document).iter("testcase")
    assert case.get("name") == "АО Рособоронэкспорт & <Şirketi>"
