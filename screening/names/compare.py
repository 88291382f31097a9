"""How sure is it that two aligned names are one name? The differences of a pair, and what each costs.

A score is 1 less what the differences cost. What matters is not how many letters differ but which words:
a rare word left over on both sides is another firm, a common one on one side is a shorter way to say it.
The costs stand in `costs.csv`, fitted so that alerting from 0.85 errs least.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from screening.names.alignment import INITIAL, Aligned
from screening.names.fathers import fathers
from screening.names.vocabulary import Floats, Ints, Names, WordColumns

Flags = npt.NDArray[np.bool_]
Texts = tuple[Names, Ints, Names, Ints]
"""Queries and names, and which of each makes up every pair: queries, query, names, name."""

REVIEW = 0.85
"""From here a person should look."""

DIFFERENCES = (
    "misspelt",
    "misspelt thin",
    "replaced",
    "replaced words",
    "missing",
    "added",
    "missing words",
    "added words",
    "thin",
    "heaviest",
    "heaviest missing",
    "heaviest added",
    "number missing",
    "initials",
    "reordered",
)
"""What can differ between two names; the columns of `Features.differences`, the rows of `costs.csv`."""

_NUMBERS_DIFFER = 0.7
_ONLY_COMMON = 0.75
_ALL_COMMON = 0.95  # the same common words and no others
_NOT_THE_SAME = 0.99
_SHORT_NAME = 0.8  # a name of few letters and another: one letter makes another firm
_FATHER_AND_SON = 0.6
_FEW_LETTERS = 5
_FEW_LETTERS_A_WORD = 4
_SAME_WORD = 0.97
_SHORTEST_STRING, _LONG_STRING = 5, 14
_OWN_WORDS = 0.4  # weight that must meet: less is a legal form or a common word
_ENOUGH = 1.5  # weight that makes a likeness certain: a rare word and a common one
_FUNCTION_WORD = 0.1
_TRADE_WORD = 0.2  # one word that weighs no more is no name: `Trading` is not, `Ocean` is
_UNTOLD = 0.5  # of a word that met its initial: how much of it is as good as left over
_WORDS_LEFT = ("replaced words", "missing words", "added words")
_ROUNDED = 1e-3  # more than the sums of a score can be out by


@dataclass(slots=True)
class Features:
    """What decides, one row a pair: the differences and what holds the score down."""

    differences: Floats
    numbers_differ: Flags
    only_common: Flags
    same: Flags
    whole: Flags
    short: Flags
    reversed: Flags

    @classmethod
    def joined(cls, parts: "Sequence[Features]") -> "Features":
        """The features of all the parts, in their order."""
        nothing = cls(np.empty((0, len(DIFFERENCES)), np.float32), *(np.empty(0, bool) for _ in range(6)))
        columns = [[getattr(part, f.name) for part in parts or [nothing]] for f in fields(cls)]
        return cls(*map(np.concatenate, columns))

    def at(self, pairs: Ints) -> "Features":
        """The features of these pairs, in the order given."""
        return Features(*(getattr(self, f.name)[pairs] for f in fields(self)))


@dataclass(slots=True)
class _Sides:
    """The words of every pair: which met, which were left over, and what they weigh."""

    found: Flags
    weight: Floats
    rest_query: Floats
    rest_name: Floats
    initial: Flags
    untold_query: Floats
    untold_name: Floats

    def own(self, digits: Flags) -> Floats:
        """The weight of the words that met and are more than a number or an initial."""
        return np.asarray(np.where(digits | self.initial, 0, self.weight).sum(1))


@cache
def costs() -> Floats:
    """What each difference takes off the score, in the order of `DIFFERENCES`."""
    text = files("screening.names").joinpath("costs.csv").read_text("utf-8")
    table = {row["difference"]: float(row["cost"]) for row in csv.DictReader(text.splitlines())}
    return np.array([table[name] for name in DIFFERENCES], dtype=np.float32)


@cache
def _cost(difference: str) -> float:
    return float(costs()[DIFFERENCES.index(difference)])


def features(v: WordColumns, aligned: Aligned, texts: Texts) -> Features:
    """The features of every aligned pair; `texts` says which query and which name each pair is."""
    sides = _sides(v, aligned)
    met, own = sides.weight.sum(1), sides.own(v.digits[aligned.query])
    numbers_query = _any((sides.rest_query > 0) & v.digits[aligned.query])
    numbers_name = _any((sides.rest_name > 0) & v.digits[aligned.name])
    left_over = _any(sides.rest_query > 0) | _any(sides.rest_name > 0)
    least = np.where(sides.found, aligned.credit, 1).min(1, initial=1)
    same = ~left_over & (least == 1)
    differences = _differences(aligned, sides, numbers_query ^ numbers_name)
    at, spoilt = _as_one_string(v, aligned, sides, ~(numbers_query | numbers_name), texts)
    met[at] += sides.rest_name[at].sum(1)
    own[at] += sides.rest_name[at].sum(1)
    differences[at] = 0
    differences[at, 0] = spoilt
    differences[at, 1] = spoilt * _thin(met[at])
    queries, query, names, name = texts
    short = np.maximum(queries.sizes(v)[query], names.sizes(v)[name]) <= _FEW_LETTERS
    short |= _short_word_misspelt(v, aligned, sides)
    # Two that are the same in all are told by their numbers too.
    own = np.where(same, met, own)
    whole = ~left_over & (least >= _SAME_WORD) & ((sides.found.sum(1) > 1) | (met > _TRADE_WORD))
    numbers_differ = numbers_query & numbers_name
    return Features(differences, numbers_differ, own < _OWN_WORDS, same, whole, short, fathers(v, aligned))


def _sides(v: WordColumns, aligned: Aligned) -> _Sides:
    found = aligned.met >= 0
    partner = np.take_along_axis(aligned.name, np.maximum(aligned.met, 0), axis=1)
    # The listed spelling says how rare a word is: a misspelt `Trading` is rare, and says no more for it.
    weight = np.where(found, np.minimum(v.weight[aligned.query], v.weight[partner]), 0)
    # A joined word is rare as it stands, and says no more than its parts.
    weight = np.where(aligned.joined > 0, aligned.joined, weight)
    rest_query, rest_name = _rests(v, aligned, found)
    initial = found & (aligned.credit == INITIAL)
    initial &= np.minimum(v.length[aligned.query], v.length[partner]) == 1
    untold = np.where(initial, v.weight[partner] - v.weight[aligned.query], 0) * _UNTOLD
    untold_query, untold_name = np.maximum(-untold, 0), np.maximum(untold, 0)
    return _Sides(found, weight, rest_query, rest_name, initial, untold_query, untold_name)


def _rests(v: WordColumns, aligned: Aligned, found: Flags) -> tuple[Floats, Floats]:
    """What the words weigh that met nothing, those of the query and those of the name; 0 for the others."""
    unmet = aligned.name >= 0
    rows, places = np.nonzero(found)
    unmet[rows, aligned.met[rows, places]] = False
    rest_query = np.where((aligned.query >= 0) & ~found, v.weight[aligned.query], 0)
    return rest_query, np.where(unmet, v.weight[aligned.name], 0)


def _words_left(aligned: Aligned, rest_query: Floats, rest_name: Floats) -> tuple[Floats, Floats, Floats]:
    """The differences `_WORDS_LEFT`."""
    left_query, left_name = _count(rest_query), _count(rest_name)
    words_query, words_name = (aligned.query >= 0).sum(1), (aligned.name >= 0).sum(1)
    return (
        np.minimum(left_query, left_name) / np.maximum(np.maximum(words_query, words_name), 1),
        left_name / np.maximum(words_name, 1),
        left_query / np.maximum(words_query, 1),
    )


def within_reach(v: WordColumns, aligned: Aligned, texts: Texts, least: float) -> Ints:
    """The places of the pairs that may score `least`: the others lose too much by the words left over alone.

    Cheap, and never wrong in leaving out.
    """
    left = _words_left(aligned, *_rests(v, aligned, aligned.met >= 0))
    lost = sum(_cost(name) * share for name, share in zip(_WORDS_LEFT, left, strict=True))
    return np.flatnonzero((1 - lost >= least - _ROUNDED) | _like_as_strings(v, texts)[0])


def _differences(aligned: Aligned, sides: _Sides, number_missing: Flags) -> Floats:
    met = sides.weight.sum(1)
    left_query = sides.rest_query.sum(1) + sides.untold_query.sum(1)
    left_name = sides.rest_name.sum(1) + sides.untold_name.sum(1)
    everything = np.maximum(met + left_query + left_name, 1e-6)
    both, thin = np.minimum(left_query, left_name), _thin(met)
    spoilt = (sides.weight * (1 - aligned.credit)).sum(1) / everything
    heaviest_query = np.maximum(sides.rest_query, sides.untold_query).max(1)
    heaviest_name = np.maximum(sides.rest_name, sides.untold_name).max(1)
    replaced_words, missing_words, added_words = _words_left(aligned, sides.rest_query, sides.rest_name)
    columns = (
        spoilt,
        spoilt * thin,
        both / everything,
        replaced_words,
        (left_name - both) / everything,
        (left_query - both) / everything,
        missing_words,
        added_words,
        thin * (np.maximum(heaviest_query, heaviest_name) > _FUNCTION_WORD),
        np.minimum(heaviest_query, heaviest_name),
        heaviest_name,
        heaviest_query,
        number_missing,
        _any(sides.initial),
        _reordered(aligned, sides.found),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _short_word_misspelt(v: WordColumns, aligned: Aligned, sides: _Sides) -> Flags:
    """Whether all that is the name's own is a word of few letters, and not the same one."""
    partner = np.take_along_axis(aligned.name, np.maximum(aligned.met, 0), axis=1)
    own = sides.found & (sides.weight > _TRADE_WORD)
    letters = np.where(own, np.maximum(v.length[aligned.query], v.length[partner]), 0)
    misspelt = _any(own) & ~_any(own & (aligned.credit >= _SAME_WORD))
    return np.asarray(misspelt & (letters.max(1) <= _FEW_LETTERS_A_WORD))


