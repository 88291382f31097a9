"""Which code this is: the version, and a digest that changes with every line of it."""

from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "diversion-screening"


def version() -> str:
    """The version of the installed distribution."""
    return metadata.version(DISTRIBUTION)


@cache
def code_digest() -> str:
    """SHA-256 over the package's own code and tables, in the order of their paths."""
    home = Path(__file__).parent
    total = sha256()
    for path in sorted(
        p for p in home.rglob("*") if p.suffix in {".py", ".csv"} and "_bundled" not in p.parts
    ):
        total.update(path.relative_to(home).as_posix().encode() + b"\0" + sha256(path.read_bytes()).digest())
    return total.hexdigest()
