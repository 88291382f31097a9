"""Rule files read into rules: typed, each fault with its line, all faults of a folder at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from screening.errors import InputError
from screening.ruleset.faults import Fault, MalformedRule, TypeMismatch, UnknownField
from screening.ruleset.kept_sources import Read, read_sources
from screening.ruleset.measures import UNFIT_FIELD, UNKNOWN_FIELD
from screening.ruleset.rule import CombineRule, MatchRule, Rule
from screening.ruleset.stated_clauses import with_clauses
from screening.ruleset.steps import step_faults
from screening.ruleset.validation import problems
from screening.ruleset.windows import ChangeRule, CountRule, SequenceRule
from screening.ruleset.yaml_source import Source, Tree

_NOT_RULES = {"policy.yaml", "red_flags.yaml"}
_MODELS: dict[str, type[Rule]] = {
    "match": MatchRule,
    "count": CountRule,
    "sequence": SequenceRule,
    "change": ChangeRule,
    "combine": CombineRule,
}
_FAULTS: dict[str, type[Fault]] = {UNKNOWN_FIELD: UnknownField, UNFIT_FIELD: TypeMismatch}


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
    for source in read_sources([(path, path.relative_to(folder).as_posix()) for path in files]):
        found = _rule_of(source)
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
    (source,) = read_sources([(path, name)])
    return _rule_of(source)


def _rule_of(source: Read) -> RuleFile | list[Fault]:
    if isinstance(source, InputError):
        return [MalformedRule(source.where, f"{source.what}; {source.remedy}".removesuffix("; "))]
    return read_tree(source)


def read_tree(source: Source) -> RuleFile | list[Fault]:
    """The rule of a tree, or all its faults when it has any."""
    if not isinstance(source.tree, dict):
        return [MalformedRule(source.where(), "is no rule; a rule is a mapping with an id")]
    kind = str(source.tree.get("kind", "missing"))
    if kind not in _MODELS:
        what = f"kind is {kind}; it must be {', '.join(_MODELS)}"
        return [MalformedRule(source.where(("kind",)), " or ".join(what.rsplit(", ", 1)))]
    return _typed(source, source.tree, _MODELS[kind])


def _typed(source: Source, tree: dict[str, Tree], model: type[Rule]) -> RuleFile | list[Fault]:
    stated, faults = with_clauses(source, tree)
    if isinstance(tests := tree.get("tests"), list):
        stated["tests"] = [_flat_test(test) for test in tests]
    try:
        rule = model.model_validate(stated)
    except ValidationError as error:
        return [*faults, *_model_faults(error, source, model)]
    if isinstance(rule, SequenceRule):
        faults.extend(step_faults(rule, source))
    return faults or RuleFile(rule, source)


def _model_faults(error: ValidationError, source: Source, model: type[Rule]) -> Iterator[Fault]:
    for item, problem in zip(error.errors(), problems(error, source, model), strict=True):
        yield _FAULTS.get(item["type"], MalformedRule)(*problem)


def _flat_test(test: Tree) -> object:
    """The test with the lists of its shipments (`transit_countries: [TR, RU]`) as a cell writes them."""
    if not isinstance(test, dict):
        return test
    flat: dict[str, object] = dict(test)
    if "shipment" in test:
        flat["shipment"] = _flat_cells(test["shipment"])
    if isinstance(story := test.get("shipments"), list):
        flat["shipments"] = [_flat_cells(shipment) for shipment in story]
    return flat


def _flat_cells(shipment: Tree) -> object:
    if not isinstance(shipment, dict):
        return shipment
    return {k: ";".join(map(str, v)) if isinstance(v, list) else v for k, v in shipment.items()}
