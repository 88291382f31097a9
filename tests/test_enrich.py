from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from screening.enrich import fields_of
from screening.fields import FIELDS
from screening.io.memory import shipment_batch
from screening.io.rates import NO_RATES, Rates, read_rates
from screening.parties import PartyMatcher
from screening.screener import Screener
from screening.shipment import Shipment
from screening.watchlists.entry import PartyEntry, Snapshot
from screening.watchlists.lists import ListCatalogue
from screening.watchlists.parties import PartyList

LISTS = ListCatalogue.load()
LISTED_ON = date(2023, 4, 12)
ENTRY = PartyEntry(
    "mine:1", "1", "mine", "Azu International", "test", listed_on=LISTED_ON, identifiers=("IMO 9074729",)
)
MATCHER = PartyMatcher(PartyList([Snapshot("own-csv", "mine", (ENTRY,), None, "", Path("mine.csv"))]))


def fields(rows: pl.DataFrame, *names: str, rates: Rates = NO_RATES) -> pl.DataFrame:
    return fields_of(rows, frozenset(names), MATCHER.matches(rows), LISTS, rates)


def value(name: str, rates: Rates = NO_RATES, **columns: Any) -> Any:
    """The field of one shipment."""
    return fields(shipment_batch([Shipment(**columns)]).typed, name, rates=rates)[name][0]


def test_a_country_of_destination_is_the_stated_one_else_of_the_end_user_else_of_the_consignee() -> None:
    parties: dict[str, Any] = {"end_user_country": "AZ", "consignee_country": "TR"}
    assert value("destination.country", country_of_destination="KZ", **parties) == "KZ"
    assert value("destination.country", **parties) == "AZ"
    assert value("destination.country", consignee_country="TR") == "TR"


@pytest.mark.parametrize(("shift", "tier"), [(-1, "none"), (0, "1"), (1, "1")])
def test_goods_are_placed_as_controlled_on_the_day(shift: int, tier: str) -> None:
    day = date(2022, 2, 24) + timedelta(days=shift)
    assert value("goods.chpl_tier", hs_code="8542.31.00", shipment_date=day) == tier


def test_every_controlled_code_changes_its_tier_on_its_day() -> None:
    entries = LISTS.goods["goods/chpl"].entries
    for shift, on in ((-1, False), (0, True)):
        days = [entry.controlled_from + timedelta(days=shift) for entry in entries]
        goods = [Shipment(hs_code=e.hs6, shipment_date=day) for e, day in zip(entries, days, strict=True)]
        tiers = fields(shipment_batch(goods).typed, "goods.chpl_tier")["goods.chpl_tier"]
        assert tiers.to_list() == [entry.tier if on else "none" for entry in entries]


def test_goods_of_high_priority_were_so_before_the_invasion_too() -> None:
    assert value("goods.high_priority", hs_code="854231", shipment_date="2021-05-05") is True
    assert value("goods.high_priority", hs_code="610910") is False
    assert value("goods.high_priority", shipment_date="2024-01-01") is None


def test_goods_without_a_date_are_placed_as_the_list_stands_and_without_a_code_not_at_all() -> None:
    assert value("goods.chpl_tier", hs_code="854231") == "1"
    assert value("goods.chpl_tier", hs_code="610910") == "none"
    assert value("goods.chpl_tier", shipment_date="2024-01-01") is None


@pytest.mark.parametrize(
    ("name", "told"), [("goods.hs6", "010121"), ("goods.hs4", "0101"), ("goods.hs2", "01")]
)
def test_a_code_keeps_its_leading_zero(name: str, told: str) -> None:
    assert value(name, hs_code="0101.21.0010") == told


@pytest.mark.parametrize(("text", "told"), [(None, None), ("", []), ("ru; ge", ["RU", "GE"])])
def test_a_blank_way_is_none_stated_and_an_absent_one_unknown(
    text: str | None, told: list[str] | None
) -> None:
    way = value("route.transit_countries", transit_countries=text)
    assert (way if way is None else list(way)) == told


def test_the_countries_of_all_parties_stand_in_the_order_of_their_roles() -> None:
    told = value("any_party.country", payer_country="RU", exporter_country="TR", bank_country="RU")
    assert list(told) == ["TR", "RU", "RU"]
    assert value("any_party.country", hs_code="854231") is None


def test_the_days_of_registration_run_to_the_shipment() -> None:
    dates: dict[str, Any] = {"consignee_registered_on": "2024-03-01", "shipment_date": "2024-02-28"}
    assert value("consignee.days_registered", **dates) == -2
    assert value("consignee.days_registered", shipment_date="2024-02-28") is None


