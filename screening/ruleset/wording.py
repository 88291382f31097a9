"""The places in a clause's sentence that a shipment's values fill."""

import re
from collections.abc import Iterator

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
THIS = "value"
"""The placeholder for the value of the clause's own field."""


def placeholders(say: str) -> Iterator[str]:
    """The names in braces, in order."""
    return (match.group(1) for match in PLACEHOLDER.finditer(say))


def stray_brace(say: str) -> bool:
    """True where a brace opens or closes no placeholder."""
    return not {"{", "}"}.isdisjoint(PLACEHOLDER.sub("", say))
