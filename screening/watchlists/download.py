"""A file from the web, whole and within bounds, or one line that says why not.

What publishers send on a bad day is what this is for: half a file, an error, no end, another address.
"""

import base64
import binascii
import hashlib
import ssl
import time
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from screening.errors import WatchlistError
from screening.version import DISTRIBUTION, version
from screening.watchlists.connection import TimedHandler
from screening.watchlists.opening import MAX_BYTES

_BLOCK = 1 << 16
_WHOLE, _NOT_MODIFIED = 200, 304
_BUSY = frozenset({408, 425, 429})
_LATER = "try again later"
_SHOWN = 100
_CHECKS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512, "md5": hashlib.md5}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may take."""

    seconds: float = 300.0
    """For one file, with every attempt."""
    silence: float = 30.0
    """Seconds without a byte."""
    size: int = MAX_BYTES
    attempts: int = 4
    pause: float = 1.0
    """Seconds before the second attempt; twice as many before each further one."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows which state of a file we have."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What a request says of them."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}

    @property
    def record(self) -> dict[str, str]:
        """Both as plain values."""
        return asdict(self)


class _Passing(Exception):
    """What may be over at the next attempt."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        self.wait = wait
        super().__init__(what)


def download(url: str, to: Path, known: Validators, limits: Limits) -> Validators | None:
    """Write what stands at the address to the file; None when it is what we know, and nothing is written.

    WatchlistError when it can't be had whole: after every attempt, or at once where none can help.
    """
    refuse_unsafe(url)
    deadline = time.monotonic() + limits.seconds
    for wait in _waits(limits):
        try:
            return _attempt(url, to, known, limits, deadline)
        except _Passing as failure:
            left = deadline - time.monotonic()
            pause = max(wait, failure.wait)
            if wait < 0 or pause >= left:
                raise WatchlistError(url, str(failure), _LATER) from None
            time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def refuse_unsafe(url: str) -> None:
    """Return for an https address, and for http on this machine; WatchlistError otherwise."""
    if not _safe(url):
        raise WatchlistError(
            url[:_SHOWN], "is no https address", "a list that anybody on the way may change is none"
        )


def _safe(url: str, loopback: bool = True) -> bool:
    """True for https, and for http on this machine where that may be."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and bool(parts.hostname)
    return plain and (parts.scheme == "https" or (loopback and parts.scheme == "http" and _local(url)))


