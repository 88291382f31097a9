"""What a part of the store is given to work with: a transaction that reads, or one that writes."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table

from screening.store.chain import Told, append
from screening.store.clock import Clock, utc_text
from screening.store.seals import Key


class Reading:
    """A look at the store, which stays as it is while the look lasts."""

    def __init__(self, connection: Connection, now: Clock) -> None:
        self.connection = connection
        self.at = utc_text(now())
        """When the transaction began, as the store writes times."""
        self._now = now


class Writing(Reading):
    """Changes to the store that happen together or not at all, with what the audit log says of them."""

    def __init__(self, connection: Connection, now: Clock) -> None:
        super().__init__(connection, now)
        self._told: list[Told] = []

    def log(
        self,
        kind: str,
        actor: str,
        subject: str,
        body: Mapping[str, Any] | None = None,
        rows: Iterable[tuple[Table, Key]] = (),
        sealed: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """An entry of the audit log, added when the transaction ends.

        `body` holds no personal data: the log is never changed. `rows` are all rows of the tables in
        `SEALED` that were written, each by its key: the entry gets the digest of each as it stands at the
        end. `sealed` has digests that were made at once (`seals.seal`), by table and key.
        """
        self._told.append(Told(actor, kind, subject, body or {}, tuple(rows), sealed or {}))

    def finish(self) -> None:
        """Writes the entries; the last that happens in a transaction."""
        if self._told:
            append(self.connection, self._told, utc_text(self._now()))
            self._told.clear()
