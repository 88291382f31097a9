"""The mode of transport in one word, by customs codes and in four languages."""

import polars as pl
import pytest

from screening.places.transport import transport_kinds


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Sea freight", "sea"),
        ("VESSEL", "sea"),
        ("Denizyolu", "sea"),
        ("морской транспорт", "sea"),
        ("1", "sea"),
        ("AIR", "air"),
        ("40", "air"),
        ("Havayolu", "air"),
        ("by truck", "road"),
        ("Karayolu", "road"),
        ("автомобильный", "road"),
        ("30", "road"),
        ("ж/д", "rail"),
        ("Demiryolu", "rail"),
        ("LKW", "road"),
        ("courier", "mail"),
        ("sea and road", "multimodal"),
        ("multimodal", "multimodal"),
        ("as usual", "other"),
        ("140", "other"),
        (None, None),
    ],
)
def test_the_mode_is_told_by_code_or_words(cell: str | None, kind: str | None) -> None:
    assert transport_kinds(pl.Series([cell], dtype=pl.String)).item() == kind
