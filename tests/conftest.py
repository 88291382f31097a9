"""Random cases are the same everywhere that `CI` is set, so that a red build can be repeated."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from screening import Screener

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screener]:
    """The bundled rules and lists, without what the user of this machine has imported."""
    home: Path = tmp_path_factory.mktemp("home") / "none"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SCREENING_HOME", str(home))
        yield Screener()
