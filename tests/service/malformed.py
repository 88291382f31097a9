"""Requests that nobody means, made up from a seed: every route with bodies, addresses and headers gone wrong.

`python -m tests.service.malformed COUNT` sends so many to a service of its own, and prints what came back.
"""

import asyncio
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI

from screening.service.access.identified import OPEN_PATHS
from screening.service.app import create_app
from screening.service.settings import Settings
from tests.service.asgi import Answered, ask, scope_of
from tests.service.routes_table import routes_of

KEY = b"the key that malformed requests come with"
JSON = b"application/json"

NOISE = ["", "\0", "\x7f", "ä", "\ud800", "🜁" * 20, "' OR 1=1 --", "../../etc/passwd", "%", "\r\nX: y"]
NOISE += ["9" * 400]
NUMBERS = [0, -1, 1.5, 10**18, 2**63, 2**64, 10**400, -0.0, 1e308, 5e-324]
PLAIN = [True, False, None, "2024-02-30", "2024-02-28", "KG", "read"]
NAMES = ["shipment_id", "line_number", "revision", "shipment_date", "value", "consignee_name", "hs_code"]
NAMES += ["transit_countries", "scopes", "name", "action", "version", "reason", "comment", "expires", "url"]
NAMES += ["queries", "properties", "subject", "party", "entry", "file", "format", "limit", "cursor", "sort"]
RAW = [b"", b"{", b"[", b"nul", b"NaN", b'{"value": Infinity}', b"[1,]", b'{"a":1}{', b"\xff\xfe"]
RAW += [b"\x00" * 9, b"[" * 100_000, b'{"a":' * 50_000, b'"\\ud800"', b'"' + b"a" * 200_000, b"1" * 5_000]
RAW += [b"\xef\xbb\xbf{}", b'{"name": "\\u0000", "scopes": ["read"]}', b"-", b"1e999999999", b"<a/>", b"a=b"]
MEDIA = [JSON, b"", b"text/plain", b"application/json; charset=utf-16", b";", b"\xff"]
MEDIA += [b"multipart/form-data; boundary=x"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "QUERY"]


class Malformed:
    """Makes requests up, the same for the same seed."""

    def __init__(self, app: FastAPI, seed: int) -> None:
        self._routes = [route for route in routes_of(app) if route.path not in OPEN_PATHS]
        self._random = random.Random(seed)

    def request(self) -> tuple[dict[str, Any], list[bytes]]:
        """The scope of a request, and the parts of its body."""
        route = self._random.choice(self._routes)
        body = self._body()
        method = route.method if self._random.random() < 0.85 else self._random.choice(METHODS)
        headers = [(b"authorization", b"Bearer " + KEY), (b"content-length", str(len(body)).encode())]
        headers += self._headers()
        scope = scope_of(method, self._path(route.path), headers, query_string=self._query(), state={})
        return scope, self._parts(body)

    def _value(self, depth: int = 0) -> Any:
        kind = self._random.randrange(8 if depth < 4 else 5)
        if kind < 2:
            return self._random.choice(NOISE)
        if kind < 5:
            return self._random.choice(
                [*NUMBERS, True, False, None, "2024-02-30", "2024-02-28", "KG", "read"]
            )
        many = range(self._random.randrange(4))
        if kind == 5:
            return [self._value(depth + 1) for _ in many]
        return {self._random.choice([*NAMES, *NOISE]): self._value(depth + 1) for _ in many}

    def _body(self) -> bytes:
        if self._random.random() < 0.4:
            return self._random.choice(RAW)
        text = json.dumps(self._value()).encode()
        if self._random.random() < 0.2 and text:
            at = self._random.randrange(len(text))
            text = text[:at] + self._random.randbytes(2) + text[at + 1 :]
        return text

    def _parts(self, body: bytes) -> list[bytes]:
        cut = self._random.randrange(len(body) + 1)
        return [body[:cut], body[cut:]]

    def _path(self, path: str) -> str:
        pieces = (self._piece() if piece.startswith("{") else piece for piece in path.split("/"))
        return "/".join(pieces)

    def _piece(self) -> str:
        return str(self._random.choice([*NOISE, *NUMBERS, "1", "1" * 12, "job", "sdn"])).replace(
            "\ud800", "\ufffd"
        )

    def _query(self) -> bytes:
        pairs = range(self._random.randrange(4))
        return "&".join(f"{self._random.choice(NAMES)}={self._argument()}" for _ in pairs).encode()

    def _argument(self) -> str:
        value = str(self._random.choice([*NOISE, *NUMBERS])).encode("utf-8", "surrogatepass")
        return quote(value) if self._random.random() < 0.8 else "%ff%00%zz"

    def _headers(self) -> Iterator[tuple[bytes, bytes]]:
        yield b"content-type", JSON if self._random.random() < 0.7 else self._random.choice(MEDIA)
        for name in (b"idempotency-key", b"x-request-id", b"if-match", b"accept", b"range"):
            if self._random.random() < 0.1:
                yield name, self._random.choice(NOISE).encode("utf-8", "surrogatepass")


async def send(app: FastAPI, count: int, seed: int) -> list[tuple[dict[str, Any], list[bytes], Answered]]:
    """The requests with their answers, from a service that is started for them."""
    made = Malformed(app, seed)
    async with app.router.lifespan_context(app):
        asked = []
        for _ in range(count):
            scope, parts = made.request()
            asked.append((scope, parts, await ask(app, scope, parts)))
        return asked


def tried(count: int, seed: int = 20_261_121) -> list[tuple[dict[str, Any], list[bytes], Answered]]:
    """So many requests with their answers."""
    with tempfile.TemporaryDirectory() as folder:
        free = {"rate": 1e9, "burst": 10**9, "jobs_at_once": 0}
        settings = Settings.read(
            {}, database=f"sqlite:///{folder}/store.sqlite", bootstrap_key=KEY.decode(), **free
        )
        return asyncio.run(send(create_app(settings), count, seed))


if __name__ == "__main__":
    found = tried(int(sys.argv[1]), *map(int, sys.argv[2:]))
    print(dict(sorted(Counter(answered.status for _, _, answered in found).items())))
    for scope, parts, answered in found:
        if answered.status >= 500:
            print(scope["method"], repr(scope["path"]), scope["query_string"], parts, answered.body[:300])
