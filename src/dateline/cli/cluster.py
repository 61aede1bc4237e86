"""The commands that read and link on Apache Spark, Parquet in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.console import EXIT_CODES
from dateline.errors import InputError, NotFoundError, SettingsError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

cluster = typer.Typer(
    help="Read and link archives on Apache Spark (extra spark; needs Java 17).",
    no_args_is_help=True,
)

Master = Annotated[
    str, typer.Option(help="Where Spark runs: local[2] for two cores here, or a cluster's URL.")
]
OutFolder = Annotated[
    str, typer.Argument(metavar="OUT", help="The Parquet folder to write; it must not exist yet.")
]


_LINES = (".jsonl", ".ndjson", ".json")
"""Endings that say JSON Lines; all else is Parquet."""


@cluster.command("read", epilog=EXIT_CODES)
def read_documents(
    documents: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Parquet (or JSON Lines, by the ending .jsonl) with a column text or html.",
        ),
    ],
    out: OutFolder,
    master: Master = "local[*]",
) -> None:
    """Read every document of a table; those that cannot be read say why in their row."""
    from dateline import cluster as spark_rooms

    _look_first(documents, out)
    session = spark_rooms.local_session(master)
    try:
        table = _table(session, documents)
        if not {"text", "html"} & set(table.columns):
            raise InputError(
                "has no column 'text' and no column 'html'",
                where=documents,
                hint=f"its columns are {', '.join(table.columns)}",
            )
        spark_rooms.read(table).write.parquet(out)
        made = session.read.parquet(out)
        failed = made.where("error IS NOT NULL").count()
        typer.echo(f"{made.count() - failed} read, {failed} not read (column error says why)")
    finally:
        session.stop()


@cluster.command("link", epilog=EXIT_CODES)
def link_readings(
    readings: Annotated[str, typer.Argument(metavar="IN", help="What cluster read wrote.")],
    out: OutFolder,
    master: Master = "local[*]",
    checkpoint_dir: Annotated[
        str | None,
        typer.Option(help="A folder for intermediate tables; on a cluster all must reach it."),
    ] = None,
) -> None:
    """Link what was read into incidents."""
    from dateline import cluster as spark_rooms

    _look_first(readings, out)
    session = spark_rooms.local_session(master)
    try:
        table = _table(session, readings)
        if "reading" not in table.columns:
            raise InputError(
                "has no column 'reading'", where=readings, hint="give what cluster read wrote"
            )
        spark_rooms.link(table, checkpoint_dir=checkpoint_dir).write.parquet(out)
        typer.echo(f"{session.read.parquet(out).count()} incidents")
    finally:
        session.stop()


def _look_first(path: str, out: str) -> None:
    """Say what is wrong with the paths before Spark is started and hours are spent."""
    if "://" not in path and not Path(path).exists():
        raise NotFoundError("does not exist", where=path, hint="give a file or a folder")
    if "://" not in out and Path(out).exists():
        raise SettingsError("exists already", where=out, hint="choose another folder")
    if "://" not in path and not path.endswith(_LINES):
        import pyarrow as pa
        from pyarrow import dataset

        try:
            dataset.dataset(path, format="parquet")
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                "is no Parquet that can be read", where=path, hint="see docs/cluster.md"
            ) from error


def _table(session: SparkSession, path: str) -> DataFrame:
    from pyspark.errors import PySparkException

    try:
        if not path.endswith(_LINES):
            return session.read.parquet(path)
        table = session.read.json(path, primitivesAsString=True)
        if "id" in table.columns and "external_id" not in table.columns:
            return table.withColumnRenamed("id", "external_id")
        return table
    except PySparkException as error:
        # What Spark says goes on with where in the JVM it happened.
        why = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise InputError(
            f"is no Parquet that Spark can read: {why}", where=path, hint="see docs/cluster.md"
        ) from error


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    app.add_typer(cluster, name="cluster")
