"""Tokens of an issuer: only what it signed, for us, and not too long ago."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from screening.errors import UsageError
from screening.service.access.issuer import PAUSE_SECONDS, USABLE_SECONDS, IssuerKeys
from screening.service.access.tokens import Claims, IssuerTokens
from screening.service.problems import Problem

ISSUER = "https://issuer.example"
JWKS = f"{ISSUER}/keys"
MEANINGS = {"compliance-officer": ["read", "decide"]}


def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


OURS, FOREIGN = private_key(), private_key()


class Issuer:
    """An issuer as it is met over HTTP, with what it was asked for."""

    def __init__(self) -> None:
        self.keys = {"first": OURS}
        self.asked: list[str] = []
        self.reachable = True
        self.now = 1_000.0

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if not self.reachable:
            raise httpx.ConnectError("nothing answers", request=request)
        if request.url.path.startswith("/.well-known"):
            return httpx.Response(200, json={"issuer": ISSUER, "jwks_uri": JWKS})
        public = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": k} for k, key in self.keys.items()
        ]
        return httpx.Response(200, json={"keys": public})

    def tokens(self) -> IssuerTokens:
        client = httpx.Client(transport=httpx.MockTransport(self.answer))
        keys = IssuerKeys(ISSUER, None, lambda: self.now, client)
        return IssuerTokens(keys, ISSUER, "screening", ["RS256"], Claims("roles", MEANINGS))


@pytest.fixture
def issuer() -> Issuer:
    return Issuer()


def token(key: Any = OURS, kid: str = "first", algorithm: str = "RS256", **other: Any) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "screening", "sub": "u1", "iat": now, "exp": now + 300, "roles": ["read"]}
    said = {name: value for name, value in (claims | other).items() if value is not None}
    return jwt.encode(said, key, algorithm, headers={"kid": kid})


def test_a_token_of_the_issuer_names_its_bearer_and_what_he_may(issuer: Issuer) -> None:
    principal = issuer.tokens().principal(token(roles=["compliance-officer", "gardener"], name="Ada"))
    assert principal is not None
    assert (principal.id, principal.name) == ("oidc:u1", "Ada")
    assert principal.scopes == {"read", "decide"}


FAULTS: dict[str, Callable[[], str]] = {
    "another issuer": lambda: token(iss="https://other.example"),
    "another audience": lambda: token(aud="payroll"),
    "no audience": lambda: token(aud=None),
    "expired": lambda: token(exp=int(time.time()) - 600),
    "without an end": lambda: token(exp=None),
    "not yet": lambda: token(nbf=int(time.time()) + 600),
    "without a subject": lambda: token(sub=None),
    "signed by somebody else": lambda: token(key=FOREIGN),
    "signed with a key that is not known": lambda: token(key=FOREIGN, kid="second"),
    "unsigned": lambda: token(key=None, algorithm="none"),
    "signed with the public key as a secret": lambda: token(key="x" * 64, algorithm="HS256"),
    "another algorithm": lambda: token(algorithm="PS256"),
    "no token": lambda: "a.b.c",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_with_a_fault_is_nobodys(fault: str, issuer: Issuer) -> None:
    assert issuer.tokens().principal(FAULTS[fault]()) is None


def test_the_issuers_new_key_is_asked_for_when_a_token_names_it(issuer: Issuer) -> None:
    tokens = issuer.tokens()
    assert tokens.principal(token()) is not None
    issuer.keys = {"second": FOREIGN}
    issuer.now += PAUSE_SECONDS
    assert tokens.principal(token(key=FOREIGN, kid="second")) is not None


def test_made_up_key_ids_do_not_make_us_ask_again_and_again(issuer: Issuer) -> None:
    tokens = issuer.tokens()
    for number in range(20):
        tokens.principal(token(kid=f"made up {number}"))
    assert issuer.asked.count("/keys") == 1


def test_an_issuer_that_is_away_leaves_its_keys_in_use_for_a_day(issuer: Issuer) -> None:
    tokens = issuer.tokens()
    tokens.principal(token())
    issuer.reachable = False
    issuer.now += USABLE_SECONDS / 2
    assert tokens.principal(token()) is not None
    issuer.now += USABLE_SECONDS
    with pytest.raises(Problem, match="can't be reached"):
        tokens.principal(token())


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_an_algorithm_that_anybody_could_sign_with_is_refused_at_the_start(algorithm: str) -> None:
    with pytest.raises(UsageError, match="no algorithm for tokens"):
        IssuerTokens(
            IssuerKeys(ISSUER, JWKS, time.monotonic), ISSUER, "screening", [algorithm], Claims("scope")
        )


def test_the_keys_of_an_issuer_come_by_https() -> None:
    with pytest.raises(UsageError, match="https"):
        IssuerKeys(ISSUER, "http://issuer.example/keys", time.monotonic)


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("scope", {"scope": "openid read"}),
        ("realm_access.roles", {"realm_access": {"roles": ["read", 7]}}),
    ],
)
def test_scopes_stand_where_issuers_put_them(claim: str, claims: dict[str, Any]) -> None:
    assert Claims(claim).scopes(claims) == {"read"}


@pytest.mark.parametrize("claims", [{}, {"scope": 7}, {"scope": {"read": True}}])
def test_a_claim_that_says_nothing_lets_do_nothing(claims: dict[str, Any]) -> None:
    assert Claims("scope").scopes(claims) == frozenset()