def _longest(v: WordColumns, words: Ints, rest: Floats) -> Ints:
    """The letters of the longest word left over."""
    return np.asarray(np.where(rest > 0, v.length[words], 0).max(1))


def _thin(met: Floats) -> Floats:
    """How little met: 0 where it is enough to be sure, 1 where it is nothing."""
    return np.asarray(np.clip(1 - met / _ENOUGH, 0, 1), dtype=np.float32)


def _count(rest: Floats) -> Ints:
    return np.asarray((rest > _FUNCTION_WORD).sum(axis=1))


def _any(flags: Flags) -> Flags:
    return np.asarray(flags.any(axis=1))


def _reordered(aligned: Aligned, found: Flags) -> Flags:
    """Whether a word met one that stands before what an earlier word met."""
    place = np.where(found, aligned.met, -1)
    highest = np.maximum.accumulate(place, axis=1)
    return _any(found[:, 1:] & (place[:, 1:] < highest[:, :-1]))


def _as_one_string(
    v: WordColumns, aligned: Aligned, sides: _Sides, numbers_agree: Flags, texts: Texts
) -> tuple[Ints, Floats]:
    """Pairs with words left over on both sides that are one string but for a slip, and how much it spoils.

    A slip across a space (`COMPAN YLIMITED`) spoils two words and hardly the string. Where no word of
    the name's own met its like, one short word against one is another word (`Ege Lines`, `Evie Lines`),
    and a joined word must be the same (`Gross Telecom`, `Rostelecom`).
    """
    queries, query, names, name = texts
    like, longer = _like_as_strings(v, texts)
    over_query, over_name = (sides.rest_query > 0).sum(1), (sides.rest_name > 0).sum(1)
    alone = ~_any(sides.found & (sides.weight > _TRADE_WORD) & (aligned.credit >= _SAME_WORD))
    short = _longest(v, aligned.query, sides.rest_query) < _FEW_LETTERS
    short |= _longest(v, aligned.name, sides.rest_name) < _FEW_LETTERS
    allowed = _slips_allowed(longer)
    allowed = np.where(alone & (over_query != over_name) & (longer < _LONG_STRING), 0, allowed)
    open_ = like & numbers_agree & (over_query > 0) & (over_name > 0)
    open_ &= ~(alone & short & (over_query + over_name == 2))
    at = np.flatnonzero(open_)
    edits = process.cpdist(
        queries.texts(query[at], v),
        names.texts(name[at], v),
        scorer=OSA.distance,
        dtype=np.float32,
    )
    slip = np.asarray(edits) <= allowed[at]
    return at[slip], (2 * np.asarray(edits)[slip] / longer[at][slip]).astype(np.float32)


