"""The text of a new rule: what its writer says, in the order in which rules are read, ready for the lint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_FOLDERS = {
    "PTY": "party",
    "GDS": "goods",
    "DOC": "goods",
    "RTE": "route",
    "PAT": "pattern",
    "CMB": "combine",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule over one shipment says, as its writer gave it."""

    id: str
    title: str
    severity: str
    weight: int
    rationale: str
    red_flags: Sequence[str]
    false_positives: Sequence[str]
    clauses: Sequence[str]
    """Each clause with its name: `coded: field: goods.hs6, known: true`."""
    hit: str
    """The shipment that the rule must find: `hs_code: "854231", consignee_country: KZ`."""
    clear: str
    """The nearest shipment that it must not."""
    created: date
    condition: str = ""


def next_id(prefix: str, taken: Sequence[str]) -> str:
    """The first number of the prefix after all that are taken."""
    numbers = [int(rule[4:]) for rule in taken if rule.startswith(f"{prefix}-") and int(rule[4:]) < 900]
    return f"{prefix}-{max(numbers, default=0) + 1:03d}"


def file_name(rule_id: str, title: str) -> str:
    """Where the rule stands in a folder of rules: its family, its id and its title."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split()
    return f"{_FOLDERS.get(rule_id[:3], rule_id[:3].lower())}/{'-'.join([rule_id.lower(), *words])}.yaml"


def draft_text(draft: Draft) -> str:
    """The rule as a file has it."""
    day = draft.created.isoformat()
    clauses = "".join(f"  {_braced(clause)}\n" for clause in draft.clauses)
    condition = f"condition: {draft.condition}\n" if draft.condition else ""
    honest = "".join(f"  - {_quoted(said)}\n" for said in draft.false_positives)
    return (
        f"id: {draft.id}\ntitle: {_quoted(draft.title)}\nkind: match\nstatus: experimental\nversion: 1\n"
        f"created: {day}\nupdated: {day}\nseverity: {draft.severity}\nweight: {draft.weight}\n"
        f"rationale: {_quoted(draft.rationale)}\nred_flags: [{', '.join(draft.red_flags)}]\n"
        f"false_positives:\n{honest}\nwhen:\n{clauses}{condition}\ntests:\n"
        f"{_test('what the rule is for', 'hit', draft.hit)}{_test('the nearest miss', 'clear', draft.clear)}"
    )


def _braced(clause: str) -> str:
    name, _, stated = clause.partition(":")
    return f"{name.strip()}: {{{stated.strip()}}}"


def _test(name: str, expect: str, shipment: str) -> str:
    return f"  - name: {name}\n    expect: {expect}\n    shipment: {{{shipment}}}\n"


def _quoted(text: str) -> str:
    said = " ".join(text.split()).replace("\\", r"\\").replace('"', r"\"")
    return f'"{said}"'
