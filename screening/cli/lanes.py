"""Who sends to whom: a shipment in a few words, from the cells of its row."""

from collections.abc import Iterator, Mapping
from typing import Any

Cells = Mapping[str, Any]

_BEHIND = {
    "end_user": "end user",
    "notify_party": "notify",
    "intermediate_consignee": "by way of",
    "payer": "paid by",
}


def lane(cells: Cells) -> str:
    """The exporter, the consignee and whoever else stands behind the goods, with their countries."""
    ends = (_party(cells, role) or "nobody named" for role in ("exporter", "consignee"))
    behind = [f"{label} {who}" for label, who in _others(cells)]
    return "; ".join([" → ".join(ends), *behind])


def goods(cells: Cells) -> str:
    """What is sent, under which code."""
    code, text = cells.get("hs_code"), cells.get("goods_description")
    return ", ".join(filter(None, [str(text or ""), f"HS {code}" if code else ""])) or "goods not described"


def _others(cells: Cells) -> Iterator[tuple[str, str]]:
    """The parties behind the two ends, unless they are one of them."""
    shown = {cells.get("exporter_name"), cells.get("consignee_name")}
    for role, label in _BEHIND.items():
        name, country = cells.get(f"{role}_name"), cells.get(f"{role}_country")
        elsewhere = country and country not in (cells.get("consignee_country"), cells.get("exporter_country"))
        if (name and name not in shown) or (not name and elsewhere):
            yield label, _party(cells, role)


def _party(cells: Cells, role: str) -> str:
    name, country = cells.get(f"{role}_name"), cells.get(f"{role}_country")
    if name and country:
        return f"{name} ({country})"
    return str(name or (f"somebody in {country}" if country else ""))