def _like_as_strings(v: WordColumns, texts: Texts) -> tuple[Flags, Ints]:
    """Pairs that may be one string but for a slip, by letters and length, and how long the longer one is."""
    queries, query, names, name = texts
    size_query, size_name = queries.sizes(v)[query], names.sizes(v)[name]
    longer = np.maximum(size_query, size_name)
    allowed = _slips_allowed(longer)
    # An edit changes two of the letters that a name has, and no more.
    letters = np.bitwise_count(queries.letters(v)[query] ^ names.letters(v)[name])
    like = (np.abs(size_query - size_name) <= allowed) & (letters <= 2 * allowed)
    return like & (longer >= _SHORTEST_STRING), longer


def _slips_allowed(longer: Ints) -> Ints:
    return np.where(longer >= _LONG_STRING, 2, 1)


def losses(f: Features) -> Floats:
    """What each difference takes off the score: one row a pair, one column a difference."""
    return np.asarray(f.differences * costs(), dtype=np.float32)


def ceilings(f: Features) -> dict[str, tuple[Flags, float]]:
    """The most that a score can be, by the reason, and for which pairs."""
    return {
        "their numbers differ": (f.numbers_differ, _NUMBERS_DIFFER),
        "only common words agree": (f.only_common & ~f.whole, _ONLY_COMMON),
        "so short a name must be the same": (f.short & ~(f.same | f.whole), _SHORT_NAME),
        "both are nothing but common words": (f.only_common, _ALL_COMMON),
        "father and son change places": (f.reversed, _FATHER_AND_SON),
        "they are not quite the same": (~f.same, _NOT_THE_SAME),
    }


def scores(f: Features) -> Floats:
    """0 to 1 for every pair; 1 only where every word met its like."""
    score = 1 - losses(f).sum(1)
    for holds, most in ceilings(f).values():
        score = np.where(holds, np.minimum(score, most), score)
    return np.asarray(np.clip(score, 0, 1), dtype=np.float32)
