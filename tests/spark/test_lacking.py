"""Without what Spark needs."""

from importlib.machinery import ModuleSpec

import pytest

import screening.spark
from screening.errors import UsageError


def test_what_is_lacking_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ModuleSpec("pandas", None)
    monkeypatch.setattr(screening.spark, "find_spec", lambda name: found if name == "pandas" else None)
    with pytest.raises(UsageError, match=r"pyspark can't be found; pip install .*\[spark\]"):
        screening.spark.screen  # noqa: B018


def test_only_what_is_public_is_there() -> None:
    assert screening.spark.__all__ == ["rejects", "screen"]
    with pytest.raises(AttributeError, match="no attribute 'job_of'"):
        screening.spark.job_of  # noqa: B018
