"""Packing is read in one word, and only what no trade does is a misfit."""

import polars as pl
import pytest

from screening.goods import nomenclature
from screening.papers.packing import _HERE, packing_kind
from screening.phrases import rows
from tests.told import told


def misfit(packing: str | None, code: str | None = None, mode: str | None = None) -> bool | None:
    found: bool | None = told("packing.misfit", package_type=packing, hs_code=code, transport_mode=mode)
    return found


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("20 cartons", "box"),
        ("BX", "box"),
        ("4 koli", "box"),
        ("wooden crates", "crate"),
        ("паллеты", "pallet"),
        ("dökme", "bulk"),
        ("big bags", "big bag"),
        ("in drums of 200 l", "drum"),
        ("tape and reel", "reel"),
        ("flexitank", "tank"),
        ("as agreed", "other"),
        (None, None),
    ],
)
def test_the_kind_of_packing_is_told_by_code_or_words(cell: str | None, kind: str | None) -> None:
    assert packing_kind(pl.Series([cell], dtype=pl.String)).item() == kind


@pytest.mark.parametrize(
    ("packing", "code", "told"),
    [
        ("big bags", "854231", True),
        ("bulk", "848210", True),
        ("drums", "852610", True),
        ("cartons", "854231", False),
        ("big bags", "252329", False),
        ("bulk", "100199", False),
        ("drums", "340319", False),
        ("sealed as usual", "854231", False),
        (None, "854231", None),
        ("bulk", None, None),
    ],
)
def test_goods_are_misfit_only_in_packing_that_nobody_uses_for_them(
    packing: str | None, code: str | None, told: bool | None
) -> None:
    assert misfit(packing, code) is told


def test_bulk_does_not_fly() -> None:
    assert misfit("bulk", "252329", "air") is True
    assert misfit("bulk", "252329", "sea") is False
    assert misfit("bulk", None, "air") is True


def test_every_misfit_names_a_kind_and_a_chapter_or_mode() -> None:
    kinds = {row["kind"] for row in rows(_HERE / "packing_words.csv")}
    chapters = {code[:2] for code in nomenclature.codes()}
    for row in rows(_HERE / "packing_misfits.csv"):
        assert row["kind"] in kinds and row["source"]
        assert row["against"] == "mode" or row["value"] in chapters
