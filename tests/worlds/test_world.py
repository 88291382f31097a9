"""A generated world is what its labels say: the same every time, readable, and honest where it says so."""

from datetime import date
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.io.book import bound
from screening.io.memory import table_batches
from tests.worlds.listed import listed_firms
from tests.worlds.noise import BLANK, worn
from tests.worlds.registry import STORIES
from tests.worlds.stock import WORLDS, stock
from tests.worlds.world import World, world

ROWS = 4_000
NAMES = (
    "exporter_name",
    "consignee_name",
    "end_user_name",
    "notify_party_name",
    "intermediate_consignee_name",
)


@cache
def small(name: str = "fit", seed: int = 1) -> World:
    return world(name, seed, ROWS)


def rows_of(made: World, family: str) -> pl.DataFrame:
    return made.book.hstack(made.labels).filter(pl.col("family") == family)


def test_the_same_seed_gives_the_same_book() -> None:
    again = world("fit", 1, ROWS)
    assert again.book.equals(small().book) and again.labels.equals(small().labels)


def test_another_seed_gives_another_book() -> None:
    assert not small().book.equals(world("fit", 2, ROWS).book)


def test_the_two_worlds_share_no_firm_and_no_description_of_listed_goods() -> None:
    fit, held_out = (set(small(name).book["consignee_name"].str.to_lowercase()) for name in WORLDS)
    listed = {n.lower() for firm in listed_firms() for n in firm.names}
    assert fit & held_out <= listed | {""}
    texts = [{text for good in stock(name).listed for text in good.texts} for name in WORLDS]
    assert texts[0] & texts[1] == set()


@pytest.mark.parametrize("name", WORLDS)
def test_every_story_is_told(name: str) -> None:
    told = set(small(name).labels["family"])
    assert told == set(STORIES) | {"bulk"}


@pytest.mark.parametrize("name", WORLDS)
def test_every_planted_pattern_has_a_core(name: str) -> None:
    core = small(name).labels.filter(kind="pattern", core=True)
    assert core["family"].n_unique() == sum(story.kind == "pattern" for story in STORIES.values())


@pytest.mark.parametrize("name", WORLDS)
def test_every_row_can_be_read(name: str) -> None:
    book = bound(table_batches(small(name).book))
    assert book.rejects.height == 0
    assert book.rows == small(name).book.height


@pytest.mark.parametrize("name", WORLDS)
def test_a_row_has_an_identity_of_its_own_and_rows_stand_in_order_of_date(name: str) -> None:
    book = small(name).book
    assert book.select("shipment_id", "line_number", "revision").is_duplicated().sum() == 0
    assert book["shipment_date"].is_sorted()


def test_numbers_of_shipments_do_not_tell_what_a_row_is() -> None:
    forms = small().book["shipment_id"].str.replace_all(r"\d", "0").str.slice(0, 10).unique()
    assert forms.to_list() == ["S00000000-"]


@pytest.mark.parametrize("name", WORLDS)
def test_no_honest_row_names_a_listed_firm(name: str) -> None:
    listed = [n.lower() for firm in listed_firms() for n in firm.names]
    honest = small(name).book.filter(small(name).labels["kind"] != "pattern")
    assert not any(honest[column].str.to_lowercase().is_in(listed).any() for column in NAMES)


def test_planted_shipments_to_russia_are_dated_after_the_controls() -> None:
    days = rows_of(small(), "direct_to_russia_or_belarus")["shipment_date"].str.to_date()
    assert days.min() >= date(2022, 4, 15)  # type: ignore[operator]


def test_listed_goods_go_to_russia_only_before_the_invasion_in_honest_trade() -> None:
    listed = [good.hs6 for good in stock("fit").listed]
    honest = small().book.filter(small().labels["kind"] != "pattern")
    code = pl.col("hs_code").str.replace_all(".", "", literal=True).str.slice(0, 6)
    to_russia = honest.filter(code.is_in(listed), pl.col("consignee_country").is_in(["RU", "BY"]))
    assert to_russia["shipment_date"].max() < "2022-02-24"  # type: ignore[operator]


def test_the_size_of_a_world_is_about_what_was_asked_for() -> None:
    assert 0.95 * ROWS < small().book.height <= 1.05 * ROWS


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 3))
def test_wear_leaves_cells_out_and_makes_none_up(seed: int, blanks: float) -> None:
    row = {**dict.fromkeys(BLANK, "x"), "hs_code": "854231", "goods_description": "chips"}
    out = worn(np.random.default_rng(seed), row, blanks)
    assert all(out[c] in ("", "x") for c in BLANK if c not in ("goods_description", "country_of_destination"))
    assert out["hs_code"].replace(".", "").startswith("854231")
