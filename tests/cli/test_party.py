"""Names against the lists: matches with their reasons, silence that says what it is worth, files of many."""

import csv
import json
from pathlib import Path

import pytest

from screening.run import NO_CLEARANCE
from tests.cli.conftest import Run


@pytest.mark.parametrize("name", ["Rosoboronexport", "Рособоронэкспорт"])
def test_a_listed_name_is_found_in_either_script(run: Run, name: str) -> None:
    result = run("party", name)
    assert result.exit_code == 0
    assert "1.00  ROSOBORONEKSPORT OAO" in result.stdout
    assert "OFAC SDN list" in result.stdout and "the same in both" in result.stdout


def test_no_match_is_no_clearance(run: Run) -> None:
    result = run("party", "Kaliningrad Amber Bakery")
    assert result.exit_code == 0
    assert "no match at or above 0.85" in result.stdout
    assert NO_CLEARANCE in result.stdout


def test_a_name_of_the_context_is_explained(run: Run) -> None:
    assert "known, and on no list: Turkish maker" in run("party", "Baykar Makina").stdout


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-"],
        [""],
        ["Alpha", "..."],
        ["Alpha", "--country", "Wakanda"],
        ["Alpha", "--type", "airline pilot"],
        ["Alpha", "--birth-date", "spring"],
        ["--file", "names.csv", "--address", "5 Main St, Omsk"],
        ["--file", "names.csv", "--birth-date", "1962"],
        ["Alpha", "--file", "names.csv"],
        ["--file", "names.csv", "--country", "DE"],
        ["--file", "missing.csv"],
        ["--file", "other.csv"],
        ["--file", "ragged.csv"],
        ["Alpha", "--output", "a.parquet"],
        ["Alpha", "--output", "no/a.csv"],
        ["--file", "names.csv", "--output", "names.csv"],
        ["Alpha", "--watchlist", "missing.csv"],
    ],
    ids=str,
)
def test_a_question_that_makes_no_sense_is_one_line(run: Run, words: list[str]) -> None:
    Path("names.csv").write_text("name\nAlpha\n", "utf-8")
    Path("other.csv").write_text("foo,bar\n1,2\n", "utf-8")
    Path("ragged.csv").write_text("name,country\nAlpha\n", "utf-8")
    result = run("party", *words)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (2, "", 1)
    assert Path("names.csv").read_text("utf-8") == "name\nAlpha\n"


def test_a_file_of_names_gives_a_row_for_each_match_and_each_silence(run: Run) -> None:
    Path("in.csv").write_text("NAME;Country\nRosoboronexport;RU\n=Nobody Known;DE\n", "utf-8")
    assert run("party", "--file", "in.csv", "--output", "out.csv").exit_code == 0
    found, silent = csv.DictReader(Path("out.csv").read_text("utf-8-sig").splitlines())
    assert (found["row"], found["watchlist"], found["score"]) == ("1", "listed-for-diversion", "1.0")
    assert found["matched_name"] == "ROSOBORONEKSPORT OAO"
    assert (silent["row"], silent["name"], silent["id"]) == ("2", "'=Nobody Known", "")


def test_json_lines_of_matches_go_to_standard_output(run: Run) -> None:
    Path("in.csv").write_text("name\nRosoboronexport\n", "utf-8")
    result = run("party", "--file", "in.csv", "--output", "-")
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record["id"] == "listed-for-diversion:ofac-18782"
    assert "1 name: 1 with a match, 0 without" in result.stderr


def test_what_stands_beside_a_name_and_cannot_be_read_hides_no_match(run: Run) -> None:
    text = "name,country,type\nRosoboronexport,Wakanda,thing\n,DE,\n"
    Path("in.csv").write_text(text, "utf-8")
    result = run("party", "--file", "in.csv")
    assert result.exit_code == 0
    assert "ROSOBORONEKSPORT OAO" in result.stdout and "no name is given" in result.stdout
    assert "1 row without a name" in result.stderr
    assert "1 row with a country" in result.stderr and "1 row with a type" in result.stderr


PERSONS = (
    'name,address,birth_date\nIvan Primerov,"5 Main St, Omsk",1962\nIvan Primerov,"7 Dock St, Poti",1970\n'
)


def test_an_address_and_a_birth_date_rank_the_matches_and_say_so(run: Run) -> None:
    Path("own.csv").write_text(PERSONS, "utf-8")
    beside = ("--address", "Dock Street 7, Poti", "--birth-date", "1970-05-05")
    told = run("party", "Ivan Primeroff", *beside, "--watchlist", "own.csv", "--no-bundled").stdout
    first, second = told.split("Ivan Primerov  (")[1:]
    assert "the address agrees" in first and "the birth date may agree: 1970-05-05, listed 1970" in first
    assert "the address differs" in second and "the birth date differs" in second


def test_a_file_may_tell_addresses_and_birth_dates(run: Run) -> None:
    Path("own.csv").write_text(PERSONS, "utf-8")
    Path("in.csv").write_text(PERSONS.replace("1970", "soon").replace("Primerov", "Primeroff"), "utf-8")
    words = ("--file", "in.csv", "--watchlist", "own.csv", "--no-bundled", "--limit", "1", "--output", "-")
    result = run("party", *words)
    ids = [json.loads(line)["id"] for line in result.stdout.splitlines()]
    assert len(set(ids)) == 2
    assert "1 row with a birth date that is none; looked up without: line 3 'soon'" in result.stderr


def test_the_limit_is_the_most_matches_of_a_name(run: Run) -> None:
    Path("own.csv").write_text("name\nAlpha Beta\nAlpha Beta Trading\nAlpha Beta LLC\n", "utf-8")
    for limit in (1, 2):
        told = run("party", "Alpha Beta", "--watchlist", "own.csv", "--no-bundled", "--limit", limit).stdout
        assert told.count("(unknown, own:") == limit
