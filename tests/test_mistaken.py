"""A party of which the site says that it is not the listed one: what counts no more, and what still does."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from screening import Screener, Screening, Shipment
from screening.ruleset.exceptions import RuleException

LIST = "id,name,country,type,listed_on\nE-1,Silk Orient Trading,KZ,organisation,2020-01-01\n"
ABOUT = {"owner": "A. Compliance", "reason": "Another firm.", "created": date(2024, 1, 1)}
SHIPMENT = Shipment(
    shipment_id="S1",
    shipment_date="2024-03-15",
    exporter_name="Harmonia Tekstil AS",
    exporter_country="TR",
    consignee_name="Silk Orient Trading TOO",
    consignee_country="KZ",
    country_of_destination="KZ",
    hs_code="854231",
)


def mistaken(entry: str = "own:E-1", party: str = "Silk Orient Trading TOO", **more: Any) -> RuleException:
    told = {"id": "EXC-001", "party": party, "entry": entry, "expires": date(2024, 6, 30)}
    return RuleException.model_validate(ABOUT | told | more)


@pytest.fixture
def screened(tmp_path: Path) -> Callable[..., Screening]:
    def screened(*exceptions: RuleException, more: str = "", **other: Any) -> Screening:
        own = tmp_path / "own.csv"
        own.write_text(LIST + more)
        site = Screener(watchlists=[own], bundled=False).excepting(exceptions)
        return site.screen(SHIPMENT.model_copy(update=other))

    return screened


def rules_of(result: Screening) -> set[str]:
    return {finding.rule for finding in result.findings}


def test_a_mistaken_match_counts_for_no_rule_and_is_shown(screened: Callable[..., Screening]) -> None:
    before, after = screened(), screened(mistaken())
    assert "PTY-001" in rules_of(before) and "PTY-001" not in rules_of(after)
    assert [(m.id, m.status) for m in before.matches] == [("own:E-1", "in_force")]
    assert [(m.id, m.status) for m in after.matches] == [("own:E-1", "mistaken")]


def test_every_rule_that_it_hid_is_shown(screened: Callable[..., Screening]) -> None:
    before, after = screened(), screened(mistaken())
    assert {hidden.rule for hidden in after.suppressed} == rules_of(before) - rules_of(after)
    assert {(hidden.exception, hidden.owner) for hidden in after.suppressed} == {("EXC-001", "A. Compliance")}


def test_another_entry_of_the_same_name_is_a_new_finding(screened: Callable[..., Screening]) -> None:
    after = screened(mistaken(), more="E-2,Silk Orient Trading,KZ,organisation,2024-01-01\n")
    assert "PTY-001" in rules_of(after) and after.suppressed == ()
    (evidence,) = [e for f in after.findings if f.rule == "PTY-001" for e in f.evidence if e.match]
    assert evidence.match and evidence.match.id == "own:E-2"


@pytest.mark.parametrize(
    "other",
    [
        {"consignee_name": "Silk Orient Tradings"},
        {"end_user_name": "Silk Orient Tradings"},
        {"shipment_date": date(2024, 7, 1)},
        {"shipment_date": None},
    ],
)
def test_another_party_or_a_later_day_is_not_covered(
    screened: Callable[..., Screening], other: dict[str, Any]
) -> None:
    assert "PTY-001" in rules_of(screened(mistaken(), **other))


def test_a_party_is_mistaken_under_every_spelling(screened: Callable[..., Screening]) -> None:
    assert "PTY-001" not in rules_of(screened(mistaken(party="TOO SILK ORIENT TRADING")))


def test_an_entry_that_no_list_has_says_nothing(screened: Callable[..., Screening]) -> None:
    assert rules_of(screened(mistaken("own:E-9"))) == rules_of(screened())


def test_exceptions_change_the_run_and_leave_the_others_alone(screener: Screener) -> None:
    other = screener.excepting([mistaken()])
    assert other.run != screener.run
    assert screener.screen(SHIPMENT).run == screener.run


@pytest.mark.parametrize(
    "more", [{"rule": "PTY-001"}, {"entry": None}, {"party": None, "lane": {"from": "DE", "to": "KZ"}}]
)
def test_an_entry_stands_with_a_party_and_without_a_rule(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        mistaken(**more)
