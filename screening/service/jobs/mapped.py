"""The mapping file that may come with a file: short, so that it is read while its sender still listens."""

import os
from hashlib import sha256
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from screening.errors import InputError
from screening.io.mapping import read_mapping
from screening.service.problems import Problem, invalid

FIELD = "mapping"
"""The field of a form that holds it."""
LARGEST = 1_000_000
"""Bytes of a mapping file."""


async def kept_mapping(form: FormData, path: Path) -> str | None:
    """The digest of the form's mapping, which stands at the path then; None where none was sent.

    Raises Problem 422 for one that can't be used.
    """
    sent = form.get(FIELD)
    if sent is None:
        return None
    content = await sent.read(LARGEST + 1) if isinstance(sent, UploadFile) else sent.encode()
    if len(content) > LARGEST:
        raise _fault(f"more than {LARGEST:,} bytes; a mapping file is a short list")
    await run_in_threadpool(_keep, content, path)
    return sha256(content).hexdigest()


def _keep(content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        read_mapping(path)
    except InputError as error:
        # Where it stands here is nothing that its sender knows.
        raise _fault(str(error).replace(str(path), FIELD)) from None


def _fault(what: str) -> Problem:
    return invalid([{"pointer": f"/{FIELD}", "detail": what}])
