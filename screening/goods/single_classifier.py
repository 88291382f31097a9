"""Which code the words of one description earn, told without a query, by the same lists and weights.

It says what `classifier.py` says of many texts, of which the tests hold it to the letter; what the steps mean
is told there.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from screening.goods import classifier
from screening.goods.classifier import ALIKE, HINT, MATERIAL, PARTICIPLE, PHRASE_SCORES, SAME, TOYS
from screening.goods.clauses import LATER
from screening.goods.lexicon import is_adjective_word, phrases
from screening.goods.nomenclature_index import empty_words, nomenclature_index
from screening.goods.single_clauses import Spoken, is_vague_word
from screening.goods.stems import stem_of
from screening.goods.typing_errors import corrected_stem
from screening.sparse_tables import SparseTable, best_cells

_MATERIAL, _PARTICIPLE = re.compile(MATERIAL), re.compile(PARTICIPLE)
_CYRILLIC = re.compile("[а-я]")
_FRACTION = 10.0**classifier.DIGITS


class Earned(NamedTuple):
    """The codes that a text earns, how surely, and the kind of goods that it names."""

    codes: str
    score: float
    concept: int | None


class _Phrase(NamedTuple):
    number: int
    codes: str
    concept: int | None
    size: int
    head: str
    stems: list[str]


class _Known(NamedTuple):
    stem: str
    adjective: bool


class _Head(NamedTuple):
    """A phrase of the text with its head, at the place where that stands."""

    phrase: _Phrase
    word: str
    rank: int
    at: int
    run: int

    @property
    def place(self) -> tuple[int, int]:
        return self.rank, self.at

    @property
    def material(self) -> bool:
        return self.phrase.size == 1 and _MATERIAL.search(self.phrase.codes) is not None

    @property
    def lead(self) -> tuple[bool, int, int]:
        return self.material, self.rank, self.run


def earned(words: list[Spoken], by_nomenclature: bool = True) -> Earned:
    """What the words of a text earn, of which no two stand at one place."""
    known = {spoken.word: _known(spoken.word) for spoken in words}
    code, alike = _alike(known) if by_nomenclature else ("", 0.0)
    return _judged(_named(words, known), code, alike)


def _judged(named: _Phrase | None, code: str, alike: float) -> Earned:
    size, concept = (0, None) if named is None else (min(named.size, 3), named.concept)
    least = SAME if named is not None and named.codes == "" else ALIKE[size]
    if alike >= least:
        return Earned(code, alike, concept)
    if named is None:
        return Earned(code[:4], alike, None) if alike >= HINT else Earned("", 0.0, None)
    return Earned(named.codes, PHRASE_SCORES[size], concept)


def _named(words: list[Spoken], known: dict[str, _Known]) -> _Phrase | None:
    """The phrase that names the goods, if any."""
    bag = {known[spoken.word].stem for spoken in words if spoken.rank < LATER}
    counts = Counter(phrase.number for one in bag for phrase in _phrases().get(one, ()))
    whole = {phrase.number: phrase for one in bag for phrase in _phrases().get(one, ())}
    hits = [phrase for number, phrase in whole.items() if counts[number] == phrase.size]
    if not hits:
        return None
    members = {member for phrase in hits for member in phrase.stems}
    runs = _runs(words, known, members)
    heads = [
        _Head(phrase, spoken.word, spoken.rank, spoken.at, runs[spoken.rank, spoken.at])
        for phrase in hits
        for spoken in words
        if known[spoken.word].stem == phrase.head and not known[spoken.word].adjective
    ]
    return _chosen(heads) if heads else None


def _runs(words: list[Spoken], known: dict[str, _Known], members: set[str]) -> dict[tuple[int, int], int]:
    """By their place the words of whole phrases: one number for those that stand side by side."""
    told: Counter[int] = Counter()
    among: Counter[int] = Counter()
    runs = {}
    for spoken in words:
        member = known[spoken.word].stem in members
        if member:
            runs[spoken.rank, spoken.at] = told[spoken.rank] - among[spoken.rank]
            among[spoken.rank] += 1
        told[spoken.rank] += member or not _is_passed(spoken.word)
    return runs


def _chosen(heads: list[_Head]) -> _Phrase:
    here = sorted(_longest(heads), key=lambda head: (head.material, head.rank, head.at))
    first = here[0]
    russian = _CYRILLIC.search(first.word) is not None
    told = here[:1] if russian else [head for head in here if head.lead == first.lead]
    return sorted(told, key=lambda head: head.phrase.codes == TOYS)[-1].phrase


def _longest(heads: list[_Head]) -> list[_Head]:
    by_place: dict[tuple[int, int], list[_Head]] = {}
    for head in heads:
        by_place.setdefault(head.place, []).append(head)
    return [_longest_of(alike) for alike in by_place.values()]


def _longest_of(heads: list[_Head]) -> _Head:
    other = any(head.phrase.codes == "" for head in heads)
    spared = other and any(_is_plain(head.phrase) for head in heads)

    def order(head: _Head) -> tuple[bool, int, int, int]:
        phrase = head.phrase
        return spared and not _is_plain(phrase), -phrase.size, -len(phrase.codes), phrase.number

    return min(heads, key=order)


def _is_plain(phrase: _Phrase) -> bool:
    return phrase.codes != "" and phrase.concept is None


@lru_cache(1 << 14)
def _is_passed(word: str) -> bool:
    return is_vague_word(word) or _PARTICIPLE.search(word) is not None


@lru_cache(1 << 14)
def _known(word: str) -> _Known:
    return _Known(corrected_stem(stem_of(word)), is_adjective_word(word))


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """The phrases by each of their stems."""
    found: dict[str, list[_Phrase]] = {}
    names = list(_Phrase._fields)
    for row in phrases().rename({"phrase": "number"}).select(names).iter_rows():
        phrase = _Phrase(*row)
        for one in phrase.stems:
            found.setdefault(one, []).append(phrase)
    return found


def _alike(known: dict[str, _Known]) -> tuple[str, float]:
    """The code, or the heading, whose text the words are nearest to, and how near."""
    index = nomenclature_index()
    strange = empty_words()
    stems = {told.stem for word, told in known.items() if word not in strange}
    asked = [one for one in stems if not any(map(str.isnumeric, one))]
    places = sorted(index.vocabulary[one] for one in asked if one in index.vocabulary)
    weights = [float(index.weights[place]) for place in places]
    # Alike unknown words are added up, and so weigh more together than each for itself.
    unknown = sum(index.unknown for one in asked if one not in index.vocabulary)
    length = sum(weight * weight for weight in [*weights, unknown]) ** 0.5
    scale = 1 / length if length else 1.0
    query = SparseTable(
        np.array([scale * weight for weight in weights]),
        np.array(places, np.int32),
        np.array([0, len(places)], np.int32),
    )
    near = best_cells(query, index.table, len(index.codes), most=2, best_first=True)
    return _code(near.columns.tolist(), near.values.tolist())


def _code(places: list[int], alike: list[float]) -> tuple[str, float]:
    first, following = (_rounded(alike[place]) if place < len(alike) else 0.0 for place in (0, 1))
    code = nomenclature_index().codes[places[0] if places else 0]
    earned = first >= classifier.EXACT and first - following >= classifier.AHEAD
    return code if earned else code[:4], first


def _rounded(alike: float) -> float:
    return round(alike * _FRACTION) / _FRACTION
