"""Rule files read into rules: typed, each fault with its line, all faults of a folder at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path

from pydantic import ValidationError

from screening.errors import InputError
from screening.ruleset.clauses import Clause, ClauseError, NoSuchField, read_clause
from screening.ruleset.conditions import ConditionError, clause_names, parse_condition
from screening.ruleset.faults import (
    Fault,
    MalformedCondition,
    MalformedRule,
    TypeMismatch,
    UnknownClause,
    UnknownField,
)
from screening.ruleset.nearest import nearest
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.validation import problems
from screening.ruleset.yaml_source import Source, Tree, read_yaml

_NOT_RULES = {"policy.yaml", "red_flags.yaml"}
_MODELS: dict[str, type[MatchRule] | type[CombineRule]] = {"match": MatchRule, "combine": CombineRule}
_LATER = {"count", "sequence", "change"}
_CLAUSE_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file that could be read as a rule."""

    rule: Rule
    source: Source


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of rules holds: the rules that could be read, and the faults of the others."""

    read: tuple[RuleFile, ...]
    faults: tuple[Fault, ...]
    files: tuple[Path, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order of their files."""
        return tuple(file.rule for file in self.read)


def read_folder(folder: Path) -> Reading:
    """The rules of a folder and the faults of those that can't be read."""
    files = rule_files(folder)
    read: list[RuleFile] = []
    faults: list[Fault] = []
    for path in files:
        found = read_rule(path, path.relative_to(folder).as_posix())
        if isinstance(found, RuleFile):
            read.append(found)
        else:
            faults.extend(found)
    return Reading(tuple(read), tuple(faults), files)


def rule_files(folder: Path) -> tuple[Path, ...]:
    """Every rule file of a folder, exceptions and hidden files aside, in the order of their paths."""
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder of rules", "name a folder that holds rule files")
    found = (p.relative_to(folder) for p in folder.rglob("*.y*ml") if p.suffix in {".yaml", ".yml"})
    wanted = (p for p in found if p.as_posix() not in _NOT_RULES and "exceptions" not in p.parts)
    # Editors and archives leave half files beside the real ones: `.rule.yaml`, `._rule.yaml`.
    return tuple(folder / path for path in sorted(wanted) if not path.name.startswith("."))


def read_rule(path: Path, name: str) -> RuleFile | list[Fault]:
    """The rule of one file, called `name` in its faults; or all its faults when it has any."""
    try:
        source = read_yaml(path, name)
    except InputError as error:
        return [MalformedRule(error.where, f"{error.what}; {error.remedy}".removesuffix("; "))]
    return read_tree(source)


def read_tree(source: Source) -> RuleFile | list[Fault]:
    """The rule of a tree, or all its faults when it has any."""
    if not isinstance(source.tree, dict):
        return [MalformedRule(source.where(), "is no rule; a rule is a mapping with an id")]
    kind = str(source.tree.get("kind", "missing"))
    if kind not in _MODELS:
        return [MalformedRule(source.where(("kind",)), _kind_problem(kind))]
    return _typed(source, source.tree, _MODELS[kind])


def _kind_problem(kind: str) -> str:
    if kind in _LATER:
        return f"kind {kind} (a rule over time) is not supported by this version; match and combine are"
    return f"kind is {kind}; it must be match or combine"


def _typed(
    source: Source, tree: dict[str, Tree], model: type[MatchRule] | type[CombineRule]
) -> RuleFile | list[Fault]:
    stated: dict[str, object] = dict(tree)
    faults: list[Fault] = []
    if isinstance(tests := tree.get("tests"), list):
        stated["tests"] = [_flat_test(test) for test in tests]
    if model is MatchRule:
        stated["when"], faults = _clauses(tree.get("when"), source)
        faults.extend(_condition_faults(tree, source))
    try:
        rule = model.model_validate(stated)
    except ValidationError as error:
        return [*faults, *(MalformedRule(*problem) for problem in problems(error, source, model))]
    return faults or RuleFile(rule, source)


def _flat_test(test: Tree) -> object:
    """The test with its lists (`transit_countries: [TR, RU]`) as a cell writes them."""
    if not isinstance(test, dict) or not isinstance(shipment := test.get("shipment"), dict):
        return test
    cells = {k: ";".join(map(str, v)) if isinstance(v, list) else v for k, v in shipment.items()}
    return {**test, "shipment": cells}


def _clauses(when: Tree | None, source: Source) -> tuple[dict[str, Clause], list[Fault]]:
    if not isinstance(when, dict) or not when:
        return {}, [MalformedRule(source.where(("when",)), "`when` must name at least one clause")]
    clauses: dict[str, Clause] = {}
    faults: list[Fault] = []
    for name, stated in when.items():
        where = source.where(("when", name))
        if iskeyword(name) or not _CLAUSE_NAME.fullmatch(name):
            what = f"`{name}` can't name a clause; use lower-case letters, digits and _, such as tier_1"
            faults.append(MalformedRule(where, what))
        try:
            clauses[name] = read_clause(name, stated)
        except ClauseError as error:
            kind = UnknownField if isinstance(error, NoSuchField) else TypeMismatch
            faults.append(kind(where, f"clause {name}: {error}"))
    return clauses, faults


def _condition_faults(tree: dict[str, Tree], source: Source) -> Iterator[Fault]:
    text, when = tree.get("condition"), tree.get("when")
    if not isinstance(text, str) or not isinstance(when, dict):
        return
    where = source.where(("condition",))
    try:
        names = dict.fromkeys(clause_names(parse_condition(text)))
    except ConditionError as error:
        yield MalformedCondition(where, str(error))
        return
    for name in (n for n in names if n not in when):
        yield UnknownClause(where, f"{name}: no such clause{nearest(name, list(when))}")
