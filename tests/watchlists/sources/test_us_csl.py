import csv
from datetime import date
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.sources import read_list
from screening.watchlists.sources.us_csl import watchlist_of

PUBLISHED_HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
    "dates_of_birth,nationalities,places_of_birth,source_information_url,ids"
)
REDUCED_HEADER = (
    "source,entity_number,type,name,alt_names,countries,license_requirement,license_policy,programs,"
    "federal_register_notice,source_list_url"
)
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
EL = "Entity List (EL) - Bureau of Industry and Security"


def read(folder: Path, *rows: dict[str, str], header: str = PUBLISHED_HEADER) -> Snapshot:
    path = folder / "consolidated_2026-07-31.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, header.split(","), restval="")
        table.writeheader()
        table.writerows(rows)
    return read_list(path)


def entry(folder: Path, **cells: str) -> PartyEntry:
    (found,) = read(folder, {"source": SDN, "entity_number": "1", "name": "Alfa", **cells}).entries
    return found


def test_an_entry_of_the_published_layout_is_read(tmp_path: Path) -> None:
    found = entry(
        tmp_path,
        type="Individual",
        programs="NPWMD; UKRAINE-EO13662",
        addresses="Shenyang, CN; 5 Main Street, Pyongyang, KP",
        start_date="2018-08-01",
        end_date="2056-06-29",
        nationalities="KP",
        source_list_url="https://example.org/list",
    )
    assert (found.id, found.type, found.authority) == ("csl-sdn:1", "person", "Treasury Department")
    assert found.programmes == ("NPWMD", "UKRAINE-EO13662")
    assert (found.countries, len(found.addresses)) == (("KP", "CN"), 2)
    assert (found.listed_on, found.ended_on) == (date(2018, 8, 1), date(2056, 6, 29))


def test_an_entry_of_the_reduced_layout_is_read(tmp_path: Path) -> None:
    row = {"source": EL, "name": "Alfa", "alt_names": "A1; A2", "countries": "CN;PRC; REGION: Narnia"}
    (found,) = read(tmp_path, row, header=REDUCED_HEADER).entries
    assert (found.watchlist, found.type, found.aliases) == ("csl-el", "unknown", ("A1", "A2"))
    assert found.countries == ("CN",)


def test_the_list_knows_its_format_and_the_date_of_its_file(tmp_path: Path) -> None:
    snapshot = read(tmp_path, {"source": SDN, "entity_number": "1", "name": "Alfa"})
    assert (snapshot.format, snapshot.name, snapshot.date) == ("us-csl", "us-csl", date(2026, 7, 31))


@pytest.mark.parametrize(
    ("source", "watchlist"),
    [
        (SDN, "csl-sdn"),
        ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "csl-mbs"),
        ("Military End User (MEU) List - Bureau of Industry and Security", "csl-meu"),
        (
            "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department",
            "csl-cmic",
        ),
        ("Some New List - Commerce", "csl-some-new-list"),
    ],
)
def test_each_list_in_it_is_a_watchlist(source: str, watchlist: str) -> None:
    assert watchlist_of(source) == watchlist


def test_aliases_are_parted_at_semicolons_whatever_stands_around_them(tmp_path: Path) -> None:
    assert entry(tmp_path, alt_names="A;; B ;C;\xa0D; and E;").aliases == ("A", "B", "C", "D", "E")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Alfa LLC (Russian entity); and any successor, sub-unit, or subsidiary thereof", "Alfa LLC"),
        ("Ivan Ivanov (Russian national)", "Ivan Ivanov"),
        (
            "Beta (Shanghai) Co., Ltd. and any successor, sub-unit, or subsidiary thereof",
            "Beta (Shanghai) Co., Ltd.",
        ),
        ("Gamma; a.k.a. Delta", "Gamma; a.k.a. Delta"),
    ],
)
def test_the_name_is_free_of_the_words_of_the_law(tmp_path: Path, written: str, name: str) -> None:
    assert entry(tmp_path, name=written).name == name


def test_identifiers_are_the_numbers_and_not_the_remarks_beside_them(tmp_path: Path) -> None:
    ids = (
        "Passport, U00242309, TR; Gender, Male; Public Registration Number, 1027739108649; "
        "Secondary sanctions risk:, North Korea Sanctions Regulations, sections 510.201 and 510.210; "
        "Vessel Registration Identification, IMO 9187629; Website, alfa24.ru"
    )
    assert entry(tmp_path, ids=ids).identifiers == ("U00242309", "1027739108649", "IMO 9187629")


def unnumbered(name: str, notice: str = "", alias: str = "") -> dict[str, str]:
    return {"source": EL, "name": name, "federal_register_notice": notice, "alt_names": alias}


def test_an_entry_without_a_number_keeps_its_id_in_any_order_of_the_file(tmp_path: Path) -> None:
    rows = [unnumbered("Alfa", "2"), unnumbered("Beta"), unnumbered("Alfa", "1", "A1")]
    forth = {(e.name, e.aliases): e.id for e in read(tmp_path, *rows).entries}
    back = {(e.name, e.aliases): e.id for e in read(tmp_path, *rows[::-1]).entries}
    assert forth == back
    assert len(set(forth.values())) == 3


def test_one_name_on_two_lists_has_two_ids(tmp_path: Path) -> None:
    rows = ({**unnumbered("Alfa"), "source": source} for source in (EL, "Unverified List (UVL) - BIS"))
    assert len({e.source_id for e in read(tmp_path, *rows).entries}) == 2


def test_of_two_entries_with_one_number_both_are_listed(tmp_path: Path) -> None:
    rows = [{"source": SDN, "entity_number": "1", "name": name} for name in ("Alfa", "Beta")]
    assert [(e.id, e.name) for e in read(tmp_path, *rows).entries] == [
        ("csl-sdn:1", "Alfa"),
        ("csl-sdn:1-2", "Beta"),
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2018-08-01T00:00:00", date(2018, 8, 1)), ("08/01/2018", date(2018, 8, 1)), ("soon", None)],
)
def test_a_day_that_is_written_oddly_refuses_no_list(tmp_path: Path, written: str, day: date | None) -> None:
    assert entry(tmp_path, start_date=written).listed_on == day


def test_an_entry_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="line 2, name: is blank"):
        read(tmp_path, {"source": SDN, "entity_number": "1"})


def test_a_header_alone_is_a_download_that_failed(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="no entry; download the list again"):
        read(tmp_path)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = read(tmp_path, unnumbered("Alfa"), unnumbered("Beta")).path
    path.write_text(path.read_text()[:-12])
    with pytest.raises(WatchlistError, match=r"line 3: .* cells under 29 columns"):
        read_list(path)
