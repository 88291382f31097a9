"""A description that comes alone says the same as among many."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.goods import clauses, description
from screening.goods.clauses import main_words
from screening.goods.description import described
from screening.goods.lexicon import is_adjective, is_adjective_word
from screening.goods.single import single
from screening.goods.single_clauses import clauses_of, words_of
from screening.goods.stems import stem, stem_of
from screening.goods.text_keys import text_key, text_keys
from screening.phrases import rows

LISTS = Path(description.__file__).parent
WORDS = sorted(
    line["phrase"].strip("*=")
    for name in ("trade_words", "words", "other_heads", "other_meanings")
    for line in rows(LISTS / f"{name}.csv")
)
JOINING = sorted(
    line["phrase"].strip("*=")
    for name in ("joining_words", "vague_words")
    for line in rows(LISTS / f"{name}.csv")
)
SIGNS = [",", "; ", "(", ")", ". ", " - ", "/", "|", "10", "XC7K325T", "of", "½", "№ 5", "İ", "ü", "\n"]
TEXTS = st.lists(
    st.sampled_from(WORDS)
    | st.sampled_from(JOINING)
    | st.sampled_from(SIGNS)
    | st.text("abdeinrst", max_size=7),
    max_size=9,
).map(" ".join)
MANY = ["strange Ω"] * 20


def among_many(text: str) -> dict[str, object]:
    return described(pl.Series([text, *MANY])).row(0, named=True)


@given(TEXTS)
def test_a_text_says_alone_what_it_says_among_many(text: str) -> None:
    said = single(text, by_nomenclature=True)
    assert said is not None
    assert said._asdict() == among_many(text)


@given(
    st.lists(
        st.sampled_from(sorted({word for text in WORDS for word in text.lower().split()}))
        | st.text("abcdegiklrsyuwабеикломты1", max_size=9),
        min_size=17,
    )
)
def test_a_word_has_the_same_stem_alone(words: list[str]) -> None:
    told = pl.DataFrame({"word": words}).select(
        stem(pl.col("word")), is_adjective(pl.col("word")).alias("is")
    )
    assert [(stem_of(word), is_adjective_word(word)) for word in words] == told.rows()


@given(TEXTS)
def test_its_key_is_the_same(text: str) -> None:
    assert text_key(text) == text_keys(pl.Series([text]))[0]


@given(TEXTS)
def test_its_words_stand_at_the_same_places(text: str) -> None:
    told = main_words(pl.Series([text])).select("rank", "at", "word").rows()
    assert [tuple(spoken) for spoken in words_of(text)] == told


@given(TEXTS)
def test_its_clauses_are_the_same(text: str) -> None:
    told = clauses.clauses(pl.Series([text])).select("clause", "part").rows()
    assert {tuple(clause) for clause in clauses_of(text)} == set(told)


@pytest.mark.parametrize("text", ["集成电路", "μ-metal sheets", "bearings, " * 300])
def test_a_text_in_strange_letters_or_too_long_is_left_to_the_query(text: str) -> None:
    assert single(text, by_nomenclature=True) is None
