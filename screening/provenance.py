"""What screened: the digests, code, engine and lists that a record of a result names."""

import platform
from typing import Any

import polars as pl

from screening.screener import Screener
from screening.version import version


def provenance(screener: Screener) -> dict[str, Any]:
    """`digests`, `engine`, `versions` and `lists` of a screener, as plain values of JSON."""
    return {
        "digests": screener.digests,
        "engine": screener.chain.name,
        "versions": {"screening": version(), "python": platform.python_version(), "polars": pl.__version__},
        "lists": [
            {
                "name": s.name,
                "format": s.format,
                "date": s.date.isoformat() if s.date else None,
                "entries": len(s.entries),
                "bundled": s.bundled,
                "sha256": s.digest,
            }
            for s in screener.parties.snapshots
        ],
    }
