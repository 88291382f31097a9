"""Names in other scripts as lists spell them in Latin letters, which no plain transliteration does.

Words that name a trade, a form or a place are translated, since a firm's Latin name translates them. What is
left is the name's own, by its syllables, which Latin letters write apart or as one word. More than one
spelling is in use, and each is a reading of the name. Words are rows of `script_words.csv`; a Russian one
that ends in `*` is a stem, whose endings say nothing.
"""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from rigour.text import ascii_text

from screening.names import arabic, hangul

_RUNS = re.compile(r"([\uac00-\ud7a3]+|[\u3400-\u9fff々]+)")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_RUSSIAN = re.compile(r"[\u0400-\u04ff]+")
_LONGEST_ENDING = 3
_LONGEST_PERSON = {"Hangul": 4, "Han": 3}
"""Syllables of a person's name; a trade's word in so short a one is part of the name."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a script with their translations, a short one where there is one, and the longest's length."""

    latin: dict[str, str]
    short: dict[str, str]
    longest: int


@cache
def _words(script: str) -> _Words:
    text = files("screening.names").joinpath("script_words.csv").read_text("utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["script"] == script]
    latin = {row["word"]: row["latin"] for row in rows}
    return _Words(latin, {row["word"]: row["short"] or row["latin"] for row in rows}, max(map(len, latin)))


def spellings(text: str, latin: Callable[[str], str]) -> list[str]:
    """The text as each habit writes it in Latin letters; `latin` writes what stands in other scripts."""
    if arabic.LETTERS.search(text):
        return arabic.spellings(text, latin)
    pieces = _RUNS.split(text)
    if len(pieces) == 1:
        translated = _RUSSIAN.sub(_translated, text)
        return [latin(text), latin(translated)] if translated != text else [latin(text)]
    runs = pieces[1::2]
    person = not any(run in _words(_script(run)).latin for run in runs)
    spelt = [
        _spellings(piece, person, first=place == 1) if place % 2 else (latin(piece),) * _READINGS
        for place, piece in enumerate(pieces)
        if piece.strip()
    ]
    return list(dict.fromkeys(map(" ".join, zip(*spelt, strict=True))))


def _translated(found: re.Match[str]) -> str:
    return _meaning(found.group().lower()) or found.group()


@lru_cache(maxsize=20_000)
def _meaning(word: str) -> str:
    """What a Russian word of trade means, whatever its ending; "" for others."""
    words = _words("Cyrillic").latin
    stems = (word[: len(word) - size] + "*" for size in range(min(_LONGEST_ENDING + 1, len(word))))
    return words.get(word) or next((words[stem] for stem in stems if stem in words), "")


def _script(run: str) -> str:
    return "Hangul" if _HANGUL.match(run) else "Han"


_HABITS = range(len(hangul.HABITS))
_SHAPES = ("apart", "joined", "untranslated")
_READINGS = len(_HABITS) * len(_SHAPES)


@lru_cache(maxsize=20_000)
def _spellings(run: str, person: bool, first: bool) -> tuple[str, ...]:
    """A run of one script in every habit and shape; the `first` of a person's name holds the surname."""
    script = _script(run)
    person = person and len(run) <= _LONGEST_PERSON[script]
    return tuple(
        _person(run, script, habit, first, shape)
        if person
        else _firm(run, script, habit, translated=shape != "untranslated", joined=shape != "apart")
        for shape, habit in product(_SHAPES, _HABITS)
    )


def _person(run: str, script: str, habit: int, first: bool, shape: str) -> str:
    """The surname apart, and the syllables of the given name apart or as one word."""
    syllables = _syllables(run, script, habit, first)
    given = "".join(syllables[first:]) if shape == "joined" else " ".join(syllables[first:])
    return " ".join([*syllables[:first], given])


def _firm(run: str, script: str, habit: int, translated: bool, joined: bool) -> str:
    words = _words(script)
    # Han has no habits of spelling, and its second is the short translations.
    latin = words.short if script == "Han" and habit else words.latin
    between = "" if joined else " "
    return " ".join(
        latin[part] if translated and part in latin else between.join(_syllables(part, script, habit))
        for part in _parts(run, words)
    )


def _syllables(run: str, script: str, habit: int, first: bool = False) -> list[str]:
    if script == "Hangul":
        return hangul.syllables(run, habit, first)
    return [_pinyin(letter) for letter in run]


@lru_cache(maxsize=20_000)
def _pinyin(letter: str) -> str:
    return ascii_text(letter).strip().lower()


def _parts(run: str, words: _Words) -> list[str]:
    """The run cut into words of the table and what stands between, from its end.

    A firm's own name stands before the words of its trade, and may end in the first letter of one.
    """
    parts: list[str] = []
    own = end = len(run)
    while end:
        size = _word_before(run, end, words)
        if size:
            parts += [part for part in (run[end:own], run[end - size : end]) if part]
            own = end = end - size
        else:
            end -= 1
    return [part for part in (*parts, run[:own]) if part][::-1]


def _word_before(run: str, end: int, words: _Words) -> int:
    """How many letters before this place are a word of the table; 0 where none ends."""
    sizes = range(min(words.longest, end), 0, -1)
    return next((size for size in sizes if run[end - size : end] in words.latin), 0)
