"""Phrases of a word list as one pattern, and text folded so that they meet.

Descriptions and names are searched for words in three languages and two scripts. The lists are
files that anybody can add a line to; this module says what such a line means:

    ball bearing    these words, in English with or without the plural
    микросхем*      the word with its endings: Turkish case and plural endings, up to three letters
                    in Russian, anything in another language
    *bank           any word that ends so
    =memory         these words and nothing else
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeGuard

import polars as pl

_TURKISH_ENDINGS = r"(?:l[ae]r)?(?:[sny]?[iu]?(?:n[iu]?n?)?|n?[dt][ae]n?|y?[ae])"
_ENDINGS = {"tr": _TURKISH_ENDINGS, "ru": r"[^ ]{0,3}"}
_BREAKS = r"[,;:|()\[\]\n\r\t]+| [-–—] |\.(?:\s|$)"
_COMMON = re.compile("[\t\n\r -~\u00a0-\u017f\u0400-\u045f\u2010-\u2027\u2116]*")
_MARKS = re.compile("[\u0300-\u036f]")
_BREAK = re.compile(_BREAKS.replace("$", r"\Z"))
_NO_WORD = re.compile(r"(?:[^\w|]|_)+")
_FEW, _VERY_FEW = 200, 16
_BEGINNING = 3
NOTHING = r"[^\s\S]"
"""An expression that finds nothing: what an empty list comes to."""


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a word list, one dictionary a line."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def folded(text: pl.Expr) -> pl.Expr:
    """The words of a text in lower case without diacritics (`ı` is `i`), each between two spaces.

    Where the text takes a break (a comma, a bracket, a full stop) stands the word `|`.
    """
    plain = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    parted = plain.str.replace_all("ı", "i", literal=True).str.replace_all(_BREAKS, " | ")
    words = parted.str.replace_all(r"[^\p{L}\p{N}|]+", "  ").str.strip_chars(" |")
    # A space on either side of its own, so that a pattern can hold the spaces of its words: the
    # regex engine is slow at Unicode word boundaries.
    return pl.concat_str(pl.lit(" "), words, pl.lit(" ")).name.keep()


def is_common(text: str | None) -> TypeGuard[str]:
    """True of a text in Latin and Cyrillic letters and common signs, which `folded_text` can fold."""
    return text is not None and _COMMON.fullmatch(text) is not None


def where_common(tell: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same of a text that `is_common`; of another only a column can tell."""
    return lambda text: tell(text) if is_common(text) else NotImplemented


@lru_cache(1 << 12)
def folded_text(text: str) -> str:
    """What `folded` makes of one text, without a query where it `is_common`."""
    if not is_common(text):
        return str(pl.DataFrame({"text": text}).select(folded(pl.col("text"))).item())
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()
    parted = _BREAK.sub(" | ", plain.replace("ı", "i"))
    return f" {_NO_WORD.sub('  ', parted).strip(' |')} "


def pattern(lines: Iterable[dict[str, str]], ending: str | None = None) -> str:
    """A regular expression that finds any phrase (column `phrase`) of the list in folded text.

    With `ending` the Turkish words that may take endings are found with this one alone.
    """
    wanted = [line for line in lines if ending is None or _takes_endings(line)]
    words = sorted({word.strip("*=") for line in wanted for word in line["phrase"].split()})
    plain = pl.DataFrame({"word": words}, {"word": pl.String}).select(folded(pl.col("word"))).to_series()
    spelt = dict(zip(words, plain.str.strip_chars(), strict=True))
    found = sorted({_expression(line["phrase"], line["language"], ending, spelt) for line in wanted})
    return "|".join(found) or NOTHING


def _takes_endings(line: dict[str, str]) -> bool:
    return line["language"] == "tr" and line["phrase"].endswith("*")


def _expression(phrase: str, language: str, ending: str | None, spelt: dict[str, str]) -> str:
    endings = _ENDINGS.get(language, r"[^ ]*") if ending is None else ending
    words = [_word(word, endings, spelt) for word in phrase.removeprefix("=").split()]
    plural = "(?:e?s)?" if language == "en" and not phrase.endswith("*") else ""
    found = f" {'  '.join(words)}{plural} "
    return f"^ *{found} *$" if phrase.startswith("=") else found


def _word(word: str, endings: str, spelt: dict[str, str]) -> str:
    before, after = "[^ ]+" if word.startswith("*") else "", endings if word.endswith("*") else ""
    return before + spelt[word.strip("*=")] + after


