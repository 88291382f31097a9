"""`screening flows`: trade statistics in, and what they say of a corridor."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import polars as pl

    from screening.flows.table import Statistics

app = typer.Typer(
    help="Trade statistics: what they say of a corridor, and where its two ends don't agree.",
    no_args_is_help=True,
)

FromOption = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="FILE_OR_DIR", help="Statistics to ask, instead of those loaded."),
]
GoodsOption = Annotated[
    str, typer.Option(metavar="GOODS", help="total, each, classes, chpl, or codes (8703,851713).")
]
OutputOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="The whole table: .csv, .jsonl, .parquet, or -."),
]
TopOption = Annotated[int, typer.Option(min=1, help="Rows to print.")]
RatesOption = Annotated[
    str | None, typer.Option(metavar="FILE", help="Rates (date, currency, usd): all sums in US dollars.")
]
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
    rates: RatesOption = None,
    output: OutputOption = None,
) -> None:
    """Hold what exporters say they sent against what importers say they received.

    Ranked by what is missing; each with an interval, the pair's own earlier gap, and the honest reason.
    """
    from screening.cli.flow_tables import print_gaps
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.flows.mirror import mirror_gaps
    from screening.flows.output import in_units

    _refuse_early(output)
    gaps = mirror_gaps(Figures.of(_statistics(source, rates), goods_named(goods)))
    chosen = _chosen(gaps, exporter=exporter, importer=importer, year=year)
    if not everything:
        chosen = chosen.filter(chosen["verdict"].is_in(["flagged", "explained"]))
    told = in_units(chosen.sort("missing", descending=True, nulls_last=True), "sent", "recorded", "missing")
    _write(output, told)
    print_gaps(told, top)


def _statistics(source: list[str] | None, rates: str | None) -> "Statistics":
    """The statistics that are asked, in US dollars where there are rates."""
    from screening.flows.keeping import statistics_of
    from screening.flows.money import in_dollars
    from screening.io.rates import read_rates

    statistics = statistics_of(source or ())
    return in_dollars(statistics, read_rates(rates)) if rates else statistics


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


@app.command("surge")
def surge(
    goods: GoodsOption = "chpl",
    reporter: Annotated[str | None, typer.Option(metavar="CC", help="One reporter only.")] = None,
    partner: Annotated[str | None, typer.Option(metavar="CC", help="One partner only.")] = None,
    year: YearOption = None,
    imports: Annotated[
        bool, typer.Option("--imports", help="What reporters bought, not what they sold.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Quiet and unknown corridors too.")] = False,
    top: TopOption = 20,
    source: FromOption = None,
    rates: RatesOption = None,
    output: OutputOption = None,
) -> None:
    """Hold every corridor against its own years, and against a basket of harmless goods.

    Ranked by value; each with the month of its break, and whether all trade rose as well.
    """
    from screening.cli.flow_tables import print_surges
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.flows.output import in_units
    from screening.flows.surge import surges
    from screening.flows.table import EXPORT, IMPORT

    _refuse_early(output)
    statistics = _statistics(source, rates)
    flow = IMPORT if imports else EXPORT
    found = surges(Figures.of(statistics, goods_named(goods)), flow=flow)
    chosen = _chosen(found, reporter=reporter, partner=partner, year=year)
    if not everything:
        chosen = chosen.filter(~chosen["verdict"].is_in(["quiet", "not computable"]))
    told = in_units(chosen.sort("value", descending=True), "value", "before")
    _write(output, told)
    print_surges(told, top)


CountriesOption = list[str] | None


@app.command("corridors")
def corridors(
    goods: GoodsOption = "each",
    destination: Annotated[str, typer.Option(metavar="CC", help="Where the goods end.")] = "RU",
    origin: Annotated[
        CountriesOption,
        typer.Option(metavar="CC", help="Origins, instead of the coalition; may be repeated."),
    ] = None,
    hub: Annotated[
        CountriesOption,
        typer.Option(metavar="CC", help="Hubs, instead of the places of transit; may be repeated."),
    ] = None,
    year: YearOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Quiet corridors too.")] = False,
    top: TopOption = 20,
    source: FromOption = None,
    rates: RatesOption = None,
    output: OutputOption = None,
    listed: Annotated[
        str | None,
        typer.Option("--list", metavar="FILE", help="The flagged ones as a watchlist of corridors (CSV)."),
    ] = None,
) -> None:
    """Find hubs that took over what an origin lost, by three parts: direct trade, in, out.

    Ranked by how much was rerouted.
    """
    from screening.cli.flow_tables import print_corridors
    from screening.flows.output import in_units

    _refuse_early(output)
    _refuse_early(listed)
    statistics, found = _searched(goods, destination, origin, hub, _statistics(source, rates))
    chosen = _chosen(found, year=year)
    if not everything:
        chosen = chosen.filter(chosen["verdict"] == "flagged")
    told = in_units(chosen, *_SUMS)
    _write(output, told)
    if listed:
        from screening.flows.entries import corridor_entries

        _write(listed, corridor_entries(chosen.filter(chosen["verdict"] == "flagged"), statistics.sources))
    print_corridors(told, top)


@app.command("explain")
def explain_corridor(
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", show_default=False)],
    hub: Annotated[str, typer.Argument(metavar="HUB", show_default=False)],
    goods: GoodsOption = "chpl",
    destination: Annotated[str, typer.Option(metavar="CC", help="Where the goods end.")] = "RU",
    source: FromOption = None,
    rates: RatesOption = None,
) -> None:
    """Show everything that the statistics say of one corridor: its parts, its gap, its surge, its sources."""
    from screening.cli.flow_explanation import print_corridor
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.flows.mirror import mirror_gaps
    from screening.flows.output import in_units
    from screening.flows.surge import surges

    statistics, found = _searched(goods, destination, [origin], [hub], _statistics(source, rates))
    figures = Figures.of(statistics, goods_named(goods))
    gaps = _chosen(mirror_gaps(figures), exporter=origin, importer=hub)
    lanes = surges(figures)
    legs = [_chosen(lanes, reporter=sender, partner=to) for sender, to in ((origin, hub), (hub, destination))]
    print_corridor(
        (origin.upper(), hub.upper(), destination.upper()),
        in_units(found, *_SUMS),
        in_units(gaps, "sent", "recorded", "missing"),
        [in_units(leg, "value", "before") for leg in legs],
        statistics.sources,
    )


_SUMS = (
    *("direct_before", "direct", "fall", "in_before", "rise_in", "in_spread", "out_before", "rise_out"),
    *(
        "out_spread",
        "unrecorded",
        "arrived",
        "went_on",
        "on_spread",
        "rerouted",
        "size_spread",
        "low",
        "high",
    ),
)
"""The columns of a table of corridors that are money."""


def _searched(
    goods: str,
    destination: str,
    origins: CountriesOption,
    hubs: CountriesOption,
    statistics: "Statistics",
) -> "tuple[Statistics, pl.DataFrame]":
    """The statistics, and every corridor of theirs."""
    from screening.flows.corridor import Search
    from screening.flows.corridor import corridors as found
    from screening.flows.figures import Figures
    from screening.flows.goods import goods_named
    from screening.watchlists.lists import ListCatalogue

    lists = ListCatalogue.load()
    search = Search(
        frozenset(code.upper() for code in origins)
        if origins
        else lists.members("countries/coalition", None),
        frozenset(code.upper() for code in hubs) if hubs else lists.members("countries/transit", None),
        destination.upper(),
    )
    return statistics, found(Figures.of(statistics, goods_named(goods)), search)


@app.command("watch")
def watch(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A list of corridors.", show_default=False)],
) -> None:
    """Keep a list of corridors; every screen weighs shipments by it from then on.

    What `screening flows corridors --list FILE` writes, or a table of one's own in that layout.
    """
    from pathlib import Path

    from screening.cli.printing import counted, results
    from screening.flows.keeping import keep_corridors

    path, entries = keep_corridors(Path(file))
    results().line(f"{counted(entries, 'corridor')} kept in {path}, and used from now on")


@app.command("claims")
def claims(
    source: FromOption = None,
    rates: RatesOption = None,
    output: OutputOption = None,
) -> None:
    """Hold the flows that the founding articles claim against the statistics.

    Each is confirmed, contradicted, or not computable, and why.
    """
    import polars as pl

    from screening.cli.printing import results
    from screening.flows.claims import checked
    from screening.seeds.claims import claims as claimed

    _refuse_early(output)
    statistics = _statistics(source, rates)
    told = [checked(claim, statistics) for claim in claimed()]
    rows = [(one.claim.id, one.verdict, one.why, one.claim.fact) for one in told]
    _write(output, pl.DataFrame(rows, ["claim", "verdict", "why", "fact"], orient="row"))
    results().table(("claim", "verdict", "why"), [row[:3] for row in rows])


@app.command("chart")
def chart(
    output: Annotated[
        str, typer.Argument(metavar="PICTURE", help="A .svg or .png file.", show_default=False)
    ],
    sender: Annotated[str | None, typer.Option("--reporter", metavar="CC", help="Who sends.")] = None,
    receiver: Annotated[str | None, typer.Option("--partner", metavar="CC", help="Who receives.")] = None,
    goods: GoodsOption = "chpl",
    source: FromOption = None,
    rates: RatesOption = None,
) -> None:
    """Draw a corridor: its months, break, control basket and gap.

    Without a reporter and a partner, a heat table of hubs by goods.
    """
    from screening.errors import UsageError
    from screening.flows.pictures import check_picture, draw, heat_picture

    check_picture(output)
    statistics = _statistics(source, rates)
    if sender and receiver:
        from screening.flows.portrait import portrait

        draw(portrait(statistics, sender.upper(), receiver.upper(), goods), output)
        return
    if sender or receiver:
        raise UsageError("a corridor has two ends; name --reporter and --partner, or neither")
    _, found = _searched("each", "RU", None, None, statistics)
    flagged = found.filter(found["verdict"] == "flagged")
    if not flagged.height:
        raise UsageError("no corridor is flagged in these statistics; there is nothing to draw")
    draw(heat_picture(flagged), output)


@app.command("refresh")
def refresh(
    office: Annotated[str, typer.Argument(metavar="OFFICE", help="comtrade or comext.", show_default=False)],
    reporter: Annotated[str, typer.Option(metavar="CC", help="Whose figures.")],
    first: Annotated[str, typer.Option(metavar="PERIOD", help="The first month (2022-01) or year.")],
    last: Annotated[str, typer.Option(metavar="PERIOD", help="The last month or year.")],
    codes: Annotated[str, typer.Option(help="TOTAL, or codes with commas between them.")] = "TOTAL",
    imports: Annotated[bool, typer.Option("--imports", help="What it bought, not what it sold.")] = False,
) -> None:
    """Fetch figures from a public endpoint, and keep them.

    Whole or not at all: an answer that is cut off at the endpoint's limit is asked for in parts.
    """
    from screening.cli.printing import results
    from screening.flows.keeping import keep
    from screening.flows.refresh import Wish, endpoint, months_between, refreshed
    from screening.flows.table import EXPORT, IMPORT

    wish = Wish(
        reporter.upper(),
        months_between(first, last),
        tuple(part.strip() for part in codes.split(",")),
        IMPORT if imports else EXPORT,
    )
    found = refreshed(endpoint(office), wish, dt.datetime.now(dt.UTC).date())
    keep(found)
    results().line(f"{found.sources[0].name}: {found.rows.height:,} figures")
