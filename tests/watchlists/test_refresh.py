import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from screening.errors import UsageError, WatchlistError
from screening.watchlists.download import Limits
from screening.watchlists.refresh import Refreshed, official_files, refresh
from screening.watchlists.sources import OFFICIAL
from screening.watchlists.store import import_list, imported

from .conftest import ListFile
from .publishers import Answer, Publisher, body, endless, publisher, status

LIMITS = Limits(seconds=5, silence=2, size=1_000_000, attempts=2, pause=0.01)
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
SDN = "1,ALFA TRADING,-0- ,RUSSIA,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n"
ALT = "1,11,aka,ALPHA TRADE,-0- \n"
ADD = "1,21,1 Main Street,Moscow,Russia,-0- \n"

Addresses = Callable[..., Path]


@pytest.fixture(name="one")
def _one(no_home: Path) -> Iterator[Publisher]:
    with publisher() as one:
        yield one


@pytest.fixture
def addresses(one: Publisher, list_file: ListFile) -> Addresses:
    """A table of the lists `mine` (one file, its answers given) and `ofac-sdn` (three)."""

    def table(*answers: Answer) -> Path:
        rows = [f"mine,list.csv,own-csv,{one.says(*answers)}"]
        parts = ("sdn", "alt", "add")
        rows += [f"ofac-sdn,{part}.csv,ofac-csv,{one.url}/{part}.csv" for part in parts]
        return list_file("list,file,format,url", *rows, name="addresses.csv")

    return table


def firms(*names: str) -> str:
    return "name\n" + "".join(f"{name}\n" for name in names)


def refreshed(table: Path, name: str = "mine", day: date = TUESDAY, allow_shrink: bool = False) -> Refreshed:
    (found,) = refresh([name], table, allow_shrink, LIMITS, day)
    assert "\n" not in found.sentence
    return found


def names_in_use() -> list[str]:
    return [entry.name for item in imported() for entry in item.snapshot().entries]


def test_a_list_that_was_not_there_is_new(addresses: Addresses) -> None:
    found = refreshed(addresses(body(firms("Alfa", "Beta"))))
    assert found == Refreshed("mine", "new", "mine: 2 entries (new), as of 2026-11-17")
    assert names_in_use() == ["Alfa", "Beta"]


def test_a_newer_state_takes_the_place_of_the_old_one(addresses: Addresses) -> None:
    table = addresses(body(firms("Alfa")), body(firms("Alfa", "Beta")))
    assert [refreshed(table).outcome, refreshed(table).outcome] == ["new", "updated"]
    assert names_in_use() == ["Alfa", "Beta"]


@pytest.mark.parametrize("answer", [status(304), body(firms("Alfa"), ETag="1")])
def test_a_list_that_did_not_change_is_as_of_the_day_it_was_asked_for(
    addresses: Addresses, answer: Answer
) -> None:
    table = addresses(body(firms("Alfa"), ETag="1"), answer)
    refreshed(table, day=MONDAY)
    found = refreshed(table)
    assert found.sentence == "mine: as it was, 1 entries, as of 2026-11-17"
    assert (found.outcome, names_in_use()) == ("unchanged", ["Alfa"])


def test_a_server_is_told_what_we_have_of_it(addresses: Addresses, one: Publisher) -> None:
    table = addresses(body(firms("Alfa"), ETag="1", Last_Modified="Mon"), status(304))
    refreshed(table), refreshed(table)
    assert "if-none-match" not in one.asked[0]
    assert (one.asked[1]["if-none-match"], one.asked[1]["if-modified-since"]) == ("1", "Mon")


def test_a_list_imported_otherwise_since_is_asked_for_whole(
    addresses: Addresses, one: Publisher, list_file: ListFile
) -> None:
    table = addresses(body(firms("Alfa"), ETag="1"))
    refreshed(table)
    import_list(list_file("name", "Beta", name="other.csv"), "mine")
    refreshed(table)
    assert "if-none-match" not in one.asked[1]
    assert names_in_use() == ["Alfa"]


@pytest.mark.parametrize("record", ["", "[]", '{"digest": 1}', "\xff"])
def test_a_damaged_record_costs_a_download(
    addresses: Addresses, one: Publisher, no_home: Path, record: str
) -> None:
    table = addresses(body(firms("Alfa"), ETag="1"))
    refreshed(table)
    (no_home / "watchlists/mine/fetched.json").write_bytes(record.encode("latin-1"))
    assert refreshed(table).outcome == "unchanged"
    assert "if-none-match" not in one.asked[1]


BAD: dict[str, tuple[Answer, str]] = {
    "cut off": (body(firms("Alfa"), 99), "was cut off"),
    "cut off in a cell": (body('name\n"Al'), "line 2: a quoted cell is not closed"),
    "error": (status(500), "answers 500"),
    "web page": (body("<!DOCTYPE html><html>Maintenance</html>"), "is a web page, not a list"),
    "empty": (body(""), "is empty"),
    "other columns": (body("firm\nAlfa\n"), "no column `name`"),
    "other format": (body(SDN), "is ofac-csv and not own-csv"),
    "shrunk": (body(firms(*(f"Firm {n}" for n in range(8)))), "has 8 entries, .* has 10"),
    "endless": (endless, "is larger than"),
    "redirected": (status(302, Location="http://example.org/"), "redirects to"),
    "no list": (status(404), "answers 404"),
}


