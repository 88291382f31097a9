"""Which code a description's own words earn: candidates with scores, the best first.

Two witnesses are heard. A trade word or phrase that names the goods (`lexicon.py`) gives its code; the
phrase that counts is the head of the first clause, for a bearing grease is a grease. The texts of the
nomenclature (`nomenclature_index.py`) speak for descriptions in their own manner. A code of six digits is
given only where the words reach so far; else the heading, and else nothing.
"""

import numpy as np
import polars as pl
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from screening.goods.clauses import LATER, is_vague, main_words
from screening.goods.lexicon import is_adjective, phrases
from screening.goods.nomenclature_index import is_empty, nomenclature_index, unit_rows
from screening.goods.stems import stem
from screening.goods.typing_errors import corrected

PHRASE_SCORES = (0.0, 0.7, 0.85, 0.95)
"""What a phrase of one, two, three and more words is worth as a witness."""
MATERIAL = "^(?:25|28|39|40|44|48|5[0-5]|7[0-6])"
ALIKE = (0.55, 0.7, 0.8, 0.85)
"""How near a text of the nomenclature must be to speak louder than a phrase of no, one, two, three words."""
EXACT, AHEAD = 0.75, 0.03
"""Six digits are earned by a text that is as near as this, and that much nearer than to any other code."""
DIGITS = 6
SAME = 0.8
"""A text of the nomenclature that is as near as this is the description itself."""
HINT = 0.45
"""A text that is less near than this says nothing."""
PARTICIPLE = "^[a-z]{3,}(?:ing|ed)$"
TOYS = "9503"


def classified(texts: pl.Series, by_nomenclature: bool = True) -> pl.DataFrame:
    """The codes that each text earns, `""` for none, its score from 0 to 1, and the concept that it names.

    One row a text, in order. `codes` has a space between several codes that are meant alike. Without
    the nomenclature, which costs as much again, the trade words alone are asked.
    """
    words = _words(texts)
    silent = pl.DataFrame(
        {"alike": np.zeros(texts.len()), "code": pl.Series([""] * texts.len(), dtype=pl.String)}
    )
    alike = _alike(words, texts.len()) if by_nomenclature else silent
    return _judged(texts, _named(words), alike)


def _words(texts: pl.Series) -> pl.DataFrame:
    """The words of each text: `text` (its number), `rank` of the clause, `at`, `word` and `stem`."""
    told = main_words(texts)
    distinct = told.select("word").unique(maintain_order=True).with_columns(stem=stem(pl.col("word")))
    spelt = distinct.with_columns(stem=corrected(distinct["stem"]))
    return told.join(spelt, on="word", maintain_order="left")


def _named(words: pl.DataFrame) -> pl.DataFrame:
    """The phrase that names the goods of each text, if any: `text`, `codes`, `size`, `concept`."""
    known = phrases()
    parts = known.select("phrase", "size", stem="stems").explode("stem")
    bags = words.filter(pl.col("rank") < LATER).select("text", "stem").unique()
    counts = (
        bags.join(parts, on="stem")
        .group_by("text", "phrase")
        .agg(pl.len().alias("found"), pl.col("size").first())
    )
    whole = counts.filter(pl.col("found") == pl.col("size")).select("text", "phrase")
    hits = whole.join(known, on="phrase")
    nouns = words.filter(~is_adjective(pl.col("word")))
    heads = hits.drop("stems").join(nouns, left_on=["text", "head"], right_on=["text", "stem"])
    members = hits.select("text", stem="stems").explode("stem").unique().with_columns(member=True)
    return _heads(heads, _runs(words.join(members, on=["text", "stem"], how="left", maintain_order="left")))


def _runs(words: pl.DataFrame) -> pl.DataFrame:
    """The words of whole phrases, and which of them stand side by side: `run` is one for those that do.

    A word that says nothing ("spare") parts none, and no participle does ("carrying").
    """
    place = ["text", "rank"]
    passed = is_vague(pl.col("word")) | pl.col("word").str.contains(PARTICIPLE)
    told = words.filter(pl.col("member") | ~passed)
    count = told.with_columns(order=pl.int_range(pl.len(), dtype=pl.Int64).over(place)).filter("member")
    run = pl.col("order") - pl.int_range(pl.len(), dtype=pl.Int64).over(place)
    return count.select(*place, "at", run=run)


