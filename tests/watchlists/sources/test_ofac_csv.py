from datetime import date
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.entry import PartyEntry
from screening.watchlists.loading import load_parties
from screening.watchlists.sources import list_files, read_list
from screening.watchlists.store import import_list, imported

SDN = (
    '7,"PRIMEROV, Ivan","individual","SDGT] [IFSR","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1 Jan 1970; '
    "nationality Armenia; Passport P123 (Russia) expires 2 Feb 2030; alt. Passport P124 (Russia); Tax ID No. "
    "7707083893 (Russia); Gender Male; SWIFT/BIC ALFARUMM; a.k.a. 'VANYA'; Linked To: ALFA LLC.\"",
    '8,"ALFA LLC",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',
    '9,"EXAMPLE STAR","vessel","IRAN",-0- ,"XY12","Tug",-0- ,-0- ,"Panama",-0- ,"Vessel Registration '
    'Identification IMO 9187629; MMSI 123456789."',
)
ALT = ('7,71,"aka","PRIMEROFF, Ivan",-0- ', '7,72,"fka","SIDOROV, Ivan",-0- ', '8,81,"aka","АО Альфа",-0- ')
ADD = (
    '7,701,"5 Main St","Omsk 644000","Russia",-0- ',
    '8,801,-0- ,-0- ,"Turkey",-0- ',
    "8,802,-0- ,-0- ,-0- ,-0- ",
)


def folder_of(folder: Path, **files: tuple[str, ...]) -> Path:
    folder.mkdir(exist_ok=True)
    for stem, lines in files.items():
        (folder / f"{stem}.csv").write_bytes("\r\n".join([*lines, "\x1a"]).encode())
    return folder


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "ofac_2024-05-06", sdn=SDN, alt=ALT, add=ADD)


def entry(path: Path, number: int) -> PartyEntry:
    return {e.source_id: e for e in read_list(path).entries}[str(number)]


def test_the_three_files_are_joined_by_the_entitys_number(whole: Path) -> None:
    found = entry(whole, 7)
    assert (found.id, found.type, found.name) == ("ofac-sdn:7", "person", "PRIMEROV, Ivan")
    assert found.aliases == ("PRIMEROFF, Ivan", "SIDOROV, Ivan")
    assert (found.addresses, found.countries) == (("5 Main St, Omsk 644000, Russia",), ("AM", "RU"))
    assert found.programmes == ("SDGT", "IFSR")


def test_the_remarks_give_identifiers_and_nicknames(whole: Path) -> None:
    assert entry(whole, 7).identifiers == ("P123", "P124", "7707083893", "ALFARUMM")
    assert entry(whole, 7).mentioned == ("VANYA",)
    assert entry(whole, 9).identifiers == ("XY12", "IMO 9187629", "123456789")


def test_what_says_nothing_is_left_out(whole: Path) -> None:
    found = entry(whole, 8)
    assert (found.type, found.addresses, found.original_names) == ("organisation", ("Turkey",), ("АО Альфа",))
    assert entry(whole, 9).countries == ("PA",)


def test_names_are_counted_as_listed_and_found_as_mentioned(whole: Path) -> None:
    snapshot = read_list(whole)
    assert (len(snapshot.entries), snapshot.names, snapshot.addresses) == (3, 6, 2)
    assert "VANYA" in entry(whole, 7).names


def test_any_file_of_the_list_stands_for_it(whole: Path) -> None:
    lists = [read_list(whole), *(read_list(whole / name) for name in ("sdn.csv", "alt.csv", "add.csv"))]
    assert len({(snapshot.digest, snapshot.entries) for snapshot in lists}) == 1
    assert list_files(whole) == (whole / "sdn.csv",)


def test_the_list_has_the_date_of_its_folder(whole: Path) -> None:
    assert read_list(whole / "sdn.csv").date == date(2024, 5, 6)


def test_names_alone_are_a_list(tmp_path: Path) -> None:
    snapshot = read_list(folder_of(tmp_path / "a", sdn=SDN) / "sdn.csv")
    assert (snapshot.name, len(snapshot.entries), snapshot.names, snapshot.files) == ("ofac-sdn", 3, 3, ())


