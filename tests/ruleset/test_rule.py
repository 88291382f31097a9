"""What a typed rule answers: is it in force, what does it read, what does it need."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.ruleset.rule import CombineRule, MatchRule
from tests.ruleset.made_rules import combine_text, match_text, only_rule, reading_of


def match_rule(path: Path, **changes: Any) -> MatchRule:
    rule = only_rule(path, match_text(**changes)).rule
    assert isinstance(rule, MatchRule)
    return rule


@pytest.mark.parametrize(
    ("day", "judged"),
    [
        (date(2022, 2, 23), False),
        (date(2022, 2, 24), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), False),
        (None, True),
    ],
)
def test_a_rule_judges_the_shipments_of_its_days(tmp_path: Path, day: date | None, judged: bool) -> None:
    rule = match_rule(tmp_path, valid_from="2022-02-24", valid_until="2024-12-31")
    assert rule.in_force(day) is judged


def test_a_rule_without_dates_judges_every_day(tmp_path: Path) -> None:
    assert match_rule(tmp_path).in_force(date(1990, 1, 1))


def test_without_a_condition_every_clause_must_hold(tmp_path: Path) -> None:
    assert [clause.name for clause in match_rule(tmp_path).clauses] == ["tier_1", "neighbour"]


def test_only_the_clauses_that_the_condition_names_are_asked(tmp_path: Path) -> None:
    rule = match_rule(tmp_path, condition="neighbour or neighbour")
    assert [clause.name for clause in rule.clauses] == ["neighbour"]


def test_prose_is_one_line_however_it_is_folded(tmp_path: Path) -> None:
    text = match_text(rationale=None) + "rationale: >\n  The goods\n  go on.\n"
    assert only_rule(tmp_path, text).rule.rationale == "The goods go on."


def test_the_members_of_a_combination_are_all_that_it_names(tmp_path: Path) -> None:
    when = {"any_of": ["GDS-902", "lane"], "and": ["GDS-901"], "unless": ["DOC-901"]}
    (file,) = reading_of(tmp_path, combine_text(when=when)).read
    assert isinstance(file.rule, CombineRule)
    assert file.rule.when.positive == ("GDS-902", "lane", "GDS-901")
    assert file.rule.when.all_names == ("GDS-902", "lane", "GDS-901", "DOC-901")


def test_a_rule_can_not_be_changed_once_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="frozen"):
        match_rule(tmp_path).weight = 100
