from pathlib import Path

import pytest

from screening.watchlists.validation import watchlist_faults

from .conftest import ListFile

COUNTRIES = "id,country,source,source_url,date,from,until,note"
GOODS = "id,hs6,tier,description,controlled_from,listed_from,until,verified,source,source_url,note"
FIRMS = "id,name,country,source,listed_on,verified"
ADDRESSES = "id,address,source,listed_on"
PLACES = "id,name,country,function,lat,lon,kind,note,source"
CONTEXT = "id,name,aliases,country,type,explains,source,date"


def test_the_bundled_lists_are_sound() -> None:
    assert watchlist_faults() == []


def test_an_empty_folder_is_sound_and_a_missing_one_is_not(tmp_path: Path) -> None:
    assert watchlist_faults(tmp_path) == []
    assert "no such folder" in watchlist_faults(tmp_path / "gone")[0]


@pytest.mark.parametrize(
    ("file", "header", "row", "fault"),
    [
        ("countries/a.csv", COUNTRIES, "a,Wakanda,order,,2022-03-01,,,", "is no country"),
        ("goods/a.csv", GOODS, "a,854299,1,x,2022-03-01,,,yes,order,,", "854299 is no code"),
        ("goods/a.csv", GOODS, "a,854231,5,x,2022-03-01,,,yes,order,,", "'5' is no tier"),
        ("goods/a.csv", GOODS, "a,854231,1,x,2022-03-01,2022-02-28,,yes,order,,", "before it was controlled"),
        ("firms/a.csv", FIRMS, "a,Alfa,RU,,2022-03-01,yes", "names no source"),
        ("firms/a.csv", FIRMS, "a,Alfa,RU,order,,yes", "has no date of listing"),
        ("firms/a.csv", FIRMS, "a,Alfa,RU,order,soon,yes", "is no date"),
        ("addresses/a.csv", ADDRESSES, "a,Hong Kong,order,2022-03-01", "names no house or room"),
        ("addresses/a.csv", ADDRESSES, 'a,"5 Main St, Omsk",order,', "has no date of listing"),
        ("context/a.csv", CONTEXT, "a,Baykar,,TR,,,article,2022-03-01", "explains: is blank"),
        ("ports/a.csv", PLACES, "TRMER,Mersin,TR,123,36.8,34.6,hub,,x", "is not eight signs"),
        ("ports/a.csv", PLACES, "TRMER,Mersin,GE,123-----,36.8,34.6,hub,,x", "is not that of the code"),
        ("ports/a.csv", PLACES, "TRMER,Mersin,TR,123-----,96.8,34.6,hub,,x", "is no position in degrees"),
        ("ports/a.csv", PLACES, "TRMER,Mersin,TR,123-----,36.8,34.6,harbour,,x", "is none of border"),
        ("ports/a.csv", PLACES, "Mersin,Mersin,ME,123-----,36.8,34.6,hub,,x", "is not a UN/LOCODE"),
    ],
)
def test_a_fault_is_found(
    tmp_path: Path, list_file: ListFile, file: str, header: str, row: str, fault: str
) -> None:
    list_file(header, row, name=file)
    (told,) = watchlist_faults(tmp_path)
    assert fault in told and file in told


def test_a_bundled_firm_needs_the_day_of_its_listing_though_unsure(
    tmp_path: Path, list_file: ListFile
) -> None:
    list_file(FIRMS, "a,Alfa,RU,order,,no", name="firms/a.csv")
    (told,) = watchlist_faults(tmp_path)
    assert "has no date of listing" in told


def test_faults_of_all_files_are_told(tmp_path: Path, list_file: ListFile) -> None:
    list_file("<html>", name="firms/a.csv")
    list_file("<html>", name="goods/a.csv")
    list_file("<html>", name="countries/a.csv")
    list_file("<html>", name="context/a.csv")
    assert len(watchlist_faults(tmp_path)) == 4


def test_a_name_is_not_both_watched_for_and_explained(tmp_path: Path, list_file: ListFile) -> None:
    list_file(FIRMS, "a,BAYKAR,TR,order,2022-03-01,yes", name="firms/a.csv")
    list_file(CONTEXT, "c,Baykar Makina,Baykar,TR,,maker,article,2022-03-01", name="context/b.csv")
    (fault,) = watchlist_faults(tmp_path)
    assert "'Baykar' is on the watchlist too, as a:a" in fault
