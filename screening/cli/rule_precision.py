"""How often each rule was right, as columns of the list of rules."""

from collections.abc import Callable

from screening.cli.store_in_use import opened_store
from screening.ruleset.rule import Rule

COLUMNS = ("alerts", "right", "wrong", "precision")


def precision_of(database: str) -> Callable[[Rule], tuple[str, ...]]:
    """What the store at this URL tells of a rule in its version: the cells of `COLUMNS`."""
    opened = opened_store(database)
    from screening.store.casework.reasons import read_reasons
    from screening.store.precision import Precision, precisions

    with opened as store, store.reading() as tx:
        known = precisions(tx, read_reasons())

    def cells(rule: Rule) -> tuple[str, ...]:
        found = known.get((rule.id, rule.version), Precision())
        share = "" if found.share is None else f"{found.share:.0%}"
        return f"{found.alerts:,}", f"{found.right:,}", f"{found.wrong:,}", share

    return cells
