"""The longer lists of the benchmark are like the list that they are made from."""

from tests.benchmarks.names.growth import Extended, exponents
from tests.benchmarks.names.report import Row

NAMES = [f"{stem} Trading {form}" for stem in ("Alfa", "Berta", "Gamma", "Delta") for form in ("LLC", "Ltd")]
LISTED = [f"{name} {number}" for name in NAMES for number in range(10)]


def test_a_shorter_list_is_the_beginning_of_a_longer_one() -> None:
    assert Extended(LISTED).first(300)[:120] == Extended(LISTED).first(120)


def test_the_listed_names_come_first_and_no_name_comes_twice() -> None:
    longer = Extended(LISTED).first(300)
    assert set(longer[: len(LISTED)]) == set(LISTED)
    assert len(set(longer)) == 300


def test_a_longer_list_brings_new_words_and_keeps_the_common_ones() -> None:
    made = Extended(LISTED).first(300)[len(LISTED) :]
    assert any("Trading" in name for name in made)
    assert {word for name in made for word in name.split()} - {
        word for name in LISTED for word in name.split()
    }


def test_growth_is_told_between_the_last_two_sizes() -> None:
    rows = [Row("time", [5.0, 1.0, 10.0]), Row("not measured", [None, None, None])]
    assert exponents(rows, (1, 100, 1_000)) == ["time: n^1.00"]
