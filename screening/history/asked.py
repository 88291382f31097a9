"""What the rules over time ask of earlier shipments: which columns, which groups, how far back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from screening.fields import FIELDS
from screening.history.kinds import kind_of
from screening.ruleset.selection import Selection
from screening.ruleset.windows import SequenceRule, WindowRule
from screening.shipment import COLUMNS, ROLES, role_attributes

IDENTITY = ("shipment_id", "line_number", "revision", "shipment_date")
"""Kept of every row, whatever the rules ask."""
_BY_LISTS = (
    *(".match.score", ".later_match.score"),
    *(".address.listed", ".address.shared_with_listed", ".address.follows_listed"),
)
"""How fields end that rest on the parties matched: all that is told of a party has a part in them."""
_MATCHED_BY = ("name", "address", "country", "registered_on", "identifier", "imo")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a row of the book and an earlier one share a group: pairs of its field and that one's field."""

    pairs: frozenset[tuple[str, str]]
    reach: int
    own: str = ""
    """The kind of the row of the book, see `kinds`."""
    kept: str = ""
    """The kind of the earlier row."""

    def covers(self, other: "Shape") -> bool:
        """True when every row that the other finds is found by this one."""
        kinds = (self.own, self.kept) == (other.own, other.kept)
        return kinds and self.pairs <= other.pairs and self.reach >= other.reach


@dataclass(frozen=True, slots=True)
class Asked:
    """What a set of rules asks of a history."""

    fields: frozenset[str]
    shapes: tuple[Shape, ...]
    kinds: Mapping[str, Selection]
    """The kinds of rows that the rules look at, by what they are called."""
    reaches: tuple[tuple[int, str], ...]
    """Days back and the rule that looks as far, the farthest first."""

    @classmethod
    def by(cls, rules: Iterable[WindowRule]) -> "Asked":
        """What these rules ask."""
        rules = list(rules)
        fields = frozenset[str]().union(*(rule.fields for rule in rules))
        reaches = sorted(((rule.reach, rule.id) for rule in rules), key=lambda r: (-r[0], r[1]))
        kinds = {kind_of(selection): selection for rule in rules for selection in rule.selections}
        return cls(fields, _fewest(s for rule in rules for s in _shapes(rule)), kinds, tuple(reaches))

    @property
    def keyed(self) -> tuple[str, ...]:
        """The fields by which groups are found."""
        return tuple(sorted({field for s in self.shapes for pair in s.pairs for field in pair}))

    @property
    def alone(self) -> frozenset[str]:
        """The fields that rows alone tell: those of groups and of kinds."""
        told = {name for selection in self.kinds.values() for name in selection.fields}
        return frozenset({*self.keyed, *filter(_told_alone, told), *(f"{r}.key" for r in self.parties)})

    @property
    def parties(self) -> tuple[str, ...]:
        """The roles whose parties the rules know again by their names."""
        return tuple(role for role in ROLES if f"{role}.key" in self.fields)

    @property
    def columns(self) -> tuple[str, ...]:
        """The contract's columns to keep: those of the fields, and those that amendments compare."""
        amended = {name for name, field in FIELDS.items() if "revision" in field.columns}
        wanted = {column for name in self.fields | amended for column in FIELDS[name].columns}
        wanted |= {f"{role}_{a}" for role in self._matched for a in role_attributes(role) if a in _MATCHED_BY}
        return tuple(name for name in COLUMNS if name in wanted or name in IDENTITY)

    @property
    def _matched(self) -> set[str]:
        """The roles whose parties are looked up on lists."""
        named = {name.partition(".")[0] for name in self.fields if _by_lists(name)}
        return set(ROLES) if "any_party" in named else named

    @property
    def reach(self) -> int:
        """How many days back the rules look at most."""
        return self.reaches[0][0] if self.reaches else 0


def _shapes(rule: WindowRule) -> Iterable[Shape]:
    groups = rule.groups if isinstance(rule, SequenceRule) else (rule.group_by,)
    kinds = [kind_of(selection) for selection in rule.selections]
    for group, kind in zip(groups, kinds, strict=True):
        pairs = zip(groups[-1], group, strict=True)
        told = frozenset(pair for pair in pairs if all(map(_told_alone, pair)))
        yield Shape(told, rule.reach, kinds[-1], kind)


def _told_alone(field: str) -> bool:
    """True for a field that the row's own columns tell: a group can be found by it."""
    return not _by_lists(field) and not field.startswith("amended.")


def _by_lists(field: str) -> bool:
    return field.endswith(_BY_LISTS)


def _fewest(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """The shapes without those whose rows another one finds anyway."""
    distinct: Sequence[Shape] = sorted(
        dict.fromkeys(shapes), key=lambda s: (len(s.pairs), -s.reach, sorted(s.pairs), s.own, s.kept)
    )
    kept: list[Shape] = []
    for shape in distinct:
        if not any(one.covers(shape) for one in kept):
            kept.append(shape)
    return tuple(kept)
