"""The repository keeps its frame: what stands at the top, one version, nothing of one machine."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from screening.service.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDERS = {".ci", "docs", "rules", "screening", "seeds", "tests", "watchlists"}
FILES = {
    ".dockerignore",
    ".env.example",
    ".gitattributes",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "compose.yaml",
    "pyproject.toml",
    "requirements-service.lock",
    "requirements-spark.lock",
    "requirements.lock",
}
LOCKS = {
    "requirements.lock": "dev",
    "requirements-service.lock": "service",
    "requirements-spark.lock": "spark",
}
OF_A_SOURCE_ARCHIVE = {"PKG-INFO"}
OF_ONE_MACHINE = re.compile(rf"{re.escape(str(ROOT))}/|/(?:home|root|Users)/\w")


def ignored(path: Path) -> bool:
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    return any(fnmatch(path.name, pattern.strip("/")) for pattern in patterns)


def texts() -> list[Path]:
    """Every file of the repository that holds text."""
    within = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    kept = [path for path in within if not any(map(ignored, (path, *path.parents)))]
    kept += [ROOT / name for name in FILES if (ROOT / name).is_file()]
    return [path for path in kept if b"\0" not in path.read_bytes()]


def test_the_top_level_holds_what_was_agreed() -> None:
    shown = {path.name for path in ROOT.iterdir() if path.name[0] != "." and not ignored(path)}
    assert shown - FOLDERS - FILES - OF_A_SOURCE_ARCHIVE == set()


@pytest.mark.parametrize("name", sorted(FOLDERS | FILES))
def test_what_was_agreed_is_there(name: str) -> None:
    assert (ROOT / name).exists()


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == project["version"]


def test_no_text_names_a_folder_of_one_machine() -> None:
    found = {
        p.name for p in texts() if OF_ONE_MACHINE.search(p.read_text(encoding="utf-8", errors="replace"))
    }
    assert found == set()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_hashes_and_no_host(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    pinned = re.findall(r"^\S+==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\w", lock, re.MULTILINE))


def versions(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(("name", "extra"), LOCKS.items())
def test_a_lock_file_covers_every_requirement(name: str, extra: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"][extra]}
    names = {re.split(r"[^\w.-]", wish)[0].replace(".", "-").lower() for wish in wanted}
    assert names - versions(name).keys() - {project["name"]} == set()


@pytest.mark.parametrize("name", sorted(LOCKS.keys() - {"requirements.lock"}))
def test_what_two_lock_files_have_is_the_same(name: str) -> None:
    one, other = versions("requirements.lock"), versions(name)
    assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()


def test_the_container_sets_what_the_service_can_be_told() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    named = {name.lower() for name in re.findall(r"^      SCREENING_(\w+):", compose, re.MULTILINE)}
    assert named
    assert named <= Settings.model_fields.keys()


def test_the_container_leaves_secrets_to_who_runs_it() -> None:
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?", compose))
    blank = re.findall(r"^(\w+)=$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert asked == set(blank)
    assert len(re.findall(r"\$\{", compose)) == len(re.findall(r"\$\{\w+:\?", compose))
