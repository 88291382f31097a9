"""The package keeps its shape: imports point one way, modules stay small, public names are sorted."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import screening

PACKAGE = Path(__file__).parents[1] / "screening"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 450
VAGUE = {"common", "data", "handle", "handler", "helpers", "manager", "misc", "process", "utils"}

# From the ground up; a part may import its own layer and those before it.
LAYERS = (
    {
        "abreast",
        "errors",
        "field",
        "fields",
        "goods_fields",
        "paper_fields",
        "party_fields",
        "phrases",
        "remembered",
    }
    | {"resources", "result", "route_fields", "shelf", "shipment", "singly", "sparse_tables", "sqlite_file"}
    | {"version", "written"},
    {"addresses", "contacts", "goods", "names", "papers", "places", "ruleset", "watchlists"},
    {
        "address_matches",
        "amendments",
        "cargo",
        "engine",
        "enrich",
        "field_plan",
        "field_step",
        "flows",
        "history",
        "io",
        "matched",
        "parties",
        "policy",
        "readings",
    },
    {"clearance", "mistaken", "openness", "outcome", "suppression", "timeline"},
    {"desk"},
    {"screened"},
    {"screener"},
    {"options", "provenance"},
    {"passes"},
    {"junit", "perturb", "rescreen", "rule_tests", "run", "scenarios", "soundness", "store", "suite"},
    {"__init__", "__main__", "cli", "client", "seeds", "service", "spark"},
)
LEVEL = {part: level for level, layer in enumerate(LAYERS) for part in layer}


def part_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def part_named(dotted: str) -> str:
    """The part of the package that an import names; `__init__` for the package itself."""
    first = dotted.split(".")[1] if "." in dotted else ""
    return first if (PACKAGE / first).is_dir() or (PACKAGE / f"{first}.py").is_file() else "__init__"


def imported_names(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: import by the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_parts(module: Path) -> set[str]:
    ours = {name for name in imported_names(module) if name.split(".")[0] == "screening"}
    return {part_named(name) for name in ours} - {part_of(module)}


def test_every_part_has_its_place_in_the_layers() -> None:
    assert {part_of(module) for module in MODULES} - LEVEL.keys() == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_nothing_from_above(module: Path) -> None:
    level = LEVEL.get(part_of(module), 0)
    above = {part for part in imported_parts(module) if LEVEL.get(part, 0) > level}
    assert above == set()


def test_no_two_parts_import_each_other() -> None:
    imports: dict[str, set[str]] = {}
    for module in MODULES:
        imports.setdefault(part_of(module), set()).update(imported_parts(module))
    assert set(TopologicalSorter(imports).static_order()) >= imports.keys()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_and_says_why_it_exists(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST
    assert not text or ast.get_docstring(ast.parse(text))


def test_modules_are_named_by_nouns_of_the_domain() -> None:
    assert {module.stem for module in MODULES} & VAGUE == set()


def test_public_names_are_sorted_and_there() -> None:
    assert list(screening.__all__) == sorted(screening.__all__)
    assert [name for name in screening.__all__ if not hasattr(screening, name)] == []


def test_the_names_of_the_contract_are_public() -> None:
    assert {"Screener", "Shipment"} <= set(screening.__all__)
