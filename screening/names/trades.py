"""What the name of a party says that it does.

A forwarder or a bank does not use the goods that are sent to it; as the last consignee it is a
published red flag. Names tell in English, Turkish and Russian, the last in Latin letters too.
"""

import re
from functools import cache
from pathlib import Path

import polars as pl

from screening.names.fold import fold
from screening.phrases import (
    found_in,
    holds,
    once_per_value,
    pattern,
    plain_text,
    plain_words,
    rows,
    without,
)

_WORDS = Path(__file__).parent / "trade_words.csv"
_TRANS = re.compile(r"(?i)\b(?:trans|транс)\b")
_PATRONYMIC = (
    r"(?:\p{L}+(?:ович|евич|овна|евна|ильич|инична|ична|ovich|evich|yevich|ovna|evna|yevna|inichna)"
    r"|\p{L}+ (?:оглы|оглу|улы|угли|кызы|ogly|oglu|ugli|uly|kyzy|qizi|kizi))"
)
_NAME_WITH_PATRONYMIC = rf"^(?:\p{{L}}+ ){{0,2}}{_PATRONYMIC}(?: \p{{L}}+)?$"
"""Up to four words, one of them a patronymic: `Ivanov Ivan Ivanovich`, `Rustam Aliyev Vagif oglu`."""


def is_forwarder(names: pl.Series) -> pl.Series:
    """True where the name says that the party forwards freight; null where it is blank."""
    return once_per_value(names, lambda distinct: _says(distinct, "forwarder") | _ends_in_trans(distinct))


def is_bank(names: pl.Series) -> pl.Series:
    """True where the name says that the party is a bank; null where it is blank."""
    return once_per_value(names, lambda distinct: _says(distinct, "bank"))


def is_military(names: pl.Series) -> pl.Series:
    """True where the name is that of a ministry of defence, of troops or an arms plant; null for blanks."""
    return once_per_value(names, lambda distinct: _says(distinct, "military"))


def is_person(names: pl.Series) -> pl.Series:
    """True where the name is that of a person: by title, patronymic or sole trader's form; null for blanks.

    A bare given name and surname look like many a firm's name, and do not count.
    """
    return once_per_value(names, _is_person)


def names_forwarder(name: str) -> bool:
    """What `is_forwarder` says of one name."""
    return _says_alone(name, "forwarder") or (_TRANS.search(name) is not None and _is_trans(name))


def names_bank(name: str) -> bool:
    """What `is_bank` says of one name."""
    return _says_alone(name, "bank")


def names_military(name: str) -> bool:
    """What `is_military` says of one name."""
    return _says_alone(name, "military")


def names_person(name: str) -> bool:
    """What `is_person` says of one name in common letters."""
    spaced = " ".join(plain_text(name).split())
    named = _common_patronymic().search(spaced) is not None or _says_alone(name, "title")
    return _says_alone(name, "sole trader") or (named and not fold(name).form)


def _says_alone(name: str, trade: str) -> bool:
    words, said = plain_text(name), _words(trade)
    return holds(words, said) and holds(without(words, _words(f"no {trade}")), said)


def _ends_in_trans(names: pl.Series) -> pl.Series:
    """True where the name's last word of its own is Trans, as forwarders like it: `Iveria Trans LLC`."""
    maybe = names.str.contains(_TRANS.pattern)
    return names.is_in([name for name in names.filter(maybe) if _is_trans(name)])


def _is_trans(name: str) -> bool:
    return fold(name).words[-1:] == ("trans",)


def _is_person(names: pl.Series) -> pl.Series:
    named = _has_patronymic(names) | _says(names, "title")
    people = [name for name, told in zip(names, named, strict=True) if told and not fold(name).form]
    alone = _says(names, "sole trader")
    return alone | names.is_in(people) if people else alone


def _has_patronymic(names: pl.Series) -> pl.Series:
    spaced = plain_words(names).str.replace_all(r" +", " ").str.strip_chars()
    return spaced.str.contains(_NAME_WITH_PATRONYMIC)


@cache
def _common_patronymic() -> re.Pattern[str]:
    """What finds the same in common letters."""
    return re.compile(_NAME_WITH_PATRONYMIC.replace(r"\p{L}", r"[^\W\d_]"))


def _says(names: pl.Series, trade: str) -> pl.Series:
    words = plain_words(names)
    told = found_in(words, _words(trade))
    if not told.any():
        return told
    # Only names that say it are asked whether they say it of something else.
    rest = words.filter(told).str.replace_all(_words(f"no {trade}"), " ")
    return told.scatter(told.arg_true(), found_in(rest, _words(trade)))


@cache
def _words(trade: str) -> str:
    return pattern(line for line in rows(_WORDS) if line["trade"] == trade)
