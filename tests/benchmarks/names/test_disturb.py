"""Names made for the benchmark are what their label says."""

from tests.benchmarks.names.disturb import Maker


def test_another_number_is_no_miss_where_a_sister_of_that_number_is_listed() -> None:
    plants = [f"Ural Optical Plant {number}" for number in range(1, 30)]
    made = Maker(plants, seed=1).other_numbers(20)
    assert {one.name for one in made}.isdisjoint(plants)


def test_a_name_with_another_number_is_a_near_miss() -> None:
    made = Maker(["Ural Optical Plant 5"], seed=1).other_numbers(3)
    assert {(one.label, one.kind, one.listed) for one in made} == {("hard", "number", -1)}
    assert {one.name for one in made} <= {f"Ural Optical Plant {number}" for number in (6, 7, 15)}


def test_a_list_without_numbers_gives_none() -> None:
    assert Maker(["Ural Optical Plant"], seed=1).other_numbers(3) == []
