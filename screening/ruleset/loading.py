"""Rules from their files: read, typed, and refused with all faults at once.

A folder of rules holds one YAML file a rule, `policy.yaml` and `red_flags.yaml`; what a site's own
folder lacks of the last two is taken from the bundled rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from screening.errors import InputError, RuleError
from screening.resources import bundled
from screening.ruleset.clauses import Clause, ClauseError, nearest, read_clause
from screening.ruleset.exceptions import RuleException
from screening.ruleset.faults import Fault, MalformedRule, TypeMismatch, UnknownField
from screening.ruleset.policy import Policy, RedFlag
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.yaml_source import Place, Source, Tree, read_yaml

_NOT_RULES = {"policy.yaml", "red_flags.yaml"}
_MODELS: dict[str, type[MatchRule] | type[CombineRule]] = {"match": MatchRule, "combine": CombineRule}
_LATER = {"count", "sequence", "change"}

Model = TypeVar("Model", bound=BaseModel)


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
    def combine_rules(self) -> tuple[CombineRule, ...]:
        """The active rules over findings."""
        return tuple(r for r in self.rules if isinstance(r, CombineRule) and r.active)

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id. Raises RuleError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id.upper():
                return rule
        raise RuleError([f"{rule_id}: no such rule{nearest(rule_id.upper(), [r.id for r in self.rules])}"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of rules holds: the rules that could be read, and the faults of the others."""

    rules: tuple[Rule, ...]
    sources: dict[str, Source]
    faults: tuple[Fault, ...]
    files: tuple[Path, ...]


def load_rules(folder: Path | None = None) -> RuleSet:
    """The rules of a folder, or the bundled ones. Raises RuleError with every fault of every file."""
    home = folder or bundled("rules")
    reading = read_folder(home)
    if reading.faults:
        raise RuleError([str(fault) for fault in reading.faults])
    if not reading.rules:
        raise RuleError([f"{home}: holds no rule; a rule is a YAML file with an id, such as GDS-011"])
    policy, flags = _beside(home, "policy.yaml"), _beside(home, "red_flags.yaml")
    return RuleSet(
        rules=tuple(sorted(reading.rules, key=lambda rule: rule.id)),
        policy=read_policy(policy),
        red_flags=read_red_flags(flags),
        sources=reading.sources,
        digest=digest_of([*reading.files, policy, flags]),
    )


def _beside(folder: Path, name: str) -> Path:
    own = folder / name
    return own if own.exists() else bundled("rules") / name


def digest_of(files: Iterable[Path]) -> str:
    """The SHA-256 of the files' bytes in the order of their names, whatever folder holds them."""
    total = sha256()
    for path in sorted(files, key=lambda p: (p.name, str(p))):
        total.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()


def rule_files(folder: Path) -> tuple[Path, ...]:
    """Every rule file of a folder, exceptions aside, in the order of their paths."""
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder of rules", "name a folder that holds rule files")
    found = (p for p in folder.rglob("*.y*ml") if p.suffix in {".yaml", ".yml"})
    return tuple(sorted(p for p in found if p.name not in _NOT_RULES and "exceptions" not in p.parts))


def read_folder(folder: Path) -> Reading:
    """The rules of a folder and the faults of those that can't be read."""
    rules: list[Rule] = []
    sources: dict[str, Source] = {}
    faults: list[Fault] = []
    files = rule_files(folder)
    for path in files:
        rule, source, found = read_rule(path, folder)
        faults.extend(found)
        if rule is not None and source is not None:
            rules.append(rule)
            sources.setdefault(rule.id, source)
    return Reading(tuple(rules), sources, tuple(faults), files)


def read_rule(path: Path, folder: Path) -> tuple[Rule | None, Source | None, list[Fault]]:
    """The rule of one file, its source, and its faults; no rule when there are any."""
    try:
        source = read_yaml(path, path.relative_to(folder).as_posix())
    except InputError as error:
        return None, None, [MalformedRule(error.where, error.what)]
    tree = source.tree
    if not isinstance(tree, dict):
        return None, source, [MalformedRule(source.where(), "is no rule; a rule is a mapping with an id")]
    kind = str(tree.get("kind"))
    if kind not in _MODELS:
        return None, source, [MalformedRule(source.where(("kind",)), _kind_problem(kind))]
    prepared, faults = _prepared(tree, kind, source)
    if faults:
        return None, source, faults
    try:
        return _MODELS[kind].model_validate(prepared), source, []
    except ValidationError as error:
        return None, source, _model_faults(error, source, _MODELS[kind])


