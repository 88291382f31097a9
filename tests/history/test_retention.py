"""How long shipments are kept is judged by the newest day in the book, and no run empties a history."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from screening.errors import InputError
from screening.history.history import History
from tests.history.books import LISTS, book_of, count_rule, post, row, told

RULE = [count_rule(within="60d")]
KEEP = 100


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "h.db", keep=KEEP)


def day(number: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=number)).isoformat()


def posted(history: History, folder: Path, *numbers: int) -> tuple[list[str], int, int]:
    """What the book of these days sees, what was let go, and what was held back."""
    rows = [row(shipment_id=f"D{number}", shipment_date=day(number)) for number in numbers]
    past, done = post(history, book_of(folder, *rows), RULE)
    return told(past), done.pruned, done.held_back


def test_the_last_day_of_the_time_is_kept(history: History, tmp_path: Path) -> None:
    posted(history, tmp_path, 0, 1, 2, 3)
    assert posted(history, tmp_path, KEEP)[1:] == (0, 0)
    assert posted(history, tmp_path, KEEP + 1)[1:] == (1, 0)
    assert history.holding().shipments == 5


def test_a_wrong_day_in_the_far_future_empties_nothing(history: History, tmp_path: Path) -> None:
    posted(history, tmp_path, 0, 1, 2)
    assert posted(history, tmp_path, 40_000)[1:] == (0, 3)
    assert posted(history, tmp_path, 3)[0] == ["D0", "D1", "D2"]
    assert history.prune(LISTS) == 4
    assert history.holding().shipments == 1


def test_it_reaches_back_as_far_as_it_keeps(history: History, tmp_path: Path) -> None:
    posted(history, tmp_path, 0, *range(50, 60))
    posted(history, tmp_path, KEEP + 20)
    assert str(history.holding().begins) == day(20)


def test_what_was_let_go_does_not_come_back(history: History, tmp_path: Path) -> None:
    posted(history, tmp_path, 0, *range(50, 54))
    posted(history, tmp_path, KEEP + 20)
    past, done = post(history, book_of(tmp_path, row(shipment_id="D0", shipment_date=day(0))), RULE)
    assert (done.added, past.known) == (0, 0)


def test_rows_that_are_too_old_are_not_seen_before_their_part_is_written_anew(
    history: History, tmp_path: Path
) -> None:
    posted(history, tmp_path, 0, *range(50, 70))
    assert posted(history, tmp_path, KEEP + 1)[1] == 1
    assert history.holding().shipments == 22
    assert "D0" not in posted(history, tmp_path, 60 - 1 + 70)[0]
    assert history.prune(LISTS) == 0
    assert history.holding().shipments == 22


def test_another_time_is_remembered(tmp_path: Path) -> None:
    post(History(tmp_path / "h.db", keep=70), book_of(tmp_path, row(shipment_id="A")), RULE)
    with pytest.raises(InputError, match=r"70 days, and rule PAT-001 looks back 80; .* --history-keep 80"):
        post(History(tmp_path / "h.db"), book_of(tmp_path, row()), [count_rule(within="80d")])
    post(History(tmp_path / "h.db", keep=90), book_of(tmp_path, row()), [count_rule(within="80d")])
    assert History(tmp_path / "h.db").holding().keep_days == 90
