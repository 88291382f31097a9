"""What a run did to its history, and what it could not see in it, in a few lines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screening.cli.printing import Page, counted

if TYPE_CHECKING:
    from screening.history.past import Past
    from screening.history.posting import Posted
    from screening.run import Report


def print_history(page: Page, report: "Report") -> None:
    """Prints what became of the history of the run, where it has one."""
    past, posted = report.past, report.posted
    if past is None or posted is None:
        return
    page.line(f"history: {_sentence(past, posted)}")
    for warning in _warnings(past, posted):
        page.line(f"warning: {warning}", "yellow")


def _sentence(past: "Past", posted: "Posted") -> str:
    before = f"{past.told['shipments']:,} shipments of runs before"
    if past.begins:
        before += f", back to {past.begins}"
    if not posted.added:
        return f"{before}; this was run {past.run}, and it stays as it is"
    done = [f"{posted.added:,} added"]
    if posted.replaced:
        done.append(f"{posted.replaced:,} replaced by a higher revision")
    if posted.pruned:
        done.append(f"{posted.pruned:,} too old, and deleted")
    return f"{before}; {', '.join(done)} (run {posted.run})"


def _warnings(past: "Past", posted: "Posted") -> Iterator[str]:
    if past.changed:
        yield (
            f"{counted(past.changed, 'shipment')} of the history say something else here under the same "
            "revision; the history keeps the first, a higher revision replaces it"
        )
    if past.lacking:
        columns = ", ".join(past.lacking)
        yield f"earlier shipments were kept without {columns}; rules that need them don't see those"
    if posted.held_back:
        yield (
            f"{counted(posted.held_back, 'shipment')}, more than half of all, are too old by the newest day "
            f"in the history; if that day is right, `screening history prune FILE` deletes them"
        )
