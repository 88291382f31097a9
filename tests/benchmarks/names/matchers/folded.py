"""The fold that users of the recipes with rapidfuzz give names: Latin letters, lower case, no punctuation."""

from rapidfuzz.utils import default_process
from rigour.text import ascii_text


def folded(name: str) -> str:
    """The name in lower-case ASCII, a space for every run of other characters."""
    return " ".join(default_process(name if name.isascii() else ascii_text(name)).split())
