"""What one description says, read without a query: the facts of `description.py` for a text that is alone."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from screening.goods.concepts import concepts
from screening.goods.single_classifier import earned
from screening.goods.single_clauses import MOST_CLAUSES, clauses_of, pieces_of, says_nothing_at_all, words_of
from screening.phrases import folded_text, is_common, rows

NOT_SAID = "none"
"""What is said of a description that names no high-priority goods, or no goods that have a code."""
PART = "+"
"""Stands behind a kind of goods that is a part of the thing."""
_HERE = Path(__file__).parent
_BEGINNING = 3


class Said(NamedTuple):
    """The facts of a description, without a code beside it."""

    described_as: str
    described_hs6: str
    kinds: str
    described_codes: str
    described_hs: str
    description_score: float
    description_vague: bool


def single(text: str, by_nomenclature: bool) -> Said | None:
    """What the text says; None for one that only a query can read: in strange letters, or too long."""
    if not is_common(text) or len(pieces_of(text)) > MOST_CLAUSES:
        return None
    words = words_of(text)
    if len({(spoken.rank, spoken.at) for spoken in words}) < len(words):
        return None
    codes, score, concept = earned(words, by_nomenclature)
    named = sorted({*_mentions(text), *([] if concept is None else [(False, concept)])})
    hs = common_start(codes.split(" "))
    kinds = " ".join(f"{kind}{PART if part else ''}" for part, kind in named)
    vague = says_nothing_at_all(text)
    return Said(*_first(named), kinds, codes, hs, score if hs != NOT_SAID else 0.0, vague)


def common_start(codes: list[str]) -> str:
    """The longest code of two, four or six digits that begins them all, or `none`."""
    first = codes[0]
    shared = (first[:length] for length in (6, 4) if all(len(code) >= length for code in codes))
    return next((start for start in shared if all(code.startswith(start) for code in codes)), NOT_SAID)


def _first(named: list[tuple[bool, int]]) -> tuple[str, str]:
    """How the goods are called, and the codes that they point at."""
    if not named:
        return NOT_SAID, ""
    part, kind = named[0]
    goods = concepts()[kind]
    return ("goods with " + goods.label, "") if part else (goods.label, goods.points_at)


def _mentions(text: str) -> Iterator[tuple[bool, int]]:
    """The kinds of goods that the text names, each with whether it is a part of the thing."""
    for words, part in clauses_of(text):
        for kind in _perhaps(words):
            if (found := _words(kind).search(words)) is not None:
                yield part or found.group(1) is None, kind


def _perhaps(words: str) -> Iterable[int]:
    """The kinds of goods that have a phrase beginning as a word here does; most have none."""
    beginnings = _beginnings()
    told = set(beginnings.get("", ()))
    for word in words.split():
        for length in range(1, _BEGINNING + 1):
            told.update(beginnings.get(word[:length], ()))
    return told


@cache
def _beginnings() -> dict[str, set[int]]:
    """The kinds by the first letters of their phrases; by "" those with a phrase that may begin anyhow."""
    orders = {kind.name: order for order, kind in enumerate(concepts())}
    found: dict[str, set[int]] = {}
    for line in rows(_HERE / "words.csv"):
        first = line["phrase"].removeprefix("=").split()[0]
        folded = "" if first.startswith("*") else folded_text(first.strip("*=")).strip()
        found.setdefault(folded[:_BEGINNING], set()).add(orders[line["concept"]])
    return found


@cache
def _words(kind: int) -> re.Pattern[str]:
    return re.compile(concepts()[kind].words)