def _heads(hits: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """The head of each text: in English and Turkish the last of the words that first stand together."""
    single = (pl.col("size") == 1) & pl.col("codes").str.contains(MATERIAL)
    placed = hits.with_columns(material=single, cyrillic=pl.col("word").str.contains("[а-я]"))
    placed = placed.join(runs, on=["text", "rank", "at"])
    here = _longest(placed).sort("text", "material", "rank", "at")
    lead = pl.struct("material", "rank", "run")
    together = lead == lead.first().over("text")
    leading = pl.int_range(pl.len()).over("text") == 0
    told = here.filter(pl.when(pl.col("cyrillic").first().over("text")).then(leading).otherwise(together))
    # A toy is a toy whatever it imitates.
    toy = (pl.col("codes") == TOYS).cast(pl.UInt8)
    ranked = told.sort("text", toy, maintain_order=True)
    return ranked.group_by("text", maintain_order=True).agg(pl.col("codes", "size", "concept").last())


def _longest(placed: pl.DataFrame) -> pl.DataFrame:
    """The longest phrase of each head; where that says only what the thing is not, the head by itself."""
    other = pl.col("codes") == ""
    plain = ~other & pl.col("concept").is_null()
    spared = placed.with_columns(
        by=pl.when(other.any() & plain.any()).then(~plain).otherwise(False).over("text", "rank", "at")
    )
    order: list[str | pl.Expr] = ["by", "size", pl.col("codes").str.len_chars(), "phrase"]
    ranked = spared.sort(order, descending=[False, True, True, False])
    return ranked.unique(["text", "rank", "at"], keep="first", maintain_order=True)


def _alike(words: pl.DataFrame, count: int) -> pl.DataFrame:
    """The code whose text each description is nearest to, one row a text."""
    index = nomenclature_index()
    told = words.filter(~is_empty(pl.col("word"))).select("text", "stem").unique()
    told = told.filter(~pl.col("stem").str.contains(r"\p{N}"))
    column = pl.col("stem").replace_strict(index.vocabulary, default=None, return_dtype=pl.Int64)
    placed = told.with_columns(column=column.fill_null(len(index.vocabulary))).sort("text", "column")
    at = placed["column"].to_numpy()
    weights = np.append(index.weights, index.unknown)
    # Every unknown word weighs, so that one known word among many strange ones is not the whole text.
    shape = (count, len(weights))
    query = sparse.csr_matrix((weights[at], (placed["text"].to_numpy(), at)), shape=shape)
    return _nearest(unit_rows(query)[:, :-1])


def _nearest(query: sparse.csr_matrix) -> pl.DataFrame:
    """The code, or the heading where no six digits are earned, and how near its text is: `code`, `alike`."""
    index = nomenclature_index()
    near = sp_matmul_topn(query, index.columns, top_n=2, sort=True)
    found = np.diff(near.indptr)
    first, second = (_at(near.data, near.indptr, found, place) for place in (0, 1))
    chosen = _at(near.indices, near.indptr, found, 0).astype(np.int64)
    codes = pl.Series(index.codes, dtype=pl.String).gather(pl.Series(chosen))
    earned = pl.when((pl.col("alike") >= EXACT) & (pl.col("alike") - pl.col("next") >= AHEAD))
    told = pl.DataFrame({"code": codes, "alike": first.round(DIGITS), "next": second.round(DIGITS)})
    return told.select("alike", code=earned.then("code").otherwise(pl.col("code").str.slice(0, 4)))


def _at(values: np.ndarray, begins: np.ndarray, found: np.ndarray, place: int) -> np.ndarray:
    """The value at a place of every row, 0 where the row has no such place."""
    told = np.zeros(len(found))
    told[found > place] = values[begins[:-1][found > place] + place]
    return told


def _enough() -> pl.Expr:
    """How near a text must be to be heard before the phrase that was found."""
    size = pl.col("size").fill_null(0).clip(0, 3)
    return (
        pl.when(pl.col("codes") == "")
        .then(SAME)
        .otherwise(size.replace_strict(dict(enumerate(ALIKE)), return_dtype=pl.Float64))
    )


def _judged(texts: pl.Series, named: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    numbered = pl.DataFrame({"text": texts}).with_row_index("number").hstack(alike)
    told = numbered.join(named, left_on="number", right_on="text", how="left", maintain_order="left")
    worth = pl.col("size").clip(0, 3).replace_strict(dict(enumerate(PHRASE_SCORES)), return_dtype=pl.Float64)
    by_text = pl.col("alike") >= _enough()
    hinted = pl.col("codes").is_null() & (pl.col("alike") >= HINT)
    code = pl.when(by_text).then("code").when(hinted).then(pl.col("code").str.slice(0, 4)).otherwise("codes")
    score = pl.when(by_text | hinted).then("alike").otherwise(worth)
    return told.select("text", codes=code.fill_null(""), score=score.fill_null(0.0), concept="concept")
