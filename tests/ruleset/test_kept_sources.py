"""Rule files that were read before."""

from pathlib import Path

import pytest

from screening.errors import InputError
from screening.resources import bundled
from screening.ruleset import kept_sources
from screening.ruleset.kept_sources import Read, read_sources
from screening.ruleset.reading import rule_files
from screening.ruleset.yaml_source import Source
from screening.shelf import shelf_folder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(kept_sources, "WORTH_KEEPING", 2)


def written(folder: Path, *texts: str) -> list[tuple[Path, str]]:
    files = [(folder / f"{number}.yaml", f"{number}.yaml") for number in range(len(texts))]
    for (path, _), text in zip(files, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return files


def told(read: list[Read]) -> list[object]:
    return [(s.name, s.tree, list(s.lines)) if isinstance(s, Source) else str(s) for s in read]


def test_files_that_are_found_again_say_the_same() -> None:
    folder = bundled("rules")
    files = [(path, path.name) for path in rule_files(folder)]
    first = told(read_sources(files))
    assert len(list(shelf_folder().iterdir())) == 1
    assert told(read_sources(files)) == first


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    before = told(read_sources(written(tmp_path, "a: 1\n", "b: 2\n")))
    assert told(read_sources(written(tmp_path, "a: 1\n", "b: 3\n"))) != before


def test_what_was_found_again_knows_its_lines(tmp_path: Path) -> None:
    files = written(tmp_path, "a:\n  - b: 1\n  - c: 2\n", "d: 1\n")
    read_sources(files)
    found = read_sources(files)[0]
    assert isinstance(found, Source)
    assert found.where(("a", 1, "c")) == "0.yaml:3"


def test_a_file_that_is_no_yaml_is_told_each_time(tmp_path: Path) -> None:
    files = written(tmp_path, "a: [1\n", "b: 2\n")
    assert [isinstance(found, InputError) for found in read_sources(files)] == [True, False]
    assert not shelf_folder().exists()


def test_few_files_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_sources, "WORTH_KEEPING", 3)
    read_sources(written(tmp_path, "a: 1\n", "b: 2\n"))
    assert not shelf_folder().exists()


def test_a_file_that_is_not_there_is_told_beside_those_that_are(tmp_path: Path) -> None:
    files = [*written(tmp_path, "a: 1\n"), (tmp_path / "gone.yaml", "gone.yaml")]
    assert [str(found) for found in read_sources(files) if isinstance(found, InputError)] == [
        "gone.yaml: can't be read (No such file or directory)"
    ]
