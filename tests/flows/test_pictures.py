"""Pictures: the same figures give the same bytes, and what can't be drawn is refused in a line."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from screening.errors import InputError, UsageError
from screening.flows.goods import goods_named
from screening.flows.pictures import check_picture, draw, heat_picture
from screening.flows.portrait import portrait
from screening.flows.table import Statistics
from tests.flows.accounts import by_month, statistics

CORRIDORS = pl.DataFrame(
    {"hub": ["KZ", "KG"], "goods": ["854231", "851762"], "rerouted": [6e8, 2e8], "currency": ["USD", "USD"]}
)


@pytest.fixture
def lane(tmp_path: Path) -> Statistics:
    lines = by_month("DE", "KG", "export", "854231", [1e5] * 60 + [9e5] * 24)
    lines += by_month("DE", "KG", "export", "040690", [1e5] * 84)
    return statistics(tmp_path, [*lines, *by_month("KG", "DE", "import", "854231", [1e5] * 84)])


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_the_same_figures_give_the_same_bytes(lane: Statistics, tmp_path: Path, ending: str) -> None:
    for name in ("one", "two"):
        draw(portrait(lane, "DE", "KG", "854231"), tmp_path / f"{name}.{ending}")
        draw(heat_picture(CORRIDORS), tmp_path / f"heat-{name}.{ending}")
    for name in ("", "heat-"):
        one, two = (tmp_path / f"{name}{which}.{ending}" for which in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_a_picture_says_what_it_shows(lane: Statistics, tmp_path: Path) -> None:
    draw(portrait(lane, "DE", "KG", "854231"), tmp_path / "lane.svg")
    text = (tmp_path / "lane.svg").read_text()
    told = ["Germany to Kyrgyzstan: HS 854231", "break 2022-01", "control basket", "89 %"]
    assert [words for words in told if words not in text] == []


def test_a_cell_carries_its_number(tmp_path: Path) -> None:
    draw(heat_picture(CORRIDORS), tmp_path / "heat.svg")
    assert ">6.0<" in (tmp_path / "heat.svg").read_text()


def test_a_lane_without_months_is_refused(lane: Statistics) -> None:
    with pytest.raises(UsageError, match="no months tell"):
        portrait(lane, "FR", "KG", goods_named("854231").name)


def test_another_ending_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no picture"):
        check_picture(tmp_path / f"{date(2022, 1, 1)}.gif")
