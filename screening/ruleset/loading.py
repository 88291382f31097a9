"""Rules from their files: read, typed, and refused with all faults at once.

A folder of rules holds one YAML file a rule, `policy.yaml` and `red_flags.yaml`; what a site's own
folder lacks of the last two is taken from the bundled rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from screening.errors import InputError, RuleError
from screening.resources import bundled
from screening.ruleset.exceptions import RuleException
from screening.ruleset.faults import in_order
from screening.ruleset.nearest import nearest
from screening.ruleset.policy import Policy, RedFlag
from screening.ruleset.reading import read_folder
from screening.ruleset.references import bundled_list_names, reference_faults
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.validation import validated, validated_list
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule, WindowRule
from screening.ruleset.yaml_source import Source, read_yaml


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules, typed, in the order of their ids, with what they are judged by."""

    rules: tuple[Rule, ...]
    policy: Policy
    red_flags: dict[str, RedFlag]
    sources: dict[str, Source]
    """The file of each rule, by its id."""
    digest: str

    @property
    def match_rules(self) -> tuple[MatchRule, ...]:
        """The active rules that look at one shipment."""
        return tuple(r for r in self.rules if isinstance(r, MatchRule) and r.active)

    @property
    def window_rules(self) -> tuple[WindowRule, ...]:
        """The active rules over time."""
        kinds = (CountRule, SequenceRule, ChangeRule)
        return tuple(r for r in self.rules if isinstance(r, kinds) and r.active)

    @property
    def combine_rules(self) -> tuple[CombineRule, ...]:
        """The active rules over findings."""
        return tuple(r for r in self.rules if isinstance(r, CombineRule) and r.active)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Raises RuleError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id.upper():
                return rule
        raise RuleError([f"{rule_id}: no such rule{nearest(rule_id.upper(), [r.id for r in self.rules])}"])


def load_rules(folder: Path | None = None) -> RuleSet:
    """The rules of a folder, or the bundled ones.

    Raises RuleError with every fault of every file that makes rules unusable; what is merely bad
    style, the lint tells.
    """
    home = folder or bundled("rules")
    reading = read_folder(home)
    faults = in_order([*reading.faults, *reference_faults(reading, bundled_list_names())])
    if faults:
        raise RuleError([str(fault) for fault in faults])
    if not reading.read:
        raise RuleError([f"{home}: holds no rule; a rule is a YAML file with an id, such as GDS-011"])
    policy, flags = beside(home, "policy.yaml"), beside(home, "red_flags.yaml")
    return RuleSet(
        rules=tuple(sorted(reading.rules, key=lambda rule: rule.id)),
        policy=read_policy(policy),
        red_flags=read_red_flags(flags),
        sources={file.rule.id: file.source for file in reading.read},
        digest=digest_of([*reading.files, policy, flags]),
    )


def beside(folder: Path, name: str) -> Path:
    """The file of that name in a folder of rules, or the bundled one where the folder has none."""
    own = folder / name
    return own if own.exists() else bundled("rules") / name


def digest_of(files: Iterable[Path]) -> str:
    """The SHA-256 of the files' bytes in the order of their names, whatever folder holds them."""
    total = sha256()
    for path in sorted(files, key=lambda p: (p.name, str(p))):
        total.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_policy(path: Path) -> Policy:
    """The policy of a file."""
    return validated(Policy, read_yaml(path))


def read_red_flags(path: Path) -> dict[str, RedFlag]:
    """The published red flags of a file, by their ids."""
    source = read_yaml(path)
    flags: dict[str, RedFlag] = {}
    for i, flag in enumerate(validated_list(RedFlag, source)):
        if flag.id in flags:
            raise InputError(source.where((i,)), f"the red flag {flag.id} stands twice", "keep one of them")
        flags[flag.id] = flag
    return flags


def read_exceptions(folder: Path) -> tuple[RuleException, ...]:
    """A site's suppressions, from every YAML file of a folder, in the order of their ids."""
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder of exceptions", "name a folder that holds YAML files")
    files = sorted(p for p in folder.rglob("*.y*ml") if p.suffix in {".yaml", ".yml"})
    found = [e for path in files for e in validated_list(RuleException, read_yaml(path))]
    ids = [e.id for e in found]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        raise InputError(str(folder), f"two exceptions have the id {repeated}", "give each an id of its own")
    return tuple(sorted(found, key=lambda e: e.id))
