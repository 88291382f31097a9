"""How often each rule was right, by what people decided on the alerts that it had a part in.

A reason of a decision says of the rules that fired that they were right, or wrong, or neither: a licence
proves nothing against a rule. An alert counts by its last decision, and for the version of a rule that fired.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select

from screening.store.casework.moves import DECIDED
from screening.store.casework.reasons import Reason
from screening.store.schema import ALERTS, DECISIONS, FINDINGS
from screening.store.transaction import Reading

Version = tuple[str, int]
_DECIDING = ("release", "block")


@dataclass(slots=True)
class Precision:
    """What is known of one version of a rule."""

    alerts: int = 0
    """Those on which it fired, decided or not."""
    right: int = 0
    wrong: int = 0

    @property
    def share(self) -> float | None:
        """How many of those that say something were right; None where none says anything."""
        judged = self.right + self.wrong
        return round(self.right / judged, 4) if judged else None


def precisions(tx: Reading, reasons: Mapping[str, Reason]) -> Mapping[Version, Precision]:
    """What is known of each rule and version that ever fired."""
    found: defaultdict[Version, Precision] = defaultdict(Precision)
    rule = FINDINGS.c.rule, FINDINGS.c.rule_version
    shown = FINDINGS.c.suppressed_by.is_(None)
    for rule_id, version, number in tx.connection.execute(
        select(*rule, func.count()).where(shown).group_by(*rule)
    ):
        found[rule_id, version].alerts = number
    for rule_id, version, name, number in tx.connection.execute(
        select(*rule, DECISIONS.c.reason, func.count())
        .join(ALERTS, ALERTS.c.id == FINDINGS.c.alert)
        .join(DECISIONS, DECISIONS.c.alert == ALERTS.c.id)
        .where(shown, ALERTS.c.state.in_(DECIDED), DECISIONS.c.number == _last_decision())
        .group_by(*rule, DECISIONS.c.reason)
    ):
        _count(found[rule_id, version], reasons.get(name), number)
    return found


def _last_decision() -> ScalarSelect[int | None]:
    this = DECISIONS.alias("others")
    number = select(func.max(this.c.number)).where(this.c.alert == ALERTS.c.id, this.c.action.in_(_DECIDING))
    return number.correlate(ALERTS).scalar_subquery()


def _count(precision: Precision, reason: Reason | None, alerts: int) -> None:
    if reason is not None and reason.judges == "right":
        precision.right += alerts
    elif reason is not None and reason.judges == "wrong":
        precision.wrong += alerts
