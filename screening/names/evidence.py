"""What stands beside a name: country, birth date, address, identifiers. It ranks matches and never hides one.

Agreement raises a score, contradiction lowers it a little, absence does nothing. A score that a reviewer
would see stays one: firms move, lists are out of date, and a number may be mistyped. An identifier that
validates and agrees settles the question, whatever the names say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from screening.names.births import Birth
from screening.names.compare import REVIEW

if TYPE_CHECKING:
    from rigour.ids.common import IdentifierFormat

_COUNTRY_AGREES = 0.02
_COUNTRY_DIFFERS = 0.02
_BIRTH_AGREES = 0.06
_BIRTH_DIFFERS = 0.06
_IDENTIFIER_AGREES = 0.05
_ADDRESS_AGREES, _HOUSE_AGREES, _ADDRESS_DIFFERS = 0.06, 0.03, 0.01
MOST_MOVED = 0.15
"""No score moves further than this by what stands beside a name; identifiers that settle it apart."""
_BELOW_CERTAIN = 0.99
_SHORTEST_IDENTIFIER = 5
AddressLikeness = Literal["", "same", "house", "other"]
"""How alike the nearest addresses of both sides are; blank where one of them has none."""
_VALIDATING = ("IMO", "LEI", "INN", "OGRN")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of one side besides its name; an empty field is unknown."""

    countries: Collection[str] = ()
    identifiers: Collection[str] = ()
    births: Collection[Birth] = ()


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The score with what stands beside the name, and the sentence of each fact that moved it."""

    score: float
    reasons: tuple[str, ...]


def adjusted(score: float, query: Beside, entry: Beside, address: AddressLikeness = "") -> Adjusted:
    """The score after what stands beside both names; never carried from review to below it."""
    settled = _settling(query.identifiers, entry.identifiers)
    if settled:
        return Adjusted(1.0, (settled,))
    found = (_country(query, entry), _born(query, entry), _ADDRESSES[address], _identifier(query, entry))
    changes = [change for change in found if change]
    moved = _moved(score, max(-MOST_MOVED, min(MOST_MOVED, sum(by for by, _ in changes))))
    return Adjusted(round(moved, 4), tuple(reason for _, reason in changes))


def most_raised(countries: bool, births: bool, addresses: bool) -> float:
    """How far a score may rise at most where this much is known of the query, and no identifier agrees."""
    by = zip((countries, births, addresses), (_COUNTRY_AGREES, _BIRTH_AGREES, _ADDRESS_AGREES), strict=True)
    return min(MOST_MOVED, sum(most for known, most in by if known))


def _moved(score: float, change: float) -> float:
    if score >= 1.0 and change >= 0:
        return score
    moved = min(score + change, max(score, _BELOW_CERTAIN))
    if score >= REVIEW:
        return max(moved, REVIEW)
    # Agreement brings a weak likeness no further than a reviewer's desk would want it: names decide.
    return max(0.0, moved)


def _country(query: Beside, entry: Beside) -> tuple[float, str] | None:
    if not query.countries or not entry.countries:
        return None
    both = sorted(set(query.countries) & set(entry.countries))
    if both:
        return _COUNTRY_AGREES, f"the country agrees: {', '.join(both)}"
    stated, listed = ", ".join(sorted(query.countries)), ", ".join(sorted(entry.countries))
    return -_COUNTRY_DIFFERS, f"the country differs: {stated}, listed {listed}"


def _born(query: Beside, entry: Beside) -> tuple[float, str] | None:
    """The nearest of the birth dates of both sides: a day that agrees says more than a year."""
    pairs = list(product(query.births, entry.births))
    if not pairs:
        return None
    agree = [(one, other) for one, other in pairs if one.may_be(other)]
    for one, other in agree:
        if one.exact and other.exact:
            return _BIRTH_AGREES, f"the birth date agrees: {one}"
    if agree:
        one, other = agree[0]
        return _BIRTH_AGREES / 2, f"the birth date may agree: {one}, listed {other}"
    if any(one.slip_of(other) for one, other in pairs):
        return None
    stated, listed = ", ".join(map(str, query.births)), ", ".join(map(str, entry.births))
    return -_BIRTH_DIFFERS, f"the birth date differs: {stated}, listed {listed}"


_ADDRESSES: dict[AddressLikeness, tuple[float, str] | None] = {
    "": None,
    "same": (_ADDRESS_AGREES, "the address agrees"),
    "house": (_HOUSE_AGREES, "the house agrees, and not the room"),
    "other": (-_ADDRESS_DIFFERS, "the address differs"),
}


def _identifier(query: Beside, entry: Beside) -> tuple[float, str] | None:
    """Identifiers that agree and don't validate; differing ones say nothing, a firm has several."""
    both = sorted(_bare(query.identifiers) & _bare(entry.identifiers))
    if both:
        return _IDENTIFIER_AGREES, f"the identifier agrees: {both[0]}"
    return None


def _settling(query: Collection[str], entry: Collection[str]) -> str:
    for bare in sorted(_bare(query) & _bare(entry)):
        kind = identifier_kind(bare)
        if kind:
            return f"the {kind} agrees: {bare}"
    return ""


@lru_cache(maxsize=100_000)
def identifier_kind(identifier: str) -> str:
    """IMO, LEI, INN or OGRN when the check digits say so, else ""."""
    return next((kind for kind in _VALIDATING if _form(kind).is_valid(identifier)), "")


@cache
def _form(kind: str) -> "type[IdentifierFormat]":
    # Few numbers are compared, and the library of all their kinds takes long to load.
    from rigour import ids

    form: type[IdentifierFormat] = getattr(ids, kind)
    return form


def _bare(identifiers: Collection[str]) -> set[str]:
    """Identifiers without the words, spaces and dashes around them."""
    found = {"".join(c for c in text.upper() if c.isalnum()) for text in identifiers}
    found |= {
        text.removeprefix(kind) for text in found for kind in (*_VALIDATING, "TAX", "TAXID", "VAT", "VKN")
    }
    return {text for text in found if len(text) >= _SHORTEST_IDENTIFIER and any(c.isdigit() for c in text)}
