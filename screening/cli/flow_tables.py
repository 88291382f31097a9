"""The tables of `screening flows`, as a person reads them."""

from typing import TYPE_CHECKING

from screening.cli.printing import Page, counted, results
from screening.places.countries import country_name

if TYPE_CHECKING:
    import polars as pl

_UNION = {"EU27": "European Union", "WLD": "the world", "XX": "unspecified"}


def area_name(code: str) -> str:
    """The country or area by its English name."""
    return _UNION.get(code) or country_name(code)


def print_gaps(gaps: "pl.DataFrame", top: int) -> None:
    """The widest gaps, with interval, own past and verdict."""
    page = results()
    rows = [
        (
            *(area_name(row["exporter"]), area_name(row["importer"]), row["goods"], row["year"]),
            *(millions(row["sent"]), millions(row["recorded"]), share(row["gap"])),
            f"{share(row['low'])} to {share(row['high'])}",
            share(row["baseline"]),
            ": ".join(filter(None, (row["verdict"], row["reason"]))),
        )
        for row in gaps.head(top).iter_rows(named=True)
    ]
    who, sums = ("exporter", "importer", "goods", "year"), ("sent", "recorded", "gap", "interval", "before")
    page.table((*who, *sums, "verdict"), rows, right=("year", *sums))
    remainder(page, gaps, top, currencies(gaps))


def currencies(table: "pl.DataFrame") -> str:
    """In what the sums of a table are."""
    return f"sums in millions of {', '.join(sorted(set(table['currency'].drop_nulls().to_list())))}"


def remainder(page: Page, table: "pl.DataFrame", top: int, told: str) -> None:
    """What is not shown, and in what the sums are."""
    if not table.height:
        page.line("nothing of the kind in these statistics; --all shows what was looked at")
        return
    more = table.height - top
    page.line(f"{told}; {counted(more, 'row')} more (--top, --output)" if more > 0 else told)


def millions(value: float | None) -> str:
    """`1,170.9`; a dash for what is not known."""
    return "-" if value is None else f"{value / 1e6:,.1f}"


def share(value: float | None) -> str:
    """`57 %`; a dash for what is not known."""
    return "-" if value is None else f"{value * 100:.0f} %"