def once_per_value(values: pl.Series, judge: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """What `judge` says of every value, asked once for each that is different; blanks stay unknown."""
    if not values.null_count() and (len(values) == 1 or values.n_unique() == len(values)):
        return judge(values).alias(values.name)
    asked = pl.DataFrame({"value": values})
    distinct = asked["value"].drop_nulls().unique(maintain_order=True)
    answers = pl.DataFrame({"value": distinct, "answer": judge(distinct)})
    joined = asked.join(answers, on="value", how="left", maintain_order="left")
    return joined["answer"].alias(values.name)


def class_of(text: str, path: Path, column: str, none: str) -> str:
    """What `first_class` says of one text."""
    return _spoken(plain_text(text), path, column) or none


def first_class(texts: pl.Series, path: Path, column: str, none: str) -> pl.Series:
    """The class of each text, asked once for each that is different; blanks stay unknown.

    It is the first of the list (column `column`) that has a phrase in the text, else `none`.
    """
    return once_per_value(texts, lambda distinct: _first_class(distinct, path, column, none))


def _first_class(texts: pl.Series, path: Path, column: str, none: str) -> pl.Series:
    words = plain_words(texts)
    if len(words) <= _FEW:
        spoken = [_spoken(text, path, column) or none for text in words.to_list()]
        return pl.Series(spoken, dtype=pl.String)
    classes = _classes(path, column)
    told = pl.DataFrame([found_in(words, found).alias(name) for name, found in classes.items()])
    first = pl.coalesce(pl.when(pl.col(name)).then(pl.lit(name)) for name in classes)
    return told.select(pl.coalesce(first, pl.lit(none, pl.String)).alias("class")).to_series()


def _spoken(words: str, path: Path, column: str) -> str | None:
    """The first class of the list that has a phrase in the words; few have one that begins as they do."""
    beginnings = _beginnings(path, column)
    begun = {word[:length] for word in words.split() for length in range(1, _BEGINNING + 1)}
    perhaps = frozenset().union(*(beginnings[some] for some in ("", *begun) if some in beginnings))
    classes = _classes(path, column).items() if perhaps else ()
    return next((name for name, found in classes if name in perhaps and holds(words, found)), None)


def plain_words(texts: pl.Series) -> pl.Series:
    """The folded words of each text, breaks left out."""
    if len(texts) <= _VERY_FEW and all(is_common(text) for text in texts):
        return pl.Series(texts.name, list(map(plain_text, texts)), dtype=pl.String)
    words = folded(pl.col("text")).str.replace_all(" |", "", literal=True)
    return texts.to_frame("text").select(words).to_series()


def plain_text(text: str) -> str:
    """What `plain_words` makes of one text."""
    return folded_text(text).replace(" |", "")


def holds(text: str, expression: str) -> bool:
    """True where what `found_in` finds is in one text, folded by `plain_text`."""
    return _compiled(expression).search(text) is not None


def without(text: str, expression: str) -> str:
    """One folded text, a space for all that the expression finds."""
    return _compiled(expression).sub(" ", text)


def found_in(words: pl.Series, expression: str) -> pl.Series:
    """True where a folded text holds what the expression of `pattern` finds.

    A long expression takes polars milliseconds to compile, at every call; for a few texts Python's own,
    compiled once, is quicker.
    """
    if len(words) > _FEW:
        return words.str.contains(expression)
    search = _compiled(expression).search
    return pl.Series([search(text) is not None for text in words.to_list()], dtype=pl.Boolean)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def _beginnings(path: Path, column: str) -> dict[str, frozenset[str]]:
    """The classes of the list by the first letters of their phrases; by "" those that may begin anyhow."""
    found: dict[str, set[str]] = {}
    for line in rows(path):
        first = line["phrase"].removeprefix("=").split()[0]
        spelt = "" if first.startswith("*") else folded_text(first.strip("*=")).strip()
        found.setdefault(spelt.partition(" ")[0][:_BEGINNING], set()).add(line[column])
    return {begun: frozenset(names) for begun, names in found.items()}


@cache
def _classes(path: Path, column: str) -> dict[str, str]:
    """What finds each class of the list, in its order."""
    lines = rows(path)
    names = dict.fromkeys(line[column] for line in lines)
    return {name: pattern(line for line in lines if line[column] == name) for name in names}
