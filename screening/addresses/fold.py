"""One fold for an address as a shipment writes it and as a list does: its numbers, its own words, its places.

Script, diacritics, case, abbreviations, the order of the parts and the words around a number are set aside.
What is left tells one address from another: numbers most, then the names of street and building.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import pairwise

from screening.addresses.words import Meaning, countries, phrase_at, words_of
from screening.names.fold import latin
from screening.names.sound import key

_TOKEN = re.compile(r"[a-z]+|[0-9]+(?:-[0-9]+)*")
_ORDINAL = re.compile(r"(?<=[0-9])-?(?:st|nd|rd|th|ya|y|j|i|go|oy)\b")
_FLOOR = re.compile(r"(?<![a-z0-9])([0-9]+)\s*/\s*f(?:l|loor)?\b")
_PARTS = re.compile(r"[,;\n]+")
_HYPHEN = re.compile(r"(?<=[0-9])\s*[-–—]\s*(?=[0-9])")
_ONE_FOR_ALL = {"HK": "CN", "MO": "CN"}
"""Hong Kong and Macao are written with and without the country that they belong to."""
_OPEN = frozenset({"UA-43"})
"""Lists give the occupied land to either country, and so it contradicts neither."""
_POSTCODE = 5
"""Digits from which on a number that nothing marks is a postcode."""
_WIDEST_RANGE = 30
_LONGEST_COUNTRY = 6
"""Words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number or letter that is part of an address, or a range such as `301-307`."""

    text: str
    level: str
    """unit, floor, box or house; a number that nothing marks counts as a house's."""
    pair: str = ""
    """The range that it makes with the number beside it, where only a space stands between."""

    @property
    def within(self) -> tuple[str, ...]:
        """The single numbers of a range; `1318-19` ends with 1319."""
        first, _, last = self.text.partition("-")
        if not last or "-" in last:
            return ()
        end = int(first[: -len(last)] + last) if len(last) < len(first) else int(last)
        numbers = range(int(first), end + 1)
        return tuple(map(str, numbers)) if 1 < len(numbers) <= _WIDEST_RANGE else ()

    @property
    def single(self) -> bool:
        """True for one number: no letter, no range."""
        return self.text.isdigit()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the address's own, or the name of a place."""

    text: str
    kind: str
    """own, city, district or direction."""
    joined: bool = False
    """True where it stands right behind the word before it: `Mong Kok` may be `Mongkok`."""


@dataclass(slots=True)
class Address:
    """What of an address is compared."""

    country: str = ""
    postcode: str = ""
    numbers: list[Number] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    @property
    def tells_a_place(self) -> bool:
        """True when it names more than a town or a country: a number, and what it is a number of."""
        levels = [number.level for number in self.numbers if number.level != "floor"]
        own = any(word.kind == "own" for word in self.words)
        return bool(levels) and (own or (bool(self.words) and (len(levels) > 1 or "box" in levels)))


def fold(text: str, country: str | None = None) -> Address:
    """The folded address; `country` is the code of its country where the text need not say so."""
    return _within(_written(text), country)


def fold_once(text: str, country: str | None = None) -> Address:
    """The same, for texts of shipments: several fields and every list ask for one address."""
    return _within(_written_once(text), country)


def _within(written: Address, country: str | None) -> Address:
    named = written.country or country or ""
    return replace(written, country="" if named in _OPEN else _ONE_FOR_ALL.get(named, named))


def _written(text: str) -> Address:
    """What the text says of the address."""
    written = _ORDINAL.sub("", _HYPHEN.sub("-", latin(text).replace("'", "").replace("#", " no ")))
    written = _FLOOR.sub(r" floor \1 ", written)
    parts = [part for part in _PARTS.split(_contact().sub("", written)) if part.strip()]
    found = Address()
    for place, part in enumerate(parts):
        _Part(part, found, first=place == 0, last=place == len(parts) - 1).read()
    _pair(found.numbers)
    return found


_written_once = lru_cache(maxsize=1 << 16)(_written)


@lru_cache(maxsize=50_000)
def word_key(word: str) -> str:
    """The word whatever habit romanised it."""
    return key(word)


@cache
def _contact() -> re.Pattern[str]:
    """Telephone numbers and the like, which some lists put behind the address."""
    return re.compile(rf"\b(?:{'|'.join(words_of('contact'))})\b.*", re.DOTALL)


def _pair(numbers: list[Number]) -> None:
    """Let `2 16` stand for the range `2-16` too, which some write so."""
    for place, (one, other) in enumerate(pairwise(numbers)):
        if one.single and other.single and "floor" not in (one.level, other.level):
            pair = f"{one.text}-{other.text}"
            numbers[place] = replace(one, pair=one.pair or pair)
            numbers[place + 1] = replace(other, pair=pair)


