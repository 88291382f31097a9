"""Who sends a request, whichever way that was shown."""

from dataclasses import dataclass
from typing import Literal, Protocol

Scope = Literal["screen", "read", "decide", "administer"]
"""What something may be done for; `screening.store.keys.SCOPES` names the same."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who showed a key or a token, with what it lets them do."""

    id: str
    """As the audit log names them: `key:ID`, or `oidc:SUBJECT`."""
    name: str
    scopes: frozenset[str]

    def may(self, scope: Scope | None) -> bool:
        """Whether they may do what needs the scope; whoever is known may do what needs none."""
        return scope is None or scope in self.scopes


ANYBODY = Principal("anybody", "anybody", frozenset())
"""Whoever asks for health, which needs no key."""


class Authority(Protocol):
    """Knows whose a credential is."""

    def principal(self, credential: str) -> Principal | None:
        """Whose it is; None for one that this authority does not know, or no longer lets in."""
