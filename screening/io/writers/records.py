"""An alert record as a flat row, for the formats that are tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from screening.written import WrittenRecord, json_of

Record = Mapping[str, Any]
"""An alert in the contract's shape."""

ORDER = (
    "schema",
    "shipment_id",
    "line_number",
    "row",
    "file",
    "decision",
    "score",
    "score_parts",
    "findings",
    "matches",
    "not_evaluated",
    "would_clear",
    "shipment",
    "run",
)
"""The keys of a record, in the order in which they are written; others follow."""

FLAT = (
    "shipment_id",
    "line_number",
    "file",
    "row",
    "decision",
    "score",
    "rules",
    "explanation",
    "matches",
    "red_flags",
    "related_shipments",
    "not_evaluated",
    "would_clear",
    "run",
)
"""The columns of a flat row that say what was found; the shipment's own follow."""


def json_text(record: Record) -> str:
    """The record as one line of JSON: the same bytes for the same record, letters as they are."""
    if isinstance(record, WrittenRecord):
        return record.line
    return json_of({key: record[key] for key in in_order(record)})


def in_order(keys: Iterable[str]) -> list[str]:
    """The keys of a record in the order in which they are written."""
    stated = list(keys)
    return [*(key for key in ORDER if key in stated), *(key for key in stated if key not in ORDER)]


def shipment_columns(records: Iterable[Record]) -> list[str]:
    """Every column of the records' shipments, in the order of their first appearance."""
    return list(dict.fromkeys(name for record in records for name in record["shipment"]))


def headers(columns: Sequence[str]) -> list[str]:
    """The headers of flat rows over these columns of the shipments.

    `shipment_id` and `line_number` stand there once; a column of the file that is named like one of
    ours is told apart.
    """
    return [*FLAT, *(_own_name(name) for name in own_columns(columns))]


def own_columns(columns: Iterable[str]) -> list[str]:
    """The columns of the shipment that a flat row does not hold already."""
    return [name for name in columns if name not in ("shipment_id", "line_number")]


def _own_name(name: str) -> str:
    return f"shipment.{name}" if name in FLAT or name == "record" else name


def flat_row(record: Record, columns: Sequence[str]) -> list[Any]:
    """The record's values under `headers(columns)`."""
    findings = record["findings"]
    flags = dict.fromkeys(flag for finding in findings for flag in finding["red_flags"])
    related = dict.fromkeys(s for finding in findings for s in finding.get("related_shipments", ()))
    found = {
        "rules": "; ".join(finding["rule"] for finding in findings),
        "explanation": " ".join(finding["explanation"] for finding in findings),
        "matches": "; ".join(_match(match) for match in record["matches"]),
        "red_flags": "; ".join(flags),
        "related_shipments": "; ".join(related),
        "not_evaluated": "; ".join(_unevaluated(rule) for rule in record["not_evaluated"]),
        "would_clear": "; ".join(record["would_clear"]),
    }
    shipment = record["shipment"]
    return [
        *(found[name] if name in found else record.get(name) for name in FLAT),
        *(shipment.get(name) for name in own_columns(columns)),
    ]


def _match(match: Mapping[str, Any]) -> str:
    return (
        f"{match['role']} {match['name']} = {match['matched_name']} "
        f"({match['watchlist']}, {match['id']}, {match['score']:.2f})"
    )


def _unevaluated(rule: Mapping[str, Any]) -> str:
    told = rule.get("reason") or f"missing {', '.join(rule['missing'])}"
    return f"{rule['rule']} ({told})"
