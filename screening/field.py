"""What a field is: a name with a type, a unit and a meaning, and the columns that it comes from.

The catalogue in `fields.py` is made of these; the modules beside it (`party_fields`, `route_fields`,
`paper_fields`) each describe the fields of one subject.
"""

from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What a field's value is, and so which comparisons a clause may use."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    COUNTRY = "country"
    COUNTRIES = "countries"
    HS6 = "hs6"


Needs = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the catalogue."""

    name: str
    type: FieldType
    meaning: str
    needs: Needs
    """Groups of columns: the field needs one column of each group, asked in the group's order."""
    unit: str = ""
    blank: str = "unknown"
    """What a blank cell means for the field."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the field may come from."""
        return tuple(column for group in self.needs for column in group)

    def missing_from(self, present: frozenset[str]) -> bool:
        """True when a file with the columns `present` can never give this field a value."""
        return not all(any(column in present for column in group) for group in self.needs)


LABELS = {
    "exporter": "the exporter",
    "consignee": "the consignee",
    "notify_party": "the notify party",
    "intermediate_consignee": "the intermediate consignee",
    "end_user": "the end user",
    "freight_forwarder": "the freight forwarder",
    "carrier": "the carrier",
    "vessel": "the vessel",
    "bank": "the bank",
    "payer": "the payer",
}
"""Each role as a sentence names it."""
DESTINATION = ("country_of_destination", "end_user_country", "consignee_country")
"""The columns that say where the goods are said to go, the first that is known."""
EXPORT = ("country_of_export", "exporter_country")
"""The columns that say what country the goods leave, the first that is known."""


def one(*columns: str) -> Needs:
    """One column of these is enough."""
    return (columns,)


def all_of(*columns: str) -> Needs:
    """Each of these columns is needed."""
    return tuple((column,) for column in columns)
