"""`screening audit`: proves that the store is what its log says, writes the log out, and forgets a person."""

import re
from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.faults import FAULTY
from screening.cli.serve import DatabaseOption
from screening.cli.store_in_use import ACTOR, opened_store
from screening.errors import UsageError

if TYPE_CHECKING:
    from screening.service.jobs.forgetting import InFiles
    from screening.service.settings import Settings
    from screening.store.audit import Link
    from screening.store.database import Database

_LINK = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")

app = typer.Typer(
    help="The audit log of the service: verify it, export it, and forget a person without breaking it.",
    no_args_is_help=True,
)


@app.command("verify")
def verify(
    database: DatabaseOption = None,
    noted: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER:HASH",
            help="An entry that an earlier verification printed, which has to be in the log still.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Hold the store against its audit log.

    Exit status 1 where anything was changed, added, taken away or moved.
    """
    link = _link(noted) if noted else None
    opened = opened_store(database)
    from screening.cli.printing import counted, results
    from screening.store import audit

    with opened as store, store.reading() as tx:
        found = audit.verify(tx, link)
    page = results()
    for fault in found.faults:
        page.line(f"{fault.where} {fault.what}")
    if found.faults:
        more = " at least" if len(found.faults) == audit.MOST_FAULTS else ""
        page.line(f"{counted(len(found.faults), 'fault')}{more}", "bold")
        raise typer.Exit(FAULTY)
    entries = counted(found.head.number, "entry", "entries")
    page.line(f"intact: {entries}, which vouch for {counted(found.rows, 'row')}", "bold")
    if found.head.number:
        page.line(f"the newest is {found.head.number}:{found.head.hash}; note it for --noted")


@app.command("export")
def export(
    database: DatabaseOption = None,
    output: Annotated[
        str, typer.Option(metavar="FILE", help="Where to; standard output unless named.", show_default=False)
    ] = "-",
    first: Annotated[int, typer.Option("--from", metavar="NUMBER", min=1, help="Begin with this entry.")] = 1,
) -> None:
    """Write the audit log as JSON lines, each entry as it was hashed."""
    opened = opened_store(database)
    from screening.io.writers.atomic import whole_file
    from screening.store import audit
    from screening.store.canonical import canonical

    with opened as store, store.reading() as tx, whole_file(output) as stream:
        for entry in audit.entries(tx, first):
            stream.write(canonical(dict(entry)).encode() + b"\n")


@app.command("forget")
def forget(
    party: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A party, in any spelling of its name.", show_default=False),
    ] = None,
    shipment: Annotated[
        str | None,
        typer.Option(metavar="ID", help="A shipment: all that it said.", show_default=False),
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Delete what tells of a party, or all that a shipment said.

    Names, addresses, identifiers and contacts, in shipments, records and comments; and the files of jobs
    that tell of them, as a whole. What was found and decided stays, and the log still verifies.
    """
    if (party is None) == (shipment is None):
        raise UsageError("name a party or a shipment, one of them: --party NAME, or --shipment ID")
    opened = opened_store(database)
    from screening.service.settings import Settings

    settings = Settings.read(database=database)
    with opened as store:
        if party is not None:
            _forget_party(store, settings, party)
        elif shipment is not None:
            _forget_shipment(store, settings, shipment)


def _forget_party(store: "Database", settings: "Settings", party: str) -> None:
    from screening.cli.printing import counted, results
    from screening.service.jobs.forgetting import forget_in_files, party_told
    from screening.store import forgetting

    # The files first: what the store calls the party is not known afterwards.
    with store.reading() as tx:
        told = party_told(party, forgetting.spellings(tx, party))
    files = forget_in_files(settings, store, told, ACTOR)
    rows = forgetting.forget_party(store, party, ACTOR)
    results().line(f"{party} was deleted from {counted(rows, 'shipment')}")
    _tell_of_files(files)


def _forget_shipment(store: "Database", settings: "Settings", shipment: str) -> None:
    from screening.cli.printing import counted, results
    from screening.service.jobs.forgetting import forget_in_files, shipment_told
    from screening.store import forgetting

    files = forget_in_files(settings, store, shipment_told(shipment), ACTOR)
    rows = forgetting.forget_shipment(store, shipment, ACTOR)
    results().line(f"what {shipment} said was deleted, {counted(rows, 'version')} of it")
    _tell_of_files(files)


def _tell_of_files(files: "InFiles") -> None:
    from screening.cli.printing import counted, results

    if files.removed:
        jobs = f"{counted(len(files.removed), 'job')}: {', '.join(files.removed)}"
        results().line(f"the files of {jobs} said so too, or could not be read; they were removed")
    if files.left:
        jobs = f"{counted(len(files.left), 'job')}: {', '.join(files.left)}"
        what = "they are under way, or their files are not here"
        results().line(f"left were the files of {jobs}; {what}: do it again when they have ended, and there")


def _link(text: str) -> "Link":
    from screening.store.audit import Link

    if (found := _LINK.fullmatch(text)) is None:
        raise UsageError(f"{text!r} is no entry; give NUMBER:HASH as `screening audit verify` prints it")
    return Link(int(found[1]), found[2])
