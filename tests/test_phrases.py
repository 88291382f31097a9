"""Word lists find their words in three languages, whatever the case, the diacritics or the ending."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening import names
from screening.phrases import (
    class_of,
    first_class,
    folded,
    folded_text,
    found_in,
    is_common,
    once_per_value,
    pattern,
    plain_words,
    rows,
)


def found(phrase: str, language: str, text: str) -> bool:
    expression = pattern([{"phrase": phrase, "language": language}])
    return bool(pl.DataFrame({"text": [text]}).select(folded(pl.col("text")).str.contains(expression)).item())


@pytest.mark.parametrize(
    ("phrase", "language", "text"),
    [
        ("ball bearing", "en", "Ball-Bearings, 10 pcs"),
        ("işlemci*", "tr", "İŞLEMCİLERİ"),
        ("işlemci*", "tr", "islemcinin"),
        ("bellek*", "tr", "bellekler"),
        ("микросхем* памяти", "ru", "Микросхемами памяти"),
        ("приемник*", "ru", "приёмников"),
        ("*bank", "en", "Sberbank"),
        ("=memory", "en", "Memory"),
    ],
)
def test_a_phrase_is_found_in_its_forms(phrase: str, language: str, text: str) -> None:
    assert found(phrase, language, text)


@pytest.mark.parametrize(
    ("phrase", "language", "text"),
    [
        ("processor", "en", "processed"),
        ("ball bearing", "en", "ball, bearing"),
        ("işlemci*", "tr", "işlemcili bilgisayar"),
        ("подшипник*", "ru", "подшипниковая сталь"),
        ("=memory", "en", "memory foam"),
        ("*bank", "en", "bank"),
    ],
)
def test_a_phrase_is_not_found_in_other_words(phrase: str, language: str, text: str) -> None:
    assert not found(phrase, language, text)


def test_a_list_without_phrases_finds_nothing() -> None:
    assert pl.Series(["", " a "]).str.contains(pattern([])).to_list() == [False, False]


@given(st.text(max_size=20))
def test_folding_folded_words_changes_nothing(text: str) -> None:
    once = pl.DataFrame({"text": [text]}).select(folded(pl.col("text")))
    assert once.select(folded(pl.col("text"))).item().split() == once.item().split()


def test_each_distinct_value_is_judged_once_and_blanks_stay_unknown() -> None:
    asked: list[int] = []

    def length(values: pl.Series) -> pl.Series:
        asked.append(len(values))
        return values.str.len_chars()

    answers = once_per_value(pl.Series(["a", None, "bb", "a"]), length)
    assert (answers.to_list(), asked) == ([1, None, 2, 1], [2])


@given(st.lists(st.sampled_from(["Sea Freight", "DENİZ yolu", "Seafood", "", "by sea, by air", "морем"])))
def test_few_texts_and_many_are_searched_alike(texts: list[str]) -> None:
    words = plain_words(pl.Series(texts, dtype=pl.String))
    expression = pattern([{"phrase": "sea", "language": "en"}, {"phrase": "deniz*", "language": "tr"}])
    many = found_in(pl.concat([words, pl.Series(["x"] * 300)]), expression)
    assert many.head(len(texts)).to_list() == found_in(words, expression).to_list()


def test_a_text_is_of_the_first_class_that_speaks_in_it(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("phrase,language,kind\nair,en,air\nsea,en,sea\n", encoding="utf-8")
    texts = ["by sea and air", "by sea", "on foot", None]
    told = first_class(pl.Series(texts), path, "kind", "none")
    assert told.to_list() == ["air", "sea", "none", None]
    many = first_class(pl.Series([*texts, *map(str, range(300))]), path, "kind", "none")
    assert many.head(4).to_list() == told.to_list()


@given(st.text(st.characters(max_codepoint=0x2200).filter(is_common)))
def test_one_text_is_folded_as_many_are(text: str) -> None:
    assert folded_text(text) == pl.DataFrame({"text": [text]}).select(folded(pl.col("text"))).item()


@pytest.mark.parametrize("text", ["集成电路", "ΣΑΣ", "a\u0301", "\x1f", None])
def test_texts_in_other_letters_are_not_common(text: str | None) -> None:
    assert not is_common(text)


BUSINESSES = Path(names.__file__).parent / "business_words.csv"
WORDS = sorted({line["phrase"].strip("*=") for line in rows(BUSINESSES)})


@given(st.lists(st.sampled_from(WORDS) | st.text("aeklrs ", max_size=5), min_size=1, max_size=4).map("".join))
def test_a_text_alone_has_the_class_that_it_has_among_many(text: str) -> None:
    among = first_class(pl.Series([text, *map(str, range(300))]), BUSINESSES, "line", "none")
    assert class_of(text, BUSINESSES, "line", "none") == among[0]