class _Part:
    """One part of an address between two commas, read from left to right."""

    def __init__(self, text: str, into: Address, first: bool, last: bool) -> None:
        self.text = text
        self.tokens = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        self.words = [token for token, _, _ in self.tokens]
        self.into = into
        self.first, self.last = first, last
        self.mark = ""
        self.at = 0
        self.named = -1
        """The token behind the last own word."""

    def read(self) -> None:
        """Add to the address what the part says."""
        if self._country():
            return
        while self.at < len(self.words):
            if self.words[self.at][0].isdigit():
                self._number()
            elif not self._phrase():
                self._word()

    def _country(self) -> bool:
        """True when the part is a country and nothing else; the last part may also end with one."""
        if code := countries().get(" ".join(self.words)):
            self.into.country = code if self.last or not self.into.country else self.into.country
            return True
        for length in range(min(_LONGEST_COUNTRY, len(self.words) - 1), 0, -1) if self.last else ():
            if code := countries().get(" ".join(self.words[-length:])):
                self.into.country = code
                self.tokens, self.words = self.tokens[:-length], self.words[:-length]
                break
        return False

    def _number(self) -> None:
        text, _, end = self.tokens[self.at]
        self.at += 1
        if self.mark != "unit" and self._is_postcode(text):
            self.into.postcode = text
        elif self._is_floor(end):
            self.into.numbers.append(Number(_bare(text), "floor"))
        else:
            self.into.numbers.append(Number(_bare(text), self.mark or "house"))
            self._letter_behind(end)
        self.mark = ""

    def _is_floor(self, end: int) -> bool:
        """True when the words around say floor: `13F`, `5th floor`, `kat 10`."""
        if self.mark == "floor":
            return True
        if self.mark in ("unit", "box") or self.at >= len(self.words):
            return False
        word, start, _ = self.tokens[self.at]
        behind = (word == "f" and start - end <= 1) or (word != "f" and _mark(self.words, self.at) == "floor")
        alone = self.at + 1 >= len(self.words) or not self.words[self.at + 1][0].isdigit()
        if behind and (alone or word == "f"):
            self.at += 1
            return True
        return False

    def _is_postcode(self, text: str) -> bool:
        """True for a long number; `FL 33146` marks a state, and no floor."""
        long = text.isdigit() and len(text) >= _POSTCODE
        return long and self.mark in ("", "floor") and not self._opens(text)

    def _opens(self, text: str) -> bool:
        """True for a number as in `12345 Main Street`, where US addresses begin."""
        return len(text) == _POSTCODE and self.first and self.at == 1 and len(self.words) > 1

    def _letter_behind(self, end: int) -> None:
        """Take the letter that belongs to the number: `19C`, `2-B`, `12 A`."""
        if self.at >= len(self.words):
            return
        word, start, stop = self.tokens[self.at]
        initial = start > end and self.text[stop : stop + 1] == "."
        if len(word) != 1 or word.isdigit() or initial or start - end > 1:
            return
        marks = self.at + 1 < len(self.words) and self.words[self.at + 1][0].isdigit()
        if start > end and (word in "nsew" or marks):
            return
        self.into.numbers.append(Number(word, self.into.numbers[-1].level))
        self.at += 1

    def _phrase(self) -> bool:
        """True when the table knows what stands here; what it says is taken."""
        found = phrase_at(self.words, self.at)
        if found is None or found.meaning.classes == {"country"}:
            return False
        if found.length == 1 and len(self.words[self.at]) == 1 and self.mark == "unit":
            return False
        self._take(found.meaning)
        self.at += found.length
        return True

    def _take(self, meaning: Meaning) -> None:
        if meaning.place:
            self.into.words.append(Word(meaning.means, meaning.place))
        elif meaning.mark and not (self.mark in ("unit", "box") and meaning.mark == "house"):
            self.mark = self._level(meaning)

    def _level(self, meaning: Meaning) -> str:
        """A Turkish `D:` behind the number of the house marks a flat, a Russian `d.` before it the house."""
        seen = any(number.level == "house" for number in self.into.numbers)
        flat = meaning.means == "d" and seen and not self._russian()
        return "unit" if flat else meaning.mark

    def _russian(self) -> bool:
        return self.into.country == "RU"

    def _word(self) -> None:
        word = self.words[self.at]
        self.at += 1
        if len(word) == 1:
            # A letter is a number where something marks it (`Unit D`), else an initial.
            if self.mark:
                self.into.numbers.append(Number(word, self.mark))
            self.mark = ""
            return
        self.into.words.append(Word(word_key(word), "own", joined=self.named == self.at - 1))
        self.named = self.at
        self.mark = ""


def _mark(words: list[str], place: int) -> str:
    found = phrase_at(words, place)
    return found.meaning.mark if found else ""


def _bare(number: str) -> str:
    """The number without zeros before it: unit 04 is unit 4."""
    return "-".join(part.lstrip("0") or "0" for part in number.split("-"))
