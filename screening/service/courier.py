"""Sends to webhooks what the store has for them, signed, from a thread of each worker process."""

import hashlib
import hmac
import logging
import threading
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

import httpx

from screening.errors import StoreError
from screening.service.destinations import Addresses, ForbiddenAddressError, addresses_of, checked
from screening.store import deliveries
from screening.store.database import Database
from screening.store.deliveries import Delivery

_SECONDS = 10.0
_AT_ONCE = 8
_PAUSE = 1.0
"""Seconds between looks into the store, while there is nothing to send."""
_GONE = 410
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Answer:
    arrived: bool
    told: str
    final: bool = False


def signature(secret: str, message: str, timestamp: str, body: str) -> str:
    """The signature of a message, in the form of the Standard Webhooks specification."""
    key = b64decode(secret.removeprefix("whsec_"))
    signed = f"{message}.{timestamp}.{body}".encode()
    return "v1," + b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


class Courier:
    """Sends what is due, round after round, until it is closed."""

    def __init__(
        self, database: Database, private: bool = False, addresses: Addresses = addresses_of
    ) -> None:
        """`private`: addresses of this machine and its network may be asked, and without TLS."""
        self._database = database
        self._private = private
        self._addresses = addresses
        self._client = httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False)
        self._senders = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="webhook")
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begins to send."""
        self._thread.start()

    def close(self) -> None:
        """Sends no more; what is under way comes to its end."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()
        self._senders.shutdown()
        self._client.close()

    def round(self) -> int:
        """How many deliveries were tried, of those that were due."""
        with self._database.reading() as tx:
            if not deliveries.any_due(tx):
                return 0
        due = self._database.write(lambda tx: deliveries.take(tx, _AT_ONCE))
        for sent, answer in zip(due, self._senders.map(self._sent, due), strict=True):
            self._note(sent, answer)
        return len(due)

    def _serve(self) -> None:
        while not self._closed.is_set():
            try:
                tried = self.round()
            except StoreError as error:
                _LOG.warning("webhooks wait: %s", error.what)
                tried = 0
            if not tried:
                self._closed.wait(_PAUSE)

    def _note(self, sent: Delivery, answer: _Answer) -> None:
        if answer.arrived:
            self._database.write(lambda tx: deliveries.arrived(tx, sent, answer.told))
        else:
            self._database.write(lambda tx: deliveries.failed(tx, sent, answer.told, answer.final))

    def _sent(self, delivery: Delivery) -> _Answer:
        try:
            return self._asked(delivery)
        except ForbiddenAddressError as error:
            return _Answer(False, str(error), final=True)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            return _Answer(False, type(error).__name__)

    def _asked(self, delivery: Delivery) -> _Answer:
        """What the first address answers that takes a connection."""
        url = httpx.URL(delivery.url)
        *others, last = checked(url, self._private, self._addresses)
        for address in others:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._posted(delivery, url, address)
        return self._posted(delivery, url, last)

    def _posted(self, delivery: Delivery, url: httpx.URL, address: httpx.URL) -> _Answer:
        headers = {"Host": url.netloc.decode("ascii"), **self._signed(delivery)}
        extensions = {"sni_hostname": url.host}
        body = delivery.body.encode()
        request = self._client.build_request(
            "POST", address, content=body, headers=headers, extensions=extensions
        )
        answer = self._client.send(request, stream=True)
        # What it says besides is not read: it may be endless.
        answer.close()
        status = answer.status_code
        return _Answer(200 <= status < 300, f"status {status}", final=status == _GONE)

    def _signed(self, delivery: Delivery) -> dict[str, str]:
        message, timestamp = f"msg_{delivery.id}", str(int(self._database.now().timestamp()))
        return {
            "Content-Type": "application/json",
            "User-Agent": "diversion-screening",
            "webhook-id": message,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(delivery.secret, message, timestamp, delivery.body),
        }