def test_aliases_and_addresses_without_names_are_a_watchlist_that_says_so(tmp_path: Path) -> None:
    snapshot = read_list(
        folder_of(tmp_path / "a", alt=ALT, add=(*ADD, '5,501,"1 Hill","Goma","Uganda",-0- '))
    )
    assert snapshot.watchlists == ("ofac-sdn-partial",)
    named = {e.source_id: e.name for e in snapshot.entries}
    assert named == {"7": "PRIMEROFF, Ivan", "8": "АО Альфа", "5": ""}
    assert (snapshot.names, snapshot.addresses) == (3, 3)


def test_the_other_lists_come_in_the_same_layout(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", cons_prim=SDN, cons_alt=ALT, cons_add=ADD)
    assert read_list(folder).name == "ofac-cons"


def test_both_lists_of_one_folder_are_one(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", cons_prim=SDN[:1], cons_alt=ALT[:1], sdn=SDN, alt=ALT, add=ADD)
    snapshot = read_list(folder)
    assert (len(snapshot.entries), snapshot.watchlists) == (4, ("ofac-sdn", "ofac-cons"))
    assert len(load_parties([folder], bundled=False)) == 2


def test_remarks_too_long_for_their_cell_stand_in_a_file_of_comments(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", sdn=SDN, sdn_comments=("8,\"a.k.a. 'ALFY'; Tax ID No. 123.\"",))
    assert (entry(folder, 8).mentioned, entry(folder, 8).identifiers) == (("ALFY",), ("123",))


def test_a_number_that_stands_twice_loses_neither_party(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", sdn=(*SDN, SDN[1].replace("ALFA", "BETA")), alt=ALT)
    assert (entry(folder, 8).name, entry(folder, 8).original_names) == ("ALFA LLC", ("АО Альфа",))
    assert read_list(folder).entries[-1].id == "ofac-sdn:8-2"


def test_files_of_different_days_are_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "a", sdn=SDN, alt=tuple(f'{n},1,"aka","N{n}",-0- ' for n in range(20, 40)))
    with pytest.raises(WatchlistError, match=r"20 of 20 aliases .* on one day"):
        read_list(folder)


def test_half_a_download_beside_the_list_is_refused(whole: Path) -> None:
    (whole / "alt.csv").write_text("<html><body>503</body></html>")
    with pytest.raises(WatchlistError, match=r"alt\.csv: is a web page"):
        read_list(whole / "sdn.csv")
    (whole / "alt.csv").write_text("id,name\n1,Alfa\n")
    with pytest.raises(WatchlistError, match="not the other half"):
        read_list(whole / "sdn.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [('10,"BETA"', r"line 4: 2 cells under 12"), (SDN[1].replace("8,", "x,", 1), "line 4, ent_num")],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(WatchlistError, match=said):
        read_list(folder_of(tmp_path / "a", sdn=(*SDN, row)))


@pytest.mark.usefixtures("no_home")
def test_a_list_of_several_files_is_kept_whole(whole: Path) -> None:
    snapshot = read_list(whole)
    import_list(whole / "sdn.csv")
    for file in whole.iterdir():
        file.unlink()
    (kept,) = imported()
    assert kept.snapshot().entries == snapshot.entries
    assert kept.date == date(2024, 5, 6)


STRAY = ('8,"BETA LLC",-0- ,"IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ',)


def test_a_number_that_nobody_has_is_that_of_the_one_party_with_anothers(tmp_path: Path) -> None:
    add = (*ADD, '34,901,"1 Cairo Rd","Lusaka","Zambia",-0- ')
    found = read_list(folder_of(tmp_path / "ofac", sdn=(*SDN, *STRAY), alt=ALT, add=add)).entries[-1]
    assert (found.source_id, found.name, found.countries) == ("34", "BETA LLC", ("ZM",))


def test_of_two_numbers_that_nobody_has_neither_is_guessed(tmp_path: Path) -> None:
    add = (*ADD * 70, '34,901,"1 Cairo Rd","Lusaka","Zambia",-0- ', '35,902,"2 Main St","Omsk","Russia",-0- ')
    found = read_list(folder_of(tmp_path / "ofac", sdn=(*SDN, *STRAY), alt=ALT, add=add)).entries[-1]
    assert (found.source_id, found.addresses) == ("8-2", ())


def test_a_list_in_windows_letters_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sdn.csv"
    path.write_bytes(
        '8,"CAÑÓN S.A.",-0- ,"SDNT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'.encode("cp1252")
    )
    assert read_list(path).entries[0].name == "CAÑÓN S.A."