@pytest.mark.parametrize(("day", "now", "later"), [(-1, 0.0, 1.0), (0, 1.0, 0.0), (1, 1.0, 0.0)])
def test_a_party_is_listed_or_listed_later_as_of_the_day(day: int, now: float, later: float) -> None:
    told: dict[str, Any] = {
        "consignee_name": "Azu International",
        "shipment_date": LISTED_ON + timedelta(days=day),
    }
    assert value("consignee.match.score", **told) == now
    assert value("consignee.later_match.score", **told) == later
    assert value("any_party.match.score", **told) == now


def test_a_name_that_matches_nothing_scores_nothing_and_no_name_is_unknown() -> None:
    assert value("consignee.match.score", consignee_name="Bosphorus Textiles") == 0.0
    assert value("consignee.match.score", consignee_name="...") == 0.0
    assert value("consignee.match.score", payer_name="Azu International") is None


def test_a_number_that_finds_nobody_leaves_open_who_a_party_without_a_name_is() -> None:
    assert value("vessel.match.score", vessel_imo="9074729") == 1.0
    assert value("vessel.match.score", vessel_imo="1234567") is None
    assert value("any_party.match.score", vessel_imo="1234567") is None


def test_the_best_of_all_parties_counts_for_any() -> None:
    told = value("any_party.match.score", consignee_name="Bosphorus Textiles", bank_name="Azu International")
    assert told == 1.0


@pytest.mark.parametrize(("weight", "told"), [("0", None), (None, None), ("4", 25.0)])
def test_nothing_costs_so_much_a_kilogram_of_no_weight(weight: str | None, told: float | None) -> None:
    assert value("value.usd_per_kg", value="100", currency="usd", net_weight_kg=weight) == told


def test_another_currency_needs_a_rate(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("date,currency,usd\n2024-01-01,EUR,1.1\n", encoding="utf-8")
    rates = read_rates(tmp_path / "rates.csv")
    told: dict[str, Any] = {"value": "100", "currency": "EUR", "shipment_date": "2024-02-01"}
    assert value("value.usd", rates=rates, **told) == pytest.approx(110)
    assert value("value.usd", **told) is None
    assert value("value.amount", **told) == 100


def test_a_port_elsewhere_needs_both_sides() -> None:
    assert value("route.discharge_elsewhere", port_of_discharge="RUNVS", consignee_country="KZ") is True
    assert value("route.discharge_elsewhere", port_of_discharge="RUNVS") is None
    assert value("route.discharge_country", port_of_discharge="RUNVS") == "RU"


def test_no_rows_give_every_field_no_rows() -> None:
    told = fields(pl.DataFrame(schema={"row": pl.UInt32, "hs_code": pl.String}), *FIELDS)
    assert told.height == 0 and set(told.columns) == FIELDS.keys()


def test_a_file_of_ids_alone_knows_nothing_else() -> None:
    told = fields(pl.DataFrame({"row": [1, 2], "shipment_id": ["a", "b"]}), *FIELDS)
    assert told.height == 2
    assert all(value is None for row in told.rows() for value in row)


INELSO = "ul. Gelsingforsskaya d. 3, lit. Z, pomeshch. 412, Saint Petersburg 194044, Russia"
CHEVALIER = "Room 803, Chevalier House, 45-51 Chatham Road South, Tsim Sha Tsui, Hong Kong"


def sited(screener: Screener, name: str, **columns: Any) -> Any:
    """The field of one shipment, by the bundled lists with their addresses."""
    batch = shipment_batch([Shipment(shipment_date="2024-06-20", **columns)])
    matches = screener.party_matches(batch)
    return fields_of(batch.typed, frozenset({name}), matches, LISTS, NO_RATES)[name][0]


@pytest.mark.parametrize(
    ("address", "told"),
    [(CHEVALIER, True), (CHEVALIER.replace("803", "804"), False), ("Hong Kong", False), (None, None)],
)
def test_an_address_is_listed_or_not_or_unknown(
    screener: Screener, address: str | None, told: bool | None
) -> None:
    assert sited(screener, "end_user.address.listed", end_user_address=address) is told


@pytest.mark.parametrize(("name", "told"), [("Neva Micro", True), ("Inelso LLC", False), (None, True)])
def test_an_address_is_shared_with_a_firm_of_another_name(
    screener: Screener, name: str | None, told: bool
) -> None:
    field = "consignee.address.shared_with_listed"
    assert sited(screener, field, consignee_name=name, consignee_address=INELSO) is told


@pytest.mark.parametrize(
    ("day", "told"),
    [("2023-12-06", False), ("2023-12-07", True), ("2024-12-06", True), ("2024-12-07", False), (None, None)],
)
def test_a_firm_follows_a_listed_one_within_a_year(
    screener: Screener, day: str | None, told: bool | None
) -> None:
    columns = {"consignee_address": INELSO, "consignee_registered_on": day}
    assert sited(screener, "consignee.address.follows_listed", **columns) is told
