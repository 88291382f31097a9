"""Where the files of a job stand: what came in, what comes of it, and what is done so far."""

import os
import re
import shutil
from dataclasses import dataclass
from math import inf
from pathlib import Path

from sqlalchemy import make_url

from screening.options import Options
from screening.service.settings import Settings
from screening.watchlists.store import home

_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 100
_OUTPUT = "alerts.jsonl"
_MAPPING = "mapping.yaml"
_COMING = ".part"


@dataclass(frozen=True, slots=True)
class JobFolder:
    """The folder of one job."""

    path: Path

    @classmethod
    def of(cls, settings: Settings, job_id: str) -> "JobFolder":
        """The folder of that job, where the settings have those of all jobs."""
        return cls(jobs_folder(settings) / job_id)

    @property
    def coming(self) -> "JobFolder":
        """Where its file is until all of it has come in."""
        return JobFolder(self.path.with_name(self.path.name + _COMING))

    @property
    def alerts(self) -> Path:
        """The result, as lines of JSON."""
        return self.path / _OUTPUT

    @property
    def table(self) -> Path:
        """The result, as Parquet."""
        return self.path / "alerts.parquet"

    @property
    def rejects(self) -> Path:
        """The rows that could not be read, as CSV."""
        return self.path / f"{_OUTPUT}.rejects.csv"

    @property
    def manifest(self) -> Path:
        """What the result rests on; it is written last."""
        return self.path / f"{_OUTPUT}.manifest.json"

    def incoming(self, file: str) -> Path:
        """Where the file of the job stands."""
        return self.path / "in" / file

    @property
    def mapping(self) -> Path:
        """What the file's headers mean, where that was sent with it."""
        return self.path / _MAPPING

    def remove(self) -> None:
        """Nothing of the job is left on the disk."""
        shutil.rmtree(self.path, ignore_errors=True)


def unfinished(settings: Settings, before: float) -> list[JobFolder]:
    """Where files came in that nothing was added to since that moment (seconds since 1970)."""
    parts = jobs_folder(settings).glob(f"*{_COMING}")
    return [JobFolder(path) for path in parts if _changed(path) < before]


def _changed(path: Path) -> float:
    """When something in the folder changed last; a folder that goes away meanwhile has just changed."""
    try:
        return max(part.stat().st_mtime for part in (path, *path.rglob("*")))
    except OSError:
        return inf


def options(folder: JobFolder, file: str, settings: Settings, everything: bool) -> Options:
    """What a job asks of a run whose working folder is the job's: results name the file alone."""
    return Options(
        sources=[os.path.join("in", file)],
        output=_OUTPUT,
        mapping=_MAPPING if folder.mapping.exists() else None,
        rules=settings.rules,
        watchlists=settings.watchlists,
        bundled=settings.bundled,
        exceptions=settings.exceptions,
        rates=settings.rates,
        everything=everything,
    )


def jobs_folder(settings: Settings) -> Path:
    """The folder that holds those of all jobs."""
    if settings.jobs_folder:
        return Path(settings.jobs_folder).absolute()
    place = settings.database.get_secret_value()
    if "://" not in place:
        return Path(f"{place}.jobs").absolute()
    url = make_url(place)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(f"{url.database}.jobs").absolute()
    return home() / "jobs"


def safe_name(name: str) -> str:
    """A file name that says the same and is no path."""
    return (
        _UNSAFE.sub("_", name.replace("\\", "/").rpartition("/")[2])[-_LONGEST:].lstrip("._") or "shipments"
    )
