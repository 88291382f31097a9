"""All shipments of a run, each once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_any
from hypothesis import strategies as st

from screening.errors import InputError
from screening.io.book import Book, read_book

Given = Callable[..., Path]


def identities(book: Book) -> list[str]:
    return [name for batch in book.batches for name in batch.typed["shipment_id"].to_list()]


def test_a_row_without_an_id_is_called_by_its_file_and_row(given: Given) -> None:
    one = given("Shipper\nA\nB\n", "one.csv")
    two = given("shipment_id,Shipper\nS1,A\n,B\n", "two.csv")
    assert identities(read_book([one, two])) == ["one.csv#1", "one.csv#2", "S1", "two.csv#2"]


def test_files_of_one_name_in_two_folders_are_told_apart(given: Given, tmp_path: Path) -> None:
    one = given("Shipper\nA\n", "a.csv")
    (tmp_path / "b").mkdir()
    two = given("Shipper\nB\n", "b/a.csv")
    assert identities(read_book([one, two])) == [f"{one}#1", f"{two}#1"]


def test_the_second_of_two_equal_identities_is_a_reject_that_names_the_first(given: Given) -> None:
    one = given("shipment_id,line,rev,Shipper\nS0,1,,X\nS1,1,,A\n", "one.csv")
    two = given("shipment_id,line,rev,Shipper\nS1,2,,B\nS1,1,,Listed\n", "two.csv")
    book = read_book([one, two])
    (reject,) = book.rejects.to_dicts()
    assert (reject["row"], reject["line"], reject["column"], reject["value"]) == (2, 3, "shipment_id", "S1")
    assert reject["reason"].startswith(
        f"same shipment_id, line_number and revision as row 2 of {one}; remove one"
    )
    assert reject["exporter_name"] == "Listed"
    assert (book.rows, book.rejected, book.superseded_rows) == (4, 1, 0)


def test_a_higher_revision_supersedes_a_lower_one_wherever_it_stands(given: Given) -> None:
    one = given("shipment_id,rev,Shipper\nS1,2,new\nS1,1,old\nS1,,oldest\nS2,,only\n", "one.csv")
    book = read_book([one])
    assert [batch.typed["exporter_name"].to_list() for batch in book.batches] == [["new", "only"]]
    assert [batch.typed["exporter_name"].to_list() for batch in book.superseded] == [["old", "oldest"]]
    assert (book.rows, book.rejected, book.superseded_rows) == (4, 0, 2)


def test_the_lines_of_one_shipment_do_not_supersede_each_other(given: Given) -> None:
    book = read_book([given("shipment_id,line,rev\nS1,1,1\nS1,2,2\nS1,,3\n")])
    assert book.superseded_rows == 0


def test_a_file_without_the_columns_counts_as_blank(given: Given) -> None:
    one = given("shipment_id\nS1\n", "one.csv")
    two = given("shipment_id,rev,line\nS1,,\nS1,1,\n", "two.csv")
    book = read_book([one, two])
    assert (book.rejected, book.superseded_rows) == (1, 1)


def test_cells_are_kept_beside_their_rows(given: Given) -> None:
    book = read_book([given("shipment_id,rev,note\nS1,1,a\nS1,2,b\nS1,2,c\nS2,,d\n")])
    (batch,) = book.batches
    assert batch.cells["note"].to_list() == ["b", "d"]
    assert batch.typed["row"].to_list() == [2, 4]
    assert batch.lines.to_list() == [3, 5]


def test_a_column_of_one_file_is_present_in_the_book(given: Given) -> None:
    book = read_book([given("Shipper\nA\n", "a.csv"), given("HS\n854231\n", "b.csv")])
    assert book.present == {"exporter_name", "hs_code"}


def test_a_file_that_cannot_be_read_is_an_error_of_the_run(given: Given, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_book([given("Shipper\nA\n"), tmp_path / "none.csv"])


LINES = st.tuples(
    st.sampled_from(["S1", "S2", ""]), st.sampled_from(["", "1", "2", "x"]), st.sampled_from(["", "0", "1"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@for_any(st.lists(st.lists(LINES, max_size=8), min_size=1, max_size=3))
def test_every_row_is_screened_rejected_or_superseded(
    given: Given, files: list[list[tuple[str, ...]]]
) -> None:
    paths = [
        given("shipment_id,line,rev\n" + "".join(",".join(row) + "\n" for row in rows), f"{at}.csv")
        for at, rows in enumerate(files)
    ]
    book = read_book(paths)
    current = [
        key for batch in book.batches for key in batch.typed.select("shipment_id", "line_number").rows()
    ]
    assert len(set(current)) == len(current)
    assert sum(map(len, files)) == book.rows == len(current) + book.rejected + book.superseded_rows
