"""The kinds of high-priority goods that a description may name: their words and their codes."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from screening.phrases import pattern, rows

_HERE = Path(__file__).parent
_TURKISH_WITH = "l[iu]"


@dataclass(frozen=True, slots=True)
class Concept:
    """A kind of high-priority goods: its words as patterns, and the codes under which it belongs."""

    name: str
    label: str
    words: str
    """Finds the goods (its first group), or something with the goods in it (Turkish `işlemcili`)."""
    homes: tuple[str, ...]
    within: tuple[str, ...]
    """Codes under which the goods may come as a part of something else, besides their homes."""
    points_at: str
    """The six-digit codes that the words point at, with a space between them."""
    by_code: bool
    """True where the trade words of the code are its words, those of two words and more."""

    def belongs(self, hs6: str, part: bool) -> bool:
        """True when these goods (or, as a part, something with them in it) belong under the code."""
        return hs6.startswith(self.homes + self.within if part else self.homes)


@cache
def concepts() -> tuple[Concept, ...]:
    """Every kind of goods that is looked for, the more specific before the more general."""
    words = rows(_HERE / "words.csv")
    return tuple(
        _concept(line, [word for word in words if word["concept"] == line["concept"]])
        for line in rows(_HERE / "concepts.csv")
    )


def _concept(line: dict[str, str], words: list[dict[str, str]]) -> Concept:
    return Concept(
        name=line["concept"],
        label=line["label"],
        words=f"({pattern(words)})|(?:{pattern(words, ending=_TURKISH_WITH)})",
        homes=tuple(line["homes"].split()),
        within=tuple(line["within"].split()),
        points_at=line["points_at"],
        by_code=line["by_code"] == "yes",
    )
