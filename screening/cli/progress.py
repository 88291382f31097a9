"""A bar on standard error while a long run goes on; nothing where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from screening.run import Progress


@contextmanager
def watched(what: str) -> Iterator[Progress | None]:
    """Something to tell of rows done and rows in all; None where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
