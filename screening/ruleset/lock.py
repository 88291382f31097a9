"""The version lock: what a rule finds and says never changes under one version.

`rules.lock` beside the rules holds each rule's id, version and digest. Whoever reads an old alert can
tell by the version which rule it was. Tests, reasons and honest doubts may grow without a new version,
and a rule that is still an experiment is not locked.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from screening.errors import InputError
from screening.ruleset.faults import ChangedRule, Fault, UnlockedRule, VanishedRule
from screening.ruleset.reading import RuleFile

LOCK = "rules.lock"
_HEAD = "# Written by `screening rules lock`: id, version and digest of every rule.\n"
_ASIDE = frozenset(
    {"tests", "rationale", "false_positives", "tags", "created", "updated", "version", "reason"}
)
"""What no finding depends on or tells."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A version of a rule, and the digest of what it finds and says."""

    version: int
    digest: str


def locked(file: RuleFile) -> Locked:
    """The version of a rule as it is, with its digest."""
    tree = file.source.tree
    assert isinstance(tree, dict)
    told = {key: value for key, value in tree.items() if key not in _ASIDE}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return Locked(file.rule.version, sha256(text.encode()).hexdigest())


def read_lock(path: Path) -> dict[str, Locked]:
    """The locked version of every rule, by its id. Raises InputError for a line that is none."""
    found: dict[str, Locked] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        match line.split():
            case [rule, version, digest] if version.isdigit() and rule not in found:
                found[rule] = Locked(int(version), digest)
            case _:
                remedy = "write it anew with `screening rules lock`"
                raise InputError(f"{path.name}:{number}", "is no `ID VERSION DIGEST` of one rule", remedy)
    return found


def lock_text(lock: dict[str, Locked]) -> str:
    """The lock as a file has it, in the order of the ids."""
    return _HEAD + "".join(f"{rule} {lock[rule].version} {lock[rule].digest}\n" for rule in sorted(lock))


def renewed(lock: dict[str, Locked], files: Iterable[RuleFile]) -> dict[str, Locked]:
    """The lock with every rule as it is now; one that is gone stays, so that its id is never given again."""
    return lock | {file.rule.id: locked(file) for file in files if _is_settled(file)}


def _is_settled(file: RuleFile) -> bool:
    return file.rule.status != "experimental"


def lock_faults(lock: dict[str, Locked], files: Iterable[RuleFile]) -> Iterator[Fault]:
    """A fault for each rule that changed under its version, that is not locked, or that is gone."""
    files = list(files)
    for file in filter(_is_settled, files):
        yield from _rule_faults(lock.get(file.rule.id), file)
    for rule in sorted(lock.keys() - {file.rule.id for file in files}):
        yield VanishedRule(LOCK, f"{rule} is locked and no file has it; deprecate a rule, don't remove it")


def _rule_faults(before: Locked | None, file: RuleFile) -> Iterator[Fault]:
    now, where = locked(file), file.source.where(("version",))
    if before is None:
        yield UnlockedRule(where, "is not in rules.lock; `screening rules lock` adds it")
    elif now.version < before.version:
        yield ChangedRule(where, f"version {now.version} is behind the locked version {before.version}")
    elif now.version > before.version:
        yield UnlockedRule(
            where, f"version {now.version} is not in rules.lock; `screening rules lock` adds it"
        )
    elif now.digest != before.digest:
        what = f"what the rule finds or says has changed under version {now.version}"
        yield ChangedRule(where, f"{what}; raise `version` to {now.version + 1}")
