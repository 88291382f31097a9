"""Outcomes of tests as JUnit XML, which build servers read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Case:
    """One test, and one sentence for each thing that is not as it should be."""

    group: str
    """What the test belongs to: a rule, or `scenarios`."""
    name: str
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """True when nothing failed."""
        return not self.failures


def junit_xml(cases: Sequence[Case]) -> bytes:
    """The cases as a JUnit document in UTF-8; without times, so that equal outcomes are equal bytes."""
    failed = sum(not case.passed for case in cases)
    count = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": "0"}
    root = ElementTree.Element("testsuites", {"name": "screening", **count})
    suite = ElementTree.SubElement(root, "testsuite", {"name": "screening", **count})
    for case in cases:
        _add(suite, case)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _add(suite: ElementTree.Element, case: Case) -> None:
    told = {"classname": _sound(case.group), "name": _sound(case.name)}
    element = ElementTree.SubElement(suite, "testcase", told)
    if case.failures:
        failure = ElementTree.SubElement(element, "failure", {"message": _sound(case.failures[0])})
        failure.text = _sound("\n".join(case.failures))


def _sound(text: str) -> str:
    """The text with the characters that XML can't hold replaced."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
