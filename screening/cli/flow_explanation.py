"""One corridor in full: what was lost, what came in, what went on, what is missing, and by whose figures."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from screening.cli.flow_tables import area_name, millions, share, times
from screening.cli.printing import Page, results

if TYPE_CHECKING:
    import polars as pl

    from screening.flows.table import Source


def print_corridor(
    ends: tuple[str, str, str],
    corridors: "pl.DataFrame",
    gaps: "pl.DataFrame",
    legs: "list[pl.DataFrame]",
    sources: "Iterable[Source]",
) -> None:
    """Everything that the statistics say of the corridor from origin by hub to destination."""
    page = results()
    origin, hub, destination = map(area_name, ends)
    page.line(f"{origin} → {hub} → {destination}", "bold")
    if not corridors.height:
        page.line(f"nothing was lost between {origin} and {destination}, or nobody tells of it", indent=2)
    for row in corridors.sort("goods", "year").iter_rows(named=True):
        _print_parts(page, row, (origin, hub, destination))
    page.heading("What the hub recorded")
    for row in gaps.sort("goods", "year").iter_rows(named=True):
        page.line(_gap(row), indent=2)
    page.heading("Against their own years")
    for leg in legs:
        for row in leg.sort("goods", "year").iter_rows(named=True):
            page.line(_surge(row), indent=2)
    page.heading("By the figures of")
    for source in sources:
        day = f"extracted on {source.extracted_on}" if source.extracted_on else "day of extraction not stated"
        page.line(f"{source.name} ({source.layout}, {day}, digest {source.digest[:12]})", indent=2)


def _print_parts(page: Page, row: dict[str, Any], names: tuple[str, str, str]) -> None:
    origin, hub, destination = names
    page.heading(f"{row['goods']}, {row['year']}: {row['verdict']}, score {row['score']:.2f}")
    lost = f"sent {millions(row['direct'])} m to {destination} instead of {millions(row['direct_before'])}"
    page.line(f"{origin} {lost}: {millions(row['fall'])} lost (score {row['fall_score']:.2f})", indent=2)
    more = f"bought {millions(row['rise_in'])} m more than its usual {millions(row['in_before'])}"
    page.line(f"{hub} {more} (score {row['in_score']:.2f})", indent=2)
    on = f"sold {destination} {millions(row['rise_out'])} m more; {millions(row['unrecorded'])} never arrived"
    page.line(f"{hub} {on} (score {(row['out_score'] or 0):.2f})", indent=2)
    if row["delay"] is not None:
        began = f"the way in broke in {row['in_since']:%Y-%m}, the way out in {row['out_since']:%Y-%m}"
        page.line(f"{began}: {row['delay']} months later", indent=2)
    size = f"{millions(row['rerouted'])} m ({millions(row['low'])} to {millions(row['high'])})"
    page.line(f"rerouted: {size} {row['currency']}, {share(row['share'])} of what was lost", indent=2)


def _gap(row: dict[str, Any]) -> str:
    told = (
        f"{row['goods']}, {row['year']}: sent {millions(row['sent'])}, recorded {millions(row['recorded'])}"
    )
    interval = (
        f"{share(row['gap'])} ({share(row['low'])} to {share(row['high'])}; before {share(row['baseline'])})"
    )
    return f"{told}, gap {interval}: {': '.join(filter(None, (row['verdict'], row['reason'])))}"


def _surge(row: dict[str, Any]) -> str:
    lane = f"{area_name(row['reporter'])} to {area_name(row['partner'])}, {row['goods']}, {row['year']}"
    since = f" since {row['since']:%Y-%m}" if row["since"] else ""
    rose = f"{times(row['ratio'], row['at_least'])}{since}"
    told = f"{millions(row['value'])} against {millions(row['before'])}, {rose}"
    return f"{lane}: {told}: {': '.join(filter(None, (row['verdict'], row['reason'])))}"
