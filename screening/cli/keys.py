"""`screening keys`: who may use the service, as its administrator says on the machine itself."""

from typing import TYPE_CHECKING, Annotated

import typer

from screening.cli.serve import DatabaseOption
from screening.cli.store_in_use import ACTOR, opened_store
from screening.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

app = typer.Typer(help="The keys of the service: make, list and revoke them.", no_args_is_help=True)


@app.command("create")
def create(
    scope: Annotated[
        list[str],
        typer.Option(
            "--scope",
            metavar="SCOPE",
            help="What the key is for: screen, read, decide or administer; may be repeated.",
            show_default=False,
        ),
    ],
    name: Annotated[str, typer.Option(metavar="NAME", help="Whose key it is, or what for.")] = "key",
    expires: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day from which it opens nothing (YYYY-MM-DD).")
    ] = None,
    database: DatabaseOption = None,
) -> None:
    """Make a key, and print it: the only time that it is shown."""
    opened = opened_store(database, make=True)
    from screening.store import keys

    end = _day(expires) if expires else None
    with opened as store:
        made = store.write(lambda tx: keys.create(tx, name, _words(scope), ACTOR, end))
    typer.echo(made.text)


@app.command("list")
def list_keys(database: DatabaseOption = None) -> None:
    """List the keys, without what opens anything."""
    opened = opened_store(database)
    from screening.cli.printing import counted, results
    from screening.store import keys

    with opened as store, store.reading() as tx:
        found = keys.listed(tx)
    page = results()
    page.table(
        ("id", "name", "scopes", "made", "expires", "revoked"),
        (
            (k.id, k.name, " ".join(sorted(k.scopes)), k.created_at, k.expires_at or "", k.revoked_at or "")
            for k in found
        ),
        whole=("id",),
    )
    page.line(counted(len(found), "key"), "bold")


@app.command("revoke")
def revoke(
    key: Annotated[str, typer.Argument(metavar="ID", help="The key's id, or the key.", show_default=False)],
    database: DatabaseOption = None,
) -> None:
    """Revoke a key: a service that runs refuses it some seconds later."""
    opened = opened_store(database)
    from screening.cli.printing import results
    from screening.store import keys

    identity = key.split("_")[1] if key.startswith(f"{keys.PREFIX}_") else key
    with opened as store:
        revoked = store.write(lambda tx: keys.revoke(tx, identity, ACTOR))
    results().line(f"{revoked.id} ({revoked.name}) opens nothing from {revoked.revoked_at} on.")


def _words(scopes: list[str]) -> list[str]:
    """The scopes, each named by itself or several in one word: `--scope screen,read`."""
    return [word for scope in scopes for word in scope.replace(",", " ").split()]


def _day(text: str) -> "datetime":
    from datetime import UTC, datetime

    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise UsageError(f"{text!r} is no day; write YYYY-MM-DD") from None
