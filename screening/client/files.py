"""Files of shipments, screened behind the requests."""

import csv
import datetime as dt
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from screening.client.pages import pages
from screening.client.shown import Shown, result_of
from screening.client.subject import Subject
from screening.result import Screening

JobState = Literal["queued", "running", "done", "failed"]


class Job(Shown):
    """How far a job is, and what came of it."""

    id: str
    file: str
    sha256: str
    bytes: int
    all: bool
    state: JobState
    rows_done: int
    rows_total: int | None
    counts: dict[str, int] | None
    fault: str | None
    run: str | None
    created_at: dt.datetime
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    files_removed_at: dt.datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ("done", "failed")


class ScreeningFiles(Subject):
    """`/jobs`."""

    def queue_job(
        self,
        file: Path | BinaryIO,
        *,
        all: bool = False,
        name: str | None = None,
        mapping: Path | None = None,
    ) -> Job:
        """The job that screens a file, which is sent as it is read; however often that takes, it is one job.

        With `all` clear shipments stand in the result too; `mapping` says what the headers of the file mean.
        """
        if isinstance(file, Path):
            with file.open("rb") as opened:
                return self.queue_job(opened, all=all, name=name or file.name, mapping=mapping)
        asked = {"all": "true" if all else "false", "name": name}
        if mapping is None:
            return Job.model_validate_json(self._sender.upload("/jobs", file, **asked).content)
        parts = {"file": file, "mapping": mapping.read_bytes()}
        return Job.model_validate_json(self._sender.upload_form("/jobs", parts, **asked).content)

    def list_jobs(self, limit: int = 50) -> Iterator[Job]:
        """The jobs, the newest first, fetched `limit` at a time."""
        return pages(self._sender, "/jobs", Job, limit=limit)

    def show_job(self, job: str) -> Job:
        """How far the job is."""
        return Job.model_validate_json(self._sender.get(f"/jobs/{job}").content)

    def wait_for_job(
        self, job: str, progress: Callable[[Job], None] | None = None, every: float = 1.0
    ) -> Job:
        """The job when it has ended, done or failed; `progress` is told now and then how far it is."""
        while not (found := self.show_job(job)).ended:
            if progress:
                progress(found)
            time.sleep(every)
        return found

    def job_result(self, job: str) -> Iterator[Screening]:
        """The results of a job that is done, read as they come."""
        with self._sender.reading(f"/jobs/{job}/result", format="jsonl") as answer:
            for line in _lines(answer.iter_bytes()):
                yield result_of(json.loads(line))

    def save_result(self, job: str, path: Path, format: Literal["jsonl", "parquet"] = "jsonl") -> None:
        """Writes the result of a job that is done to a file."""
        with self._sender.reading(f"/jobs/{job}/result", format=format) as answer, path.open("wb") as file:
            for part in answer.iter_bytes():
                file.write(part)

    def job_rejects(self, job: str) -> list[dict[str, str]]:
        """The rows of a job that could not be read, each with what is wrong in it."""
        text = self._sender.get(f"/jobs/{job}/rejects").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def delete_job(self, job: str) -> None:
        """Deletes a job with its files; the alerts that came of it stay."""
        self._sender.delete(f"/jobs/{job}")


def _lines(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The lines that end in a line feed: texts in them may hold other characters that end lines."""
    begun = b""
    for part in parts:
        *whole, begun = (begun + part).split(b"\n")
        yield from whole
    if begun:
        yield begun
