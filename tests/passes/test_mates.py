"""Worker processes are started when they are worth it, and make ready beside the run."""

from pathlib import Path

import pytest

from screening.options import Options
from screening.passes.mates import Mates
from screening.run import run
from tests.passes.books import outputs, screened, write


def sized(path: Path, megabytes: int) -> str:
    """The name of a file of that size."""
    with path.open("wb") as file:
        file.truncate(megabytes * 2**20)
    return str(path)


@pytest.mark.parametrize(
    ("megabytes", "count", "started"), [(31, 3, 0), (40, 3, 1), (70, 3, 2), (70, 1, 1), (70, 0, 0)]
)
def test_as_many_are_started_at_once_as_files_are_worth(
    tmp_path: Path, megabytes: int, count: int, started: int
) -> None:
    files = [sized(tmp_path / "large.csv", megabytes), str(tmp_path / "none.csv"), "-"]
    with Mates(count) as mates:
        mates.start_for(files)
        assert len(mates.all) == started


def test_those_that_were_started_early_do_the_same(tmp_path: Path) -> None:
    source = write(tmp_path / "in.csv", 600)
    alone = tmp_path / "alone" / "out.jsonl"
    alone.parent.mkdir()
    screened(source, alone, batch_rows=20)
    together = tmp_path / "together" / "out.jsonl"
    together.parent.mkdir()
    options = Options([str(source)], str(together), workers=2, batch_rows=20)
    with Mates(1) as mates:
        mates.start_for([sized(tmp_path / "large", 40)])
        mates.prepare(options)
        run(options, mates=mates)
    assert outputs(together) == outputs(alone)
