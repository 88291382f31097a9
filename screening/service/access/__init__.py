"""Who may: keys and tokens become a principal with scopes, and every route names the scope that it needs."""

from screening.service.access.needs import Needs, needs
from screening.service.access.principal import ANYBODY, Principal, Scope

__all__ = ["ANYBODY", "Needs", "Principal", "Scope", "needs"]
