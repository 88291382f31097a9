"""A rule over time in words: its terms for a reader, and the sentence of its finding."""

import pytest

from screening.ruleset.terms import days, default_sentence, terms_told
from screening.ruleset.windows import WindowRule
from tests.engine.made_books import TO_KZ, TO_RU, change_rule, clauses, count_rule, sequence_rule

TO_RUSSIA, TO_TRANSIT = {"where": clauses(TO_RU)}, {"where": clauses(TO_KZ)}
STOPS = {"stops": {"after_at_least": 2, "quiet_for": "60d"}}
MORE = {
    "starts": {"unseen_for": "180d"},
    "similar": {"field": "weight.net_kg", "within": "0.05"},
    "differs": "consignee.key",
    "group_by": ["consignee.key"],
}
SUM = {"sum": "weight.net_kg", "at_least": "2.5"}
SELLERS = {"distinct": "exporter.key", "at_least": 3}


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (count_rule(), "one consignee had {count} such shipments within {within}"),
        (
            count_rule(count=SELLERS),
            "one consignee had {count} different parties as exporter within {within}",
        ),
        (
            count_rule(count=[{"distinct": "goods.hs6", "at_least": 3}, SUM]),
            "one consignee had {count} different values of goods.hs6 and {sum} kg of weight.net_kg "
            "within {within}",
        ),
        (
            sequence_rule(TO_RUSSIA, TO_TRANSIT),
            "one exporter had, within {within}: step 0, then step 1",
        ),
        (
            change_rule(of="rows"),
            "one consignee had {ratio} times as much a day over {within} as over the 20 days before: "
            "shipments",
        ),
    ],
)
def test_a_finding_has_a_sentence_where_the_rule_has_none(rule: WindowRule, sentence: str) -> None:
    assert default_sentence(rule) == sentence


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (count_rule(count=[SELLERS, SUM]), ["at least 3 different parties as exporter within 10 days"]),
        (count_rule(count=SUM), ["by consignee.key", "at least 2.5 kg of weight.net_kg within 10 days"]),
        (
            sequence_rule(TO_RUSSIA | STOPS, TO_TRANSIT, persists="365d"),
            [
                "step 0: at least 2 rows, then none for 60 days",
                "all within 30 days",
                "carried on by later rows of the last step for 365 days",
            ],
        ),
        (
            sequence_rule(TO_RUSSIA, TO_TRANSIT | MORE),
            [
                "step 1: by consignee.key",
                "step 1: not seen for 180 days",
                "step 1: weight.net_kg within 5 % of that of the step before",
                "step 1: another consignee.key than that of the step before",
            ],
        ),
        (
            change_rule(min_rows=2),
            [
                "weight.net_kg over 10 days at least 3 times, by the day, what it was over "
                "the 20 days before",
                "at least 2 rows in the window, and 1 before it",
            ],
        ),
    ],
)
def test_every_term_of_a_rule_is_a_line(rule: WindowRule, told: list[str]) -> None:
    assert set(told) <= set(terms_told(rule))


def test_one_day_is_one_day() -> None:
    assert [days(1), days(30)] == ["1 day", "30 days"]
