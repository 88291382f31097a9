"""A book of one trade lane that moves, and rules over time that see it."""

from typing import Any

from screening.ruleset.loading import RuleSet
from screening.ruleset.rule import MatchRule
from screening.ruleset.windows import WindowRule
from tests.rulebook import match_rule, rule_set, window_rule
from tests.shipments import Row

TO_RUSSIA = {"field": "destination.country", "in": ["RU", "BY"], "say": "bound for {value}"}
TO_HUB = {"field": "destination.country", "in": ["KZ", "KG"], "say": "bound for {value}"}
LISTED = {"field": "consignee.match.score", "at_least": "0.9", "say": "the consignee is listed"}


def often(rule_id: str = "PAT-901", **more: Any) -> WindowRule:
    """Three shipments to one consignee in a hub within 30 days."""
    stated = {"of": {"hub": dict(TO_HUB)}, "within": "30d", "count": {"rows": {"at_least": "3"}}}
    return window_rule(rule_id, "count", **stated | more)


def moved(rule_id: str = "PAT-902", **more: Any) -> WindowRule:
    """A seller's lane to Russia stops, and one to a hub starts."""
    stops = {"after_at_least": "2", "quiet_for": "20d"}
    steps = [
        {"name": "direct_lane_stops", "where": {"direct": dict(TO_RUSSIA)}, "stops": stops},
        {"name": "hub_lane_starts", "where": {"hub": dict(TO_HUB)}, "starts": {"unseen_for": "60d"}},
    ]
    stated: dict[str, Any] = {"group_by": ["exporter.key"], "within": "90d", "steps": steps}
    return window_rule(rule_id, "sequence", **stated | more)


def grown(rule_id: str = "PAT-903", **more: Any) -> WindowRule:
    """A consignee's weight in 20 days is twice what it was, by the day, in the 60 before."""
    stated = {"of": "net_weight_kg", "window": "20d", "baseline": "60d"}
    return window_rule(rule_id, "change", **stated | {"ratio_at_least": "2", "min_rows": "2"} | more)


def hub(**more: Any) -> MatchRule:
    """A shipment to a hub."""
    return match_rule("RTE-901", {"hub": dict(TO_HUB)}, **{"weight": 20} | more)


def rules(*besides: Any) -> RuleSet:
    """The three of them, and one rule over one shipment."""
    return rule_set(often(), moved(), grown(), hub(), *besides)


def row(number: int, day: str, to: str, **more: str) -> Row:
    """One shipment of a seller of chips."""
    told = {"shipment_id": f"S{number:02}", "shipment_date": day, "exporter_name": "Falke GmbH"}
    told |= {"consignee_name": f"Firm of {to}", "country_of_destination": to, "net_weight_kg": "100"}
    return told | more


def lane() -> list[Row]:
    """Two shipments to Russia, and four to Kazakhstan two months later."""
    days = [("2024-01-01", "RU"), ("2024-01-05", "RU"), ("2024-03-05", "KZ"), ("2024-03-10", "KZ")]
    days += [("2024-03-20", "KZ"), ("2024-03-20", "KZ"), ("2024-05-20", "KZ")]
    return [row(number, day, to) for number, (day, to) in enumerate(days)]
