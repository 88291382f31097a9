"""`screening doctor`: what this installation is, what it lacks, and the command that mends it."""

import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import TYPE_CHECKING

from screening.version import DISTRIBUTION, version

if TYPE_CHECKING:
    from screening.cli.printing import Page

_WITHOUT_DURABLE_RULES = (
    "durable_rules is not installed (it can't be from Python 3.13 on); "
    "the reference evaluator gives the same conclusions"
)


def doctor() -> None:
    """Show what this installation is and lacks.

    Versions, the engine in use, the lists with their dates and ages, and the command that mends what is
    missing.
    """
    from screening.cli.printing import results
    from screening.result import NO_CLEARANCE

    page = results()
    _print_installation(page)
    _print_rules(page)
    _print_lists(page)
    page.line()
    page.line(NO_CLEARANCE)


def required() -> Iterator[tuple[str, str]]:
    """The packages that this one needs, with their versions; `not installed` where one is not."""
    for wanted in metadata.requires(DISTRIBUTION) or ():
        name = re.split(r"[^\w.-]", wanted, maxsplit=1)[0]
        if "extra ==" not in wanted:
            yield name, _version_of(name)


def _version_of(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def _print_installation(page: "Page") -> None:
    from screening.resources import bundled
    from screening.watchlists.store import home

    page.line(f"screening {version()}", "bold")
    page.line(f"Python {platform.python_version()} at {sys.executable}")
    page.line(f"{platform.system()} {platform.machine()}, text in {sys.stdout.encoding}")
    page.line(f"bundled data in {bundled('rules').parent}")
    there = "" if home().is_dir() else " (not there yet: nothing was imported)"
    page.line(f"your data in {home()}{there}")
    page.heading("Packages")
    page.table(("package", "version"), required())


def _print_rules(page: "Page") -> None:
    from screening.engine.chain import chain
    from screening.ruleset.loading import load_rules

    ruleset = load_rules()
    engine = chain(ruleset.combine_rules).name
    page.heading("Rules")
    match, time, combine = map(len, (ruleset.match_rules, ruleset.window_rules, ruleset.combine_rules))
    kinds = f"{match} over one shipment, {time} over time and {combine} over findings"
    page.line(f"{kinds}; digest {ruleset.digest[:16]}")
    page.line(f"findings are chained by {engine}")
    if engine == "reference":
        page.line(_why_reference())


def _why_reference() -> str:
    if _version_of("durable-rules") == "not installed":
        return _WITHOUT_DURABLE_RULES
    return "durable_rules is installed and can't chain these rules; the reference evaluator gives the same"


def _print_lists(page: "Page") -> None:
    from screening.cli import lists_in_use
    from screening.watchlists.lists import ListCatalogue
    from screening.watchlists.loading import load_parties
    from screening.watchlists.store import imported

    catalogue = ListCatalogue.load()
    page.heading("Lists of parties")
    page.table(lists_in_use.HEADERS, lists_in_use.list_rows(load_parties()), right=lists_in_use.NUMBERS)
    page.line(lists_in_use.NO_SANCTIONS_LIST)
    if not imported():
        page.line(
            f"missing: no official list was imported; mend it with `{lists_in_use.BRING_A_LIST}`", "yellow"
        )
    lists_in_use.warn_of_old_lists(page)
    page.heading("Lists of countries and goods")
    page.line(", ".join(f"{name} {len(catalogue.list_named(name).entries)}" for name in catalogue.names))
    page.line(f"names that are only explained: {len(catalogue.context)}")
    page.line(f"places of routes: {len(catalogue.places.places)}")
