"""Random cases are the same everywhere that `CI` is set, so that a red build can be repeated."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from hypothesis import settings

from screening import Screener

pytest_plugins = ["tests.databases"]
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def no_lists_of_the_user(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], AbstractContextManager[None]]:
    """A context without the lists that the user of this machine has imported."""
    home = tmp_path_factory.mktemp("home") / "none"

    @contextmanager
    def apart() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("SCREENING_HOME", str(home))
            yield

    return apart


@pytest.fixture(scope="session")
def screener(no_lists_of_the_user: Callable[[], AbstractContextManager[None]]) -> Screener:
    """The bundled rules and lists."""
    with no_lists_of_the_user():
        return Screener()
