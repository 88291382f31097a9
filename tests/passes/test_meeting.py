"""What one worker has found out of names and texts, another one need not find out."""

from pathlib import Path

import pytest

from screening.io.book import read_book
from screening.screener import Screener
from tests.passes.books import outputs, screened, screener, write


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("book") / "in.csv", 1_200)


def records(by: Screener, source: Path) -> list[dict[str, object]]:
    return [one.record for one in by.screen_book(read_book([source]))]


def test_a_screener_that_has_learned_says_the_same(source: Path) -> None:
    told, other = records(screener(), source), Screener()
    other.learn(screener().learned())
    assert records(other, source) == told


def test_a_screener_that_has_learned_asks_about_nobody_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records(screener(), source)
    other = Screener()
    other.learn(screener().learned())
    monkeypatch.setattr(type(other.parties), "match_many", None)
    records(other, source)


def test_to_learn_twice_is_to_learn_once(source: Path) -> None:
    records(screener(), source)
    learned, other = screener().learned(), Screener()
    other.learn(learned)
    once = {name: frame.height for name, frame in other.learned().items()}
    other.learn(learned)
    assert {name: frame.height for name, frame in other.learned().items()} == once


@pytest.mark.parametrize(
    "line", ["hs_code,country_of_destination\n854231,KZ", "consignee_name\nFirm {0} Trading"]
)
def test_a_book_in_which_nothing_comes_again_has_nothing_to_share(tmp_path: Path, line: str) -> None:
    header, row = line.split("\n")
    rows = "".join(f"{row.format(number)}\n" for number in range(400))
    (tmp_path / "in.csv").write_text(f"{header}\n{rows}", encoding="utf-8")
    screened(tmp_path / "in.csv", tmp_path / "one.jsonl", everything=True, batch_rows=100)
    screened(tmp_path / "in.csv", tmp_path / "two.jsonl", everything=True, batch_rows=100, workers=2)
    assert outputs(tmp_path / "one.jsonl") == outputs(tmp_path / "two.jsonl")
