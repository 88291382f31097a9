"""A Spark of two worker processes on this machine, where Java and pyspark are."""

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REPOSITORY = Path(__file__).parents[2]
_LACKING = "`make spark` installs pyspark, and Java 17 or later has to be there: `.ci/run` sees to both"
_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.shuffle.partitions": "4",
    # For a few hundred rows it costs more to compile than to run.
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executorEnv.PYTHONPATH": str(REPOSITORY),
}


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """A session on a cluster of two workers with one core each."""
    sql = pytest.importorskip("pyspark.sql", reason=_LACKING)
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        pytest.skip(_LACKING)
    builder = sql.SparkSession.builder.master("local-cluster[2,1,1024]").config(map=_SETTINGS)
    with pytest.MonkeyPatch.context() as patched, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark tells what it will change one day
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        # What the two workers write, logs for the most part.
        patched.setenv("SPARK_WORKER_DIR", str(tmp_path_factory.mktemp("workers")))
        session = builder.getOrCreate()
    yield session
    session.stop()
