"""A Spark session, where the caller has none."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_PARTS_A_CORE = 8  # work a core gets in a join; Spark's 200 in all is meant for clusters

HINT = "pip install 'dateline[spark]'; it needs Java 17 as well"


def local_session(master: str = "local[*]") -> SparkSession:
    """A session on this machine (or the cluster named by ``master``), for the command line.

    Raises DatelineError where Spark or Java is missing or does not start.
    """
    if importlib.util.find_spec("pyspark") is None:
        raise DatelineError("Apache Spark is not installed", hint=HINT)
    from pyspark.sql import SparkSession

    builder = (
        SparkSession.builder.appName("dateline")
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.driver.extraJavaOptions", f'-Dlog4j2.configurationFile="{_log_settings()}"')
        # A row is a whole report; Spark's 10,000 to a batch would fill the memory.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "200")
    )
    cores = re.fullmatch(r"local(?:\[(\d+|\*)\])?", master)
    if cores:
        many = os.cpu_count() or 1 if cores[1] == "*" else int(cores[1] or 1)
        builder = builder.config("spark.sql.shuffle.partitions", str(_PARTS_A_CORE * many))
    try:
        session = builder.getOrCreate()
    except Exception as error:
        # Py4J and PySpark raise whatever the launcher died of.
        raise DatelineError(
            f"Spark did not start: {type(error).__name__}: {error}", where=master, hint=HINT
        ) from error
    if master.startswith("local"):
        # Spark starts the "python3" of the path, which need not be the one Dateline is in.
        session.sparkContext.pythonExec = sys.executable
    return session


def _log_settings() -> str:
    return str(files("dateline.cluster").joinpath("data/log4j2.properties"))