@pytest.mark.parametrize("fault", BAD)
def test_on_any_failure_the_old_list_stays(addresses: Addresses, one: Publisher, fault: str) -> None:
    answer, what = BAD[fault]
    old = [f"Firm {n}" for n in range(10)]
    table = addresses(body(firms(*old)), answer)
    refreshed(table, day=MONDAY)
    found = refreshed(table)
    assert found.outcome == "failed" and names_in_use() == old
    assert found.sentence.startswith(f"mine: {one.url}/list.csv")
    assert found.sentence.endswith("(the list of 2026-11-16 stays)")
    assert re.search(what, found.sentence)


def test_a_list_may_shrink_when_told(addresses: Addresses) -> None:
    table = addresses(body(firms("Alfa", "Beta")), body(firms("Alfa")))
    refreshed(table)
    assert refreshed(table).outcome == "failed"
    assert refreshed(table, allow_shrink=True).outcome == "updated"


def test_the_files_of_a_list_are_one_list(addresses: Addresses, one: Publisher) -> None:
    for part, text in (("sdn", SDN), ("alt", ALT), ("add", ADD)):
        one.says(body(text, ETag=part), status(304), path=f"/{part}.csv")
    table = addresses(status(404))
    assert refreshed(table, "ofac-sdn").outcome == "new"
    (entry,) = imported()[0].snapshot().entries
    assert (entry.id, entry.aliases) == ("ofac-sdn:1", ("ALPHA TRADE",)) and len(entry.addresses) == 1
    assert refreshed(table, "ofac-sdn").outcome == "unchanged"


def test_the_files_that_did_not_change_are_taken_from_the_list_in_use(
    addresses: Addresses, one: Publisher
) -> None:
    one.says(body(SDN, ETag="1"), status(304), path="/sdn.csv")
    one.says(body(ALT, ETag="1"), body("1,12,aka,OMEGA,-0- \n"), path="/alt.csv")
    one.says(body(ADD, ETag="1"), status(304), path="/add.csv")
    table = addresses(status(404))
    refreshed(table, "ofac-sdn")
    assert refreshed(table, "ofac-sdn").outcome == "updated"
    assert imported()[0].snapshot().entries[0].aliases == ("OMEGA",)


def test_a_list_of_which_one_file_fails_stays_whole(addresses: Addresses, one: Publisher) -> None:
    one.says(body(SDN), path="/sdn.csv")
    one.says(body(ALT), path="/alt.csv")
    found = refreshed(addresses(status(404)), "ofac-sdn")
    assert found.outcome == "failed" and "add.csv: the server answers 404" in found.sentence
    assert imported() == ()


def test_one_list_that_fails_keeps_no_other_from_being_refreshed(addresses: Addresses) -> None:
    table = addresses(body(firms("Alfa")))
    outcomes = [found.outcome for found in refresh(["ofac-sdn", "mine"], table, limits=LIMITS)]
    assert outcomes == ["failed", "new"]


def test_without_names_the_imported_lists_are_refreshed(addresses: Addresses) -> None:
    table = addresses(body(firms("Alfa")))
    refreshed(table)
    assert [found.list for found in refresh((), table, limits=LIMITS)] == ["mine"]


def test_without_names_and_lists_it_is_told_which_there_are(addresses: Addresses) -> None:
    with pytest.raises(UsageError, match="name those that you want: mine, ofac-sdn"):
        list(refresh((), addresses(status(404))))


def test_a_name_that_is_no_official_list_is_refused(addresses: Addresses) -> None:
    with pytest.raises(UsageError, match="other is no official list"):
        list(refresh(["other"], addresses(status(404))))


def test_a_data_folder_that_can_not_be_written_is_told_of(addresses: Addresses, no_home: Path) -> None:
    table = addresses(body(firms("Alfa")))
    no_home.write_text("a file stands here")
    assert "can't be written to" in refreshed(table).sentence


@pytest.mark.parametrize(
    "row", ["Mine,a.csv,own-csv,https://x/", "mine,../a.csv,own-csv,https://x/", "mine,.a,own-csv,https://x/"]
)
def test_a_table_of_addresses_names_lists_and_files_plainly(list_file: ListFile, row: str) -> None:
    with pytest.raises(WatchlistError, match="line 2, file"):
        official_files(list_file("list,file,format,url", row))


def test_every_official_address_is_https_and_of_a_format_that_is_read() -> None:
    files = [file for each in official_files().values() for file in each]
    assert {urlsplit(file.url).scheme for file in files} == {"https"}
    assert {file.format for file in files} <= OFFICIAL
    assert all(file.publisher and file.source.startswith("https://") for file in files)


def test_what_is_remembered_of_a_server_is_plain(addresses: Addresses, no_home: Path) -> None:
    refreshed(addresses(body(firms("Alfa"), ETag="1")))
    told = json.loads((no_home / "watchlists/mine/fetched.json").read_text())
    assert list(told["files"].values()) == [{"etag": "1", "last_modified": ""}]
