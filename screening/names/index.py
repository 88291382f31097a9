"""The index of a list's names: built once, asked in bulk.

Distinct folded names are indexed once, each standing for all spellings that fold to it. A query gets its
candidates by letter runs, and each candidate a score by its words.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
import polars as pl

from screening.names.alignment import Aligned, align
from screening.names.compare import Features, Texts, features, scores, within_reach
from screening.names.fold import Folded, folds
from screening.names.grams import GramIndex
from screening.names.joined import join
from screening.names.vocabulary import LONGEST, Ints, Names, Vocabulary, WordColumns, numbered, spread
from screening.names.words import weights

CANDIDATES = 30
_QUERIES_AT_ONCE = 4_096
_PAIRS_AT_ONCE = 20_000
_FEW_PAIRS = 100
_COLUMNS = {"query": pl.UInt32, "name": pl.UInt32, "score": pl.Float64}

Doubles = npt.NDArray[np.float64]
_NONE = np.empty(0, np.int64)
_WIDTHS = (3, 5, 8, 14, LONGEST)


@dataclass(slots=True)
class NameIndex:
    """Names that can be asked for; `names` is how many were given, doubles included.

    `members` are the positions of the names that each distinct folded one stands for, and `spellings` how
    they spell it; a name that holds several (`A f.k.a. B`) is a member of each.
    """

    names: int
    words: Vocabulary
    distinct: Names
    grams: GramIndex
    checksums: Ints
    by_checksum: Ints
    members: Ints
    member_starts: Ints
    ranks: Ints
    spellings: Ints

    @classmethod
    def build(cls, names: Sequence[str]) -> "NameIndex":
        """The index of these names; a name is told by its position."""
        return _built(names)

    def match(self, queries: Sequence[str], limit: int = 5, min_score: float = 0.0) -> pl.DataFrame:
        """Up to `limit` names for each query, best first; of equal ones the same spelling first,
        and then by name and position.

        Columns: query and name (UInt32, positions in what was given), score (Float64, 0 to 1).
        """
        columns = zip(_COLUMNS, self.best(queries, limit, min_score), strict=True)
        return pl.DataFrame(dict(columns), schema=_COLUMNS)

    def best(
        self, queries: Sequence[str], limit: int = 5, min_score: float = 0.0
    ) -> tuple[Ints, Ints, Doubles]:
        """What `match` tells, as arrays: query, name, score."""
        asked = _Asked.of(queries)
        parts = [
            self._best(asked.distinct[start : start + _QUERIES_AT_ONCE], start, limit, min_score)
            for start in range(0, len(asked.distinct), _QUERIES_AT_ONCE)
        ]
        if not any(len(reading) for reading, _, _ in parts):
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0)
        reading, name, score = (np.concatenate(column) for column in zip(*parts, strict=True))
        return _of_queries(self, asked, reading, name, score, limit)

    def _best(
        self, queries: list[Folded], offset: int, limit: int, least: float
    ) -> tuple[Ints, Ints, Doubles]:
        """The best distinct names of each folded query: reading, name, score."""
        query, name, found = self.candidates(queries, least)
        if not len(query):
            return query, name, np.empty(0)
        score = scores(found).astype(np.float64).round(4)
        order = np.lexsort((name, -score, query))
        order = order[score[order] >= least]
        query, name, score = query[order], name[order], score[order]
        # Those equal to the last one told stay: which of equals is told, their names decide.
        last = np.minimum(np.searchsorted(query, query) + limit, np.searchsorted(query, query, "right")) - 1
        keep = score >= score[last]
        return query[keep] + offset, name[keep], score[keep]

    def candidates(self, queries: list[Folded], least: float = 0.0) -> tuple[Ints, Ints, Features]:
        """The pairs (query, distinct name) worth a look, with their features; those that cannot score
        `least` may be left out."""
        found_by_runs = self.grams.candidates([query.text for query in queries], CANDIDATES)
        query, name = self._with_equals(queries, *found_by_runs)
        chosen, at = np.unique(name, return_inverse=True)
        unseen: dict[str, int] = {}
        asked = numbered(queries, self.words.numbers, unseen)
        words, asked, listed = self.comparable(asked, self.distinct.only(chosen), unseen)
        longer = np.minimum(np.maximum(asked.lengths()[query], listed.lengths()[at]), LONGEST)
        places, parts = [np.empty(0, np.int64)], []
        for part, width in _batches(longer):
            reach, near = _near(words, (asked, query[part], listed, at[part]), width, least)
            places.append(part[reach])
            parts.append(near)
        if len(parts) == 1:
            return query[places[1]], name[places[1]], parts[0]
        order = np.argsort(np.concatenate(places))
        place = np.concatenate(places)[order]
        return query[place], name[place], Features.joined(parts).at(order)

    def comparable(
        self, asked: Names, listed: Names, unseen: dict[str, int]
    ) -> tuple[WordColumns, Names, Names]:
        """The words of these names, and the names by those words; an `unseen` word is as rare as can be."""
        rare = weights(list(unseen), np.zeros(len(unseen), dtype=np.int64), len(self.distinct))
        return self.words.among(asked, listed, unseen, rare)

    def equals(self, queries: list[Folded]) -> tuple[Ints, Ints]:
        """Query and distinct name where the two fold to the same."""
        sums = np.array([_checksum(query.keys) for query in queries], dtype=np.int64)
        first, last = (np.searchsorted(self.checksums, sums, side) for side in ("left", "right"))
        if (first == last).all():
            return _NONE, _NONE
        query, place = spread(first, last)
        name = self.by_checksum[place]
        texts = self.distinct.texts(name, self.words.columns, " ")
        same = [queries[at].text == text for at, text in zip(query.tolist(), texts, strict=True)]
        equal = np.flatnonzero(same)
        return query[equal], name[equal]

    def _with_equals(self, queries: list[Folded], query: Ints, name: Ints) -> tuple[Ints, Ints]:
        """The candidates and, were it not among them, the name that folds to the same."""
        more_query, more_name = self.equals(queries)
        if not len(more_query):
            order = np.lexsort((name, query))
            return query[order], name[order]
        query, name = np.concatenate([query, more_query]), np.concatenate([name, more_name])
        return np.divmod(np.unique(query * max(len(self.distinct), 1) + name), max(len(self.distinct), 1))


def compared(v: WordColumns, texts: Texts, width: int) -> tuple[Aligned, Features]:
    """The pairs aligned, joined words included, and their features."""
    aligned = _met(v, texts, width)
    return aligned, features(v, aligned, texts)


def _near(v: WordColumns, texts: Texts, width: int, least: float) -> tuple[Ints, Features]:
    """The places of the pairs that may score `least`, and the features of those."""
    aligned = _met(v, texts, width)
    if least <= 0:
        return np.arange(len(aligned.query)), features(v, aligned, texts)
    reach = within_reach(v, aligned, texts, least)
    if not len(reach):
        return reach, Features.joined([])
    asked, query, listed, name = texts
    return reach, features(v, aligned.at(reach), (asked, query[reach], listed, name[reach]))


def _met(v: WordColumns, texts: Texts, width: int) -> Aligned:
    aligned = align(v, *texts, width)
    join(v, aligned)
    return aligned


def _built(names: Sequence[str]) -> NameIndex:
    by_text: dict[str, int] = {}
    numbers: dict[str, int] = {}
    words, ends = array("i"), array("q", [0])
    owner, member, spelling = array("q"), array("q"), array("q")
    for place, text in enumerate(names):
        for one in folds(text):
            number = by_text.setdefault(one.text, len(by_text))
            owner.append(number)
            member.append(place)
            spelling.append(_checksum(one.words))
            if number == len(ends) - 1:
                words.extend(numbers.setdefault(word, len(numbers)) for word in one.keys)
                ends.append(len(words))
    distinct = Names(np.array(ends), np.array(words, dtype=np.int32))
    texts = list(by_text)
    del by_text
    checksums = np.fromiter((crc32(text.encode()) for text in texts), np.int64, len(texts))
    by_checksum = np.argsort(checksums, kind="stable")
    grams = GramIndex.build(texts)
    weight = weights(list(numbers), _names_with(distinct, len(numbers)), len(texts))
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    members, owners, spellings = (np.array(column, dtype=np.int64) for column in (member, owner, spelling))
    order = np.lexsort((ranks[members], owners))
    return NameIndex(
        names=len(names),
        words=Vocabulary.of(numbers, weight),
        distinct=distinct,
        grams=grams,
        checksums=checksums[by_checksum],
        by_checksum=by_checksum,
        members=members[order],
        member_starts=np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=len(texts))))),
        ranks=ranks,
        spellings=spellings[order],
    )


def _names_with(names: Names, size: int) -> Ints:
    """In how many names each word occurs."""
    owner = np.repeat(np.arange(len(names)), names.lengths())
    distinct = np.unique(owner * max(size, 1) + names.words)
    return np.bincount(distinct % max(size, 1), minlength=size)


@dataclass(slots=True)
class _Asked:
    """Distinct folded queries; for each reading of a query its query, its folded one and its spelling."""

    distinct: list[Folded]
    query: Ints
    reading: Ints
    spelling: Ints

    @classmethod
    def of(cls, queries: Sequence[str]) -> "_Asked":
        """What is asked by these queries, readings in the order of the folded ones."""
        numbers: dict[str, int] = {}
        distinct: list[Folded] = []
        rows: list[tuple[int, int, int]] = []
        for place, text in enumerate(queries):
            for one in folds(text):
                number = numbers.setdefault(one.text, len(numbers))
                if number == len(distinct):
                    distinct.append(one)
                rows.append((number, place, _checksum(one.words)))
        reading, query, spelling = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3).T
        return cls(distinct, query, reading, spelling)


def _batches(longer: Ints) -> list[tuple[Ints, int]]:
    """The pairs in batches of like length, so that short names do not pay for long ones."""
    batches: list[tuple[Ints, int]] = []
    if 0 < len(longer) <= _FEW_PAIRS:
        return [(np.arange(len(longer)), max(int(longer.max()), 1))]
    least = -1
    for width in _WIDTHS:
        at = np.flatnonzero((longer > least) & (longer <= width))
        size = max(1, _PAIRS_AT_ONCE * 9 // (width * width))
        batches += [(at[start : start + size], width) for start in range(0, len(at), size)]
        least = width
    return batches


def _of_queries(
    index: NameIndex, asked: _Asked, reading: Ints, name: Ints, score: Doubles, limit: int
) -> tuple[Ints, Ints, Doubles]:
    """The best names of every query: readings given back to queries, names to all they stand for."""
    at, rows = spread(np.searchsorted(asked.reading, reading), np.searchsorted(asked.reading, reading + 1))
    name, score = name[at], score[at]
    query, spelling = asked.query[rows], asked.spelling[rows]
    at, rows = spread(index.member_starts[name], index.member_starts[name + 1])
    query, score, name = query[at], score[at], index.members[rows]
    spelt = index.spellings[rows] == spelling[at]
    order = np.lexsort((index.ranks[name], ~spelt, -score, query))
    # A name that two readings of one query found stands once, with the better score.
    _, first = np.unique(query[order] * max(index.names, 1) + name[order], return_index=True)
    order = order[np.sort(first)]
    query, name, score = query[order], name[order], score[order]
    keep = np.arange(len(query)) - np.searchsorted(query, query) < limit
    return query[keep], name[keep], score[keep]


def _checksum(words: Sequence[str]) -> int:
    """A number for a run of words; two runs of one number are hardly ever different."""
    return crc32(" ".join(words).encode())
