"""Descriptions with their codes, and how often what they say is read as it is meant.

`labelled.csv` holds texts that we wrote: listed goods (plain, in inverted order, misspelt, in three
languages), things that look like them, ordinary goods, and texts that say nothing. The part `unseen`
was written after the word lists; four of its faults at first sight were mended since.
"""

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from screening.goods.description import description_facts
from screening.goods.nomenclature import codes, official_text
from screening.goods.single import NOT_SAID
from screening.watchlists.lists import ListCatalogue

HIDING_PLACES = ("950300", "392690", "732690", "940390")
"""Codes of toys, of plastic and steel articles and of furniture parts: where listed goods are hidden."""
_BRANDS = ("Zentrum", "Kayalar", "OEM", "Nordik", "TechPro", "ВЕГА")


@dataclass(frozen=True)
class Line:
    """One labelled text: the codes that it means (headings or six digits), and where it comes from."""

    part: str
    group: str
    language: str
    form: str
    codes: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Share:
    """How many of how many, and those that went wrong."""

    right: int
    wrong: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many were asked."""
        return self.right + len(self.wrong)

    @property
    def rate(self) -> float:
        """The share that is right; 1 of nothing."""
        return self.right / self.count if self.count else 1.0


def labelled(part: str | None = None, *groups: str) -> list[Line]:
    """The labelled texts of a part (of both without one) and of some groups (of all without any)."""
    with Path(__file__).with_name("labelled.csv").open(encoding="utf-8", newline="") as file:
        lines = [_line(row) for row in csv.DictReader(file)]
    return [line for line in lines if part in (None, line.part) and (not groups or line.group in groups)]


def _line(row: dict[str, str]) -> Line:
    words = {name: row[name] for name in ("part", "group", "language", "form", "text")}
    return Line(codes=tuple(row["codes"].split()), **words)


def hidden(lines: Sequence[Line], place: str) -> Share:
    """The listed goods that are noticed under a code that is not theirs."""
    told = _facts([line.text for line in lines], [place] * len(lines))["description_mismatch"]
    return _share(lines, told, lambda _, answer: answer is True)


def at_home(lines: Sequence[Line]) -> Share:
    """The texts that are left in peace under their own code."""
    told = _facts([line.text for line in lines], [line.codes[0].ljust(6, "0") for line in lines])
    return _share(lines, told["description_mismatch"], lambda _, answer: answer is False)


def headed(lines: Sequence[Line], digits: int = 4) -> Share:
    """The texts whose words earn a code with the first digits of one that they mean."""
    told = _facts([line.text for line in lines])["described_hs"]
    return _share(
        lines, told, lambda line, answer: any(answer[:digits] == code[:digits] for code in line.codes)
    )


def not_misled(lines: Sequence[Line]) -> Share:
    """The texts whose words earn nothing, or a heading that they mean: silence is no error."""
    told = _facts([line.text for line in lines])["described_hs"]
    return _share(
        lines, told, lambda line, answer: answer == NOT_SAID or any(answer[:4] == c[:4] for c in line.codes)
    )


def unlisted(lines: Sequence[Line]) -> Share:
    """The texts whose words earn no code of the Common High Priority List."""
    listed = ListCatalogue.load().members("goods/chpl", None)
    told = _facts([line.text for line in lines])["described_codes"]
    return _share(lines, told, lambda _, answer: not answer or not set(answer.split()) <= set(listed))


def vague(lines: Sequence[Line]) -> Share:
    """The texts that are told rightly to say something or nothing."""
    told = _facts([line.text for line in lines])["description_vague"]
    return _share(lines, told, lambda line, answer: answer is (line.group == "vague"))


def official(noise: bool, seed: int = 1) -> list[Line]:
    """The nomenclature's own texts as descriptions; with noise shortened, reordered, and with brands."""
    rng = random.Random(seed)
    texts = ((code, official_text(code) or "") for code in codes())
    return [
        Line("", "official", "en", "", (code,), _disguised(text, rng) if noise else text)
        for code, text in texts
    ]


def _disguised(text: str, rng: random.Random) -> str:
    pieces = [
        piece.strip() for piece in text.replace("(", ";").replace(")", ";").split(";") if piece.strip()
    ][:3]
    rng.shuffle(pieces)
    words = f"{rng.choice(_BRANDS)} {', '.join(pieces)} {rng.choice('ABKX')}{rng.randrange(100, 9999)}"
    return words.upper() if rng.random() < 0.3 else words


def _facts(texts: Sequence[str], hs_codes: Sequence[str] | None = None) -> pl.DataFrame:
    asked: Sequence[str | None] = hs_codes or [None] * len(texts)
    return description_facts(pl.Series(texts, dtype=pl.String), pl.Series(asked, dtype=pl.String))


def _share(lines: Sequence[Line], told: pl.Series, right: Callable[[Line, Any], bool]) -> Share:
    wrong = tuple(line.text for line, answer in zip(lines, told, strict=True) if not right(line, answer))
    return Share(len(lines) - len(wrong), wrong)
