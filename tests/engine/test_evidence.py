"""Why a rule fired: with the value, the sentence and the source of each clause that counts."""

from collections.abc import Mapping

import pytest

from screening import Evidence, Finding, Screener, Screening, Shipment
from screening.ruleset.loading import RuleSet
from screening.ruleset.policy import Policy
from tests.rulebook import POLICY, combine_rule, match_rule, rule_set

CHIPS = Shipment(
    shipment_date="2024-03-15",
    exporter_name="Harmonia Tekstil AS",
    consignee_name="Azu International Ltd Sti",
    consignee_country="TR",
    hs_code="8542.31.00",
    transit_countries="GE;RU",
    consignee_registered_on="2022-05-11",
)
LISTED = {"field": "consignee.match.score", "at_least": "0.95", "say": "{consignee.name} is listed ({value})"}
HUB = {"field": "consignee.country", "in_list": "countries/transit", "say": "the consignee is in {value}"}
GOODS = {"field": "goods.chpl_tier", "in": ["1", "2"], "say": "HS {goods.hs6} is of tier {value}"}
CODE = {"field": "goods.hs6", "in_list": "goods/chpl", "say": "HS {value} is on the list"}
WAY = {
    "field": "route.transit_countries",
    "in_list": "countries/destinations_of_concern",
    "say": "by {value}",
}
OLD = {"field": "consignee.registered_on", "before": "2022-02-24", "say": "founded on {value}"}
ANY = {"field": "any_party.match.score", "at_least": "0.95", "say": "somebody is listed"}
LATER = {"field": "consignee.later_match.score", "at_least": "0.95", "say": "listed later"}


def screened(rules: RuleSet, shipment: Shipment = CHIPS) -> Screening:
    return Screener(rules=rules).screen(shipment)


def found(clause: Mapping[str, object], shipment: Shipment = CHIPS, policy: Policy = POLICY) -> Finding:
    rules = rule_set(match_rule("GDS-001", {"fact": clause}), policy=policy)
    (finding,) = screened(rules, shipment).findings
    return finding


def evidence(clause: Mapping[str, object], shipment: Shipment = CHIPS) -> Evidence:
    (one,) = found(clause, shipment).evidence
    return one


@pytest.fixture(autouse=True)
def _bundled_lists_only(no_lists_of_the_user: object) -> object:
    with no_lists_of_the_user():  # type: ignore[operator]
        yield


@pytest.mark.parametrize("clause", [LISTED, ANY])
def test_a_match_is_evidence_with_its_entry_and_its_source(clause: dict[str, object]) -> None:
    one = evidence(clause)
    assert one.match is not None and one.match.name == "Azu International Ltd Sti"
    assert one.match.watchlist and one.match.id.startswith(f"{one.match.watchlist}:")
    assert one.source


def test_a_later_listing_is_evidence_too() -> None:
    one = evidence(LATER, CHIPS.model_copy(update={"shipment_date": "2023-04-11"}))
    assert one.match is not None and one.source and one.value == 1


def test_a_match_below_what_is_shown_is_evidence_where_a_rule_rests_on_it() -> None:
    likely = {"field": "consignee.match.score", "at_least": "0.75"}
    resembling = CHIPS.model_copy(update={"consignee_name": "Hulm Al Sahra Electrical Trading"})
    shy = POLICY.model_copy(update={"match_threshold": 1.0})
    rules = rule_set(match_rule("PTY-001", {"likely": likely}), policy=shy)
    result = screened(rules, resembling)
    (one,) = result.findings[0].evidence
    assert one.match is not None and one.source
    assert result.matches == ()


@pytest.mark.parametrize("clause", [HUB, GOODS, CODE, WAY])
def test_a_list_is_evidence_with_its_source(clause: dict[str, object]) -> None:
    one = evidence(clause)
    assert one.source
    assert one.match is None


@pytest.mark.parametrize(
    ("clause", "value", "sentence"),
    [
        (HUB, "TR", "The consignee is in Türkiye."),
        (GOODS, "1", "HS 854231 is of tier 1."),
        (WAY, ["GE", "RU"], "By Georgia, Russia."),
        (LISTED, 1, "Azu International Ltd Sti is listed (1)."),
    ],
)
def test_an_explanation_holds_the_values_of_the_shipment(
    clause: dict[str, object], value: object, sentence: str
) -> None:
    finding = found(clause)
    assert finding.explanation == sentence
    assert finding.evidence[0].value == value


def test_only_the_sides_of_an_or_that_hold_are_evidence() -> None:
    rules = rule_set(match_rule("GDS-001", {"hub": HUB, "old": OLD, "code": CODE}, "hub or old or code"))
    (finding,) = screened(rules).findings
    assert [one.clause for one in finding.evidence] == ["hub", "code"]


def test_what_must_not_be_the_case_is_said_so_and_explains_nothing() -> None:
    rules = rule_set(match_rule("GDS-001", {"hub": HUB, "old": OLD}, "hub and not old"))
    (finding,) = screened(rules).findings
    assert finding.explanation == "The consignee is in Türkiye."
    assert finding.evidence[1].text == "not the case: founded on 2022-05-11"


def test_a_finding_that_rests_on_what_is_not_the_case_alone_says_its_title() -> None:
    rules = rule_set(match_rule("GDS-001", {"old": OLD}, "not old"))
    (finding,) = screened(rules).findings
    assert finding.explanation == "Title of GDS-001."


def test_the_evidence_of_a_conclusion_is_that_of_its_members_once_each() -> None:
    rules = rule_set(
        match_rule("GDS-001", {"hub": HUB, "code": CODE}),
        match_rule("GDS-002", {"hub": HUB, "way": WAY}),
        combine_rule("CMB-001", "both", {"and": ["GDS-001", "GDS-002"]}),
        combine_rule("CMB-002", "further", {"and": ["both"], "any_of": ["GDS-001", "GDS-003"]}),
        match_rule("GDS-003", {"old": OLD}),
    )
    told = {finding.rule: finding for finding in screened(rules).findings}
    assert [one.clause for one in told["CMB-001"].evidence] == ["hub", "code", "way"]
    assert told["CMB-001"].explanation == "Title of CMB-001: title of GDS-001, and title of GDS-002."
    assert [one.clause for one in told["CMB-002"].evidence] == ["hub", "code", "way"]
