"""The wheel holds the package and all that it looks for beside itself, so that it works from any folder."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

from screening.resources import bundled

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel."""
    folder = str(tmp_path_factory.mktemp("wheel"))
    (built,) = WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"])
    with ZipFile(built) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("name", ["rules", "watchlists", "seeds/articles", "scenarios", "demo"])
def test_the_wheel_holds_every_bundled_file(wheel: set[str], name: str) -> None:
    folder = bundled(name)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files
    assert {f"screening/_bundled/{name}/{file}" for file in files} - wheel == set()


def test_the_wheel_holds_the_word_lists_of_every_module(wheel: set[str]) -> None:
    lists = {path.relative_to(ROOT).as_posix() for path in (ROOT / "screening").rglob("*.csv")}
    assert lists - wheel == set()
    assert "screening/py.typed" in wheel


def test_the_wheel_holds_nothing_outside_the_package(wheel: set[str]) -> None:
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"screening"}
