"""A firm's name tells its trade, and a mismatch needs a trade that no doubt is possible of."""

import polars as pl
import pytest

from screening.goods import nomenclature
from screening.names.businesses import _HERE, line_of_business
from screening.phrases import rows
from tests.told import told


def line(name: str | None) -> str | None:
    found = line_of_business(pl.Series([name], dtype=pl.String)).item()
    return None if found is None else str(found)


def mismatch(name: str | None, code: str | None) -> bool | None:
    found: bool | None = told("consignee.line_mismatch", consignee_name=name, hs_code=code)
    return found


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Bosphorus Textiles Ltd", "textile"),
        ("Anadolu Tekstil Dış Ticaret A.Ş.", "textile"),
        ("Anadolu Tekstil Sanayi ve Ticaret A.Ş.", "textile"),
        ("Мебельная фабрика Восток", "furniture"),
        ("Иван Виноградов", "none"),
        ("ООО Рыбаков и партнеры", "none"),
        ("Marmara Sanayi A.Ş.", "industry"),
        ("ООО Хлебозавод №5", "food"),
        ("Naryn Beauty Salon", "cosmetics"),
        ("ИП Цветы Бишкека", "flowers"),
        ("Ala-Too Travel OsOO", "tourism"),
        ("Ege Mobilya San. Tic.", "furniture"),
        ("ОсОО Мебельный дом", "furniture"),
        ("Gulf Electronics FZE", "electronics"),
        ("ТОО Казэлектроника", "electronics"),
        ("Karavan General Trading LLC", "general"),
        ("Silk Road Trading LLC", "trading"),
        ("OsOO Ak-Bulak", "none"),
        (None, None),
    ],
)
def test_the_name_tells_the_line_of_business(name: str | None, told: str | None) -> None:
    assert line(name) == told


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("Bosphorus Textiles Ltd", "854231", True),
        ("Naryn Beauty Salon", "848210", True),
        ("ООО Хлебозавод №5", "880730", True),
        ("Bosphorus Textiles Ltd", "848210", False),
        ("Bosphorus Textiles Ltd", "847150", False),
        ("Naryn Beauty Salon", "854143", False),
        ("Naryn Beauty Salon", "854149", True),
        ("Bosphorus Textile Machinery", "854231", False),
        ("Bosphorus Textile Group", "854231", False),
        ("Gulf Electronics FZE", "854231", False),
        ("OsOO Ak-Bulak", "854231", False),
        (None, "854231", None),
        ("Bosphorus Textiles Ltd", None, None),
    ],
)
def test_goods_mismatch_only_a_line_that_has_no_use_for_them(
    name: str | None, code: str | None, told: bool | None
) -> None:
    assert mismatch(name, code) is told


def test_every_misfit_is_of_a_line_and_a_heading() -> None:
    lines = {row["line"] for row in rows(_HERE / "business_words.csv")}
    headings = {code[:4] for code in nomenclature.codes()}
    for row in rows(_HERE / "business_misfits.csv"):
        assert row["line"] in lines and row["heading"] in headings and row["source"], row
