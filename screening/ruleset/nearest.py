"""The right name that a wrong one may have meant."""

from collections.abc import Iterable, Set

from rapidfuzz import process


def nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean X?` for the right name nearest to a wrong one (of equals the first), else nothing."""
    ordered = sorted(names) if isinstance(names, Set) else list(names)
    found = process.extractOne(name, ordered, score_cutoff=60)
    return f"; did you mean {found[0]}?" if found else ""
