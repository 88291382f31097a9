"""The earlier shipments behind a finding."""

import random
from datetime import date

from screening.engine.related import MAX_RELATED, Measured, Other, related

COUNTED = Measured(count=3)


def other(day: int, shipment: str) -> Other:
    return Other(date(2024, 1, day), shipment)


def test_shipments_stand_by_date_and_then_by_id() -> None:
    found = related([other(2, "A"), other(1, "C"), other(1, "B")], "Z", COUNTED)
    assert (found.shipments, found.total, found.measured) == (("B", "C", "A"), 3, COUNTED)


def test_a_shipment_is_named_once_and_never_its_own() -> None:
    found = related([other(1, "A"), other(1, "A"), other(2, "B")], "B", COUNTED)
    assert (found.shipments, found.total) == (("A",), 1)


def test_many_are_counted_and_the_first_ones_named_whatever_their_order() -> None:
    many = [other(1 + number // 10, f"S{number:02}") for number in range(45)]
    shuffled = random.Random(3).sample(many, len(many))
    assert related(shuffled, "Z", COUNTED) == related(many, "Z", COUNTED)
    assert related(many, "Z", COUNTED).total == 45
    assert len(related(many, "Z", COUNTED).shipments) == MAX_RELATED
