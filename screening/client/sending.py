"""Requests on their way: with the key, within a time, again where that is safe, and problems as errors.

Sent again is what changes nothing when it is done twice: requests that only ask, and those with an
`Idempotency-Key`, which the client makes itself, one for each call. Everything else is sent once.
"""

import os
import random
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from time import sleep
from typing import Any, BinaryIO

import httpx
from pydantic_core import to_json

from screening.errors import ServiceError, ServiceFault

Credential = str | Callable[[], str]
"""A key; or what gives one, asked before each request."""

_JSON = {"Content-Type": "application/json"}
_ANY_FILE = {"Content-Type": "application/octet-stream"}
_PASSING = frozenset({429, 502, 503, 504})
"""Statuses of a service that may answer when it is asked again."""
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 20.0
_PART = 1 << 16
"""Bytes of a file that are read at once."""
_PROBLEM = ("status", "title", "detail", "errors")


class _Bearer(httpx.Auth):
    def __init__(self, key: Credential) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        key = self._key if isinstance(self._key, str) else self._key()
        request.headers["Authorization"] = f"Bearer {key}"
        yield request


class Sender:
    """Sends requests to one service."""

    def __init__(
        self,
        address: str,
        key: Credential,
        timeout: float,
        tries: int,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._http = httpx.Client(base_url=address, auth=_Bearer(key), timeout=timeout, transport=transport)
        self._tries = tries

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def get(self, path: str, **asked: Any) -> httpx.Response:
        """What stands at an address. Raises ServiceError."""
        return self._answered(self._http.build_request("GET", path, params=_stated(asked)), self._tries)

    def look(self, path: str) -> httpx.Response:
        """What stands there at this moment, asked once. Raises ServiceError."""
        return self._answered(self._http.build_request("GET", path), 1)

    def ask(self, path: str, body: Any, **asked: Any) -> httpx.Response:
        """The answer to a question that needs a body; asking twice does no harm."""
        return self._answered(self._posting(path, to_json(body), _JSON, asked), self._tries)

    def post(self, path: str, body: Any) -> httpx.Response:
        """The answer to what is done once, however often it is sent: it goes with a key of its own."""
        headers = _JSON | _key()
        return self._answered(self._posting(path, to_json(body), headers, {}), self._tries)

    def post_once(self, path: str, body: Any) -> httpx.Response:
        """The answer to what would be done twice if it were sent twice."""
        return self._answered(self._posting(path, to_json(body), _JSON, {}), 1)

    def upload(self, path: str, file: BinaryIO, **asked: Any) -> httpx.Response:
        """The answer to a file, which is sent as it is read: again too, where it can be read again."""
        if not file.seekable():
            return self._answered(self._posting(path, file, _ANY_FILE | _key(), asked), 1)
        again = _FileAgain(file)
        headers = _ANY_FILE | _key() | {"Content-Length": str(again.size)}
        return self._answered(self._posting(path, again, headers, asked), self._tries)

    def upload_form(self, path: str, parts: Mapping[str, Any], **asked: Any) -> httpx.Response:
        """The answer to files that go together, each as the library takes it."""
        request = self._http.build_request("POST", path, params=_stated(asked), files=parts, headers=_key())
        return self._answered(request, self._tries)

    def nudge(self, path: str) -> httpx.Response:
        """The answer to a post that says nothing beyond its address."""
        return self._answered(self._http.build_request("POST", path), 1)

    def delete(self, path: str) -> httpx.Response:
        """The answer to what ends something."""
        return self._answered(self._http.build_request("DELETE", path), 1)

    @contextmanager
    def reading(self, path: str, **asked: Any) -> Iterator[httpx.Response]:
        """What stands at an address, read as it comes."""
        request = self._http.build_request("GET", path, params=_stated(asked))
        answer = self._answered(request, self._tries, stream=True)
        try:
            yield answer
        except httpx.TransportError as error:
            raise _unreached(error) from error
        finally:
            answer.close()

    def _posting(
        self, path: str, content: Any, headers: Mapping[str, str], asked: Mapping[str, Any]
    ) -> httpx.Request:
        return self._http.build_request("POST", path, params=_stated(asked), content=content, headers=headers)

    def _answered(self, request: httpx.Request, tries: int, stream: bool = False) -> httpx.Response:
        """The answer of the last try; a failure that may pass is waited out for as long as tries are left."""
        for failed in range(1, tries):
            try:
                answer = self._http.send(request, stream=stream)
            except httpx.TransportError:
                sleep(_pause(failed))
                continue
            if answer.status_code not in _PASSING:
                return _accepted(answer)
            answer.close()
            sleep(_asked_pause(answer) or _pause(failed))
        return _accepted(self._sent(request, stream))

    def _sent(self, request: httpx.Request, stream: bool) -> httpx.Response:
        try:
            return self._http.send(request, stream=stream)
        except httpx.TransportError as error:
            raise _unreached(error) from error


class _FileAgain:
    """A file as a body that may be sent more than once, from where it stands."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._start = file, file.tell()
        self.size = file.seek(0, os.SEEK_END) - self._start

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(self._start)
        return iter(partial(self._file.read, _PART), b"")


def _key() -> dict[str, str]:
    """By which the service knows the request when it is sent again."""
    return {"Idempotency-Key": str(uuid.uuid4())}


def _stated(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked for, as an address holds it: days and moments as ISO 8601 writes them."""
    return {name: _text(value) for name, value in asked.items() if value is not None}


def _text(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _pause(failed: int) -> float:
    """Seconds to wait after so many failures: twice as long each time, and never the same for all clients."""
    return min(_FIRST_PAUSE * 2.0**failed, _LONGEST_PAUSE) * random.uniform(0.5, 1.0)


def _asked_pause(answer: httpx.Response) -> float:
    """Seconds that the service asks to wait."""
    asked: str = answer.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else 0.0


def _accepted(answer: httpx.Response) -> httpx.Response:
    if answer.is_success:
        return answer
    answer.read()
    raise _problem(answer)


def _problem(answer: httpx.Response) -> ServiceError:
    """The problem that the service tells of; a proxy before it may answer in another way."""
    title = answer.reason_phrase or str(answer.status_code)
    if not answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        return ServiceError(answer.status_code, title, "the answer is no problem of the service")
    told: dict[str, Any] = answer.json()
    faults = [_fault(one) for one in told.get("errors", ())]
    more = {name: value for name, value in told.items() if name not in _PROBLEM}
    return ServiceError(answer.status_code, told.get("title", title), told.get("detail", ""), faults, more)


def _fault(told: Mapping[str, str]) -> ServiceFault:
    return ServiceFault(told.get("pointer") or told.get("parameter") or "", told["detail"])


def _unreached(error: httpx.TransportError) -> ServiceError:
    what = str(error) or type(error).__name__
    return ServiceError(None, "no answer", f"{error.request.url.host}: {what}")
