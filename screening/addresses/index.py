"""Which of many listed addresses is this one? Every address of a batch looked up at once.

Two addresses that are one share a number and a word. Candidates share a number and one of the rarest words of
the listed one, so that a house number 1 in Moscow meets dozens of streets and not thousands.
"""

from collections.abc import Sequence
from functools import cached_property

import polars as pl

from screening.addresses.columns import FLOOR, NUMBER, OWN, AddressColumns, parts_of
from screening.addresses.compare import SAME_HOUSE, scored
from screening.addresses.fold import Address, fold, fold_once

_WORDS_ASKED = 4
_FEW = 16
"""So many addresses are looked up by hand: most are near none of the listed ones."""
_ADDRESSES_AT_ONCE = 20_000
FOUND = {"asked": pl.UInt32, "listed": pl.UInt32, "score": pl.Float64, "limit": pl.String}
_NOTHING = pl.DataFrame(schema=FOUND)


class AddressIndex:
    """Listed addresses by their numbers, the positions at which they were given."""

    def __init__(self, columns: AddressColumns) -> None:
        self.columns = columns
        self._keys = self._listed_keys()

    @classmethod
    def build(cls, texts: Sequence[str]) -> "AddressIndex":
        """The index of the addresses; those that name no more than a town or a country are never found."""
        return cls(AddressColumns.of([fold(text) for text in texts], listed=True))

    def match(
        self, texts: Sequence[str], countries: Sequence[str | None] | None = None, least: float = SAME_HOUSE
    ) -> pl.DataFrame:
        """The listed addresses that each may be: asked and listed (UInt32, positions), score, limit.

        `countries` are codes, for addresses that do not name theirs. Every pair that scores `least` or more
        is there, the best of each first.
        """
        parts = [
            self._block(
                texts[at : at + _ADDRESSES_AT_ONCE], (countries or [None] * len(texts))[at:], at, least
            )
            for at in range(0, len(texts), _ADDRESSES_AT_ONCE)
        ]
        return parts[0] if len(parts) == 1 else pl.concat([_NOTHING, *parts])

    def telling(self, texts: Sequence[str]) -> pl.Series:
        """The positions of the addresses that name more than a town or a country."""
        return pl.Series(
            [at for at, text in enumerate(texts) if fold_once(text).tells_a_place], dtype=pl.UInt32
        )

    def _block(
        self, texts: Sequence[str], countries: Sequence[str | None], offset: int, least: float
    ) -> pl.DataFrame:
        folded = [fold_once(text, country) for text, country in zip(texts, countries, strict=False)]
        if len(folded) <= _FEW and not any(map(self._is_near, folded)):
            return _NOTHING
        asked = AddressColumns.of(folded, listed=False)
        pairs = self._candidates(asked)
        found = scored(asked, self.columns, pairs).filter(pl.col("score") >= least)
        ordered = found.sort("asked", "score", "listed", descending=[False, True, False])
        return ordered.select(list(FOUND)).with_columns((pl.col("asked") + offset).cast(pl.UInt32))

    def _is_near(self, address: Address) -> bool:
        """True when `_candidates` finds any for the address."""
        parts = list(parts_of(address, listed=False))
        numbers = {part.form for part in parts if part.kind == NUMBER and part.level != FLOOR}
        told = {part.form for part in parts if part.kind == OWN}
        words = told or {part.form for part in parts if part.kind != NUMBER}
        return bool(numbers) and any(not numbers.isdisjoint(self._numbers_beside(word)) for word in words)

    def _numbers_beside(self, word: str) -> Sequence[str]:
        beside = self._by_word.get(word)
        return () if beside is None else self._numbers.slice(*beside).to_list()

    @cached_property
    def _by_word(self) -> dict[str, tuple[int, int]]:
        """Where the keys of each word begin, and how many they are, in `_numbers`."""
        words = self._keys.group_by("word", maintain_order=True).len().sort("word")
        begins = words["len"].cum_sum() - words["len"]
        return dict(zip(words["word"], zip(begins, words["len"], strict=True), strict=True))

    @cached_property
    def _numbers(self) -> pl.Series:
        return self._keys.sort("word")["number"]

    def _candidates(self, asked: AddressColumns) -> pl.DataFrame:
        keys = _numbers(asked).join(_words(asked), on="address").rename({"address": "asked"})
        return keys.join(self._keys, on=["number", "word"]).select("asked", "listed").unique()

    def _listed_keys(self) -> pl.DataFrame:
        """listed, number, word: the pairs by which an address is found."""
        words = _words(self.columns)
        counts = words.group_by("word").len()
        rarest = (
            words.join(counts, on="word")
            .sort("address", "len", "word")
            .group_by("address", maintain_order=True)
            .head(_WORDS_ASKED)
        )
        keys = _numbers(self.columns).join(rarest, on="address")
        return keys.select(pl.col("address").alias("listed"), "number", "word")


def _numbers(columns: AddressColumns) -> pl.DataFrame:
    numbers = columns.parts.filter(pl.col("kind") == NUMBER, pl.col("level") != FLOOR)
    return numbers.select("address", number="form").unique()


def _words(columns: AddressColumns) -> pl.DataFrame:
    """The words of an address; its towns where it has no words of its own."""
    own = columns.parts.filter(pl.col("kind") == OWN)
    rest = columns.parts.filter(pl.col("kind") != NUMBER).join(own, on="address", how="anti")
    return pl.concat([own, rest]).select("address", word="form").unique()
