from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import WatchlistError
from screening.watchlists.lists import ListCatalogue, Standing, read_countries, read_goods

from .conftest import ListFile

COUNTRIES = "id,country,source,source_url,date,from,until,note"
GOODS = "id,hs6,tier,description,controlled_from,listed_from,until,verified,source,source_url,note"
CONTEXT = "id,name,aliases,country,type,explains,source,date"
DAY = date(2022, 3, 1)


@pytest.fixture
def folder(list_file: ListFile) -> Path:
    """A folder with a list of each kind."""
    rows = ["a,RU,order,,2022-03-01,2022-03-01,,", "b,UA-43,order,,2022-03-01,,2023-01-31,"]
    list_file(COUNTRIES, *rows, name="countries/concern.csv")
    goods = [
        "g,010121,1,horses,2022-03-01,2023-09-14,,yes,order,,",
        "h,854231,,chips,2022-03-01,,2023-01-31,no,o,,",
    ]
    list_file(GOODS, *goods, name="goods/animals.csv")
    path = list_file(CONTEXT, "c,Baykar,Baykar Makina,TR,,maker,article,2022-03-01", name="context/known.csv")
    return path.parents[1]


def test_lists_go_by_the_names_of_their_files(folder: Path) -> None:
    assert ListCatalogue.load(folder).names == ("countries/concern", "goods/animals")


@pytest.mark.parametrize(
    ("day", "members"),
    [
        (date(2022, 2, 28), {"UA-43"}),
        (date(2022, 3, 1), {"RU", "UA-43"}),
        (date(2023, 1, 31), {"RU", "UA-43"}),
        (date(2023, 2, 1), {"RU"}),
        (None, {"RU"}),
    ],
)
def test_a_country_stands_from_its_first_day_to_its_last(
    folder: Path, day: date | None, members: set[str]
) -> None:
    assert ListCatalogue.load(folder).members("countries/concern", day) == members


def test_goods_count_from_their_control_and_not_from_the_list(folder: Path) -> None:
    catalogue = ListCatalogue.load(folder)
    assert catalogue.members("goods/animals", DAY) == {"010121", "854231"}
    assert catalogue.members("goods/animals", DAY - timedelta(1)) == set()
    assert catalogue.members("goods/animals", None) == {"010121"}


def test_the_columns_are_typed(folder: Path) -> None:
    goods = ListCatalogue.load(folder).goods["goods/animals"].frame
    assert goods["hs6"].to_list() == ["010121", "854231"]
    assert goods["tier"].to_list() == ["1", None]
    assert goods.schema["controlled_from"] == pl.Date and goods["verified"].to_list() == [True, False]
    countries = ListCatalogue.load(folder).countries["countries/concern"].frame
    assert countries["until"].to_list() == [None, date(2023, 1, 31)]


def test_context_explains_names(folder: Path) -> None:
    (entry,) = ListCatalogue.load(folder).context
    assert (entry.names, entry.explains, entry.countries) == (("Baykar", "Baykar Makina"), "maker", ("TR",))


def test_the_digest_follows_every_file(folder: Path, list_file: ListFile) -> None:
    before = ListCatalogue.load(folder).digest
    assert ListCatalogue.load(folder).digest == before
    list_file(CONTEXT, name="context/known.csv")
    assert ListCatalogue.load(folder).digest != before


def test_a_list_that_is_not_there_is_refused_with_those_that_are(folder: Path) -> None:
    with pytest.raises(
        WatchlistError, match=r"countries/nowhere: .*there are countries/concern, goods/animals"
    ):
        ListCatalogue.load(folder).standings("countries/nowhere")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("a,Wakanda,order,,2022-03-01,,,", "'Wakanda' is no country"),
        ("a,RU;BY,order,,2022-03-01,,,", "must be one country"),
        (",RU,order,,2022-03-01,,,", "id: is blank"),
        ("a,RU,,,2022-03-01,,,", "source: is blank"),
        ("a,RU,order,,,,,", "date: is blank"),
        ("a,RU,order,,2022-03-01,2022-03-02,2022-03-01,", "until: 2022-03-01 is before from"),
    ],
)
def test_an_unsound_country_is_refused(list_file: ListFile, row: str, fault: str) -> None:
    with pytest.raises(WatchlistError, match=fault):
        read_countries(list_file(COUNTRIES, row), "countries/mine")


def test_places_stand_beside_the_lists_that_rules_name(folder: Path, list_file: ListFile) -> None:
    header = "id,name,country,function,lat,lon,kind,note,source"
    before = ListCatalogue.load(folder)
    list_file(header, "TRMER,Mersin,TR,123-----,36.8,34.63,hub,,x", name="ports/mine.csv")
    found = ListCatalogue.load(folder)
    assert found.names == before.names and found.digest != before.digest
    assert found.places.places["TRMER"].position == (36.8, 34.63)


@pytest.mark.parametrize("hs6", ["8542", "854231.", "85423１", "85423100"])
def test_goods_have_six_digits(list_file: ListFile, hs6: str) -> None:
    with pytest.raises(WatchlistError, match="is not six digits"):
        read_goods(list_file(GOODS, f"a,{hs6},1,x,2022-03-01,,,yes,order,,"), "goods/mine")


def test_an_id_that_stands_twice_is_refused(list_file: ListFile) -> None:
    row = "a,RU,order,,2022-03-01,,,"
    with pytest.raises(WatchlistError, match="line 3, id: 'a' stands on line 2 already"):
        read_countries(list_file(COUNTRIES, row, row), "countries/mine")


def test_columns_that_are_missing_are_named(list_file: ListFile) -> None:
    with pytest.raises(WatchlistError, match=r"no column source; .*no column until"):
        read_countries(
            list_file("id,country,source_url,date,from,note", "a,RU,,2022-03-01,,"), "countries/mine"
        )


DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_what_stands_on_a_day_has_begun_and_not_ended(first: date, last: date, day: date) -> None:
    assert Standing("RU", first, last).on(day) == (first <= day <= last)
    assert Standing("RU", None, last).on(day) == (day <= last)
    assert Standing("RU", first, None).on(day) == (first <= day)