def _local(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _waits(limits: Limits) -> Iterator[float]:
    """The pause after each attempt; below zero after the last."""
    yield from (limits.pause * 2**number for number in range(limits.attempts - 1))
    yield -1.0


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to another https address only; from this machine, to this machine too."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if not _safe(newurl, loopback=_local(req.full_url)):
            fp.close()
            what = f"redirects to {newurl[:_SHOWN]}, which is no https address"
            raise WatchlistError(req.full_url, what, _LATER)
        return super().redirect_request(req, fp, code, msg, headers, newurl)

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any
    ) -> Any:
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except ValueError:
            fp.close()
            raise WatchlistError(req.full_url, "redirects to what is no address", _LATER) from None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _attempt(url: str, to: Path, known: Validators, limits: Limits, deadline: float) -> Validators | None:
    headers = {"User-Agent": f"{DISTRIBUTION}/{version()}", "Accept-Encoding": "identity", **known.headers}
    # What stands on this machine is not asked for through a proxy elsewhere.
    proxies = urllib.request.ProxyHandler({} if _local(url) else None)
    silence = max(min(limits.silence, deadline - time.monotonic()), 0.001)
    opener = urllib.request.build_opener(_SafeRedirects, proxies, TimedHandler(silence, deadline))
    try:
        with opener.open(urllib.request.Request(url, headers=headers), timeout=silence) as response:
            if response.status != _WHOLE:
                raise WatchlistError(url, f"the server answers {response.status}", "that is no whole file")
            digests = _received(response, url, to, limits, deadline)
            _compare(response.headers, url, digests)
            return Validators(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    except HTTPError as error:
        with error:
            if error.code == _NOT_MODIFIED and known.headers:
                return None
            raise _refusal(error, url) from None
    except TimeoutError:
        raise _Passing("no answer in time") from None
    except URLError as error:
        raise _unreachable(url, error) from None
    except (HTTPException, OSError, zlib.error) as error:
        raise _Passing(f"the connection broke off ({_line(error) or type(error).__name__})") from None


def _refusal(error: HTTPError, url: str) -> Exception:
    """The fault that an answer is: passing, or one that no further attempt mends."""
    what = f"the server answers {error.code} {_line(error.reason)}".rstrip()
    if error.code >= 500 or error.code in _BUSY:
        told = error.headers.get("Retry-After") or ""
        return _Passing(what, float(told) if told.isdigit() else 0.0)
    return WatchlistError(url, what, "the address may have changed")


def _line(told: object) -> str:
    """What others tell, in one short line."""
    return " ".join(str(told).split())[:_SHOWN]


def _unreachable(url: str, error: URLError) -> Exception:
    if isinstance(error.reason, ssl.SSLCertVerificationError):
        what = f"its certificate is not to be trusted ({error.reason.verify_message})"
        return WatchlistError(url, what, "somebody may stand in between")
    if isinstance(error.reason, TimeoutError):
        return _Passing("no answer in time")
    reason = getattr(error.reason, "strerror", None) or _line(error.reason)
    return _Passing(f"can't be reached ({reason})")


def _received(
    response: HTTPResponse, url: str, to: Path, limits: Limits, deadline: float
) -> Mapping[str, bytes]:
    """The digests of the body, which is written; its length is what the server said."""
    told = response.headers.get("Content-Length") or ""
    expected = int(told) if told.isdigit() else None
    if expected is not None and expected > limits.size:
        raise _endless(url, limits)
    digests = {name: make(usedforsecurity=False) for name, make in _CHECKS.items()}
    size = 0
    body = _Unpacked(response.headers.get("Content-Encoding", ""), url, to, limits)
    with body:
        while block := response.read1(_BLOCK):
            size += len(block)
            if time.monotonic() > deadline:
                raise _Passing(f"was not whole after {limits.seconds:g} seconds")
            body.write(block)
            for digest in digests.values():
                digest.update(block)
    if expected is not None and size != expected:
        raise _Passing(f"was cut off after {size:,} of {expected:,} bytes")
    return {name: digest.digest() for name, digest in digests.items()}


class _Unpacked:
    """The file that the body is written to; some servers pack it though they are asked not to."""

    def __init__(self, coding: str, url: str, to: Path, limits: Limits) -> None:
        coding = coding.strip().lower()
        if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise WatchlistError(url, f"comes packed as {coding[:_SHOWN]!r}", _LATER)
        # 32: told by its beginning whether it is gzip or zlib.
        self._unpacking = None if coding in {"", "identity"} else zlib.decompressobj(32 + zlib.MAX_WBITS)
        self._url, self._to, self._limits = url, to, limits
        self._size = 0

    def __enter__(self) -> None:
        self._file = self._to.open("wb")

    def __exit__(self, kind: object, *told: object) -> None:
        self._file.close()
        whole = not self._unpacking or (self._unpacking.eof and not self._unpacking.unused_data)
        if kind is None and not whole:
            raise _Passing(f"was cut off after {self._size:,} bytes")

    def write(self, block: bytes) -> None:
        """Add a block; WatchlistError when there are too many."""
        most = self._limits.size - self._size + 1
        content = self._unpacking.decompress(block, most) if self._unpacking else block
        self._size += len(content)
        if self._size > self._limits.size:
            raise _endless(self._url, self._limits)
        self._file.write(content)


def _endless(url: str, limits: Limits) -> WatchlistError:
    return WatchlistError(url, f"is larger than {limits.size:,} bytes", "no list is that large")


def _compare(headers: Message, url: str, digests: Mapping[str, bytes]) -> None:
    """Return when the body has the digests that its server tells; most tell none."""
    for name, told in _told_digests(headers):
        if name in digests and told != digests[name]:
            raise _Passing(f"has not the {name} digest that its server tells")


def _told_digests(headers: Message) -> Iterator[tuple[str, bytes]]:
    if md5 := headers.get("Content-MD5"):
        yield "md5", _decoded(md5)
    for header in ("Repr-Digest", "Content-Digest", "Digest"):
        for part in (headers.get(header) or "").split(","):
            name, _, value = part.strip().partition("=")
            if value:
                yield name.lower(), _decoded(value.strip(":"))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
