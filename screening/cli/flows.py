"""`screening flows`: trade statistics in, and what they say of a corridor."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import polars as pl

app = typer.Typer(
    help="Trade statistics: what they say of a corridor, and where its two ends don't agree.",
    no_args_is_help=True,
)

FromOption = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="FILE_OR_DIR", help="Statistics to ask, instead of those loaded."),
]
GoodsOption = Annotated[
    str, typer.Option(metavar="GOODS", help="total, each, chpl, or codes of 2, 4 or 6 digits (8703,851713).")
]
OutputOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The whole table: .csv, .jsonl, .parquet, or -."),
]
TopOption = Annotated[int, typer.Option(min=1, help="Rows to print.")]
YearOption = Annotated[int | None, typer.Option(help="One year only.")]


@app.command("load")
def load(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files of statistics.", show_default=False)
    ],
    mapping: Annotated[str | None, typer.Option(metavar="FILE", help="What the columns mean.")] = None,
    currency: Annotated[str | None, typer.Option(help="The currency, where no column says it.")] = None,
    extracted: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day on which the figures were taken (YYYY-MM-DD).")
    ] = None,
) -> None:
    """Keep files of statistics; every question uses them from then on.

    UN Comtrade (CSV, JSON), Eurostat Comext, IMF and Armenian tables are known; others by --mapping.
    """
    import polars as pl

    from screening.cli.printing import results
    from screening.flows.keeping import keep
    from screening.flows.mapping import AS_IT_IS, read_mapping
    from screening.flows.reading import read_statistics

    page = results()
    meaning = read_mapping(mapping) if mapping else AS_IT_IS
    for file in files:
        statistics = read_statistics(file, meaning, currency, _day(extracted))
        keep(statistics)
        (source,) = statistics.sources
        first, last = statistics.rows.select(first=pl.col("period").min(), last=pl.col("period").max()).row(0)
        page.line(f"{source.name} ({source.layout}): {source.rows:,} figures, {first:%Y-%m} to {last:%Y-%m}")
        for note in source.left_out:
            page.line(note, indent=2)


@app.command("list")
def list_sources() -> None:
    """List the statistics that are kept, with layout and day of extraction."""
    from screening.cli.printing import results
    from screening.flows.keeping import kept

    rows = [(s.name, s.layout, f"{s.rows:,}", s.extracted_on or "not stated", s.digest[:12]) for s in kept()]
    results().table(("source", "layout", "figures", "extracted on", "digest"), rows, right=("figures",))


@app.command("forget")
def forget_source(name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)]) -> None:
    """Keep statistics no longer."""
    from screening.flows.keeping import forget

    forget(name)


@app.command("gap")
def gap(
    goods: GoodsOption = "total",
    exporter: Annotated[str | None, typer.Option(metavar="CC", help="One exporter only.")] = None,
    importer: Annotated[str | None, typer.Option(metavar="CC", help="One importer only.")] = None,
    year: YearOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Quiet and unknown pairs too.")] = False,
    top: TopOption = 20,
    source: FromOption = None,
    output: OutputOption = None,
) -> None:
    """Hold what exporters say they sent against what importers say they received.

    Ranked by what is missing; each with an interval, the pair's own earlier gap, and the honest reason.
    """
    from screening.cli.flow_tables import print_gaps
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.flows.keeping import statistics_of
    from screening.flows.mirror import mirror_gaps
    from screening.flows.output import in_units

    _refuse_early(output)
    gaps = mirror_gaps(Figures.of(statistics_of(source or ()), goods_named(goods)))
    chosen = _chosen(gaps, exporter=exporter, importer=importer, year=year)
    if not everything:
        chosen = chosen.filter(chosen["verdict"].is_in(["flagged", "explained"]))
    told = in_units(chosen.sort("missing", descending=True, nulls_last=True), "sent", "recorded", "missing")
    _write(output, told)
    print_gaps(told, top)


def _chosen(table: "pl.DataFrame", **wanted: str | int | None) -> "pl.DataFrame":
    """The rows with these values, whatever is left open."""
    for column, value in wanted.items():
        if value is not None:
            table = table.filter(table[column] == (value.upper() if isinstance(value, str) else value))
    return table


def _refuse_early(output: str | None) -> None:
    from screening.flows.output import check_table

    if output:
        check_table(output)


def _write(output: str | None, table: "pl.DataFrame") -> None:
    from screening.flows.output import write_table

    if output:
        write_table(output, table)


def _day(text: str | None) -> dt.date | None:
    from screening.errors import UsageError

    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--extracted {text}: is no day; write YYYY-MM-DD") from None
