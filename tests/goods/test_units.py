"""A quantity counts pieces, kilograms or something else, in three languages."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.goods.units import in_kilograms, in_pieces, is_unstated, kilograms, pieces


def told(
    unit: str | None, quantity: float | None = 10.0, net: float | None = 3.0
) -> tuple[float | None, float | None]:
    frame = pl.DataFrame({"q": [quantity], "net": [net]}, {"q": pl.Float64, "net": pl.Float64})
    written = pl.Series([] if unit is None else [unit], dtype=pl.String)
    facts = (in_pieces(written), is_unstated(written), in_kilograms(written))
    piece, unstated, mass = (pl.lit(told.first(), told.dtype) for told in facts)
    count, kilos = pieces(pl.col("q"), piece, unstated, pl.col("net")), kilograms(pl.col("q"), mass)
    row: tuple[float | None, float | None] = frame.select(count.alias("p"), kilos.alias("m")).row(0)
    return row


@pytest.mark.parametrize(
    "unit", ["PCS", "pcs.", "Pieces", "EA", "adet", "ADET", "шт", "шт.", "Штук", "NAR", "unit"]
)
def test_pieces_are_pieces(unit: str) -> None:
    assert told(unit) == (10.0, None)


@pytest.mark.parametrize(
    ("unit", "factor"), [("pairs", 2), ("çift", 2), ("düzine", 12), ("тыс. шт", 1000), ("KPCS", 1000)]
)
def test_a_pair_a_dozen_and_a_thousand_are_so_many(unit: str, factor: int) -> None:
    assert told(unit) == (10.0 * factor, None)


@pytest.mark.parametrize(
    ("unit", "kilos"), [("KGS", 10), ("кг", 10), ("g", 0.01), ("tonnes", 10_000), ("ton", 10_000)]
)
def test_a_mass_is_a_mass(unit: str, kilos: float) -> None:
    assert told(unit) == (None, kilos)


@pytest.mark.parametrize("unit", ["m", "метр", "set", "reels", "koli", "рулон", "litre", "m2", "wibble"])
def test_other_measures_count_neither(unit: str) -> None:
    assert told(unit) == (None, None)


@pytest.mark.parametrize("unit", [None, "", " - "])
def test_a_blank_unit_counts_pieces_unless_the_quantity_is_the_weight(unit: str | None) -> None:
    assert told(unit, 10.0, 3.0) == (10.0, None)
    assert told(unit, 10.0, 10.0) == (None, None)
    assert told(unit, 10.0, None) == (10.0, None)


@pytest.mark.parametrize("quantity", [None, 0.0, -5.0])
def test_no_quantity_counts_nothing(quantity: float | None) -> None:
    assert told("pcs", quantity) == told("kg", quantity) == (None, None)


@given(st.text())
def test_any_unit_is_read(unit: str) -> None:
    facts = [told(pl.Series([unit])).item() for told in (in_pieces, in_kilograms, is_unstated)]
    assert sum(bool(fact) for fact in facts) <= 1
