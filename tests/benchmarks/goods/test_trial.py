"""Descriptions are read as well as they were when this was written."""

import pytest

from tests.benchmarks.goods.trial import (
    Share,
    at_home,
    headed,
    hidden,
    labelled,
    not_misled,
    official,
    unlisted,
    vague,
)

PARTS = ("seen", "unseen")


def test_a_share_of_nothing_is_whole() -> None:
    assert Share(0, ()).rate == 1.0
    assert Share(3, ("x",)).rate == 0.75


def test_every_group_has_texts_in_both_parts() -> None:
    for part in PARTS:
        assert {line.group for line in labelled(part)} == {"listed", "look-alike", "ordinary", "vague"}


@pytest.mark.parametrize("part", PARTS)
def test_listed_goods_are_noticed_under_other_codes(part: str) -> None:
    listed = labelled(part, "listed")
    assert hidden(listed, "392690").rate >= 0.98
    assert hidden(listed, "950300").rate >= 0.92
    assert at_home(listed).rate == 1.0


@pytest.mark.parametrize("part", PARTS)
def test_what_only_looks_like_listed_goods_is_left_in_peace(part: str) -> None:
    alike = labelled(part, "look-alike")
    assert at_home(alike).rate >= 0.98
    assert unlisted(alike).rate >= 0.96
    assert not_misled(alike).rate >= 0.75


@pytest.mark.parametrize("part", PARTS)
def test_words_earn_the_heading_that_they_mean(part: str) -> None:
    listed = labelled(part, "listed")
    assert headed([*listed, *labelled(part, "ordinary")]).rate >= 0.95
    assert headed([line for line in listed if len(line.codes[0]) == 6], 6).rate >= 0.94


def test_what_says_nothing_is_told_from_what_says_something() -> None:
    assert vague(labelled()).rate >= 0.99


def test_the_texts_of_the_nomenclature_are_at_home_however_they_are_written() -> None:
    plain, disguised = official(noise=False), official(noise=True)
    assert at_home(plain).rate == at_home(disguised).rate == 1.0
    assert headed(plain).rate >= 0.93
    assert headed(disguised).rate >= 0.74
