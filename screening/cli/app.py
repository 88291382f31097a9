"""All commands in one place, and what surrounds them: `--version`, the streams, the exit status.

Only what the help needs is imported here; a command imports its work when it is called, so that
`screening --help` answers at once.
"""

import gc
import io
import signal
import sys
from typing import Annotated

import typer

from screening.cli import (
    audit,
    demo,
    doctor,
    explain,
    flows,
    history,
    keys,
    party,
    replay,
    rescreen,
    rules,
    schema,
    screen,
    serve,
    testing,
    watchlists,
)
from screening.cli.faults import Commands
from screening.version import version

HELP = """Screens shipments for sanctions evasion by diversion: rules as data, every flag with its evidence.

Exit status: 0 done; 1 done, and something was found at or above --fail-on, or a test, rule or list is
faulty; 2 wrong usage, or an input that can't be used.
"""

_BETWEEN_COLLECTIONS = 100_000

app = typer.Typer(
    name="screening",
    cls=Commands,
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"screening {version()}")
        raise typer.Exit


@app.callback()
def _screening(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    pass


app.command("demo")(demo.demo)
app.command("screen")(screen.screen)
app.command("party")(party.party)
app.command("explain")(explain.explain)
app.command("rescreen")(rescreen.rescreen)
app.add_typer(watchlists.app, name="watchlists")
app.add_typer(rules.app, name="rules")
app.add_typer(history.app, name="history")
app.add_typer(flows.app, name="flows")
app.command("test")(testing.test)
app.command("serve")(serve.serve)
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.command("replay")(replay.replay)
app.command("schema")(schema.schema)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Runs the command that the arguments ask for, and leaves with its exit status."""
    _prepare_streams()
    # What a start makes stays: to look through it for garbage again and again is a tenth of its time.
    gc.set_threshold(_BETWEEN_COLLECTIONS, 50, 50)
    # A scheduler's stop ends as Ctrl-C does: what was begun is cleared away.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app()


def _prepare_streams() -> None:
    """Streams that are closed, or can't spell a name, are no reason to fail."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
