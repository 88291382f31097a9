"""Legal forms, so that `OOO`, `Ltd. Şti.` and `Joint Stock Company` are set aside and not compared as names.

Forms are rows of `legal_forms.csv`, read as runs of words: an abbreviation also matches when it is spaced
or dotted (`L L C`), a long word also when it is misspelt. Forms of one or two letters are forms only
at the ends of a name: `Yu` or `As` within it are somebody's name.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from rapidfuzz.distance import OSA

from screening.names.sound import key

JOINING = frozenset({"and", "und", "ve", "the", "no", "et"})
"""Words that join others and say nothing: a name is read without them."""

_SHORT = 2
_AS_IT_STANDS = 5
_MISSPELT_FROM = 6
_MISSPELT_TO = 24
_LONG_WORD = 12
_BROKEN_FROM = 5


@dataclass(frozen=True, slots=True)
class _Forms:
    """The table as runs of word keys, with the words that can start one, and those that may be misspelt.

    `shortened` has every long word under each spelling of it that lacks a letter or two.
    """

    kinds: dict[tuple[str, ...], str]
    longest: dict[str, int]
    words: tuple[str, ...]
    shortened: dict[str, list[int]]
    halves: frozenset[tuple[str, str]]


def form_key(word: str) -> str:
    """The word as forms are told by: a short one as it stands, since `ooo` must not meet `o`."""
    return word if len(word) <= _AS_IT_STANDS else key(word)


def _spellings(form: str) -> list[tuple[str, ...]]:
    """The form's own run of words, the same with two of them joined, and an abbreviation letter by letter."""
    words = [word for word in form.split() if word not in JOINING]
    runs = [words, *(_joined_at(words, place) for place in range(1, len(words)))]
    if len(words) == 1 and 2 <= len(form) <= 5:
        runs.append(list(form))
    return [tuple(form_key(word) for word in run) for run in runs]


def _joined_at(words: list[str], place: int) -> list[str]:
    return [*words[: place - 1], words[place - 1] + words[place], *words[place + 1 :]]


@cache
def _forms() -> _Forms:
    kinds: dict[tuple[str, ...], str] = {}
    text = files("screening.names").joinpath("legal_forms.csv").read_text("utf-8")
    table = list(csv.DictReader(text.splitlines()))
    for row in table:
        for run in _spellings(row["form"]):
            kinds.setdefault(run, row["kind"])
    longest: dict[str, int] = {}
    for run in kinds:
        longest[run[0]] = max(longest.get(run[0], 0), len(run))
    words = sorted({word for run in kinds for word in run if len(word) + (len(run) > 1) >= _MISSPELT_FROM})
    return _Forms(kinds, longest, tuple(words), _all_shortened(words), _halves(table))


def _all_shortened(words: list[str]) -> dict[str, list[int]]:
    """The places of the words under each of their spellings with up to two letters left out."""
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        for spelling in sorted(_shortened(word, 2)):
            found.setdefault(spelling, []).append(place)
    return found


def _shortened(word: str, letters: int) -> set[str]:
    """The word, and all that is left of it without one letter, or without up to so many."""
    found = {word}
    for _ in range(letters):
        found |= {some[:at] + some[at + 1 :] for some in found for at in range(len(some))}
    return found


def _halves(table: list[dict[str, str]]) -> frozenset[tuple[str, str]]:
    """Every way to break a long word of a form in two, no half of which is a word of a form."""
    words = {word for row in table for word in row["form"].split()}
    broken = {
        (word[:at], word[at:]) for word in words if len(word) >= _BROKEN_FROM for at in range(1, len(word))
    }
    return frozenset(half for half in broken if words.isdisjoint(half))


@lru_cache(maxsize=100_000)
def _as_form_word(word: str) -> str:
    """The word of a legal form that this one misspells, or the word itself.

    Two words so many slips apart are alike once each has lost as many letters: looked up, not searched.
    """
    forms = _forms()
    if not _MISSPELT_FROM <= len(word) <= _MISSPELT_TO or word in forms.longest:
        return word
    allowed = 2 if len(word) >= _LONG_WORD else 1
    places = {at for some in _shortened(word, allowed) for at in forms.shortened.get(some, ())}
    near = [(OSA.distance(word, forms.words[at]), at) for at in places]
    slips, place = min(near, default=(allowed + 1, -1))
    return forms.words[place] if slips <= allowed else word


def mended(words: list[str]) -> list[str]:
    """The words, where two halves of a legal form's word are made one again: `com pany`."""
    halves = _forms().halves
    if halves.isdisjoint(pairwise(words)):
        return words
    found: list[str] = []
    for word in words:
        if found and (found[-1], word) in halves:
            word = found.pop() + word
        found.append(word)
    return found


def set_aside(words: Sequence[str]) -> tuple[list[int], str]:
    """Places of the words that are no legal form, and the kind of the last form found ("" if none).

    When nothing but legal forms is there, all words stay: a name is never empty.
    """
    keys = [_as_form_word(form_key(word)) for word in words]
    forms, kept, kind, place = _forms(), [], "", 0
    while place < len(keys):
        length = _form_at(forms, keys, place)
        if length:
            kind = forms.kinds[tuple(keys[place : place + length])] or kind
            place += length
        else:
            kept.append(place)
            place += 1
    if not kept:
        return list(range(len(keys))), kind
    return kept, kind


def _form_at(forms: _Forms, keys: Sequence[str], place: int) -> int:
    """How many words from here are one legal form; 0 when none starts here."""
    longest = forms.longest.get(keys[place], 0)
    for length in range(min(longest, len(keys) - place), 0, -1):
        run = tuple(keys[place : place + length])
        at_end = place == 0 or place + length == len(keys)
        if run in forms.kinds and (_is_long(run) or at_end) and not _among_letters(keys, place, length):
            return length
    return 0


def _among_letters(keys: Sequence[str], place: int, length: int) -> bool:
    """True where single letters stand among more of them: `A.B.` is no form in `A.B.C.`."""
    around = (*keys[max(place - 1, 0) : place], *keys[place + length : place + length + 1])
    letters = keys[place : place + length]
    return all(len(key) == 1 for key in letters) and any(len(key) == 1 and key.isalpha() for key in around)


def _is_long(run: tuple[str, ...]) -> bool:
    return sum(map(len, run)) > _SHORT
