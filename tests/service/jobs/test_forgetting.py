"""Who is forgotten is looked for in every file of a job, whatever its format; what tells of them goes."""

import gzip
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from screening.service.jobs.folder import JobFolder
from screening.service.jobs.forgetting import InFiles, TellsOf, forget_in_files, party_told, shipment_told
from screening.service.settings import Settings
from screening.store import jobs
from screening.store.database import Database
from screening.store.jobs import NewJob

JOB = "a" * 24
IVAN = party_told("Ivan Petrov", ["PETROV, Ivan"])
Write = Callable[[Path], object]


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    return Settings.read({}, database=url, jobs_folder=str(tmp_path / "jobs"))


def text(*lines: str) -> Write:
    return lambda path: path.write_text("\n".join(lines))


def queued(settings: Settings, database: Database, write: Write, mapping: str | None = None) -> JobFolder:
    folder = JobFolder.of(settings, JOB)
    folder.incoming("book").parent.mkdir(parents=True)
    write(folder.incoming("book"))
    if mapping:
        folder.mapping.write_text(mapping)
    database.write(lambda tx: jobs.queue(tx, NewJob(JOB, "book", "0" * 64, 9, False), "key:1"))
    database.write(lambda tx: jobs.take(tx, "w", 1))
    return folder


def failed(settings: Settings, database: Database, write: Write, mapping: str | None = None) -> JobFolder:
    folder = queued(settings, database, write, mapping)
    database.write(lambda tx: jobs.fail(tx, JOB, "w", 'no column among "Ivan Petrov"'))
    return folder


def forgotten(settings: Settings, database: Database, tells_of: TellsOf = IVAN) -> InFiles:
    return forget_in_files(settings, database, tells_of, "ada")


HEADER = "shipment_id,shipment_date,consignee_name,note"
TELLING = [
    text(HEADER, "S1,2024-11-20,PETROV Ivan,"),
    text(HEADER, "S1,20 Nov,Ivan Petrov,"),
    text(HEADER, "S1,2024-11-20,Azu,ask IVAN PETROV at noon"),
    text(HEADER, 'S1,2024-11-20,Azu,"from PETROV, Ivan"'),
    text(HEADER, "S1,2024-11-20,Azu,,Ivan Petrov,too many"),
    text('{"shipment_id": "S1", "end_user_name": "Iv\\u0061n Petrov"}'),
    lambda path: path.write_bytes(gzip.compress(f"{HEADER}\nS1,,Ivan Petrov,".encode())),
    lambda path: pl.DataFrame({"shipment_id": ["S1"], "payer_name": ["Ivan Petrov"]}).write_parquet(path),
    text("Ivan Petrov;Elm Street"),
]


@pytest.mark.parametrize("write", TELLING)
def test_a_file_that_tells_of_the_person_is_removed(
    settings: Settings, database: Database, write: Write
) -> None:
    folder = failed(settings, database, write)
    assert forgotten(settings, database) == InFiles([JOB], [])
    assert not folder.path.exists()
    with database.reading() as tx:
        found = jobs.job(tx, JOB)
    assert found["files_removed_at"] and "Petrov" not in found["fault"]


def test_a_file_that_tells_of_others_stays(settings: Settings, database: Database) -> None:
    folder = failed(settings, database, text(HEADER, "S1,2024-11-20,Ertis Line LLP,Ivan Petrovka street"))
    assert forgotten(settings, database) == InFiles([], [])
    assert folder.path.exists()


def test_a_mapping_may_name_the_person(settings: Settings, database: Database) -> None:
    failed(settings, database, text("shipment_id", "S1"), "constants: {exporter_name: PETROV Ivan}")
    assert forgotten(settings, database) == InFiles([JOB], [])


def test_a_file_with_the_shipment_is_removed(settings: Settings, database: Database) -> None:
    failed(settings, database, text(HEADER, "S1,20 Nov,Azu,", "S12,2024-11-20,Azu,"))
    assert forgotten(settings, database, shipment_told("S2")) == InFiles([], [])
    assert forgotten(settings, database, shipment_told("S1")) == InFiles([JOB], [])


def test_a_job_under_way_is_left_and_named(settings: Settings, database: Database) -> None:
    folder = queued(settings, database, text(HEADER, "S1,2024-11-20,Ivan Petrov,"))
    assert forgotten(settings, database) == InFiles([], [JOB])
    assert folder.path.exists()


def test_a_job_whose_files_are_on_another_machine_is_named(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    failed(settings, database, text(HEADER, "S1,2024-11-20,Ivan Petrov,"))
    elsewhere = settings.model_copy(update={"jobs_folder": str(tmp_path / "elsewhere")})
    assert forgotten(elsewhere, database) == InFiles([], [JOB])