def _kind_problem(kind: str) -> str:
    if kind in _LATER:
        return f"kind {kind} (a rule over time) is not supported by this version; match and combine are"
    return f"kind is {kind}; it must be match or combine"


def _prepared(tree: dict[str, Tree], kind: str, source: Source) -> tuple[dict[str, object], list[Fault]]:
    prepared: dict[str, object] = dict(tree)
    tests = tree.get("tests")
    if isinstance(tests, list):
        prepared["tests"] = [_flat_test(test) for test in tests]
    if kind == "combine":
        return prepared, []
    clauses, faults = _clauses(tree.get("when"), source)
    prepared["when"] = clauses
    return prepared, faults


def _flat_test(test: Tree) -> object:
    if not isinstance(test, dict) or not isinstance(test.get("shipment"), dict):
        return test
    shipment = test["shipment"]
    assert isinstance(shipment, dict)
    return {
        **test,
        "shipment": {k: ";".join(map(str, v)) if isinstance(v, list) else v for k, v in shipment.items()},
    }


def _clauses(when: Tree | None, source: Source) -> tuple[dict[str, Clause], list[Fault]]:
    if not isinstance(when, dict) or not when:
        return {}, [MalformedRule(source.where(("when",)), "`when` must name at least one clause")]
    clauses: dict[str, Clause] = {}
    faults: list[Fault] = []
    for name, stated in when.items():
        where = source.where(("when", name))
        try:
            clauses[name] = read_clause(name, dict(stated) if isinstance(stated, dict) else {})
        except ClauseError as error:
            fault = UnknownField if "no such field" in str(error) else TypeMismatch
            faults.append(fault(where, f"clause {name}: {error}"))
    return clauses, faults


def _model_faults(error: ValidationError, source: Source, model: type[BaseModel]) -> list[Fault]:
    faults: list[Fault] = []
    for item in error.errors():
        place: Place = tuple(item["loc"])
        what = ".".join(map(str, place)) or "the rule"
        problem = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            problem = f"no such key{nearest(str(place[-1]), list(model.model_fields))}"
        faults.append(MalformedRule(source.where(place), f"{what}: {problem}"))
    return faults


def read_policy(path: Path) -> Policy:
    """The policy of a file."""
    return _validated(Policy, read_yaml(path))


def read_red_flags(path: Path) -> dict[str, RedFlag]:
    """The published red flags of a file, by their ids."""
    flags = _validated_list(RedFlag, read_yaml(path))
    return {flag.id: flag for flag in flags}


def read_exceptions(folder: Path) -> tuple[RuleException, ...]:
    """A site's suppressions, from every YAML file of a folder, in the order of their ids."""
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder of exceptions", "name a folder that holds YAML files")
    files = sorted(p for p in folder.rglob("*.y*ml") if p.suffix in {".yaml", ".yml"})
    found = [e for path in files for e in _validated_list(RuleException, read_yaml(path))]
    ids = [e.id for e in found]
    for repeated in sorted({i for i in ids if ids.count(i) > 1}):
        raise InputError(str(folder), f"two exceptions have the id {repeated}", "give each an id of its own")
    return tuple(sorted(found, key=lambda e: e.id))


def _validated_list(model: type[Model], source: Source) -> Sequence[Model]:
    tree = source.tree
    items = tree if isinstance(tree, list) else [tree] if tree else []
    return [
        _validated(model, source, item, (i,) if isinstance(tree, list) else ())
        for i, item in enumerate(items)
    ]


def _validated(model: type[Model], source: Source, tree: Tree | None = None, at: Place = ()) -> Model:
    try:
        return TypeAdapter(model).validate_python(source.tree if tree is None else tree)
    except ValidationError as error:
        item = error.errors()[0]
        place = (*at, *item["loc"])
        what = ".".join(map(str, item["loc"]))
        raise InputError(source.where(place), f"{what}: {item['msg']}".lstrip(": ")) from None
