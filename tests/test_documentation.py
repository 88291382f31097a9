"""The documents are complete: every page is listed, every link leads somewhere, every command exists."""

import re
from pathlib import Path

import pytest

from screening.service.app import create_app
from screening.service.settings import Settings
from screening.shipment import COLUMNS, ROLES, Kind

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_leads_to_a_file(page: Path) -> None:
    broken = [target for target in LINK.findall(text(page)) if not (page.parent / target).exists()]
    assert broken == []


def test_the_index_lists_every_page() -> None:
    indexes = [DOCS / "README.md", DOCS / "rules" / "README.md"]
    listed = {(index.parent / target).resolve() for index in indexes for target in LINK.findall(text(index))}
    assert [p.name for p in DOCS.rglob("*.md") if p != indexes[0] and p.resolve() not in listed] == []


def test_every_make_command_in_the_documents_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([\w-]+)", text(page))}
    assert named - targets == set()


def test_every_column_stands_on_the_page_of_columns_and_no_other() -> None:
    told = set(re.findall(r"^\| (`[^|]+) \|", text(DOCS / "columns.md"), re.MULTILINE))
    named = {name for cell in told for name in re.findall(r"`(\w+)`", cell)}
    spread = {name.replace("ROLE", role) for name in named for role in ROLES}
    assert COLUMNS.keys() <= spread
    assert {name for name in named if "ROLE" not in name} <= COLUMNS.keys()


def test_every_kind_of_cell_is_explained() -> None:
    said = {Kind.HS_CODE: "HS code", Kind.LOCODE: "UN/LOCODE", Kind.YES_NO: "yes or no"}
    explained = set(re.findall(r"^\| ([\w/ ]+) \| ", text(DOCS / "columns.md"), re.MULTILINE))
    assert {said.get(kind, kind.value) for kind in Kind} <= explained


def test_every_setting_of_the_service_stands_on_its_page() -> None:
    table = text(DOCS / "service.md").partition("## Settings")[2]
    assert {name.lower() for name in re.findall(r"`([A-Z_]+)`", table)} == Settings.model_fields.keys()


def test_every_route_on_the_page_of_the_service_exists(tmp_path: Path) -> None:
    named = re.findall(r"(?<=[`\s])(/[a-z]+[\w/{}]*)[`?]", text(DOCS / "service.md"))
    routes = create_app(Settings.read({}, database=str(tmp_path / "store"))).openapi()["paths"]
    there = {re.sub(r"{\w+}", "{}", path) for path in [*routes, "/openapi.json"]}
    assert {re.sub(r"{\w+}", "{}", path) for path in named} - there == set()
    assert len(named) > len(there) / 2
