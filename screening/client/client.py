"""The client: one connection pool to one service, and all its verbs, a module for each subject."""

from types import TracebackType
from typing import Self

import httpx

from screening.client.administration import Administering
from screening.client.casework import Deciding
from screening.client.files import ScreeningFiles
from screening.client.operation import Overseeing
from screening.client.parties import LookingUp
from screening.client.sending import Credential, Sender
from screening.client.shipments import ScreeningShipments


class Client(ScreeningShipments, ScreeningFiles, Deciding, LookingUp, Overseeing, Administering):
    """A client of the service at an address. It may be used by several threads."""

    def __init__(
        self,
        address: str,
        key: Credential,
        *,
        timeout: float = 60.0,
        tries: int = 5,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`key` is an API key, or is asked for a token before each request: tokens expire.

        `timeout` is how many seconds one wait for the service may take, and `tries` how often a request is
        sent that may be sent again.
        """
        super().__init__(Sender(address, key, timeout, tries, transport))

    def __enter__(self) -> Self:
        """The client, closed at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connections."""
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._sender.close()
