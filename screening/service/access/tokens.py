"""Tokens of an OpenID Connect issuer, as an authority: signed by it, meant for us, still good.

Which algorithms are taken is set here, never by the token; symmetric ones and `none` are not among them,
since a public key would be their secret.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jwt

from screening.errors import UsageError
from screening.service.access.issuer import IssuerKeys
from screening.service.access.principal import Principal
from screening.service.logs import log
from screening.store.keys import SCOPES

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
LEEWAY = 30
"""Seconds by which the issuer's clock may differ from ours."""
_REQUIRED = ["exp", "iat", "iss", "aud", "sub"]
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token's claims let its bearer do."""

    claim: str
    """Which claim says so; dots stand between its steps."""
    meanings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What a value of it stands for, where that is not a scope's own name."""

    def scopes(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """The scopes, among those that there are."""
        meant = (scope for value in self._values(claims) for scope in self.meanings.get(value, (value,)))
        return frozenset(meant) & frozenset(SCOPES)

    def _values(self, claims: Mapping[str, Any]) -> list[str]:
        found: Any = claims
        for step in self.claim.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
        if isinstance(found, str):
            return found.split()
        return [value for value in found if isinstance(value, str)] if isinstance(found, list) else []


class IssuerTokens:
    """Lets in who shows a token of the issuer that is meant for this service."""

    def __init__(
        self, keys: IssuerKeys, issuer: str, audience: str, algorithms: Sequence[str], claims: Claims
    ) -> None:
        unknown = sorted(set(algorithms) - ALGORITHMS)
        if unknown or not algorithms:
            taken = ", ".join(sorted(ALGORITHMS))
            raise UsageError(f"{' '.join(unknown) or 'none'}: no algorithm for tokens; there are {taken}")
        self._keys = keys
        self._issuer = issuer
        self._audience = audience
        self._algorithms = list(algorithms)
        self._claims = claims

    def principal(self, credential: str) -> Principal | None:
        """Whose token it is, as `oidc:SUBJECT`."""
        if credential.count(".") != 2:
            return None
        try:
            claims = self._sound(credential)
        except (jwt.PyJWTError, ValueError) as error:
            log("token refused", logging.WARNING, why=type(error).__name__)
            return None
        subject = str(claims["sub"])
        name = claims.get("preferred_username") or claims.get("name") or subject
        return Principal(f"oidc:{subject}", str(name)[:_LONGEST_NAME], self._claims.scopes(claims))

    def _sound(self, token: str) -> dict[str, Any]:
        """The claims. Raises jwt.PyJWTError for a token that is not to be trusted."""
        head = jwt.get_unverified_header(token)
        if head.get("alg") not in self._algorithms:
            raise jwt.InvalidAlgorithmError
        key = self._keys.key(head.get("kid"))
        if key is None:
            raise jwt.InvalidKeyError
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=self._algorithms,
            audience=self._audience,
            issuer=self._issuer,
            leeway=LEEWAY,
            options={"require": _REQUIRED},
        )
        return claims
