from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.sources import read_list
from screening.watchlists.states import state_path
from screening.watchlists.store import import_list

from .conftest import ListFile

OFAC = {
    "sdn.csv": "1,ALFA,-0- ,RUSSIA" + ",-0- " * 8,
    "alt.csv": "1,11,aka,ALPHA,-0- ",
}


@pytest.fixture(autouse=True)
def data_folder(no_home: Path) -> Path:
    return no_home


def names(named: str) -> list[str]:
    return [entry.name for entry in read_list(state_path(named)).entries]


def test_a_file_is_its_own_state(list_file: ListFile) -> None:
    path = list_file("name", "Alfa")
    assert state_path(str(path)) == path


def test_a_kept_list_is_known_by_its_name_and_the_one_before_it_too(list_file: ListFile) -> None:
    import_list(list_file("name", "Alfa", name="one.csv"), "mine")
    import_list(list_file("name", "Beta", name="two.csv"), "mine")
    assert (names("mine"), names("mine@previous")) == (["Beta"], ["Alfa"])


def test_the_state_before_may_be_several_files(tmp_path: Path, list_file: ListFile) -> None:
    for name in ("ALFA", "BETA"):
        for file, text in OFAC.items():
            list_file(text.replace("ALFA", name), name=f"ofac/{file}")
        import_list(tmp_path / "ofac")
    assert (names("ofac-sdn"), names("ofac-sdn@previous")) == (["BETA"], ["ALFA"])


def test_a_list_without_a_state_before_is_told_of(list_file: ListFile) -> None:
    import_list(list_file("name", "Alfa"))
    with pytest.raises(WatchlistError, match="mine: has no state before the current one"):
        state_path("mine@previous")


@pytest.mark.parametrize("named", ["other", "other@previous", "@previous"])
def test_what_is_neither_is_told_of(list_file: ListFile, named: str) -> None:
    import_list(list_file("name", "Alfa"))
    with pytest.raises(WatchlistError, match=r"is no file and no imported list; .* imported are mine"):
        state_path(named)
