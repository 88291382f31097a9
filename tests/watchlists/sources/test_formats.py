from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.sources import SOURCES, read_list, source_of

CSL_HEADER = "source,entity_number,type,name,alt_names,programs,source_list_url"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_is_told_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    assert source_of(written(tmp_path / "names.txt", CSL_HEADER + "\n")).format == "us-csl"
    assert source_of(written(tmp_path / "us_csl.csv", "Name;Aliases\n")).format == "own-csv"


@pytest.mark.parametrize("text", ["firm,country\nAlfa,RU\n", '{"name": "Alfa"}', "just some words\n"])
def test_what_is_no_known_list_is_refused_with_what_would_be_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(WatchlistError, match=r"no column `name`.*; a list of one's own is a CSV"):
        read_list(written(tmp_path / "list.csv", text))


def test_formats_have_names_of_their_own() -> None:
    assert len({source.format for source in SOURCES}) == len(SOURCES)


def test_a_list_may_be_given_a_name(tmp_path: Path) -> None:
    snapshot = read_list(written(tmp_path / "list.csv", "id,name\n7,Alfa\n"), "house")
    assert (snapshot.name, snapshot.entries[0].id) == ("house", "house:7")


def test_what_is_no_list_and_no_utf_8_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes("Straße,Ort\nRingstraße,Köln\n".encode("cp1252"))
    with pytest.raises(WatchlistError, match="line 1: is not UTF-8"):
        read_list(tmp_path / "list.csv")
