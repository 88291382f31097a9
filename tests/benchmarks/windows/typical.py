"""Rules over time of every kind, as they are typical: the measure while the bundled ones are few."""

from collections.abc import Iterator
from typing import Any

from screening.ruleset.windows import WindowRule
from tests.engine.made_books import change_rule, clauses, count_rule, sequence_rule

_LISTED = {"field": "goods.chpl_tier", "not_in": ["none"]}
_TRANSIT = {"field": "destination.country", "in_list": "countries/transit"}
_CONCERN = {"field": "destination.country", "in_list": "countries/destinations_of_concern"}
_FROM_TRANSIT = {"field": "export.country", "in_list": "countries/transit"}
_DATED = {"field": "goods.hs6", "known": "true"}
_LANE = ["exporter.key", "goods.hs6"]
_BUYER = ["consignee.key"]


def typical_rules() -> list[WindowRule]:
    """Two dozen rules, some over listed goods to transit countries, some over every row."""
    stated = [*_counts(), *_sequences(), *_changes()]
    return [rule.model_copy(update={"id": f"TYP-{number:03}"}) for number, rule in enumerate(stated, 1)]


def _least(measure: str, number: float) -> dict[str, Any]:
    return {**({"rows": "true"} if measure == "rows" else dict([measure.split()])), "at_least": str(number)}


def _counts() -> Iterator[WindowRule]:
    listed, everything = clauses(_LISTED, _TRANSIT), clauses(_DATED)
    for of, group, within, measure in (
        (listed, _BUYER, "30d", _least("distinct exporter.key", 3)),
        (listed, _BUYER, "365d", _least("distinct goods.hs6", 5)),
        (listed, _BUYER, "30d", _least("rows", 5)),
        (listed, _LANE, "90d", _least("sum value.usd", 250_000)),
        (everything, _BUYER, "365d", _least("distinct exporter.key", 10)),
        (everything, ["exporter.key"], "90d", _least("distinct consignee.key", 25)),
        (everything, _BUYER, "7d", _least("rows", 10)),
        (everything, ["consignee.key", "goods.hs6"], "30d", _least("sum weight.net_kg", 20_000)),
        (everything, ["document.invoice_number"], "365d", _least("distinct consignee.key", 2)),
        (everything, ["document.container_number"], "14d", _least("distinct consignee.key", 2)),
        (everything, ["exporter.key", "consignee.key"], "30d", _least("distinct payer.key", 3)),
    ):
        yield count_rule(of=of, group_by=group, within=within, count=measure)


def _sequences() -> Iterator[WindowRule]:
    direct, transit = {"where": clauses(_CONCERN)}, {"where": clauses(_TRANSIT)}
    stops = {"stops": {"after_at_least": 2, "quiet_for": "60d"}}
    starts = {"starts": {"unseen_for": "180d"}}
    similar = {"similar": {"field": "weight.net_kg", "within": "0.05"}}
    out = {"where": clauses(_FROM_TRANSIT), "group_by": ["export.country", "goods.hs6"], **similar}
    every = {"where": clauses(_DATED)}
    shift = {"within": "180d", "persists": "365d"}
    hub = ["destination.country", "goods.hs6"]
    yield sequence_rule(direct | stops, transit | starts, group_by=_LANE, **shift)
    yield sequence_rule(direct | stops, transit | starts, group_by=["exporter.key"], **shift)
    yield sequence_rule({"where": clauses(_LISTED)} | starts, group_by=_BUYER, **shift)
    yield sequence_rule(direct, transit, group_by=_LANE, within="90d")
    yield sequence_rule(transit, out, group_by=hub, within="90d")
    yield sequence_rule(every, every | similar, group_by=["consignee.key"], within="30d")
    yield sequence_rule(every, every | {"differs": "payer.key"}, group_by=["exporter.key"], within="30d")
    yield sequence_rule(direct, transit, direct | {"differs": "consignee.key"}, group_by=_LANE, within="90d")


def _changes() -> Iterator[WindowRule]:
    past = {"window": "90d", "baseline": "365d", "ratio_at_least": "3", "min_rows": "3"}
    listed = clauses(_LISTED, _TRANSIT)
    yield change_rule(group_by=["consignee.key", "goods.hs6"], of="weight.net_kg", where=listed, **past)
    yield change_rule(group_by=_BUYER, of="value.usd", where=listed, **past)
    yield change_rule(group_by=_BUYER, of="rows", where=listed, **past)
    yield change_rule(group_by=_BUYER, of="value.usd", **past)
    yield change_rule(group_by=_LANE, of="quantity.amount", **past)
    yield change_rule(group_by=["destination.country", "goods.hs6"], of="weight.net_kg", **past)
