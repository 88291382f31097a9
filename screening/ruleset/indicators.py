"""How far the rules cover what was published: for each red flag the rules, or why there can be none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screening.ruleset.faults import DanglingRedFlag, Fault
from screening.ruleset.nearest import nearest
from screening.ruleset.policy import RedFlag
from screening.ruleset.rule import Rule
from screening.ruleset.yaml_source import Source


@dataclass(frozen=True, slots=True)
class Covered:
    """One distinct red flag, what else says the same, and the active rules that implement any of them."""

    flag: RedFlag
    repeated_by: tuple[str, ...]
    rules: tuple[str, ...]

    @property
    def open(self) -> bool:
        """True where a file of shipments shows the flag, and no rule looks."""
        return self.flag.observable != "no" and not self.rules


def coverage(flags: Iterable[RedFlag], rules: Iterable[Rule]) -> list[Covered]:
    """Every distinct red flag with its rules, in the order of the flags."""
    flags = list(flags)
    groups = {flag.id: flag.group for flag in flags}
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    for rule in rules:
        for name in rule.red_flags if rule.active else ():
            cited[groups.get(name, name)][rule.id] = None
    return [
        Covered(flag, tuple(other.id for other in flags if other.same_as == flag.id), tuple(cited[flag.id]))
        for flag in flags
        if flag.same_as is None
    ]


def red_flag_faults(flags: Iterable[RedFlag], source: Source) -> Iterator[Fault]:
    """A fault for each flag that repeats none, or does not say what data would show it."""
    flags = list(flags)
    distinct = [flag.id for flag in flags if flag.same_as is None]
    for i, flag in enumerate(flags):
        if flag.same_as is not None and flag.same_as not in distinct:
            what = (
                f"{flag.id}: same_as {flag.same_as} is no distinct red flag{nearest(flag.same_as, distinct)}"
            )
            yield DanglingRedFlag(source.where((i, "same_as")), what)
        elif flag.same_as is None and flag.observable != "yes" and not flag.needs:
            what = f"{flag.id}: observable is {flag.observable}; say in `needs` what data would show it"
            yield DanglingRedFlag(source.where((i, "observable")), what)
