"""Whether a folder of rules is sound: what the lint finds, with the shipments of its tests read too."""

from collections.abc import Iterator
from pathlib import Path

from screening.errors import InputError, UsageError
from screening.resources import bundled
from screening.rule_tests import unreadable_tests
from screening.ruleset.drafting import Draft, draft_text
from screening.ruleset.faults import ChangedRule, Fault, MalformedPolicy, MalformedRule, in_order
from screening.ruleset.indicators import red_flag_faults
from screening.ruleset.lint import lint
from screening.ruleset.loading import beside, read_policy, read_red_flags
from screening.ruleset.lock import LOCK, lock_faults, lock_text, read_lock, renewed
from screening.ruleset.reading import Reading, read_folder
from screening.ruleset.references import bundled_list_names
from screening.ruleset.yaml_source import read_yaml


def faults_in(folder: Path | None = None) -> list[Fault]:
    """All faults of a folder of rules (else the bundled ones), by file and line; none when it is sound.

    Raises InputError when it is no folder.
    """
    home = folder or bundled("rules")
    reading = read_folder(home)
    if not reading.files:
        return [MalformedRule(str(home), "holds no rule; a rule is a YAML file with an id, such as GDS-011")]
    settings = list(_settings_faults(home))
    known_good = bundled("rules") if settings else home
    own_policy = known_good / "policy.yaml"
    found = lint(
        reading,
        read_policy(beside(known_good, "policy.yaml")),
        read_red_flags(beside(known_good, "red_flags.yaml")),
        bundled_list_names(),
        read_yaml(own_policy) if known_good == home and own_policy.exists() else None,
    )
    return in_order([*settings, *found, *unreadable_tests(reading.read), *_lock_faults(home, reading)])


def _lock_faults(home: Path, reading: Reading) -> Iterator[Fault]:
    """What has changed under a version, where the folder has a lock; a file with faults is told once."""
    if (home / LOCK).exists() and not reading.faults:
        try:
            yield from lock_faults(read_lock(home / LOCK), reading.read)
        except InputError as error:
            yield MalformedPolicy(error.where, f"{error.what}; {error.remedy}")


def add_rule(folder: Path, path: Path, draft: Draft) -> list[Fault]:
    """Writes a new rule where it is sound; where it is not, its faults, and no file."""
    if path.exists():
        raise UsageError(f"{path}: is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(draft_text(draft), encoding="utf-8")
    name = path.relative_to(folder).as_posix()
    faults = [fault for fault in faults_in(folder) if fault.where.startswith(f"{name}:")]
    if faults:
        path.unlink()
    return faults


def write_lock(folder: Path) -> list[Fault]:
    """Locks every rule of a folder at its version; where one has changed under it, nothing is written.

    The faults are those changes.
    """
    reading = read_folder(folder)
    path = folder / LOCK
    lock = read_lock(path) if path.exists() else {}
    changed = [f for f in lock_faults(lock, reading.read) if isinstance(f, ChangedRule)]
    faults = in_order([*reading.faults, *changed])
    if not faults:
        path.write_text(lock_text(renewed(lock, reading.read)), encoding="utf-8")
    return faults


def _settings_faults(home: Path) -> Iterator[Fault]:
    """What is wrong with the folder's own policy and red flags."""
    for name, read in (("policy.yaml", read_policy), ("red_flags.yaml", read_red_flags)):
        try:
            read(beside(home, name))
        except InputError as error:
            yield MalformedPolicy(error.where, f"{error.what}; {error.remedy}".removesuffix("; "))
    flags = home / "red_flags.yaml"
    if flags.exists():
        yield from _red_flag_faults(flags)


def _red_flag_faults(path: Path) -> Iterator[Fault]:
    try:
        yield from red_flag_faults(read_red_flags(path).values(), read_yaml(path))
    except InputError:
        return
