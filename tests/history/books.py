"""Books and rules over time for the tests of the history."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from screening.history.asked import Asked
from screening.history.history import History
from screening.history.past import Past
from screening.history.posting import Posted
from screening.io.book import Book, bound
from screening.io.readers import read_shipments
from screening.ruleset.clauses import read_clause
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.watchlists.lists import ListCatalogue
from tests.rulebook import _about as about

LISTS = ListCatalogue.load()
COLUMNS = (
    *("shipment_id", "line_number", "revision", "shipment_date", "exporter_name", "exporter_country"),
    *("consignee_name", "consignee_address", "consignee_country", "hs_code", "net_weight_kg"),
    *("goods_description", "invoice_number"),
)
Row = Mapping[str, str]


def clauses(**stated: Mapping[str, Any]) -> dict[str, Any]:
    return {name: read_clause(name, dict(one)) for name, one in stated.items()}


ANY = {"field": "goods.hs6", "known": "true", "say": "goods"}
RUSSIA = {"field": "destination.country", "in": ["RU", "BY"], "say": "to Russia"}
TRANSIT = {"field": "destination.country", "in": ["KZ", "KG"], "say": "to a transit country"}


def count_rule(rule_id: str = "PAT-001", **more: Any) -> CountRule:
    stated: dict[str, Any] = {
        "group_by": ["consignee.key"],
        "within": "30d",
        "count": {"rows": {"at_least": 2}},
    } | more
    return CountRule.model_validate(about(rule_id, stated) | {"kind": "count", "of": clauses(goods=ANY)})


def change_rule(rule_id: str = "PAT-002", **more: Any) -> ChangeRule:
    stated: dict[str, Any] = {
        "group_by": ["consignee.key", "goods.hs6"],
        "of": "net_weight_kg",
        "window": "20d",
    }
    stated |= {"baseline": "40d", "ratio_at_least": 3} | more
    return ChangeRule.model_validate(about(rule_id, stated) | {"kind": "change"})


def shift_rule(rule_id: str = "PAT-003", **more: Any) -> SequenceRule:
    stops = {"name": "stops", "where": clauses(to=RUSSIA), "stops": {"after_at_least": 2, "quiet_for": "5d"}}
    starts = {"name": "starts", "where": clauses(to=TRANSIT), "starts": {"unseen_for": "20d"}}
    stated = {
        "group_by": ["exporter.key"],
        "within": "40d",
        "steps": [stops, starts],
        "persists": "15d",
    } | more
    return SequenceRule.model_validate(about(rule_id, stated) | {"kind": "sequence"})


def hub_rule(rule_id: str = "PAT-004") -> SequenceRule:
    """In and out of one country."""
    into = {"name": "in", "where": clauses(goods=ANY), "group_by": ["destination.country"]}
    out = {"name": "out", "where": clauses(goods=ANY)}
    stated = {"group_by": ["export.country"], "within": "20d", "steps": [into, out]}
    return SequenceRule.model_validate(about(rule_id, stated) | {"kind": "sequence"})


RULES: tuple[WindowRule, ...] = (count_rule(), change_rule(), shift_rule(), hub_rule())


def row(**cells: str) -> Row:
    plain = {"shipment_date": "2024-03-01", "consignee_name": "Altyn Trading LLC", "hs_code": "854231"}
    return plain | cells


def csv_file(folder: Path, name: str, rows: Iterable[Row]) -> Path:
    path = folder / name
    lines = [",".join(one.get(column, "") for column in COLUMNS) for one in rows]
    path.write_text("\n".join([",".join(COLUMNS), *lines, ""]), encoding="utf-8")
    return path


def book_of(folder: Path, *rows: Row, name: str = "book.csv") -> Book:
    return bound(read_shipments(csv_file(folder, name, rows)))


def post(
    history: History, book: Book, rules: Iterable[WindowRule] = RULES, run: str = "R"
) -> tuple[Past, Posted]:
    """What the history says to the book, which is then its own."""
    with history.turn(Asked.by(rules), LISTS) as turn:
        past = turn.look_back(book)
        return past, turn.post(past, run)


def told(past: Past) -> list[str]:
    return sorted(past.rows["shipment_id"])
