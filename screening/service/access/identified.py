"""Every request has somebody behind it, before its route or a byte of its body is looked at.

What is known of a credential is kept for a few seconds, so that a busy client costs no look into the store
for each request; a key that is revoked goes on being accepted for as long, and no longer.
"""

from collections.abc import Sequence
from hashlib import sha256

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from screening.errors import ScreeningError
from screening.service.access.principal import ANYBODY, Authority, Principal
from screening.service.clock import Monotonic
from screening.service.problems import Problem
from screening.service.rates import Rates, refuse_haste
from screening.service.refusals import problem_of

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""What is answered without a key."""
REMEMBERED = 10_000
LOOKS_A_SECOND = 50.0
LOOKS_AT_ONCE = 500
"""How many credentials that are not remembered an address may show."""
LONGEST_CREDENTIAL = 8_192
_SCHEMES = frozenset({"bearer", "apikey"})
"""Clients of yente show their key as an `ApiKey`."""
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="screening"'}
_REFUSED = {"WWW-Authenticate": 'Bearer realm="screening", error="invalid_token"'}


class Doorkeeper:
    """Knows who shows which credential: asks each authority in turn, and remembers for some seconds."""

    def __init__(self, authorities: Sequence[Authority], seconds: float, now: Monotonic) -> None:
        self._authorities = authorities
        self._seconds = seconds
        self._now = now
        self._known: dict[bytes, tuple[float, Principal | None]] = {}
        self._looks = Rates(LOOKS_A_SECOND, LOOKS_AT_ONCE, now)

    async def principal(self, credential: str, address: str) -> Principal | None:
        """Whose the credential is; None for nobody's. Raises Problem 429 for an address that tries many."""
        digest = sha256(credential.encode("utf-8", "surrogateescape")).digest()
        until, principal = self._known.get(digest, (0.0, None))
        if until > self._now():
            return principal
        refuse_haste(self._looks.wait(address))
        principal = await run_in_threadpool(self._ask, credential)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[digest] = self._now() + self._seconds, principal
        return principal

    def _ask(self, credential: str) -> Principal | None:
        answers = (authority.principal(credential) for authority in self._authorities)
        return next((principal for principal in answers if principal is not None), None)


class Identified:
    """Puts who asks into the request's state as `principal`; turns away who shows nothing that is known."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            scope["state"]["principal"] = await whose(scope)
        except ScreeningError as error:
            await problem_of(error)(scope, receive, send)
            return
        except Problem as problem:
            await problem(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def whose(scope: Scope) -> Principal:
    """Who sends the request. Raises Problem 401."""
    if scope["path"] in OPEN_PATHS:
        return ANYBODY
    doorkeeper: Doorkeeper = scope["app"].state.service.doorkeeper
    address = scope["client"][0] if scope.get("client") else ""
    principal = await doorkeeper.principal(_credential(scope), address)
    if principal is None:
        raise Problem(401, "this key or token is not known, has expired or was revoked", headers=_REFUSED)
    return principal


def _credential(scope: Scope) -> str:
    shown: list[bytes] = [value for name, value in scope["headers"] if name == b"authorization"]
    if not shown:
        raise Problem(401, "show a key: Authorization: Bearer KEY", headers=_CHALLENGE)
    scheme, _, credential = shown[0].decode("latin-1").partition(" ")
    credential = credential.strip()
    if len(shown) > 1 or scheme.lower() not in _SCHEMES or not 0 < len(credential) <= LONGEST_CREDENTIAL:
        raise Problem(401, "this is no key that can be read: Authorization: Bearer KEY", headers=_REFUSED)
    return credential
