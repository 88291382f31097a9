"""The variables of the environment that are ours: one that is misspelt is refused, and not passed over.

Else somebody believes in a limit, or in a store, that nobody has set. A cluster tells of its services by
variables too: for one called `screening` they begin as ours do, and nobody meant them for us.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from rapidfuzz import process

from screening.resources import HOME_VARIABLE

PREFIX = "SCREENING_"
_NEAR = 70
"""How much of a name has to be right, of a hundred, for another to be taken for what was meant."""
_LINK = re.compile(
    r"SCREENING_(\w+_)?(SERVICE_(HOST|PORT(_\w+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)", re.ASCII
)
_LINKED = re.compile(r"(tcp|udp|sctp)://", re.ASCII)


def meant_for_us(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that begin as ours do, without those by which a cluster tells of services."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper().startswith(PREFIX) and not _is_link(name, value)
    }


def _is_link(name: str, value: str) -> bool:
    told_by_value = name.endswith("_PORT") and _LINKED.match(value)
    return bool(told_by_value or _LINK.fullmatch(name))


def misspelt(names: Collection[str], settings: Collection[str]) -> Iterator[str]:
    """What is wrong with each name that is no setting's, and which may be meant; never what it was set to."""
    known = {HOME_VARIABLE, *settings}
    own = {name: name.removeprefix(PREFIX) for name in sorted(known)}
    for name in sorted(set(names) - known):
        near = process.extractOne(name.upper().removeprefix(PREFIX), own, score_cutoff=_NEAR)
        remedy = f"did you mean {near[2]}?" if near else "see the settings in docs/service.md, or remove it"
        yield f"{name} is no setting; {remedy}"
