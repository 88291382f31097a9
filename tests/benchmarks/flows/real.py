"""What real statistics say, line by line beside what is known of them.

The folder holds files of UN Comtrade, Eurostat and national offices under the names that are asked for here;
a file that is not there is named, and its lines are left out.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from screening.errors import InputError
from screening.flows.figures import Figures
from screening.flows.goods import Goods, goods_named, high_priority
from screening.flows.mapping import AS_IT_IS, TableMapping
from screening.flows.mirror import mirror_gaps
from screening.flows.reading import read_statistics
from screening.flows.revisions import born_codes
from screening.flows.surge import surges
from screening.flows.table import Statistics, joined

EUROPE = ("eurostat_total_monthly/eu_member_trade_with_neighbours_total_monthly.csv",)
NATIONAL = tuple(f"national_stats/{name}_import_yearly.csv" for name in ("kyrgyz", "kazakhstan", "armenia"))
CARS = tuple(f"armenia_georgia_vehicles/vehicle_trade_{name}.csv" for name in ("armenia", "georgia"))
PHONES = ("armenia_reexports/armenia_phone_trade_851713.csv",)
TRADE = ("armenia_reexports/armenia_trade_by_country_monthly.csv",)
ARMENIA = ("armenia_reexports/armenia_chpl_exports_monthly.csv",)
OF_ARMENIA = TableMapping(
    {"period": "period", "code": "commodity_code", "value": "X"},
    {"reporter": "AM", "partner": "World", "flow": "export", "currency": "USD"},
)


def report(folder: Path) -> None:
    """Print every line; what a missing file would say is left out, and named."""
    for part in (_gaps, _cars, _codes, _phones):
        try:
            for line in part(folder):
                print(line)
        except InputError as error:
            print(f"left out: {error}")


def _read(folder: Path, names: tuple[str, ...], mapping: TableMapping = AS_IT_IS) -> Statistics:
    return joined(read_statistics(folder / name, mapping) for name in names)


def _gaps(folder: Path) -> Iterator[str]:
    gaps = mirror_gaps(Figures.of(_read(folder, (*EUROPE, *NATIONAL)), goods_named("total")))
    asked = [("EU27", "KG"), ("EU27", "KZ"), ("DE", "KG"), ("NL", "KG"), ("EU27", "AM")]
    asked += [(exporter, "KG") for exporter in ("EE", "LV", "PL", "FI")]
    for exporter, importer in asked:
        pair = gaps.filter((pl.col("exporter") == exporter) & (pl.col("importer") == importer))
        yield f"{exporter} to {importer}: " + "; ".join(
            map(_gap, pair.filter(pl.col("year") > 2020).to_dicts())
        )


def _gap(row: dict[str, object]) -> str:
    gap, reason = row["gap"], f", {row['reason']}" if row["reason"] else ""
    return f"{row['year']} {f'{gap:.0%}' if isinstance(gap, float) else '-'} {row['verdict']}{reason}"


def _cars(folder: Path) -> Iterator[str]:
    statistics = _read(folder, (*CARS, *TRADE))
    figures = Figures.of(statistics, goods_named("8703"))
    gaps = mirror_gaps(figures).filter((pl.col("exporter") == "GE") & (pl.col("importer") == "AM"))
    for row in gaps.to_dicts():
        told = f"{row['sent'] / 1e8:.1f} sent, {row['recorded'] / 1e8:.1f} recorded"
        yield f"Georgia's cars to Armenia: {told}: {_gap(row)}"
    yield from _lines(_read_surges(statistics, goods_named("8703"), "RU"), "Armenia's cars to Russia")


def _codes(folder: Path) -> Iterator[str]:
    statistics = _read(folder, ARMENIA, OF_ARMENIA)
    stable = tuple(code for code in high_priority().codes if code not in born_codes())
    told = Figures.of(statistics, Goods("stable", stable)).yearly("export")
    yearly = told.filter(pl.col("year").is_in([2021, 2022, 2023]))["value"].to_list()
    yield f"Armenia, {len(stable)} codes: {', '.join(f'{value / 1e8:.1f}' for value in yearly)}"
    yield from _lines(
        _read_surges(statistics, Goods("stable", stable), "WLD"), "Armenia, codes of both revisions"
    )
    each = surges(Figures.of(statistics, goods_named("each")))
    born = each.filter(pl.col("goods").is_in(sorted(born_codes())))
    yield f"codes of 2022: {born['goods'].n_unique()}, of them {born['verdict'].unique().to_list()}"


def _phones(folder: Path) -> Iterator[str]:
    figures = Figures.of(_read(folder, PHONES), goods_named("851713")).yearly("export")
    for row in figures.filter(pl.col("partner").cast(pl.String) == "RU").to_dicts():
        yield f"Armenia's phones to Russia: {row['year']} {row['value'] / 1e8:.1f}"


def _read_surges(statistics: Statistics, goods: Goods, partner: str) -> pl.DataFrame:
    found = surges(Figures.of(statistics, goods))
    return found.filter((pl.col("reporter") == "AM") & (pl.col("partner") == partner))


def _lines(found: pl.DataFrame, name: str) -> Iterator[str]:
    for row in found.to_dicts():
        since = f", since {row['since']:%Y-%m}" if row["since"] else ""
        yield f"{name}: {row['year']} {row['value'] / 1e8:.1f}, {row['verdict']}{since} ({row['reason']})"
