"""How much a word says about whose name it is: `Trading` little, a rare surname much.

The index counts its own words. A small list has no counts worth the name, so a table of common words
(`words.csv`) sets a ceiling on what each of them may weigh, and says which words mean the same.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from screening.names.sound import key

# A list of a hundred firms counts as if it stood among so many names.
_SURROUNDING_NAMES = 2_000
_LETTER = 0.12
_SHORT_WORD = 0.6


@dataclass(frozen=True, slots=True)
class CommonWords:
    """The table by word key: the most that a word weighs, and the word that it stands for."""

    ceiling: dict[str, float]
    same_as: dict[str, str]


@cache
def common_words() -> CommonWords:
    """The words of `words.csv`, keyed as the fold keys them."""
    ceiling: dict[str, float] = {}
    same_as: dict[str, str] = {}
    text = files("screening.names").joinpath("words.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        word = key(row["word"])
        ceiling.setdefault(word, float(row["weight"]))
        if row["same_as"] and key(row["same_as"]) != word:
            same_as.setdefault(word, key(row["same_as"]))
    return CommonWords(ceiling, same_as)


def weights(keys: list[str], counts: npt.NDArray[np.int64], names: int) -> npt.NDArray[np.float32]:
    """What each word weighs, 0.05 to 1: by how rare it is among `names`, and no more than its ceiling."""
    total = np.log(names + _SURROUNDING_NAMES)
    rarity = (total - np.log(np.maximum(counts, 1))) / total
    table = common_words().ceiling
    ceiling = np.array([table.get(word, _plain_ceiling(word)) for word in keys], dtype=np.float64)
    weight: npt.NDArray[np.float32] = np.clip(np.minimum(rarity, ceiling), 0.05, 1.0).astype(np.float32)
    return weight


def _plain_ceiling(word: str) -> float:
    """What a word outside the table may weigh: letters and scraps of two say little."""
    if len(word) == 1 and not word.isdigit():
        return _LETTER
    return _SHORT_WORD if len(word) == 2 else 1.0
