"""The lists: which are used, what a file holds, bringing one, finding faults."""

import datetime as dt
import json
import shutil
from pathlib import Path

from screening.resources import bundled
from tests.cli.conftest import Run

KEYS = ["format", "entries", "names", "addresses", "identifiers", "date", "digest"]
OWN = "name,aliases,address,identifiers\nAlpha,A;AA,Street 1,123\nBeta,,-0-,\n"


def test_all_lists_are_listed_with_their_origin(run: Run) -> None:
    Path("own.csv").write_text(OWN, "utf-8")
    told = run("watchlists", "list", "--watchlist", "own.csv").stdout
    for part in ("listed-for-diversion", "bundled", "named: own.csv", "countries/transit", "goods/chpl"):
        assert part in told


def test_a_list_file_is_counted(run: Run) -> None:
    Path("own_2024-05-06.csv").write_text(OWN, "utf-8")
    result = run("watchlists", "show", "own_2024-05-06.csv", "--json")
    facts = json.loads(result.stdout)
    assert list(facts) == KEYS
    assert [facts[key] for key in KEYS[:6]] == ["own-csv", 2, 4, 1, 1, "2024-05-06"]
    assert len(facts["digest"]) == 64


def test_a_folder_of_lists_is_counted_as_one(run: Run) -> None:
    Path("lists").mkdir()
    Path("lists/a.csv").write_text(OWN, "utf-8")
    Path("lists/b.csv").write_text("name\nGamma\n", "utf-8")
    facts = json.loads(run("watchlists", "show", "lists", "--json").stdout)
    assert (facts["format"], facts["entries"], facts["names"]) == ("own-csv", 3, 5)


def test_loaded_lists_are_shown_by_name(run: Run) -> None:
    for name, fmt in (("listed-for-diversion", "own-csv"), ("goods/chpl", "goods")):
        facts = json.loads(run("watchlists", "show", name, "--json").stdout)
        assert list(facts) == KEYS
        assert facts["format"] == fmt and facts["entries"] > 10


def test_without_json_a_list_is_shown_for_people(run: Run) -> None:
    told = run("watchlists", "show", "countries/transit").stdout
    assert "It begins with" in told and "age: " in told


def test_a_list_that_is_not_there_is_one_line(run: Run) -> None:
    result = run("watchlists", "show", "nothing")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "loaded are bis-listed-addresses, countries/" in result.stderr


def test_an_imported_list_is_used_from_then_on(run: Run, home: Path) -> None:
    Path("own.csv").write_text("name\nZyxwv Trading\n", "utf-8")
    assert run("watchlists", "import", "own.csv", "--name", "mine").exit_code == 0
    assert "mine" in run("watchlists", "list").stdout
    assert "Zyxwv Trading  (unknown, mine:" in run("party", "Zyxwv Trading").stdout
    assert "no match" in run("party", "Zyxwv Trading", "--no-bundled").stdout
    assert list(home.iterdir()) != []


def test_a_shrunken_list_needs_a_word(run: Run) -> None:
    Path("own.csv").write_text("name\n" + "".join(f"Firm {n}\n" for n in range(100)), "utf-8")
    run("watchlists", "import", "own.csv")
    Path("own.csv").write_text("name\nFirm 1\n", "utf-8")
    assert run("watchlists", "import", "own.csv").exit_code == 2
    assert run("watchlists", "import", "own.csv", "--allow-shrink").exit_code == 0


def test_an_old_list_is_warned_about(run: Run) -> None:
    Path("own_2020-01-31.csv").write_text("name\nAlpha\n", "utf-8")
    run("watchlists", "import", "own_2020-01-31.csv", "--name", "old")
    days = (dt.datetime.now(dt.UTC).date() - dt.date(2020, 1, 31)).days
    for command in (["watchlists", "list"], ["doctor"], ["party", "Alpha"]):
        assert f"the imported list old is {days:,} days old" in run(*command).stdout


def test_sound_lists_have_no_fault(run: Run) -> None:
    Path("own.csv").write_text(OWN, "utf-8")
    result = run("watchlists", "validate", "own.csv")
    assert result.exit_code == 0
    assert "the bundled lists and 1 file or folder: no fault" in result.stdout


def test_a_faulty_list_is_exit_status_1_with_a_line(run: Run) -> None:
    Path("own.csv").write_text("name,country\nAlpha,Wakanda\n", "utf-8")
    result = run("watchlists", "validate", "own.csv", "missing.csv")
    assert result.exit_code == 1
    assert "own.csv: line 2, country: 'Wakanda' is no country" in result.stdout
    assert "missing.csv: there is no such file" in result.stdout


def test_a_folder_of_watchlists_is_looked_at_whole(run: Run) -> None:
    shutil.copytree(bundled("watchlists"), "lists")
    path = Path("lists/countries/transit.csv")
    path.write_text(path.read_text("utf-8").replace(",KZ,", ",Wakanda,"), "utf-8")
    result = run("watchlists", "validate", "lists")
    assert result.exit_code == 1
    assert "Wakanda" in result.stdout
