"""A party that is forgotten leaves nothing behind: no name, no number, no byte of the file."""

from pathlib import Path

import pytest

from screening.history.history import History
from tests.history.books import LISTS, RULES, book_of, post, row, told

PARTY = "Zyxwv Handelshaus GmbH"


@pytest.fixture
def history(tmp_path: Path) -> History:
    rows = [
        row(shipment_id="A", consignee_name=PARTY, consignee_address="7 Quince Street"),
        row(shipment_id="B", exporter_name="ZYXWV HANDELSHAUS", consignee_name="Other Firm"),
        row(
            shipment_id="C", consignee_name="Other Firm", goods_description="for Zyxwv Handelshaus GmbH only"
        ),
    ]
    history = History(tmp_path / "h.db")
    post(history, book_of(tmp_path, *rows), RULES)
    return history


def test_it_is_forgotten_in_every_role_spelling_and_text(history: History) -> None:
    assert history.forget("Zyxwv Handelshaus", LISTS) == 3
    assert history.forget(PARTY, LISTS) == 0
    assert history.forget("---", LISTS) == 0


def test_it_is_forgotten_where_it_stands_beside_another(history: History, tmp_path: Path) -> None:
    post(
        history, book_of(tmp_path, row(shipment_id="E", consignee_name="Late Firm LLC c/o Zyxwv Handelshaus"))
    )
    assert history.forget(PARTY, LISTS) == 4


def test_not_a_byte_of_it_stays_in_the_file(history: History, tmp_path: Path) -> None:
    def there(*words: bytes) -> list[bool]:
        whole = (tmp_path / "h.db").read_bytes().lower()
        return [word in whole for word in words]

    words = (b"zyxwv", b"quince")
    history.forget(PARTY, LISTS)
    assert there(*words) == [False, False]
    assert not list(tmp_path.glob("h.db-*"))


def test_no_shipment_is_found_by_it_any_more(history: History, tmp_path: Path) -> None:
    history.forget(PARTY, LISTS)
    past, _ = post(history, book_of(tmp_path, row(shipment_id="D", consignee_name=PARTY)), RULES[:1])
    assert told(past) == []


def test_shipments_count_for_the_others_on_them(history: History, tmp_path: Path) -> None:
    history.forget(PARTY, LISTS)
    past, _ = post(history, book_of(tmp_path, row(shipment_id="D", consignee_name="Other Firm")), RULES[:1])
    assert told(past) == ["B", "C"]


def test_the_file_of_then_is_still_known(history: History, tmp_path: Path) -> None:
    history.forget(PARTY, LISTS)
    past, posted = post(history, book_of(tmp_path, row(shipment_id="A", consignee_name=PARTY)), RULES)
    assert (past.known, past.changed, posted.added) == (1, 0, 0)
