"""The clauses and the words of one description, read without a query.

A service is sent one shipment at a time, with a description that nobody has met. For one text a query costs
more than what it does, so here the same word lists in the same order are gone through by hand. It says what
`clauses.py` says, of which the tests hold it to the letter; what the steps mean is told there.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from screening.goods import clauses
from screening.goods.clauses import LATER
from screening.phrases import folded_text

MOST_CLAUSES = LATER // 4 - 1
"""With more than these the ranks of the words run into those of what comes later."""
_WORD = re.compile(r" [^\W\d_]{3,} ")
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETED = re.compile(r"^([^()|,;]*)\(([^()]*)\) *([^\W_][^()]*)")
_PLURAL = re.compile("([a-z]{3,}[^s])s\\Z")


class _Finds(NamedTuple):
    """What finds the words that part a text and the ones that say something else, compiled once."""

    other_meaning: re.Pattern[str]
    vague: re.Pattern[str]
    joint: re.Pattern[str]
    with_all: re.Pattern[str]
    with_what: re.Pattern[str]
    beside_all: re.Pattern[str]
    beside_what: re.Pattern[str]
    except_all: re.Pattern[str]
    purpose: re.Pattern[str]
    purpose_before: re.Pattern[str]
    named_with: re.Pattern[str]
    whole: re.Pattern[str]
    other_things: tuple[re.Pattern[str], ...]


@cache
def _finds() -> _Finds:
    with_, except_ = clauses.joining("with"), clauses.joining("except")
    beside = f"(?:{with_}|{except_})"
    return _Finds(
        re.compile(clauses.other_meanings()),
        re.compile(clauses.vague()),
        re.compile(clauses.joining("and")),
        re.compile(f"{with_}.*$"),
        re.compile(f"{with_}(.*)$"),
        re.compile(f"{beside}.*$"),
        re.compile(f"{beside}(.*)$"),
        re.compile(f"{except_}.*$"),
        re.compile(f"{clauses.joining('for')}.*$"),
        re.compile(f"^.*{clauses.joining('for before')}"),
        re.compile(clauses.NAMED_WITH[0]),
        re.compile(f"^.*{clauses.heads('whole')}.*$"),
        tuple(map(re.compile, clauses.of_other_things())),
    )


class Clause(NamedTuple):
    """A clause, and whether it is of a part of the thing."""

    words: str
    part: bool


class Spoken(NamedTuple):
    """A word at its place: the rank of its clause, and its number in the clause."""

    rank: int
    at: int
    word: str


def clauses_of(text: str) -> list[Clause]:
    """The clauses of the text, each once."""
    masked = _finds().other_meaning.sub(" ", folded_text(_unbracketed(text)))
    placed, named = [], 0
    for words in _pieces(masked):
        names = _names_a_thing(words)
        named += names
        placed.append(Clause(words, named > names))
    halves = [*(_before(clause) for clause in placed), *(_behind(clause) for clause in placed)]
    bare = (Clause(_without_other_things(words), part) for words, part in halves if words.strip(" "))
    return list(dict.fromkeys(clause for clause in bare if clause.words.strip(" ")))


def says_nothing_at_all(text: str) -> bool:
    """True of a text in which no word and no part number is left without the empty words."""
    return _LETTER.search(_telling(folded_text(text))) is None


def key_of_text(text: str) -> str:
    """The telling words of the text, each once and in order, an English plural as its singular."""
    words = _telling(folded_text(text)).replace("|", " ").split()
    return " ".join(sorted({_PLURAL.sub(r"\1", word) for word in words}))


@lru_cache(1 << 14)
def is_vague_word(word: str) -> bool:
    """True of a folded word that says nothing by itself."""
    return _finds().vague.search(f" {word} ") is not None


def pieces_of(text: str) -> list[str]:
    """What the text says between its breaks and the words that join."""
    return _pieces(folded_text(_unbracketed(text)))


def words_of(text: str) -> list[Spoken]:
    """The words of the text in the order of their ranks."""
    placed = [(_without_aims(words), 4 * number) for number, words in enumerate(pieces_of(text))]
    finds = _finds()
    halves = [(finds.beside_all.sub(" ", words, 1), rank) for words, rank in placed]
    halves += [(_extracted(finds.beside_what, words), rank + LATER) for words, rank in placed]
    told = (spoken for words, rank in halves for spoken in _spread(words.split(), rank))
    return sorted(told, key=lambda spoken: (spoken.rank, spoken.at))


def _spread(words: list[str], rank: int) -> list[Spoken]:
    if "of" not in words:
        return [Spoken(rank, at, word) for at, word in enumerate(words)]
    first, begins = words.index("of"), LATER if words[0] == "of" else 0
    placed = [Spoken(rank + (at >= first) + begins, at, word) for at, word in enumerate(words)]
    return [spoken for spoken in placed if spoken.word != "of"]


def _without_aims(words: str) -> str:
    kind = clauses.NAMED_WITH[1].replace("$", "\\")
    words = _finds().named_with.sub(kind, words)
    words = _finds().whole.sub(" ", words, 1)
    return _without_purpose(words)


def _without_purpose(words: str) -> str:
    return _cut(_cut(words, _finds().purpose), _finds().purpose_before)


def _without_other_things(words: str) -> str:
    words = _without_purpose(_finds().except_all.sub(" ", words, 1))
    for other_thing in _finds().other_things:
        words = other_thing.sub(" ", words, 1)
    return words


def _cut(words: str, purpose: re.Pattern[str]) -> str:
    named = purpose.sub(" ", words, 1)
    return named if named == words or _names_a_thing(named) else words


def _names_a_thing(words: str) -> bool:
    return _WORD.search(_telling(words)) is not None


def _before(clause: Clause) -> Clause:
    return Clause(_finds().with_all.sub(" ", clause.words, 1), clause.part)


def _behind(clause: Clause) -> Clause:
    return Clause(_extracted(_finds().with_what, clause.words), True)


def _extracted(beside: re.Pattern[str], words: str) -> str:
    found = beside.search(words)
    return found.group(1) if found else ""


def _pieces(words: str) -> list[str]:
    return _finds().joint.sub(" | ", words).split(" | ")


@lru_cache(1 << 12)
def _telling(words: str) -> str:
    return _finds().vague.sub(" ", words)


def _unbracketed(text: str) -> str:
    return _BRACKETED.sub(r"\1\3, \2 ", text, 1)
