import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import WatchlistError
from screening.watchlists import table
from screening.watchlists.table import UTF8_OR_WINDOWS, Row, faults_in_a_line, read_table, shown

from .conftest import ListFile


def row(**cells: str) -> Row:
    return Row(7, cells, [])


def test_the_digest_is_that_of_the_bytes(list_file: ListFile) -> None:
    path = list_file("name", "Alfa")
    assert read_table(path).digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_row_knows_the_line_it_begins_on(list_file: ListFile) -> None:
    table = read_table(list_file("name,address", 'Alfa,"1 Main', 'Street"', "", "Beta,"))
    assert [(r.line, r.text("name")) for r in table.rows] == [(2, "Alfa"), (5, "Beta")]


def test_a_ragged_row_is_a_fault_with_its_line(list_file: ListFile) -> None:
    table = read_table(list_file("name,country", "Alfa,RU,Moscow", "Beta"))
    with pytest.raises(WatchlistError, match="line 2: 3 cells under 2 columns; line 3: 1 cells"):
        table.sound()


def test_blank_cells_past_the_header_are_no_fault(list_file: ListFile) -> None:
    table = read_table(list_file("name,country", "Alfa,RU,,", ",,,"))
    table.sound()
    assert len(table.rows) == 1


def test_a_column_that_stands_twice_is_a_fault(list_file: ListFile) -> None:
    with pytest.raises(WatchlistError, match="the column name stands twice"):
        read_table(list_file("name,Name", "Alfa,Beta")).sound()


def test_an_unclosed_quote_is_refused_where_its_record_begins(list_file: ListFile) -> None:
    with pytest.raises(WatchlistError, match="line 3: a quoted cell is not closed"):
        read_table(list_file("name", "Alfa", '"Beta', "Gamma"))


def test_a_line_without_end_is_refused(list_file: ListFile) -> None:
    with pytest.raises(WatchlistError, match="line 2: is longer than"):
        read_table(list_file("name", "x" * 2_000_000))


@pytest.mark.parametrize(("late", "said"), [(b"\0", "NUL"), (b"\xe9", "not UTF-8")])
def test_a_bad_byte_far_down_is_refused_with_its_line(tmp_path: Path, late: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\n" + b"Alfa\n" * 20_000 + late + b"\n")
    with pytest.raises(WatchlistError, match=f"line 20002: .*{said}"):
        read_table(path)


def test_a_table_wider_than_any_list_is_refused(list_file: ListFile) -> None:
    header = ",".join(f"c{number}" for number in range(table.MOST_COLUMNS + 1))
    with pytest.raises(WatchlistError, match="line 1: has 1,001 columns"):
        read_table(list_file(header))


def test_a_table_longer_than_any_list_is_refused(
    list_file: ListFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "MOST_LINES", 3)
    assert len(read_table(list_file("name", "Alfa", "")).rows) == 1
    with pytest.raises(WatchlistError, match="line 4: follows 3 other lines"):
        read_table(list_file("name", "", "", ""))


def bytes_file(folder: Path, *lines: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(b"\n".join((b"name", *lines)))
    return path


def test_a_list_that_may_be_in_windows_letters_is_read_in_them(tmp_path: Path) -> None:
    path = bytes_file(tmp_path, b"Alfa", "Café".encode("cp1252"), "Ångström".encode("cp1252"))
    rows = read_table(path, encodings=UTF8_OR_WINDOWS).rows
    assert [row.text("name") for row in rows] == ["Alfa", "Café", "Ångström"]


def test_utf_8_that_breaks_off_is_not_taken_for_windows_letters(tmp_path: Path) -> None:
    path = bytes_file(tmp_path, "Альфа".encode(), "Бета".encode()[:-1])
    with pytest.raises(WatchlistError, match="line 3: is not UTF-8"):
        read_table(path, encodings=UTF8_OR_WINDOWS)


def test_a_cell_of_many_has_its_distinct_parts() -> None:
    assert row(aliases="A; B;;A ; -0-").many("aliases") == ("A", "B")


@pytest.mark.parametrize("text", ["13/25/2023", "2023-02-30", "20230201", "2023-W01-1", "soon"])
def test_what_is_no_iso_date_is_a_fault(text: str) -> None:
    cell = row(listed_on=text)
    assert cell.day("listed_on") is None
    assert "line 7, listed_on" in cell.faults[0] and text in cell.faults[0]


@given(st.dates())
def test_every_iso_date_is_read(day: date) -> None:
    assert row(listed_on=day.isoformat()).day("listed_on") == day


def test_a_country_may_be_named_in_several_languages() -> None:
    assert row(country="Türkiye; RUS; Казахстан").countries("country") == ("TR", "RU", "KZ")


def test_every_name_of_no_country_is_a_fault_with_its_remedy() -> None:
    cell = row(country="Wakanda;RU;Narnia")
    assert cell.countries("country") == ("RU",)
    assert "'Wakanda' is no country, write its two-letter code" in cell.faults[0]
    assert "'Narnia'" in cell.faults[1]


def test_a_flag_is_yes_no_or_unknown() -> None:
    assert [row(verified=text).flag("verified") for text in ("Yes", "no", "")] == [True, False, None]
    wrong = row(verified="perhaps")
    assert wrong.flag("verified") is None and wrong.faults


def test_many_faults_are_counted_and_the_first_ones_told() -> None:
    told = faults_in_a_line([f"fault {n}" for n in range(8)] + ["fault 0"])
    assert told.startswith("fault 0; fault 1;") and told.endswith("fault 4; and 3 more")


@given(st.text())
def test_a_cell_in_an_error_is_short_and_on_one_line(text: str) -> None:
    assert len(shown(text).splitlines()) == 1
    assert len(shown(text)) < 500


def test_a_cell_that_is_too_long_is_told_from_one_that_is_not_closed(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,aliases\nAlfa,{}\n".format("Beta;" * 30_000))
    with pytest.raises(WatchlistError, match="line 2: holds a cell of more than 131,072 characters"):
        read_table(path)
