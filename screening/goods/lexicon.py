"""The trade words of three languages, each with the codes that its goods stand under.

Three kinds of phrases: trade words with codes (`trade_words.csv`), words of high-priority goods
(`words.csv`, by concept), and words that make something else of them, with no code (`other_heads.csv`,
`other_meanings.csv`). A phrase is a set of stems, so that "sights, telescopic" and "telescopic sight"
are one; its head is the noun that the rest describes.
"""

import re
from functools import cache
from importlib import metadata
from pathlib import Path

import polars as pl

from screening.goods.concepts import concepts
from screening.goods.stems import stem
from screening.phrases import folded, rows
from screening.shelf import Contents, kept, key_of

_HERE = Path(__file__).parent
_WRITTEN: dict[str, pl.DataType] = {
    "text": pl.String(),
    "language": pl.String(),
    "codes": pl.String(),
    "concept": pl.Int32(),
}
_ADJECTIVE = "(?:ы[ихм]|и[ихм]|ои|ая|яя|ое|ее|ые|ие|ого|ому|ыми|ую)$"
_NOUN = "(?:[нтлвц]и[еи]|ти|ки)$"

PHRASES: dict[str, pl.DataType] = {
    "phrase": pl.UInt32(),
    "codes": pl.String(),
    "concept": pl.Int32(),
    "size": pl.UInt32(),
    "head": pl.String(),
    "stems": pl.List(pl.String),
}


@cache
def phrases() -> pl.DataFrame:
    """Every phrase: its number, codes (empty for another thing), concept, size, head and stems."""
    key = key_of("trade words", metadata.version("polars"))
    return kept(key, lambda: Contents({}, {}, {"phrases": _phrases()})).frames["phrases"]


def _phrases() -> pl.DataFrame:
    written = pl.DataFrame(list(_written()), orient="row", schema=_WRITTEN)
    words = written.with_columns(_words(pl.col("text")).alias("words")).with_row_index("phrase")
    spread = words.explode("words").with_columns(stems=stem(pl.col("words")))
    heads = spread.group_by("phrase", maintain_order=True).agg(_head(), pl.col("stems").unique().sort())
    told = words.drop("words").join(heads, on="phrase").with_columns(size=pl.col("stems").list.len())
    # The same stems are one phrase: its codes are those of the trade word, its concept that of the goods.
    known = told.with_columns(pl.col("concept").min().over("stems", "head"))
    return known.unique(["stems", "head"], keep="first", maintain_order=True).select(
        pl.col(name).cast(dtype) for name, dtype in PHRASES.items()
    )


def _head() -> pl.Expr:
    russian = (pl.col("language") == "ru").first()
    named = pl.col("stems").filter(~is_adjective(pl.col("words"))).first()
    return (
        pl.when(russian)
        .then(named.fill_null(pl.col("stems").last()))
        .otherwise(pl.col("stems").last())
        .alias("head")
    )


def _words(text: pl.Expr) -> pl.Expr:
    return folded(text).str.strip_chars().str.split(" ").list.eval(pl.element().filter(pl.element() != ""))


def _written() -> list[tuple[str, str, str, int | None]]:
    order = {kind.name: number for number, kind in enumerate(concepts())}
    points = [kind.points_at for kind in concepts()]
    of_code = {kind.points_at: number for number, kind in enumerate(concepts()) if kind.by_code}
    trade = [
        (
            line["phrase"],
            line["language"],
            line["codes"],
            of_code.get(line["codes"]) if " " in line["phrase"] else None,
        )
        for line in rows(_HERE / "trade_words.csv")
    ]
    listed = [
        (_whole(line["phrase"]), line["language"], points[order[line["concept"]]], order[line["concept"]])
        for line in rows(_HERE / "words.csv")
        if not line["phrase"].startswith(("=", "*"))
    ]
    others = [
        (_whole(line["phrase"]), line["language"], "", None)
        for name in ("other_heads.csv", "other_meanings.csv")
        for line in rows(_HERE / name)
        if line.get("side", "after") == "after" and not line["phrase"].startswith(("=", "*"))
    ]
    return [*trade, *listed, *others]


def _whole(phrase: str) -> str:
    """The phrase without its stars; a Russian adjective gets its ending back, by which it is known."""
    return re.sub(r"(н|ск|ев|ов)\*", r"\1ый", phrase).replace("*", "")


def is_adjective(word: pl.Expr) -> pl.Expr:
    """True of a folded word that ends as Russian adjectives do, and so is no head of a phrase."""
    return word.str.contains(_ADJECTIVE) & ~word.str.contains(_NOUN)


def is_adjective_word(word: str) -> bool:
    """What `is_adjective` says of one word."""
    return re.search(_ADJECTIVE, word) is not None and re.search(_NOUN, word) is None
