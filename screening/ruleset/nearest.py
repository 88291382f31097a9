"""The right name that a wrong one may have meant."""

from collections.abc import Iterable

from rapidfuzz import process


def nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean X?` for the right name nearest to a wrong one, else nothing."""
    found = process.extractOne(name, sorted(names), score_cutoff=60)
    return f"; did you mean {found[0]}?" if found else ""
