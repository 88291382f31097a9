"""`screening rules coverage`: which published red flags do the rules implement, and why not the others?"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from screening.cli.rule_folder import AsJson, RulesOption, load

if TYPE_CHECKING:
    from screening.ruleset.indicators import Covered


def coverage(rules: RulesOption = None, as_json: AsJson = False) -> None:
    """Tell for every published red flag which rules implement it.

    Or why a file of shipments can't show it, and what data would.
    """
    from screening.cli.printing import results
    from screening.ruleset.indicators import coverage as covered

    ruleset = load(rules)
    found = covered(ruleset.red_flags.values(), ruleset.rules)
    page = results()
    if as_json:
        page.line(json.dumps([_told(item) for item in found], ensure_ascii=False))
        return
    page.table(
        ("red flag", "shown by shipments", "rules", "what it says", "what would show it, or the rest"),
        (
            (c.flag.id, c.flag.observable, ", ".join(c.rules) or "-", c.flag.text, c.flag.needs or "-")
            for c in found
        ),
        whole=("red flag",),
    )
    page.line(_summary(found), "bold")


def _told(covered: "Covered") -> dict[str, Any]:
    told = covered.flag.model_dump(exclude={"same_as"})
    return told | {"repeated_by": covered.repeated_by, "rules": covered.rules}


def _summary(found: "Sequence[Covered]") -> str:
    shown = [c for c in found if c.flag.observable != "no"]
    with_rules = sum(1 for c in shown if c.rules)
    return (
        f"{len(found)} distinct red flags: {len(shown)} that shipments show, wholly or partly, "
        f"{with_rules} of them with rules; {len(found) - len(shown)} that need other data"
    )
