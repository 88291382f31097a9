"""Pictures of corridors: the months with their break, the control basket and the gap; and hubs by goods.

Readable without colour: lines differ by their dashes, bars by their hatching, cells carry their number. The
same figures give the same bytes, as SVG and as PNG.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from screening.errors import InputError, UsageError
from screening.flows.table import MINOR
from screening.io.writers.atomic import check_writable, whole_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

ENDINGS = (".svg", ".png")
_MILLION = 1e6 * MINOR
_BLACK, _GREY, _LIGHT = "#000000", "#666666", "#d9d9d9"
_STYLE = {
    "svg.hashsalt": "screening",
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_MOST = 20


def check_picture(path: str | Path) -> None:
    """Nothing, where a picture can be drawn there; an error in a line before any work is done."""
    if Path(path).suffix.lower() not in ENDINGS:
        raise InputError(str(path), "its ending is no picture", f"use {' or '.join(ENDINGS)}")
    check_writable(path)
    try:
        import matplotlib as _  # noqa: F401
    except ImportError:
        raise UsageError("pictures need matplotlib; install diversion-screening[flows]") from None


def corridor_picture(
    title: str, months: pl.DataFrame, control: pl.DataFrame, gaps: pl.DataFrame
) -> "Picture":
    """A lane month by month with its break and control basket above, and its gap year by year below.

    `months` has `period`, `value`, `currency` and the one `since`; `control` `period` and `value`; `gaps`
    `year`, `gap`, `low`, `high` and `baseline`. The last two may be empty.
    """
    from matplotlib.figure import Figure

    with _style():
        picture = Figure(figsize=(8, 5.2 if gaps.height else 3.4), layout="constrained")
        axes = picture.subplots(
            2 if gaps.height else 1, 1, squeeze=False, height_ratios=[3, 2][: 1 + (gaps.height > 0)]
        )
        _draw_months(axes[0][0], title, months, control)
        if gaps.height:
            _draw_gaps(axes[1][0], gaps)
    return picture


def _draw_months(axes: Any, title: str, months: pl.DataFrame, control: pl.DataFrame) -> None:
    days = months["period"].to_list()
    values = (months["value"] / _MILLION).to_list()
    axes.plot(days, values, color=_BLACK, linewidth=1.6, label="the goods")
    if control.height and (usual := _usual(control)):
        scale = (_usual(months) or 1.0) / usual
        scaled = (control["value"] / _MILLION * scale).to_list()
        label = "control basket, at the goods' early level"
        axes.plot(control["period"].to_list(), scaled, color=_GREY, linestyle=":", linewidth=1.4, label=label)
    since = months["since"][0]
    if since is not None:
        axes.axvline(since, color=_BLACK, linestyle="--", linewidth=1)
        axes.annotate(
            f"break {since:%Y-%m}",
            (since, 1),
            xycoords=("data", "axes fraction"),
            xytext=(-4, -10),
            textcoords="offset points",
            ha="right",
        )
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_ylabel(f"{months['currency'][0]} m a month")
    axes.set_ylim(bottom=0)
    axes.legend(loc="upper left", frameon=False)


def _usual(months: pl.DataFrame) -> float:
    """The mean month of the first half, by which two lines are laid over each other."""
    first = months.sort("period").head(max(months.height // 2, 1))["value"].cast(pl.Float64).mean()
    return float(first) if isinstance(first, float) else 0.0


def _draw_gaps(axes: Any, gaps: pl.DataFrame) -> None:
    told = gaps.filter(pl.col("gap").is_not_null()).sort("year")
    years = told["year"].to_list()
    shares = [max(value, -0.5) * 100 for value in told["gap"]]
    axes.bar(years, shares, width=0.6, color=_LIGHT, edgecolor=_BLACK, hatch="//", label="gap")
    for row in told.iter_rows(named=True):
        low, high = max(row["low"], -0.5) * 100, max(row["high"], -0.5) * 100
        axes.plot([row["year"]] * 2, [low, high], color=_BLACK, linewidth=2, solid_capstyle="butt")
        axes.annotate(
            f"{row['gap'] * 100:.0f} %", (row["year"] + 0.32, max(row["gap"], -0.5) * 100), va="center"
        )
        if row["baseline"] is not None:
            axes.plot(
                [row["year"] - 0.3, row["year"] + 0.3],
                [row["baseline"] * 100] * 2,
                color=_BLACK,
                linestyle=":",
            )
    axes.axhline(0, color=_BLACK, linewidth=0.8)
    axes.set_xticks(years)
    axes.set_ylabel("never recorded, %")
    axes.set_title("Gap (bar), interval (line), own earlier gap (dots)", loc="left", fontsize=9)


def heat_picture(corridors: pl.DataFrame) -> "Picture":
    """Hubs by goods, each cell with how many millions were rerouted; darker is more. At most twenty goods."""
    from matplotlib.figure import Figure

    sums = corridors.group_by("hub", "goods").agg(pl.col("rerouted").sum() / _MILLION)
    largest = (
        sums.group_by("goods")
        .agg(pl.col("rerouted").sum())
        .sort("rerouted", "goods", descending=[True, False])
    )
    goods = largest.head(_MOST)["goods"].to_list()
    hubs = (
        sums.group_by("hub")
        .agg(pl.col("rerouted").sum())
        .sort("rerouted", "hub", descending=[True, False])["hub"]
        .to_list()
    )
    known = {(hub, code): value for hub, code, value in sums.iter_rows()}
    cells = [[known.get((hub, code), 0.0) for code in goods] for hub in hubs]
    with _style():
        picture = Figure(figsize=(2 + 0.55 * len(goods), 1.4 + 0.4 * len(hubs)), layout="constrained")
        axes = picture.subplots()
        axes.imshow(cells, cmap="Greys", aspect="auto", vmin=0)
        _label_cells(axes, cells)
        axes.set_xticks(range(len(goods)), goods, rotation=60, ha="right")
        axes.set_yticks(range(len(hubs)), hubs)
        currency = corridors["currency"][0]
        axes.set_title(f"Rerouted by hub and goods, {currency} m", loc="left", fontsize=10)
    return picture


def _label_cells(axes: Any, cells: Sequence[Sequence[float]]) -> None:
    most = max((value for row in cells for value in row), default=0.0) or 1.0
    for down, row in enumerate(cells):
        for across, value in enumerate(row):
            if value > 0:
                colour = "white" if value > most * 0.6 else "black"
                axes.text(across, down, f"{value:.1f}", ha="center", va="center", color=colour, fontsize=7)


def draw(picture: "Picture", path: str | Path) -> None:
    """The picture as a file, SVG or PNG by its ending; whole or not there."""
    kind = Path(path).suffix.lower().removeprefix(".")
    # Without a date or a version in it, the same figures give the same bytes.
    dated = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with _style(), whole_file(path) as stream:
        picture.savefig(stream, format=kind, dpi=150, metadata=dated)


def _style() -> Any:
    import matplotlib

    return matplotlib.rc_context(_STYLE)  # type: ignore[arg-type]
