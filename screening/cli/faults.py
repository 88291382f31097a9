"""What becomes of an error: one line on standard error and exit status 2, never a traceback."""

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer
from typer.core import TyperGroup

from screening.cli.printing import harmless
from screening.errors import RuleError, ScreeningError

FAULTY = 1
"""Exit status: done, and something is faulty, or at or above `--fail-on`."""
UNUSABLE = 2
"""Exit status: wrong usage, or an input that can't be used."""
PIPE_CLOSED = 141
"""Exit status of a command whose reader has left, as the shell reports it: 128 and SIGPIPE."""

STOPPED = 130
"""Exit status of a command that somebody stopped, as the shell reports it: 128 and SIGINT."""

SHOWN_FAULTS = 20


class Commands(TyperGroup):
    """The commands, with every error of theirs told in a line."""

    def invoke(self, ctx: Any) -> Any:
        """What the command gives; typer.Exit where it could not do its work."""
        with told_in_a_line():
            try:
                return super().invoke(ctx)
            finally:
                # A full disk behind standard output shows itself here, while it can still be told.
                sys.stdout.flush()


@contextmanager
def told_in_a_line() -> Iterator[None]:
    """Turns errors that the user can mend into lines and exit status 2."""
    try:
        yield
    except ScreeningError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            _leave_quietly()
        tell(error)
        _drop_standard_output()
        raise typer.Exit(UNUSABLE) from None
    except BrokenPipeError:
        _leave_quietly()
    except KeyboardInterrupt:
        _tell_line("stopped before the end; no file was left half written")
        _drop_standard_output()
        raise typer.Exit(STOPPED) from None
    except OSError as error:
        where = error.filename if error.filename is not None else "standard output"
        _tell_line(
            f"{where}: {(error.strerror or str(error)).lower()}; check its place, permissions and disk"
        )
        _drop_standard_output()
        raise typer.Exit(UNUSABLE) from None


def tell(error: ScreeningError) -> None:
    """Prints the error: one line, or one for each fault of the rules, the first of them."""
    lines = error.faults if isinstance(error, RuleError) else [str(error)]
    for line in lines[:SHOWN_FAULTS]:
        _tell_line(line)
    if len(lines) > SHOWN_FAULTS:
        _tell_line(
            f"and {len(lines) - SHOWN_FAULTS:,} faults more; `screening rules lint DIR` shows them all"
        )


def _tell_line(text: str) -> None:
    with contextlib.suppress(OSError):
        typer.echo(f"error: {harmless(text)}", err=True)


def _leave_quietly() -> None:
    _drop_standard_output()
    raise typer.Exit(PIPE_CLOSED) from None


def _drop_standard_output() -> None:
    """Sends what is still buffered to nowhere; Python would try again at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
