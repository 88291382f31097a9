from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from screening import Screener, Screening, Shipment
from screening.ruleset.exceptions import Lane, RuleException
from screening.ruleset.windows import WindowRule
from tests import windows
from tests.rulebook import rule_set

EXPIRES = date(2024, 6, 30)
ABOUT = {
    "owner": "A. Compliance",
    "reason": "Checked on file.",
    "created": date(2024, 1, 1),
    "expires": EXPIRES,
}
FORWARDED = Shipment(
    shipment_date="2024-03-15",
    hs_code="854231",
    exporter_name="Harmonia Tekstil AS",
    exporter_country="TR",
    country_of_origin="US",
    consignee_name="Xezer Cargo Logistics MMC",
    consignee_country="AZ",
    country_of_destination="AZ",
    transit_countries="RU",
)
Site = Callable[..., Screener]


def excepted(rule: str, number: int = 1, **subject: Any) -> RuleException:
    return RuleException.model_validate(ABOUT | {"id": f"EXC-{number:03}", "rule": rule} | subject)


@pytest.fixture(scope="module")
def site(screener: Screener, no_lists_of_the_user: Callable[[], AbstractContextManager[None]]) -> Site:
    """A screener with the bundled rules, the bundled lists and these exceptions."""

    def with_exceptions(*exceptions: RuleException) -> Screener:
        with no_lists_of_the_user():
            return Screener(rules=screener.ruleset, exceptions=exceptions)

    return with_exceptions


def rules_of(result: Screening) -> set[str]:
    return {finding.rule for finding in result.findings}


def on(day: str | None, shipment: Shipment = FORWARDED) -> Shipment:
    return shipment.model_copy(update={"shipment_date": day})


def test_the_shipment_has_findings_to_hide(screener: Screener) -> None:
    assert {"PTY-016", "RTE-001"} <= rules_of(screener.screen(FORWARDED))
    assert screener.screen(FORWARDED).suppressed == ()


@pytest.mark.parametrize(
    "spelling", ["Xezer Cargo Logistics MMC", "XEZER CARGO LOGISTICS", "Logistics Xezer Cargo LLC"]
)
def test_a_party_is_excepted_under_every_spelling(site: Site, screener: Screener, spelling: str) -> None:
    before, after = screener.screen(FORWARDED), site(excepted("PTY-016", party=spelling)).screen(FORWARDED)
    assert rules_of(after) == rules_of(before) - {"PTY-016"}
    assert after.score == sum(part.points for part in after.score_parts)


def three_to(names: tuple[str, ...], rule: WindowRule, *exceptions: RuleException) -> Screening:
    """The last of three shipments, each with the same parties."""
    screener = Screener(rule_set(rule), exceptions=exceptions)
    parties = dict(zip(("consignee_name", "end_user_name"), names, strict=False))
    days = ("2024-03-01", "2024-03-05", "2024-03-09")
    return screener.screen_many(
        Shipment(shipment_date=day, country_of_destination="KZ", **parties) for day in days
    )[-1]


def test_a_finding_over_time_is_excepted_for_its_party() -> None:
    after = three_to(("Altyn TOO",), windows.often(), excepted("PAT-901", party="TOO ALTYN"))
    assert (rules_of(after), [s.rule for s in after.suppressed]) == (set(), ["PAT-901"])


@pytest.mark.parametrize(("other", "stays"), [("Altyn TOO", False), ("Azu International Ltd Sti", True)])
def test_a_finding_over_time_stays_where_another_party_is_listed_too(other: str, stays: bool) -> None:
    listed = {"listed": {"field": "any_party.match.score", "at_least": "0.9", "say": "listed"}}
    rule = windows.often(of=listed, group_by=["destination.country"])
    names = ("JSC Rosoboronexport", other)
    after = three_to(names, rule, excepted("PAT-901", party="Rosoboronexport"))
    assert rules_of(after) == ({"PAT-901"} if stays else set())


def test_another_party_is_not_excepted(site: Site) -> None:
    after = site(excepted("PTY-016", party="Xezer Trading")).screen(FORWARDED)
    assert "PTY-016" in rules_of(after)
    assert after.suppressed == ()


def test_an_exception_for_a_party_hides_its_address_and_no_other(site: Site) -> None:
    room = "Room 803, Chevalier House, 45-51 Chatham Road South, Tsim Sha Tsui, Hong Kong"
    parties = {"consignee_name": "Lucky Harbour Ltd", "end_user_name": "Jade Wing Ltd"}
    of_one = Shipment(shipment_date="2024-06-20", consignee_address=room, **parties)
    of_both = of_one.model_copy(update={"end_user_address": room})
    excepting = site(excepted("PTY-020", party="Lucky Harbour Ltd"))
    assert "PTY-020" not in rules_of(excepting.screen(of_one))
    assert "PTY-020" in rules_of(excepting.screen(of_both))


def test_what_is_hidden_is_shown_with_who_answers_for_it(site: Site) -> None:
    (hidden,) = site(excepted("PTY-016", party="Xezer Cargo Logistics MMC")).screen(FORWARDED).suppressed
    told = (hidden.rule, hidden.exception, hidden.owner, hidden.expires)
    assert told == ("PTY-016", "EXC-001", "A. Compliance", "2024-06-30")


