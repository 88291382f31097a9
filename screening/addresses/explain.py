"""Why two addresses are one or are not: what they share, what only one of them has, and what decided it."""

from dataclasses import dataclass

import polars as pl

from screening.addresses.columns import NUMBERS_FROM, AddressColumns
from screening.addresses.compare import SAME, SAME_HOUSE, parts_met, scored
from screening.addresses.fold import Address, fold

_SAID = {
    "other country": "the countries differ",
    "other town": "the towns differ",
    "other house": "the numbers differ",
    "other unit": "the room or the floor differs",
    "unit on one side": "only one of them names the room or the part of the house",
    "house on one side": "only one of them names the house",
    "numbers the other way round": "the numbers stand the other way round",
    "too little is told": "one number and one word are shared by many addresses",
    "other place": "each names a place that the other does not",
}


@dataclass(frozen=True, slots=True)
class AddressComparison:
    """Two addresses compared: parts as the fold spells them."""

    score: float
    limit: str
    shared: tuple[str, ...]
    only_asked: tuple[str, ...]
    only_listed: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The comparison in one sentence."""
        judged = "another address"
        if self.score >= SAME:
            judged = "the same address"
        elif self.score >= SAME_HOUSE:
            judged = "the same house"
        told = [f"{judged} ({self.score:.2f})"]
        told += [_SAID[self.limit]] if self.limit else []
        for what, parts in (("shared", self.shared), ("only here", self.only_asked)):
            told += [f"{what}: {', '.join(parts)}"] if parts else []
        told += [f"only on the list: {', '.join(self.only_listed)}"] if self.only_listed else []
        return "; ".join(told)


def explain(asked: str, listed: str, country: str | None = None) -> AddressComparison:
    """The two addresses compared; `country` is the code for an asked address that names none."""
    one, other = fold(asked, country), fold(listed)
    sides = AddressColumns.of([one], listed=False), AddressColumns.of([other], listed=True)
    pair = pl.DataFrame({"asked": [0], "listed": [0]}, schema={"asked": pl.UInt32, "listed": pl.UInt32})
    score, limit = scored(*sides, pair).select("score", "limit").row(0)
    met = parts_met(*sides, pair)
    mine, theirs = (frozenset(met[f"part {side}"].to_list()) for side in ("asked", "listed"))
    return AddressComparison(
        score,
        limit,
        shared=tuple(text for at, text in _parts(one) if at in mine),
        only_asked=tuple(text for at, text in _parts(one) if at not in mine),
        only_listed=tuple(text for at, text in _parts(other) if at not in theirs),
    )


def _parts(address: Address) -> list[tuple[int, str]]:
    words = [(at, word.text) for at, word in enumerate(address.words)]
    numbers = enumerate(address.numbers, NUMBERS_FROM)
    return words + [(at, f"{number.level} {number.text}") for at, number in numbers]
