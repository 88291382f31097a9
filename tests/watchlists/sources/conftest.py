"""Lists written for one test, in the layouts of the authorities, with parties that nobody knows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screening.watchlists.entry import Snapshot
from screening.watchlists.sources import read_list

ListOf = Callable[..., Snapshot]


@pytest.fixture
def list_of(tmp_path: Path) -> ListOf:
    """The list that a file with this text is read as."""

    def snapshot(text: str, name: str = "list.txt") -> Snapshot:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_list(path)

    return snapshot
