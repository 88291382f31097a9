"""`screening party`: is this name on a list? A few names for people, a file of many for programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.overwriting import refuse_overwriting
from screening.cli.screened_by import NoBundledOption, WatchlistOption
from screening.errors import UsageError

if TYPE_CHECKING:
    from screening.cli.names_asked import NameAsked
    from screening.cli.printing import Page
    from screening.result import Match
    from screening.screener import Screener

FIELDS = (
    *("row", "line", "name", "country", "id", "source_id", "matched_name", "watchlist", "type", "score"),
    *("listed_on", "source", "reason"),
)
"""What is written of each match; of a name without a match, all from `id` on is blank."""
_ENDINGS = (".csv", ".jsonl")


def party(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="The names to look for.", show_default=False)
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CC", help="The country of the names: a code, or its name.")
    ] = None,
    type: Annotated[
        str | None, typer.Option(metavar="TYPE", help="organisation, person, vessel or aircraft.")
    ] = None,
    address: Annotated[str | None, typer.Option(metavar="TEXT", help="The address, in one line.")] = None,
    birth_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="A person's birth date: a day, or a year alone.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES.csv",
            help="A CSV file with a column `name`, and `country`, `type`, `address`, `birth_date`.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Where the matches go: .csv or .jsonl; - is JSON lines."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most matches of a name.")] = 10,
    watchlist: WatchlistOption = None,
    no_bundled: NoBundledOption = False,
) -> None:
    """Look names up on the watchlists.

    Shows the best matches, each with its reason; with a file, one row a match.
    """
    from screening.cli.names_asked import asked_in_arguments, asked_in_file
    from screening.cli.printing import results
    from screening.screener import Screener

    if bool(names) == bool(file):
        raise UsageError("party: name whom to look for, or --file NAMES.csv, one of them")
    if file and (country or type or address or birth_date):
        beside = "--country, --type, --address and --birth-date"
        raise UsageError(f"party: {beside} go with a NAME; in a file they are columns")
    _check_output(output, [file, *(watchlist or ())])
    told = (country, type, address, birth_date)
    asked = asked_in_file(file) if file else asked_in_arguments(names or [], *told)
    screener = Screener(watchlists=watchlist or (), bundled=not no_bundled)
    if output is None and not file:
        _print_matches(results(), asked, screener, limit)
    else:
        _tell_many(asked, screener, limit, output)


def _check_output(output: str | None, read: list[str | None]) -> None:
    from screening.io.writers.atomic import STANDARD_OUTPUT, check_writable

    if output is None or output == STANDARD_OUTPUT:
        return
    device = Path(output).exists() and not Path(output).is_file()
    if Path(output).suffix.lower() not in _ENDINGS and not device:
        raise UsageError(f"{output}: its ending is no output format; use {' or '.join(_ENDINGS)}")
    check_writable(output)
    refuse_overwriting(read, [output])


def _print_matches(page: "Page", asked: "list[NameAsked]", screener: "Screener", limit: int) -> None:
    from screening.cli.summary import print_lists
    from screening.result import NO_CLEARANCE

    for one in asked:
        page.line(one.name, "bold")
        found = screener.match(
            one.name, one.country, one.type, address=one.address, birth_date=one.birth_date, limit=limit
        )
        for match in found:
            _print_match(page, match, one, screener)
        if not found:
            page.line(no_match(screener), indent=2)
        _print_context(page, one.name, screener)
    print_lists(page, screener)
    page.line()
    page.line(NO_CLEARANCE)


def no_match(screener: "Screener") -> str:
    """What is said where nothing was found."""
    count = len(screener.parties)
    return f"no match at or above {screener.ruleset.policy.match_threshold:g} among {count:,} listed parties"


def _print_match(page: "Page", match: "Match", asked: "NameAsked", screener: "Screener") -> None:
    from screening.names import explain

    page.line(f"{match.score:.2f}  {match.matched_name}  ({match.type}, {match.id})", indent=2)
    listed = f"{match.source}; listed on {match.listed_on}" if match.listed_on else match.source
    for line in (f"{match.watchlist}: {listed}", match.reason):
        if line:
            page.line(line, indent=8)
    page.line(explain(match.name, match.matched_name, screener.parties.index).sentence, indent=8)
    entry = screener.parties.numbers[match.id]
    told = screener.parties.reasons(entry, asked.country, address=asked.address, birth_date=asked.birth_date)
    for reason in told:
        page.line(reason, indent=8)


def _print_context(page: "Page", name: str, screener: "Screener") -> None:
    from screening.parties import name_key

    for entry in screener.lists.context:
        if name_key(name) in {name_key(known) for known in entry.names}:
            page.line(f"known, and on no list: {entry.explains} ({entry.source})", indent=2)


def _tell_many(asked: "list[NameAsked]", screener: "Screener", limit: int, output: str | None) -> None:
    from screening.cli.matches import match_rows, write_matches
    from screening.cli.names_asked import doubts
    from screening.cli.printing import counted, remarks, results
    from screening.result import NO_CLEARANCE

    rows = match_rows(asked, screener, limit)
    page = remarks()
    if output is None:
        results().table(
            ("row", "name", "score", "matched name", "id"),
            ([r["row"], r["name"], *_shown(r, screener)] for r in rows),
            right=("row", "score"),
        )
    else:
        write_matches(output, FIELDS, rows)
    hits = len({row["row"] for row in rows if row["id"]})
    for doubt in doubts(asked):
        page.line(f"warning: {doubt}", "yellow")
    page.line(f"{counted(len(asked), 'name')}: {hits:,} with a match, {len(asked) - hits:,} without", "bold")
    page.line(NO_CLEARANCE)


def _shown(row: "dict[str, object]", screener: "Screener") -> tuple[str, str, str]:
    if not row["id"]:
        return "", no_match(screener) if row["name"] else "no name is given", ""
    return f"{row['score']:.2f}", str(row["matched_name"]), str(row["id"])
