"""A bar on standard error while a long run goes on; nothing where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from screening.passes.progress import Progress, Told


@contextmanager
def watched(what: str) -> Iterator[Progress | None]:
    """Something to tell of rows done and rows in all; None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TextColumn("{task.fields[alerts]} alerts so far, left"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rows="", alerts=0)
        yield lambda told: bar.update(
            task,
            description=f"{what}: {told.what}",
            completed=told.done,
            total=told.rows,
            rows=_rows(told, bar.tasks[0].speed),
            alerts=f"{told.alerts:,}",
        )


def _rows(told: Told, speed: float | None) -> str:
    """Rows done of rows in all, and how many a second."""
    whole = f" of {told.rows:,.0f}" if told.rows else ""
    return f"{told.done:,.0f}{whole} rows" + (f", {speed:,.0f} a second" if speed else "")
