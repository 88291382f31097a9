"""Shipments screened on Apache Spark: the same code and the same answers, past one machine.

`screen` gives a row for each sound shipment, `rejects` the rows that can't be read. docs/spark.md says
how the work is laid out, and what it costs.
"""

import os
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from screening.errors import UsageError

if TYPE_CHECKING:
    from screening.spark.job import rejects, screen

__all__ = ["rejects", "screen"]

# A task has one core of its executor. The columns' engine asks how many it may use once, when it is
# loaded: a Python worker comes by here before that.
if os.environ.get("SPARK_PYTHON_RUNTIME") == "PYTHON_WORKER":
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


def __getattr__(name: str) -> Any:
    """A public name, loaded when it is first asked for: a worker needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    lacking = [library for library in ("pyspark", "pandas") if find_spec(library) is None]
    if lacking:
        what = f"{' and '.join(lacking)} can't be found"
        raise UsageError(f'{what}; pip install "diversion-screening[spark]" brings what Spark needs')
    return getattr(import_module("screening.spark.job"), name)
