"""What a text may hold, seen at a glance."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.io.reasons import CONTROL
from screening.io.signs import Signs, signs_of

TEXT = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\0\t\n\r\x1f\x7f\x80\x9f\xa0\u1680\u2003\u3000¡я")
)


@given(st.lists(TEXT))
def test_what_is_there_is_seen(texts: list[str]) -> None:
    signs = signs_of(text.encode() for text in texts)
    control = re.compile(CONTROL.replace(r"\x{9F}", r"\x9F"))
    assert signs.control == any(map(control.search, texts))
    assert signs.blank or not any(re.search(r"[^\S \x1c-\x1f\x0b\x0c\x85]", text) for text in texts)


@pytest.mark.parametrize("text", ["Street 1, Berlin\n", "Çelik Şirketi; Казань\r\n", ""])
def test_text_as_people_write_it_shows_neither(text: str) -> None:
    assert signs_of([text.encode()], line_ends=False) == Signs(control=False, blank=False)


def test_line_ends_are_blanks_unless_they_stand_between_cells() -> None:
    assert signs_of([b"a\n"]).blank
    assert signs_of([b"a\n", b"b\t"], line_ends=False).blank
