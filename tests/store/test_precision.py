"""How often a rule was right follows from what people decided, for the version that fired."""

import pytest

from screening.store.casework.judgement import Judge, Person, Step
from screening.store.casework.policy import read_work_policy
from screening.store.casework.reasons import read_reasons
from screening.store.database import Database
from screening.store.decisions import decide
from screening.store.precision import Precision, precisions
from tests.store.records import post, rules, screened

JUDGE = Judge(read_work_policy(), read_reasons())
ADA = Person("key:ada", frozenset({"decide"}))
WRONG, NEITHER = (Step("release", reason) for reason in ("other_type", "licensed"))
RIGHT = Step("block", "listed_party")


def decided(database: Database, alert: int | None, *steps: Step) -> None:
    for version, step in enumerate(steps, 1):
        database.write(lambda tx, v=version, s=step: decide(tx, alert or 0, v, s, ADA, JUDGE))  # type: ignore[misc]


def known(database: Database, rule: str) -> Precision:
    with database.reading() as tx:
        return precisions(tx, JUDGE.reasons).get((rule, rules().rule(rule).version), Precision())


@pytest.fixture
def alerts(database: Database) -> list[int | None]:
    return post(database, *(screened(f"S{number}", "RTE-001") for number in range(5)))


def test_a_rule_is_as_right_as_people_say(database: Database, alerts: list[int | None]) -> None:
    for alert, step in zip(alerts, (WRONG, RIGHT, RIGHT, NEITHER), strict=False):
        decided(database, alert, step)
    found = known(database, "RTE-001")
    assert (found.alerts, found.right, found.wrong, found.share) == (5, 2, 1, 0.6667)


def test_nothing_is_known_of_what_nobody_decided_on(database: Database, alerts: list[int | None]) -> None:
    assert (known(database, "RTE-001").alerts, known(database, "RTE-001").share) == (5, None)
    assert known(database, "GDS-001") == Precision()


def test_the_last_decision_counts(database: Database, alerts: list[int | None]) -> None:
    decided(
        database, alerts[0], RIGHT, Step("reopen", "decided_wrongly"), WRONG, Step("comment", comment="so")
    )
    decided(database, alerts[1], RIGHT, Step("reopen", "decided_wrongly"))
    found = known(database, "RTE-001")
    assert (found.right, found.wrong) == (0, 1)
