"""The clauses of a description, and which of them name the thing itself.

"Laptop, with Intel processor" is about a laptop, "grease for bearings" about grease, "spare parts:
bearings" about bearings. A part-of-speech tagger would know; word lists of joining words, of other
things and of words that say nothing come near enough in three languages, and can be mended by a line.
"""

from functools import cache
from pathlib import Path

import polars as pl

from screening.phrases import folded, pattern, rows

_HERE = Path(__file__).parent
_WORD = r" \p{L}{3,} "
NAMED_WITH = (" с  (чпу|числов[^ ]*) ", " $1 ")
"""A lathe *with* numerical control is a kind of lathe, not a lathe with something in it."""
LATER = 1_000
"""Ranks from here on are of what a thing has in it or goes with: no head, and no part of a phrase."""


def clauses(texts: pl.Series) -> pl.DataFrame:
    """The clauses of each text: `text`, `clause` (folded) and `part`.

    `part` is true of a clause that follows "with", or follows a clause that names something.
    What follows "for" is left out, and so is what stands before another thing's name.
    """
    split = pl.col("clause").str.replace_all(joining("and"), " | ").str.split(" | ")
    pieces = _masked(texts).select("text", clause=split).explode("clause", empty_as_null=True)
    placed = pieces.with_columns(part=_after_a_thing())
    halves = pl.concat([_half(placed, half, joining("with")) for half in (1, 2)])
    bare = halves.with_columns(_without_other_things(pl.col("clause")))
    return bare.filter(pl.col("clause").str.contains("[^ ]")).unique(maintain_order=True)


def says_nothing(texts: pl.Series) -> pl.Series:
    """True of a text in which no word and no part number is left without the empty words."""
    rest = folded(pl.col("text")).str.replace_all(vague(), " ")
    return texts.to_frame("text").select(~rest.str.contains(r"\p{L}")).to_series()


def telling_words(texts: pl.Series) -> pl.Series:
    """The folded words of each text without the empty ones, with spaces between them."""
    rest = folded(pl.col("text")).str.replace_all(vague(), " ").str.replace_all("|", " ", literal=True)
    return texts.to_frame("text").select(rest).to_series()


def is_vague(word: pl.Expr) -> pl.Expr:
    """True of a folded word that says nothing by itself."""
    return pl.concat_str(pl.lit(" "), word, pl.lit(" ")).str.contains(vague())


def main_words(texts: pl.Series) -> pl.DataFrame:
    """The words of each text: its number as `text`, `rank` of their clause, place `at`, and `word`.

    A purpose ("for lathes") is left out where a thing is named besides. What follows "of" comes after
    what stands before it, and what follows "with" or "except" after everything: from `LATER` on.
    """
    told = unbracketed(pl.col("text"))
    split = folded(told).str.replace_all(joining("and"), " | ").str.split(" | ")
    placed = (
        texts.to_frame("text")
        .select(clause=split)
        .with_row_index("text")
        .explode("clause", empty_as_null=True)
    )
    numbered = placed.with_columns(rank=pl.int_range(pl.len(), dtype=pl.Int64).over("text") * 4)
    aims = pl.col("clause").str.replace_all(*NAMED_WITH).str.replace(f"^.*{heads('whole')}.*$", " ")
    aims = _cut(_cut(aims, joining("for") + ".*$"), "^.*" + joining("for before"))
    beside = f"(?:{joining('with')}|{joining('except')})"
    parted = numbered.with_columns(clause=aims, part=False)
    halves = pl.concat([_half(parted, half, beside) for half in (1, 2)])
    ranked = halves.with_columns(pl.col("rank") + pl.col("part").cast(pl.Int64) * LATER)
    return _spread(ranked)


def _spread(ranked: pl.DataFrame) -> pl.DataFrame:
    words = ranked.with_columns(word=pl.col("clause").str.split(" ")).drop("clause", "part").explode("word")
    words = words.filter(pl.col("word").is_not_null() & (pl.col("word") != ""))
    place = ["text", "rank"]
    # "or of circuits" goes on with what the clause before was about, not with the thing.
    after = (pl.col("word") == "of").cast(pl.Int64).cum_sum().over(place).clip(0, 1)
    after = after + (pl.col("word").first().over(place) == "of").cast(pl.Int64) * LATER
    told = words.with_columns(
        at=pl.int_range(pl.len(), dtype=pl.Int64).over(place), rank=pl.col("rank") + after
    )
    return told.filter(pl.col("word") != "of").sort("text", "rank", "at", maintain_order=True)


def unbracketed(text: pl.Expr) -> pl.Expr:
    """The text with what stands in brackets amid it set at its end: "server (restaurant) uniforms"."""
    return text.str.replace(r"^([^()|,;]*)\(([^()]*)\) *([\p{L}\p{N}][^()]*)", "${1}${3}, $2 ")


def _masked(texts: pl.Series) -> pl.DataFrame:
    known = folded(unbracketed(pl.col("text"))).str.replace_all(other_meanings(), " ")
    return texts.to_frame("text").with_columns(clause=known)


def _after_a_thing() -> pl.Expr:
    names = _names_a_thing(pl.col("clause")).cast(pl.UInt32)
    return names.cum_sum().over("text") > names


def _without_other_things(clause: pl.Expr) -> pl.Expr:
    clause = _cut(clause.str.replace(joining("except") + ".*$", " "), joining("for") + ".*$")
    clause = _cut(clause, "^.*" + joining("for before"))
    for expression in of_other_things():
        clause = clause.str.replace(expression, " ")
    return clause


def of_other_things() -> tuple[str, ...]:
    """What finds the names of other things, with the words of a clause that tell of them."""
    return (
        f"^.*{heads('after')}(?: of .*)?",
        f"{heads('before')}.*$",
        f"^.*{heads('either')}.*$",
        f"^.*{heads('whole')}.*$",
    )


def _cut(clause: pl.Expr, purpose: str) -> pl.Expr:
    """The clause without its purpose, if a thing is left: parts for drones are drone parts."""
    named = clause.str.replace(purpose, " ")
    return pl.when(_names_a_thing(named)).then(named).otherwise(clause)


def _names_a_thing(clause: pl.Expr) -> pl.Expr:
    return clause.str.replace_all(vague(), " ").str.contains(_WORD)


def _half(placed: pl.DataFrame, half: int, beside: str) -> pl.DataFrame:
    clause = pl.col("clause")
    before, after = clause.str.replace(f"{beside}.*$", " "), clause.str.extract(f"{beside}(.*)$", 1)
    words = before if half == 1 else after.fill_null("")
    return placed.with_columns(words, part=pl.col("part") | (half == 2))


@cache
def joining(role: str) -> str:
    """What finds the words that join clauses in this role."""
    return rf"(?:{pattern(line for line in rows(_HERE / 'joining_words.csv') if line['role'] == role)})"


@cache
def heads(side: str) -> str:
    """Names of other things: after the words that tell of them, before, or on either side."""
    return rf"(?:{pattern(line for line in rows(_HERE / 'other_heads.csv') if line['side'] == side)})"


@cache
def other_meanings() -> str:
    """What finds phrases that mean something else than their words."""
    return pattern(rows(_HERE / "other_meanings.csv"))


@cache
def vague() -> str:
    """What finds words that say nothing."""
    return pattern(rows(_HERE / "vague_words.csv"))
