from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.amendments import AMENDED, amendments
from screening.io.memory import shipment_batch
from screening.shipment import Shipment

FIRST = {
    "shipment_id": "S1",
    "consignee_name": "Altyn Telecom TOO",
    "consignee_country": "KZ",
    "payer_name": "Altyn Telecom TOO",
    "port_of_loading": "DEHAM",
    "transit_countries": "GE;AZ",
    "hs_code": "8517.62.00",
    "goods_description": "Routers, new",
    "value": 1000,
    "currency": "usd",
}


def papers(*shipments: dict[str, Any]) -> pl.DataFrame:
    typed = shipment_batch(Shipment(**shipment) for shipment in shipments).typed
    return typed.with_columns(pl.lit(0, pl.UInt32).alias("story"))


def amended(before: dict[str, Any], now: dict[str, Any]) -> dict[str, bool | None]:
    """What the second of two revisions amends, whichever frame the first stands in."""
    one, other = papers(before | {"revision": 1}), papers(now | {"revision": 2})
    apart = amendments(other, one, AMENDED).row(0, named=True)
    together = amendments(pl.concat([other, one]), one.clear(), AMENDED).row(0, named=True)
    assert apart == together
    return {name.removeprefix("amended."): told for name, told in apart.items()}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consignee_name": "Ertis Cargo TOO"}, "consignee"),
        ({"consignee_country": "KG"}, "consignee"),
        ({"payer_name": "Wega Trading LLC"}, "payer"),
        ({"port_of_loading": "LVRIX"}, "route"),
        ({"transit_countries": "GE;RU"}, "route"),
        ({"transit_countries": ""}, "route"),
        ({"hs_code": "851770"}, "goods"),
        ({"goods_description": "Furniture"}, "goods"),
        ({"value": 900}, "value"),
        ({"currency": "EUR"}, "value"),
    ],
    ids=str,
)
def test_a_change_is_seen_in_its_own_field_alone(change: dict[str, Any], field: str) -> None:
    told = amended(FIRST, FIRST | change)
    assert [name for name, changed in told.items() if changed] == [field]


@pytest.mark.parametrize(
    "spelling",
    [
        {"consignee_name": "TOO ALTYN TELECOM", "payer_name": "Алтын Телеком ТОО"},
        {"hs_code": "851762", "goods_description": "ROUTERS  (new)", "currency": "USD"},
    ],
    ids=str,
)
def test_another_spelling_is_no_amendment(spelling: dict[str, Any]) -> None:
    assert not any(amended(FIRST, FIRST | spelling).values())


def test_what_only_one_revision_states_is_unknown() -> None:
    without = {name: value for name, value in FIRST.items() if name != "payer_name"}
    assert amended(without, FIRST)["payer"] is None
    assert amended(FIRST, without)["payer"] is None


def test_what_neither_revision_states_was_not_amended() -> None:
    assert amended(FIRST, FIRST)["end_user"] is False


@pytest.mark.parametrize(("revision", "told"), [(None, False), (0, False), (1, False), (2, None), (7, None)])
def test_only_a_later_revision_needs_its_predecessor(revision: int | None, told: bool | None) -> None:
    rows = papers(FIRST | {"revision": revision})
    assert amendments(rows, rows.clear(), AMENDED)["amended.consignee"].to_list() == [told]


def test_a_revision_is_compared_with_the_next_lower_one() -> None:
    told = [FIRST | {"revision": n, "consignee_name": name} for n, name in enumerate("ABBA")]
    rows = papers(*reversed(told))
    found = amendments(rows, rows.clear(), frozenset({"amended.consignee"}))
    assert found.to_series().to_list() == [True, False, True, False]


def test_a_shipment_without_a_revision_comes_before_its_revisions() -> None:
    rows = papers(FIRST, FIRST | {"revision": 3, "consignee_name": "Ertis Cargo TOO"})
    assert amendments(rows, rows.clear(), AMENDED)["amended.consignee"].to_list() == [False, True]


def test_another_line_and_another_story_are_other_shipments() -> None:
    later = FIRST | {"revision": 2, "consignee_name": "Ertis Cargo TOO"}
    first = papers(FIRST | {"revision": 1})
    line = papers(later | {"line_number": 2})
    story = papers(later).with_columns(pl.lit(1, pl.UInt32).alias("story"))
    rows = pl.concat([line, story], how="diagonal")
    assert amendments(rows, first, AMENDED)["amended.consignee"].to_list() == [None, None]


def test_a_file_without_revisions_can_not_say() -> None:
    rows = papers(FIRST).drop("revision")
    assert set(amendments(rows, rows.clear(), AMENDED).row(0)) == {None}


@given(st.permutations(range(6)), st.integers(0, 6))
def test_the_order_of_the_papers_changes_nothing(order: list[int], split: int) -> None:
    told = [FIRST | {"shipment_id": f"S{n % 2}", "revision": n, "value": n // 3} for n in order]
    rows = papers(*told)
    found = pl.concat(amendments(rows[part], rows, AMENDED) for part in (slice(0, split), slice(split, None)))
    values = dict(zip(order, found["amended.value"], strict=True))
    assert values == {0: False, 1: False, 2: False, 3: True, 4: True, 5: False}


def test_days_before_the_shipment_count_from_the_revision() -> None:
    from screening.enrich import fields_of
    from screening.io.rates import NO_RATES
    from screening.parties import PartyMatcher
    from screening.watchlists.lists import ListCatalogue
    from screening.watchlists.parties import PartyList

    rows = papers({"revised_on": date(2024, 3, 1), "shipment_date": date(2024, 3, 4)})
    wanted = frozenset({"amended.days_before_shipment"})
    none = PartyMatcher(PartyList([])).matches(rows)
    told = fields_of(rows, wanted, none, ListCatalogue.load(), NO_RATES)
    assert told["amended.days_before_shipment"].to_list() == [3.0]
