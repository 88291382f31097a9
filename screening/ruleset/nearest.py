"""The right name that a wrong one may have meant."""

from collections.abc import Iterable, Set

from rapidfuzz import fuzz, process


def nearest(name: str, names: Iterable[str]) -> str:
    """`; did you mean X?` for the right name nearest to a wrong one (of equals the first), else nothing.

    A slip of the pen comes before a word that the name is a part of.
    """
    ordered = sorted(names) if isinstance(names, Set) else list(names)
    found = process.extractOne(name, ordered, scorer=fuzz.ratio, score_cutoff=70)
    found = found or process.extractOne(name, ordered, scorer=fuzz.WRatio, score_cutoff=60)
    return f"; did you mean {found[0]}?" if found else ""
