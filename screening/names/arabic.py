"""Names in Arabic letters as Latin letters spell them, short vowels and all: `خالد` is `khalid`.

The letters leave short vowels out, so no plain transliteration meets the Latin name. Words that many bear
are rows of `arabic.csv`; the others get vowels where speech needs them. Arabs and Persians spell one name
two ways (Murtada, Morteza), so a name is read in both. Words of trade are translated.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

LETTERS = re.compile(r"[\u0620-\u06d3\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")
HABITS = ("arabic", "persian")
"""The columns of `arabic.csv` that spell."""

_WORDS = re.compile(r"([\u0620-\u065f\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f]+)")
_SHAPES = dict(zip(map(ord, "یېۍےىکہھەۀټډړښڼ"), "يييييكههههتدرشن", strict=True))
_UNSPOKEN = dict.fromkeys((*range(0x64B, 0x660), 0x670, 0x640, 0x200C, 0x200D))
_SAME = str.maketrans("آأإٱةئؤ", "ااااهيو", "ء")
_CONSONANTS = {
    **{"b": "ب", "p": "پ", "t": "تطٹ", "th": "ث", "j": "ج", "ch": "چ", "h": "حه", "kh": "خ", "d": "دضڈ"},
    **{"dh": "ذ", "r": "رڑ", "z": "زظځ", "zh": "ژ", "g": "گګږ", "s": "سص", "sh": "ش", "gh": "غ", "f": "ف"},
    **{"v": "ڤ", "q": "ق", "k": "كک", "l": "ل", "m": "م", "n": "نں", "ts": "څ"},
}
_LATIN = {letter: latin for latin, letters in _CONSONANTS.items() for letter in letters}
_PERSIAN = {"ث": "s", "ذ": "z", "ض": "z", "ق": "gh"}
_VOWELS = dict(zip("اآأٱإؤئةعوي", "aaaaiuiaaui", strict=True))
_OPEN = ("a", "i", "u")
_AYN = "ع"
_GLIDES = {"و": "w", "ي": "y"}
_THE, _FOR, _AND_THE = "ال", "لل", "وال"
_SERVANT, _SERVANT_OF = "عبد", "abdul"
_SERVANT_OF_GOD = re.compile(r"\bعبد\s+الله\b")
_ENDINGS = {"الله": "ullah", "الدين": "uddin"}
"""Words that a name ends in, which Persians and Pashtuns write as one with the word before."""
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Table:
    """Words by their plain letters: how each habit spells them, and what they mean."""

    spelt: dict[str, tuple[str, ...]]
    meaning: dict[str, str]


@cache
def _table() -> _Table:
    text = files("screening.names").joinpath("arabic.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    spelt = {plain(row["word"]): tuple(row[habit] for habit in HABITS) for row in rows}
    return _Table(spelt, {plain(row["word"]): row["meaning"] for row in rows if row["meaning"]})


def plain(word: str) -> str:
    """The word in one shape for each letter: what words are looked up by."""
    return shaped(word).translate(_SAME)


def shaped(text: str) -> str:
    """The text with the letters of one keyboard, and without marks and joiners."""
    return unicodedata.normalize("NFKC", text).translate(_SHAPES).translate(_UNSPOKEN)


def spellings(text: str, latin: Callable[[str], str]) -> list[str]:
    """The text as each habit writes it, words of trade translated and not; `latin` writes the rest."""
    pieces = _WORDS.split(_SERVANT_OF_GOD.sub("عبدالله", shaped(text)))
    words: list[tuple[str, bool]] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            words += [(word, True) for word in _apart(piece)]
        elif piece.strip():
            words.append((latin(piece), False))
    trade = any(arabic and _meaning(word) for word, arabic in words)
    shapes = product((True, False) if trade else (False,), range(len(HABITS)))
    apart = [" ".join(_spelt(words, habit, translated)) for translated, habit in shapes]
    as_one = [one.replace(f"{_SERVANT_OF} ", _SERVANT_OF) for one in apart]
    return list(dict.fromkeys([*apart, *as_one]))


def _spelt(words: list[tuple[str, bool]], habit: int, translated: bool) -> list[str]:
    found: list[str] = []
    for word, arabic in words:
        if not arabic:
            found.append(word)
        elif habit and found and word in _ENDINGS:
            found[-1] += _ENDINGS[word]
        elif found and found[-1] == _SERVANT_OF:
            found.append(_word(word.removeprefix(_THE), habit))
        else:
            found.append((translated and _meaning(word)) or _word(word, habit))
    return found


def _apart(word: str) -> list[str]:
    """The word, or the words that are written as one: `عبدالرحمن`, `عبیدالله`, `والتجارة`."""
    if plain(word) in _table().spelt:
        return [word]
    if word.startswith(_SERVANT + _THE):
        return [_SERVANT, word.removeprefix(_SERVANT)]
    for ending in _ENDINGS:
        if word.endswith(ending) and word != ending:
            return [word.removesuffix(ending), ending]
    if word.startswith(_AND_THE) and len(word) >= len(_AND_THE) + _SHORTEST:
        return [_AND_THE[:1], word[1:]]
    return [word]


def _meaning(word: str) -> str:
    """The translation of a word of trade, also with `the` or `for the` before it; "" of others."""
    meaning = _table().meaning
    return next((meaning[one] for one in (plain(word), _bare(plain(word))) if one in meaning), "")


def _bare(word: str) -> str:
    long = len(word) >= len(_THE) + _SHORTEST
    return word[len(_THE) :] if long and word.startswith((_THE, _FOR)) else word


@lru_cache(maxsize=20_000)
def _word(word: str, habit: int) -> str:
    """A word in the spelling of this habit, its article apart."""
    spelt, looked_up = _table().spelt, plain(word)
    if looked_up in spelt:
        return spelt[looked_up][habit]
    bare = _bare(word)
    if bare != word:
        return "al " + _word(bare, habit)
    return _spoken(_sounds(word, habit))


def _sounds(word: str, habit: int) -> list[str]:
    """The letters as sounds: vowels as one letter of `aiu`, consonants as Latin letters write them."""
    found: list[str] = []
    for place, letter in enumerate(word):
        opened = bool(found) and found[-1] in _OPEN
        after = _VOWELS.get(word[place + 1 : place + 2], "")
        last = place == len(word) - 1
        if letter in _GLIDES and not last and (not found or opened or after == "a"):
            found.append(_GLIDES[letter])
        elif letter == _AYN and (opened or (after and not found)):
            continue
        elif letter in _VOWELS:
            found.append(_VOWELS[letter])
        elif letter in _LATIN:
            found.append((habit and _PERSIAN.get(letter)) or _LATIN[letter])
    return found


def _spoken(sounds: list[str]) -> str:
    """The sounds with a vowel after each consonant that can't be said without one."""
    found: list[str] = []
    for place, sound in enumerate(sounds):
        found.append(sound)
        if sound in _OPEN or place == len(sounds) - 1 or sounds[place + 1] in _OPEN:
            continue
        closes = len(found) > 1 and found[-2] in _OPEN
        ends = place == len(sounds) - 2
        if not closes or ends:
            long = closes and place > 1 and sounds[place - 1] == "a"
            found.append("i" if long or sounds[place + 1] == "y" else "a")
    return "".join(found)
