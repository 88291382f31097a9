"""One corridor as a picture: what is asked of the statistics for it."""

from typing import TYPE_CHECKING

import polars as pl

from screening.errors import UsageError
from screening.flows.breaks import months_broken
from screening.flows.control import control_goods
from screening.flows.figures import LANE, Figures
from screening.flows.goods import Goods, goods_named
from screening.flows.mirror import mirror_gaps
from screening.flows.pictures import corridor_picture
from screening.flows.table import EXPORT, MINOR, Statistics
from screening.places.countries import country_name

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

_SINCE = 2022
_FLOOR = 1_000 * MINOR


def portrait(statistics: Statistics, sender: str, receiver: str, goods: str) -> "Picture":
    """The picture of a lane; UsageError where no months tell of it."""
    figures = Figures.of(statistics, goods_named(goods))
    months = _months(figures, sender, receiver)
    if not months.height:
        raise UsageError(f"no months tell of {goods} from {sender} to {receiver}; it needs monthly figures")
    broken = months_broken(months, _SINCE, _FLOOR).select("goods", "since")
    gaps = mirror_gaps(figures, union=False)
    pair = gaps.filter((pl.col("exporter") == sender) & (pl.col("importer") == receiver))
    control = _months(figures.also(control_goods()), sender, receiver)
    title = f"{country_name(sender)} to {country_name(receiver)}: {_called(goods_named(goods))}"
    return corridor_picture(
        title, months.join(broken, on="goods"), control, pair.filter(pl.col("gap").is_not_null())
    )


def _months(figures: Figures, sender: str, receiver: str) -> pl.DataFrame:
    """The months of a lane, with nothing where nothing went."""
    lane = (pl.col("reporter") == sender) & (pl.col("partner") == receiver)
    told = figures.monthly(EXPORT).filter(lane)
    if not told.height:
        return told
    month = pl.col("period")
    axis = told.select(pl.date_range(month.min(), month.max(), "1mo").alias("period"))
    same = pl.col(*LANE, "currency").forward_fill().backward_fill()
    return axis.join(told, on="period", how="left").with_columns(same, pl.col("value").fill_null(0))


def _called(goods: Goods) -> str:
    return {"chpl": "high-priority goods", "TOTAL": "all goods"}.get(goods.name, f"HS {goods.name}")
