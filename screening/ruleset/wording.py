"""The places in a clause's sentence that a shipment's values fill."""

import re
from collections.abc import Iterable, Iterator

from screening.fields import FIELDS
from screening.ruleset.nearest import nearest

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
THIS = "value"
"""The placeholder for the value of the clause's own field."""
MEASURED = ("count", "sum", "ratio", "within", "first", "last")
"""The placeholders of a rule over time: what was counted, how much, how often, and on which days."""


def placeholders(say: str) -> Iterator[str]:
    """The names in braces, in order."""
    return (match.group(1) for match in PLACEHOLDER.finditer(say))


def wording_faults(say: str, besides: Iterable[str]) -> Iterator[str]:
    """What is wrong with a sentence whose places hold fields, or one of the names `besides`."""
    known = [*besides, *FIELDS]
    for name in placeholders(say):
        if name not in known:
            yield f"{{{name}}} is no field{nearest(name, known)}"
    if stray_brace(say):
        yield "a brace in `say` holds no field"


def stray_brace(say: str) -> bool:
    """True where a brace opens or closes no placeholder."""
    return not {"{", "}"}.isdisjoint(PLACEHOLDER.sub("", say))
