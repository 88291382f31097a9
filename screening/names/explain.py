"""Why two names score as they do, word by word, from the same features as the score itself."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from screening.names.alignment import Aligned
from screening.names.compare import DIFFERENCES, Features, ceilings, losses, scores
from screening.names.fold import Folded, folds
from screening.names.index import NameIndex, compared
from screening.names.vocabulary import LONGEST, WordColumns, numbered


@dataclass(frozen=True, slots=True)
class MetWords:
    """Words that met: as each name writes them, how alike (1 the same), how much they weigh."""

    query: str
    name: str
    credit: float
    weight: float


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A word that met nothing, and how much it weighs."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class NameComparison:
    """Two names compared: the score, what met, what was left over, and what each difference cost."""

    query: str
    name: str
    score: float
    met: tuple[MetWords, ...]
    left_query: tuple[LeftOver, ...]
    left_name: tuple[LeftOver, ...]
    costs: dict[str, float]
    ceiling: str

    @property
    def sentence(self) -> str:
        """The comparison in one sentence for a compliance officer."""
        return f"“{self.query}” and “{self.name}” score {self.score:.2f}: " + "; ".join(_clauses(self)) + "."


def explain(query: str, name: str, index: NameIndex | None = None) -> NameComparison:
    """The comparison of two names; with an index, words weigh as they do in its list."""
    context = index if index is not None else NameIndex.build([name])
    readings = product(dict.fromkeys(folds(query)), dict.fromkeys(folds(name)))
    comparisons = (_comparison(asked, listed, query, name, context) for asked, listed in readings)
    return max(comparisons, key=lambda found: found.score)


def _comparison(asked: Folded, listed: Folded, query: str, name: str, index: NameIndex) -> NameComparison:
    unseen: dict[str, int] = {}
    left = numbered([asked], index.words.numbers, unseen)
    right = numbered([listed], index.words.numbers, unseen)
    words, left, right = index.comparable(left, right, unseen)
    zero = np.zeros(1, dtype=np.int64)
    aligned, found = compared(words, (left, zero, right, zero), LONGEST)
    met, left_query, left_name = _words(words, aligned, asked, listed, right.words)
    return NameComparison(
        query,
        name,
        round(float(scores(found)[0]), 4),
        met,
        left_query,
        left_name,
        {
            reason: round(float(cost), 4)
            for reason, cost in zip(DIFFERENCES, losses(found)[0], strict=True)
            if cost > 0
        },
        _ceiling(found),
    )


def _ceiling(found: Features) -> str:
    """What held the score down whatever else agreed; "" if nothing did."""
    return next((reason for reason, (holds, _) in ceilings(found).items() if holds[0]), "")


def _words(
    v: WordColumns, aligned: Aligned, asked: Folded, listed: Folded, listed_words: np.ndarray
) -> tuple[tuple[MetWords, ...], tuple[LeftOver, ...], tuple[LeftOver, ...]]:
    met, left = [], []
    partners: set[int] = set()
    for place, word in enumerate(asked.words[:LONGEST]):
        partner = int(aligned.met[0, place])
        weight = float(v.weight[aligned.query[0, place]])
        if partner < 0:
            left.append(LeftOver(word, round(weight, 3)))
            continue
        partners.add(partner)
        credit = round(float(aligned.credit[0, place]), 3)
        met.append(MetWords(word, _run(aligned, listed, partner), credit, round(weight, 3)))
    right = tuple(
        LeftOver(word, round(float(v.weight[listed_words[place]]), 3))
        for place, word in enumerate(listed.words[:LONGEST])
        if place not in partners and aligned.name[0, place] >= 0
    )
    return tuple(met), tuple(left), right


def _run(aligned: Aligned, listed: Folded, place: int) -> str:
    """The listed word, with the words that were joined to it."""
    end = place + 1
    while end < len(listed.words[:LONGEST]) and aligned.name[0, end] < 0:
        end += 1
    return " ".join(listed.words[place:end])


def _clauses(found: NameComparison) -> list[str]:
    clauses = []
    same = [word.query for word in found.met if word.credit >= 1]
    alike = [f"{word.query} like {word.name}" for word in found.met if word.credit < 1]
    if same:
        clauses.append("the same in both: " + ", ".join(same))
    if alike:
        clauses.append("alike: " + ", ".join(alike))
    if found.left_query:
        clauses.append("only in the first: " + ", ".join(word.word for word in found.left_query))
    if found.left_name:
        clauses.append("only in the second: " + ", ".join(word.word for word in found.left_name))
    if found.ceiling:
        clauses.append(found.ceiling)
    return clauses or ["nothing in common"]
