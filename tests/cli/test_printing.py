"""Text on a screen: strangers' names can neither move the cursor nor pass for markup."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cli.printing import counted, harmless, remarks, results


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    safe = harmless(text)
    assert not any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in safe)
    assert not set(safe) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_letters_of_any_script_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_line_break_in_a_name_is_a_blank() -> None:
    assert harmless("Alpha\r\nBeta\tGamma") == "Alpha Beta Gamma"


def test_a_line_that_is_no_markup_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    results().line("Alpha [bold] :smile: http://x.y", indent=2)
    assert capsys.readouterr().out == "  Alpha [bold] :smile: http://x.y\n"


def test_a_long_line_in_a_file_is_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    remarks().line("word " * 100)
    assert capsys.readouterr().err.count("\n") == 1


def test_a_table_ends_its_lines_with_words(capsys: pytest.CaptureFixture[str]) -> None:
    results().table(("a", "number"), [("one", 1), ("[red]", 22)], right=("number",))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines if line[0] in "o["] == [["one", "1"], ["[red]", "22"]]
    assert all(line == line.rstrip() for line in lines)


def test_numbers_agree_with_their_nouns() -> None:
    assert [counted(1, "entry", "entries"), counted(57_167, "name")] == ["1 entry", "57,167 names"]
