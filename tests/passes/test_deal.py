"""Tasks go to whoever has time, and what came of them comes in order."""

import pytest

from screening.passes.deal import Deal


def test_what_came_of_tasks_is_told_in_their_order() -> None:
    deal = Deal([("a",), ("b",), ("c",)])
    (first, _), (second, _), (third, _) = deal
    for number in (third, first):
        deal.tell(number, f"found {number}")
    assert list(deal.told()) == ["found 0"]
    deal.tell(second, "found 1")
    assert list(deal.told()) == ["found 1", "found 2"]


def test_nobody_takes_of_a_closed_deal() -> None:
    deal = Deal([("a",), ("b",)])
    next(deal)
    deal.close()
    assert list(deal) == []


def test_a_task_is_made_when_it_is_taken() -> None:
    coming = iter([("a",), ("b",)])
    next(Deal(coming))
    assert list(coming) == [("b",)]


def test_what_is_wrong_with_a_task_is_told_to_whoever_takes_it() -> None:
    deal = Deal((1 // number,) for number in (1, 0, 1))
    next(deal)
    with pytest.raises(ZeroDivisionError):
        next(deal)
    assert list(deal) == []


def test_tasks_can_be_made_before_they_are_taken() -> None:
    coming = iter([("a",), ("b",), ("c",)])
    deal = Deal(coming)
    deal.make(2)
    deal.make(2)
    assert list(coming) == [("c",)]
    assert [one for _, one in deal] == [("a",), ("b",)]
    deal.make(2)
    assert list(deal) == []


def test_made_tasks_of_a_closed_deal_are_let_go() -> None:
    deal = Deal([("a",)])
    deal.make(1)
    deal.close()
    assert list(deal) == []
