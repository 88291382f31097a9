"""A file as it comes in: written to the disk part by part, so that its size costs no memory."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request

from screening.service.jobs.folder import JobFolder, safe_name
from screening.service.jobs.mapped import kept_mapping
from screening.service.problems import Problem, invalid

FIELD = "file"
"""The field of a form that holds the file."""
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is on the disk, and the digest of the mapping that came with it."""

    file: str
    digest: str
    size: int
    mapping: str | None = None


async def received(request: Request, folder: JobFolder, name: str | None) -> Received:
    """The file of a request, which is the body itself or a field of a form; nothing is left of half a file.

    Raises Problem 422 for a form without a file, for an empty one, and for a mapping that can't be used.
    """
    coming = folder.coming
    try:
        file = await _received(request, coming, name)
        await run_in_threadpool(_arrive, coming, folder)
        return file
    except BaseException:
        # A client that goes away in the midst of its file ends the task, which is no Exception.
        coming.remove()
        raise


def _arrive(coming: JobFolder, folder: JobFolder) -> None:
    coming.path.rename(folder.path)
    _sync_folder(folder.path.parent)


async def _received(request: Request, folder: JobFolder, name: str | None) -> Received:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await _written(request.stream(), folder, name or "shipments")
    async with request.form(max_files=2, max_fields=8) as form:
        upload = form.get(FIELD)
        if not isinstance(upload, UploadFile):
            raise invalid([{"pointer": f"/{FIELD}", "detail": "the form has no file under this name"}])
        mapping = await kept_mapping(form, folder.mapping)
        file = await _written(_parts(upload), folder, name or upload.filename or "shipments")
        return replace(file, mapping=mapping)


async def _parts(upload: UploadFile) -> AsyncIterator[bytes]:
    while part := await upload.read(_AT_ONCE):
        yield part


async def _written(parts: AsyncIterator[bytes], folder: JobFolder, name: str) -> Received:
    path = folder.incoming(safe_name(name))
    path.parent.mkdir(parents=True)
    digest, size, held = sha256(), 0, bytearray()
    with path.open("wb") as file:
        async for part in parts:
            held += part
            if len(held) >= _AT_ONCE:
                digest.update(held)
                size += await run_in_threadpool(file.write, bytes(held))
                held.clear()
        digest.update(held)
        size += file.write(held)
        await run_in_threadpool(_sync, file)
    if not size:
        raise Problem(422, "the file is empty; send CSV, JSON lines, Parquet or Arrow")
    return Received(path.name, digest.hexdigest(), size)


def _sync(file: BinaryIO) -> None:
    """The file and its name are on the disk: an answered request outlives a power cut."""
    file.flush()
    os.fsync(file.fileno())
    for folder in islice(Path(file.name).parents, 2):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
