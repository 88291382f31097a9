"""Clauses in one spelling: `below: 5` is the opposite of `at_least: 5`, `is: KZ` is `in: [KZ]`.

Two rules can only be compared, and a contradiction only be seen, when the same fact always looks
the same.
"""

from typing import NamedTuple

from screening.fields import FieldType
from screening.ruleset.clauses import Clause, Operand, Operator, OtherField

_OPPOSITE = {
    Operator.NOT_IN: Operator.IN,
    Operator.NOT_IN_LIST: Operator.IN_LIST,
    Operator.DIFFERS_FROM: Operator.SAME_AS,
    Operator.BELOW: Operator.AT_LEAST,
    Operator.ABOVE: Operator.AT_MOST,
    Operator.BEFORE: Operator.ON_OR_AFTER,
    Operator.AFTER: Operator.ON_OR_BEFORE,
}
_MIRRORED = {
    Operator.SAME_AS: Operator.SAME_AS,
    Operator.ON_OR_AFTER: Operator.ON_OR_BEFORE,
    Operator.ON_OR_BEFORE: Operator.ON_OR_AFTER,
}


class Literal(NamedTuple):
    """A fact about a field, or its opposite.

    `relation` is known, in, in_list, same_as, is (of a number or a boolean), at_least, at_most,
    on_or_after or on_or_before.
    """

    field: str
    relation: Operator
    operand: Operand
    truth: bool

    @property
    def opposite(self) -> "Literal":
        """The literal that is true where this one is false."""
        return self._replace(truth=not self.truth)

    @property
    def other(self) -> str | None:
        """The other field, where two fields are compared."""
        return self.operand.name if isinstance(self.operand, OtherField) else None


def literal(clause: Clause, truth: bool) -> Literal:
    """What it means that the clause has this truth."""
    field, relation, operand = clause.key
    if isinstance(operand, bool):
        return Literal(field, relation, True, truth is operand)
    if relation in _OPPOSITE:
        relation, truth = _OPPOSITE[relation], not truth
    if relation is Operator.IS and clause.field.type is not FieldType.NUMBER:
        relation, operand = Operator.IN, (str(operand),)
    if isinstance(operand, OtherField) and operand.name < field:
        field, relation, operand = operand.name, _MIRRORED[relation], OtherField(field)
    return Literal(field, relation, operand, truth)
