"""Places of routes take their facts from a release of UN/LOCODE, and keep what was chosen by hand."""

import csv
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.resources import bundled
from screening.seeds.places import Line, place_file, read_release, updated

PUBLISHED = (
    ',"TR",,".TÜRKIYE",,,,,,,,\n'
    ',"TR","MER","Mersin","Mersin",,"123-----","AI","9307",,"3643N 03438E",\n'
    ',"KG","NEW","Yeni","Yeni",,"--3-----","RL","2401",,,\n'
    ',"CL","SAI","San Antonio","San Antonio",,"1-------","AI","9307",,"3336S 07137W",\n'
)


def line(**told: str) -> Line:
    blank = {
        "id": "TRMER",
        "name": "Old name",
        "country": "TR",
        "function": "1-------",
        "lat": "1",
        "lon": "2",
    }
    return blank | {"kind": "hub", "note": "ours", "source": "UN/LOCODE"} | told


@pytest.fixture
def release(tmp_path: Path) -> Path:
    path = tmp_path / "part1.csv"
    path.write_text(PUBLISHED, encoding="latin-1")
    return path


def test_a_line_takes_its_facts_from_the_release_and_keeps_what_was_chosen(release: Path) -> None:
    told = {found["id"]: found for found in updated([line()], read_release([release]))}
    assert told["TRMER"] == line(name="Mersin", function="123-----", lat="36.72", lon="34.63")


def test_what_is_our_own_stays(release: Path) -> None:
    (told, *_) = updated(
        [line(id="CLSAI", country="CL", source="UN/LOCODE; coordinates our own")], read_release([release])
    )
    assert (told["id"], told["lat"], told["function"]) == ("CLSAI", "1", "1-------")
    ours = line(source="UN/LOCODE; coordinates and function our own", function="12------")
    assert updated([ours], read_release([release]))[-1]["function"] == "12------"


def test_new_places_of_complete_countries_join_and_others_do_not(release: Path) -> None:
    told = updated([line()], read_release([release]))
    assert [found["id"] for found in told] == ["KGNEW", "TRMER"]
    assert told[0]["kind"] == "place"


def test_a_table_with_a_header_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "code-list.csv"
    header = "Change,Country,Location,Name,NameWoDiacritics,Subdivision,Status,Function,Date,IATA,Coordinates"
    path.write_text(
        f"{header}\n,CL,SAI,San Antonio,San Antonio,,AI,1-------,9307,,3336S 07137W\n", encoding="utf-8"
    )
    assert read_release([path])["CLSAI"].position == ("-33.60", "-71.62")


def test_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no place of UN/LOCODE"):
        read_release([path])


def test_the_file_is_written_as_it_stands() -> None:
    path = bundled("watchlists") / "ports" / "places.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert place_file(csv.DictReader(file)) == path.read_text(encoding="utf-8")
