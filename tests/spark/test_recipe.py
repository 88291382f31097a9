"""What a screener is made of, as files that are sent."""

from dataclasses import replace
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.options import Options, prepare
from screening.resources import HOME_VARIABLE
from screening.spark.recipe import recipe_of, screener_of, written_out
from screening.watchlists.store import import_list
from tests.ruleset.made_rules import folder_of, match_text

WHEN = {"listed": {"field": "consignee.match.score", "at_least": "0.9"}}


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    rules = folder_of(tmp_path / "rules", [match_text(when=WHEN)])
    mine = tmp_path / "mine.csv"
    mine.write_text("name,country\nKaskad Elektronika,KZ\n", encoding="utf-8")
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,usd\n2024-01-01,EUR,1.1\n", encoding="utf-8")
    return Options(sources=(), rules=str(rules), watchlists=[str(mine)], rates=str(rates))


def test_the_screener_of_another_machine_is_the_same(options: Options, tmp_path: Path) -> None:
    folder = written_out(recipe_of(options), tmp_path)
    made = screener_of(folder)
    assert (made.run, made.digests) == (prepare(options).run, prepare(options).digests)


def test_imported_lists_go_along(options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "kept.csv"
    own.write_text("name\nAnka Bilesen\n", encoding="utf-8")
    import_list(own)
    whole = replace(options, watchlists=())
    wanted = prepare(whole).parties.digest
    folder = written_out(recipe_of(whole), tmp_path)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "elsewhere"))
    assert prepare(whole).parties.digest != wanted
    assert screener_of(folder).parties.digest == wanted


def test_the_same_files_are_the_same_recipe(options: Options, tmp_path: Path) -> None:
    first = recipe_of(options)
    assert recipe_of(options).digest == first.digest
    assert written_out(first, tmp_path) == written_out(first, tmp_path)
    (tmp_path / "mine.csv").write_text("name\nAnother\n", encoding="utf-8")
    assert recipe_of(options).digest != first.digest


def test_a_file_that_is_not_there_is_told(options: Options) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        recipe_of(replace(options, watchlists=["nowhere.csv"]))
