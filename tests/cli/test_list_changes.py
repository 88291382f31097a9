"""What changed on a list, and the newest list."""

import json
from pathlib import Path

from screening.watchlists.store import imported
from tests.cli.conftest import Run
from tests.watchlists.publishers import body, publisher, status

HEADER = "id,name,aliases\n"


def lists() -> None:
    Path("old.csv").write_text(HEADER + "1,Alfa,\n2,Beta,\n", "utf-8")
    Path("new.csv").write_text(HEADER + "2,Beta,B2\n3,Gamma,\n", "utf-8")


def test_a_difference_is_a_sentence_for_each_entry(run: Run) -> None:
    lists()
    result = run("watchlists", "diff", "old.csv", "new.csv")
    assert result.stdout.splitlines() == [
        "Gamma (new:3): added",
        "Alfa (new:1): removed",
        "Beta (new:2): name added: B2",
    ]
    assert "1 added, 1 removed, 1 changed" in result.stderr


def test_a_difference_is_json_when_asked(run: Run) -> None:
    lists()
    told = json.loads(run("watchlists", "diff", "old.csv", "new.csv", "--json").stdout)
    assert [entry["id"] for entry in told["added"]] == ["new:3"]


def test_an_imported_list_is_compared_with_its_state_before(run: Run) -> None:
    lists()
    for file in ("old.csv", "new.csv"):
        run("watchlists", "import", file, "--name", "mine")
    assert "Gamma (new:3): added" in run("watchlists", "diff", "mine").stdout


def test_a_difference_of_nothing_is_one_line(run: Run) -> None:
    result = run("watchlists", "diff", "nothing")
    assert (result.exit_code, len(result.stderr.splitlines()), result.stdout) == (2, 1, "")


def test_a_refresh_keeps_what_came_and_tells_what_did_not(run: Run) -> None:
    with publisher() as one:
        url = one.says(body("name\nAlfa\n"))
        rows = f"mine,list.csv,own-csv,{url}\ngone,gone.csv,own-csv,{one.says(status(404), path='/gone')}\n"
        Path("addresses.csv").write_text("list,file,format,url\n" + rows, "utf-8")
        result = run("watchlists", "refresh", "mine", "gone", "--addresses", "addresses.csv")
    assert result.exit_code == 2
    assert result.stdout.startswith("mine: 1 entries (new)")
    assert "the server answers 404" in result.stderr and len(result.stderr.splitlines()) == 1
    assert [item.name for item in imported()] == ["mine"]


def test_a_refresh_of_nothing_tells_which_lists_there_are(run: Run) -> None:
    result = run("watchlists", "refresh")
    assert result.exit_code == 2 and "us-csl" in result.stderr
