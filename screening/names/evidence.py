"""What stands beside a name: country, birth date, identifiers. It ranks matches and never hides one.

Agreement raises a score, contradiction lowers it a little, absence does nothing. A score that a reviewer
would see stays one: firms move, lists are out of date, and a number may be mistyped. An identifier that
validates and agrees settles the question, whatever the names say.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from rigour.ids import IMO, INN, LEI, OGRN

from screening.names.compare import REVIEW

_COUNTRY_AGREES = 0.02
_COUNTRY_DIFFERS = 0.02
_BIRTH_AGREES = 0.06
_BIRTH_DIFFERS = 0.06
_IDENTIFIER_AGREES = 0.05
_BELOW_CERTAIN = 0.99
_SHORTEST_IDENTIFIER = 5
_VALIDATING = {"IMO": IMO, "LEI": LEI, "INN": INN, "OGRN": OGRN}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of one side besides its name; an empty field is unknown."""

    countries: Collection[str] = ()
    identifiers: Collection[str] = ()
    born: date | None = None
    born_years: Collection[int] = field(default=())


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The score with what stands beside the name, and the sentence of each fact that moved it."""

    score: float
    reasons: tuple[str, ...]


def adjusted(score: float, query: Beside, entry: Beside) -> Adjusted:
    """The score after what stands beside both names; never carried from review to below it."""
    settled = _settling(query.identifiers, entry.identifiers)
    if settled:
        return Adjusted(1.0, (settled,))
    changes = [c for c in (_country(query, entry), _born(query, entry), _identifier(query, entry)) if c]
    moved = _moved(score, sum(change for change, _ in changes))
    return Adjusted(round(moved, 4), tuple(reason for _, reason in changes))


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
    if query.born is not None and entry.born is not None:
        if query.born == entry.born:
            return _BIRTH_AGREES, f"the birth date agrees: {query.born}"
        if {query.born.day, query.born.month} == {entry.born.day, entry.born.month} and _same_year(
            query, entry
        ):
            return None
        return -_BIRTH_DIFFERS, f"the birth date differs: {query.born}, listed {entry.born}"
    if not _years(query) or not _years(entry):
        return None
    both = _years(query) & _years(entry)
    if both:
        return _BIRTH_AGREES / 2, f"the year of birth agrees: {min(both)}"
    return -_BIRTH_DIFFERS, f"the year of birth differs: {min(_years(query))}, listed {min(_years(entry))}"


def _same_year(query: Beside, entry: Beside) -> bool:
    return bool(_years(query) & _years(entry))


def _years(side: Beside) -> set[int]:
    return {side.born.year} if side.born is not None else set(side.born_years)


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
    return next((kind for kind, form in _VALIDATING.items() if form.is_valid(identifier)), "")


def _bare(identifiers: Collection[str]) -> set[str]:
    """Identifiers without the words, spaces and dashes around them."""
    found = {"".join(c for c in text.upper() if c.isalnum()) for text in identifiers}
    found |= {
        text.removeprefix(kind) for text in found for kind in (*_VALIDATING, "TAX", "TAXID", "VAT", "VKN")
    }
    return {text for text in found if len(text) >= _SHORTEST_IDENTIFIER and any(c.isdigit() for c in text)}