@pytest.mark.parametrize(
    ("day", "hidden"), [("2024-06-29", True), ("2024-06-30", True), ("2024-07-01", False), (None, False)]
)
def test_an_exception_holds_to_its_last_day(site: Site, day: str | None, hidden: bool) -> None:
    result = site(excepted("PTY-016", party="Xezer Cargo Logistics MMC")).screen(on(day))
    assert ("PTY-016" not in rules_of(result)) is hidden
    assert bool(result.suppressed) is hidden


@pytest.mark.parametrize(
    ("lane", "hidden"),
    [
        ({"from": "TR", "to": "AZ"}, True),
        ({"from": "TR", "to": "AZ", "hs6": "854231"}, True),
        ({"from": "TR", "to": "AZ", "hs6": "854232"}, False),
        ({"from": "TR", "to": "KZ"}, False),
        ({"from": "DE", "to": "AZ"}, False),
    ],
)
def test_a_lane_is_excepted_with_its_goods(site: Site, lane: dict[str, str], hidden: bool) -> None:
    result = site(excepted("RTE-001", lane=Lane.model_validate(lane))).screen(FORWARDED)
    assert ("RTE-001" not in rules_of(result)) is hidden


def test_a_shipment_without_a_lane_is_on_no_excepted_one(site: Site) -> None:
    nowhere = Shipment(
        shipment_date="2024-03-15", hs_code="854231", transit_countries="RU", consignee_country="KZ"
    )
    lane = Lane.model_validate({"from": "TR", "to": "KZ"})
    assert site(excepted("RTE-001", lane=lane)).screen(nowhere).suppressed == ()


def test_what_was_concluded_from_a_hidden_finding_stays_with_its_evidence(
    site: Site, screener: Screener
) -> None:
    before = screener.screen(FORWARDED)
    drawn = {finding.rule: finding for finding in before.findings if finding.rule.startswith("CMB")}
    after = site(excepted("PTY-016", party="Xezer Cargo Logistics MMC")).screen(FORWARDED)
    assert drawn
    assert {f.rule: f for f in after.findings if f.rule.startswith("CMB")} == drawn


def test_a_conclusion_can_be_excepted_itself(site: Site, screener: Screener) -> None:
    drawn = sorted(rule for rule in rules_of(screener.screen(FORWARDED)) if rule.startswith("CMB"))
    for rule in drawn:
        result = site(excepted(rule, party="Xezer Cargo Logistics MMC")).screen(FORWARDED)
        assert rules_of(result) == rules_of(screener.screen(FORWARDED)) - {rule}
        assert [hidden.rule for hidden in result.suppressed] == [rule]


@pytest.mark.parametrize("rule", ["CMB-005", "GDS-001", "PTY-004"])
def test_a_finding_that_is_not_there_is_not_told_as_hidden(site: Site, rule: str) -> None:
    result = site(excepted(rule, party="Xezer Cargo Logistics MMC")).screen(FORWARDED)
    assert result.suppressed == ()


def test_a_rule_that_could_not_be_evaluated_is_still_said_so(site: Site, screener: Screener) -> None:
    unknown = [rule.rule for rule in screener.screen(FORWARDED).not_evaluated]
    assert "PTY-012" in unknown
    exceptions = [excepted(r, n, party="Xezer Cargo Logistics MMC") for n, r in enumerate(unknown, 1)]
    assert [rule.rule for rule in site(*exceptions).screen(FORWARDED).not_evaluated] == unknown


def test_two_exceptions_for_one_finding_are_both_shown(site: Site) -> None:
    lane = Lane.model_validate({"from": "TR", "to": "AZ"})
    both = site(excepted("PTY-016", 1, party="Xezer Cargo Logistics"), excepted("PTY-016", 2, lane=lane))
    assert [hidden.exception for hidden in both.screen(FORWARDED).suppressed] == ["EXC-001", "EXC-002"]


NAMESAKE, LISTED = "Azu International Ltd Sti", "JSC Rosoboronexport"


@pytest.mark.parametrize(
    ("parties", "hidden"),
    [
        ({"consignee_name": NAMESAKE}, True),
        ({"consignee_name": NAMESAKE, "end_user_name": NAMESAKE}, True),
        ({"consignee_name": NAMESAKE, "end_user_name": LISTED}, False),
        ({"consignee_name": f"{NAMESAKE} c/o {LISTED}"}, False),
    ],
)
def test_an_excepted_namesake_hides_no_other_listed_party(
    site: Site, parties: dict[str, str], hidden: bool
) -> None:
    shipment = Shipment(shipment_date="2024-03-15", **parties)
    result = site(excepted("PTY-001", party=NAMESAKE)).screen(shipment)
    assert ("PTY-001" not in rules_of(result)) is hidden
    assert (result.decision == "hold") is not hidden


@pytest.mark.parametrize("party", ["...", "-", "«»"])
def test_a_party_of_signs_alone_excepts_nobody(site: Site, party: str) -> None:
    blank = FORWARDED.model_copy(update={"payer_name": "---", "exporter_name": "..."})
    assert site(excepted("PTY-016", party=party)).screen(blank).suppressed == ()


def test_an_exception_of_a_rule_that_is_not_there_changes_nothing(site: Site, screener: Screener) -> None:
    result = site(excepted("ZZZ-999", party="Xezer Cargo Logistics MMC")).screen(FORWARDED)
    assert result.findings == screener.screen(FORWARDED).findings


def test_the_match_of_an_excepted_party_is_still_shown(site: Site) -> None:
    shipment = Shipment(shipment_date="2024-03-15", consignee_name=NAMESAKE)
    assert site(excepted("PTY-001", party=NAMESAKE)).screen(shipment).matches
