from datetime import date
from pathlib import Path

import pytest

from screening.errors import WatchlistError
from screening.watchlists.sources import list_files, read_list
from screening.watchlists.sources.own_mapping import ListMapping
from screening.watchlists.store import import_list, imported

LINES = (
    "Kundennummer;Firma;Auch bekannt als;Land;Seit",
    "7;Alfa, GmbH;Alpha|Альфа;Türkiye|RU;19.05.2023",
)
MAPPING = (
    *("columns:", "  Kundennummer: id", "  Firma: name", "  Auch bekannt als: aliases", "  Land: country"),
    *("  Seit: listed_on", 'date_format: "%d.%m.%Y"', 'list_separator: "|"'),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "kunden.csv"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def mapped(path: Path, *lines: str) -> Path:
    path.with_name("kunden.csv.mapping.yaml").write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_list_is_read_by_the_mapping_beside_it(path: Path) -> None:
    (entry,) = read_list(mapped(path, *MAPPING)).entries
    assert (entry.id, entry.name, entry.aliases) == ("kunden:7", "Alfa, GmbH", ("Alpha", "Альфа"))
    assert (entry.countries, entry.listed_on) == (("TR", "RU"), date(2023, 5, 19))


def test_a_mapping_may_be_given_in_its_place(path: Path) -> None:
    mapping = ListMapping({"Firma": "name", "Seit": "listed_on"}, "%d.%m.%Y")
    (entry,) = read_list(path, "house", mapping).entries
    assert (entry.watchlist, entry.name, entry.listed_on) == ("house", "Alfa, GmbH", date(2023, 5, 19))


def test_the_mapping_is_part_of_the_list(path: Path) -> None:
    before = read_list(mapped(path, *MAPPING))
    after = read_list(mapped(path, *MAPPING, "# seen"))
    assert before.digest != after.digest
    assert list_files(path.parent) == (path,)


@pytest.mark.usefixtures("no_home")
def test_a_list_is_kept_with_its_mapping(path: Path) -> None:
    item = import_list(mapped(path, *MAPPING))
    path.unlink()
    assert imported()[0].snapshot().entries[0].name == "Alfa, GmbH"
    assert item.name == "kunden"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["column:"], "'column' is not a key of it; it may have: columns"),
        (["columns: [1]"], "no list of `header: column` lines"),
        (["columns:", "  Firma: nmae"], "'Firma' is mapped to 'nmae', which is no column"),
        (["columns:", "  Seit: listed_on"], "no column that is mapped to `name`"),
        (["columns: {Firma: name}", "list_separator: ' '"], "list_separator is no mark"),
        (["columns: {Firma: name}", "separator: tab"], "separator is no single mark"),
        (["columns: {Firma: name}", "encoding: rot13"], "'rot13' is not an encoding of letters"),
        (["columns: {Firma: name}", "encoding: utf-16"], "write for example cp1254"),
        (["columns: {Firma: name}", "date_format: '%d.%m'"], "day, month and year"),
        (["{"], "no YAML that can be read"),
        (["- 1"], "no mapping file"),
    ],
)
def test_a_mapping_that_says_something_else_is_refused(path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(WatchlistError, match=said) as caught:
        read_list(mapped(path, *lines))
    assert "\n" not in str(caught.value)


def test_a_day_written_otherwise_is_a_fault_with_its_line(path: Path) -> None:
    with pytest.raises(WatchlistError, match=r"line 2, listed_on: '19.05.2023' is no date written as %Y"):
        read_list(mapped(path, "columns: {Firma: name, Seit: listed_on}", 'date_format: "%Y/%m/%d"'))


def test_a_list_is_read_in_the_encoding_that_its_mapping_names(path: Path) -> None:
    path.write_bytes("Unvan\nÇelik Şirketi\n".encode("cp1254"))
    mapped(path, "encoding: cp1254", "columns:", "  Unvan: name")
    assert read_list(path).entries[0].name == "Çelik Şirketi"


def test_bytes_that_the_named_encoding_has_not_are_refused(path: Path) -> None:
    path.write_bytes(b"Unvan\n\x81\n")
    mapped(path, "encoding: cp1254", "columns:", "  Unvan: name")
    with pytest.raises(WatchlistError, match=r"line 2: is not text in cp1254"):
        read_list(path)


def test_cells_are_parted_by_the_mark_that_the_mapping_names(path: Path) -> None:
    path.write_text("Firma;alt,neu!Land\nAlfa!RU\n", encoding="utf-8")
    mapped(path, 'separator: "!"', "columns:", '  "Firma;alt,neu": name', "  Land: country")
    assert read_list(path).entries[0].countries == ("RU",)
