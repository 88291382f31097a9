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


def print_surges(surges: "pl.DataFrame", top: int) -> None:
    """The largest surges, with the month of the break and the control basket."""
    page = results()
    rows = [
        (
            *(area_name(row["reporter"]), area_name(row["partner"]), row["goods"], row["year"]),
            *(millions(row["value"]), millions(row["before"]), times(row["ratio"], row["at_least"])),
            f"{row['since']:%Y-%m}" if row["since"] else "-",
            times(row["control_ratio"]),
            ": ".join(filter(None, (row["verdict"], row["reason"]))),
        )
        for row in surges.head(top).iter_rows(named=True)
    ]
    who, sums = ("reporter", "partner", "goods", "year"), ("value", "before", "times")
    page.table((*who, *sums, "since", "control", "verdict"), rows, right=("year", *sums, "control"))
    remainder(page, surges, top, currencies(surges))


def print_corridors(corridors: "pl.DataFrame", top: int) -> None:
    """The corridors by how much was rerouted, with their three parts."""
    page = results()
    rows = [
        (
            *(area_name(row["origin"]), area_name(row["hub"]), area_name(row["destination"])),
            *(row["goods"], row["year"], millions(row["fall"]), millions(row["rise_in"])),
            *(millions(row["rise_out"]), millions(row["unrecorded"])),
            f"{millions(row['rerouted'])} ({millions(row['low'])} to {millions(row['high'])})",
            *(share(row["share"]), f"{row['score']:.2f}"),
        )
        for row in corridors.head(top).iter_rows(named=True)
    ]
    who, parts = ("origin", "hub", "destination", "goods", "year"), ("lost", "in", "out", "unrecorded")
    page.table((*who, *parts, "rerouted", "share", "score"), rows, right=("year", *parts, "share", "score"))
    remainder(page, corridors, top, currencies(corridors))


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


def times(ratio: float | None, at_least: bool | None = False) -> str:
    """`3.6x`; `over 56.7x` against next to nothing; a dash for what can't be compared."""
    if ratio is None:
        return "-"
    return f"{'over ' if at_least else ''}{ratio:,.1f}x"
