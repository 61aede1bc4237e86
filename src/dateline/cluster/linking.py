"""A table of readings to a table of incidents, with Splink on Spark.

Spark makes the keys, joins them and scores the pairs; which mentions hang together is
found on the driver, from the pairs alone; Spark makes the incidents of each such part.
"""

from __future__ import annotations

import logging
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dateline import linkage
from dateline.cluster.kept import remake
from dateline.cluster.reading import FLAT, arrow_schema, flat
from dateline.cluster.session import HINT
from dateline.decisions import Decisions
from dateline.errors import DatelineError
from dateline.export.contract import encode, incident_line
from dateline.ledger.codec import pack
from dateline.linking import columns, sieve
from dateline.linking.blocking import keys
from dateline.linking.candidate import Candidate, candidate
from dateline.linking.clusters import components
from dateline.linking.edges import JOIN, Edge
from dateline.linking.judgements import Rulings
from dateline.linking.linker import link as link_candidates
from dateline.model import Reading

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

_COMPARED = (
    "number int, mention string, document string, background boolean, persons array<bigint>, "
    "first bigint, last bigint, grain bigint, published bigint, lat double, lon double, "
    "place_grain bigint, "
    "country string, admin1 string, town string, site string, town_word bigint, "
    "capitals array<bigint>, type string, kin bigint, broad boolean, killed_low bigint, "
    "killed_top bigint, injured_low bigint, injured_top bigint, held_low bigint, "
    "held_top bigint, actors array<bigint>, weapons bigint, targets array<bigint>, "
    "names array<bigint>, words array<bigint>, sentences array<bigint>"
)
_CANDIDATES = f"{_COMPARED}, keys array<bigint>, probes array<bigint>, body string"
_PARTS = "mention string, part string, others array<struct<other: string, weight: double>>"
SCHEMA = (
    f"id string, {FLAT}, documents array<string>, mentions array<string>, "
    "independent_sources array<string>, grade string, grade_reason string, incident string"
)
"""The columns of :func:`link`, as Spark's DDL."""


def link(readings: DataFrame, *, checkpoint_dir: str | None = None) -> DataFrame:
    """Link what :func:`dateline.cluster.read` read into incidents.

    The incidents are those that ``dateline link`` makes of the same documents in a
    ledger without judgements, ids included, in the columns of :data:`SCHEMA`:
    ``incident`` is the line ``dateline incidents --format jsonl`` prints, without
    ``nearby``. Rows that were not read are passed over; of two rows of one document one
    counts.

    Spark needs a folder for intermediate tables that all its machines can write to:
    ``checkpoint_dir``, or the one already set on the session. On one machine a temporary
    one is made. Write ``readings`` to Parquet first, lest they be read again at each step.

    Raises DatelineError without Splink, or without such a folder on a cluster.
    """
    from pyspark.sql import functions as f

    spark = readings.sparkSession
    _set_checkpoint(spark, checkpoint_dir)
    kept = (
        readings.where(f.col("reading").isNotNull())
        .groupBy("document_id")
        .agg(f.min(f.struct("external_id", "reading")).alias("one"))
        .select("document_id", "one.external_id", "one.reading")
        .persist()
    )
    candidates = kept.select("reading").mapInArrow(_candidates, _CANDIDATES).persist()
    try:
        edges = _edges(spark, candidates)
        parts = spark.createDataFrame(_parts(edges), _PARTS)
        together = (
            candidates.select("mention", f.col("document").alias("document_id"), "body")
            .join(parts, "mention", "left")
            .withColumn("part", f.coalesce("part", "mention"))
            .join(kept, "document_id")
        )
        schema = arrow_schema(SCHEMA)

        def incidents(part: pa.Table) -> pa.Table:
            return _incidents(part, schema)

        made = together.groupBy("part").applyInArrow(incidents, SCHEMA)
        # Made now, so that what it was made of can be let go.
        return made.localCheckpoint(eager=True)
    finally:
        candidates.unpersist()
        kept.unpersist()


def _set_checkpoint(spark: SparkSession, folder: str | None) -> None:
    context = spark.sparkContext
    if folder is None and context.getCheckpointDir() is None:
        if not context.master.startswith("local"):
            raise DatelineError(
                "linking needs a folder for intermediate tables",
                where=context.master,
                hint="give checkpoint_dir, a folder that all machines can write to",
            )
        folder = tempfile.mkdtemp(prefix="dateline-spark-")
    if folder is not None:
        context.setCheckpointDir(folder)


def _candidates(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """From readings to what linking compares of each mention, with its keys."""
    import pyarrow as pa

    for batch in batches:
        made: list[Candidate] = []
        for kept in batch.column("reading").to_pylist():
            reading = remake(kept)
            claims = {claim.id: claim for claim in reading.claims}
            for mention in reading.mentions:
                own = [claims[claim] for claim in mention.claims]
                made.append(candidate(mention, own, reading.document))
        table = columns.table(made)
        under = [keys(one) for one in made]
        for name, values in (
            ("keys", [list(both.keys) for both in under]),
            ("probes", [list(both.probes) for both in under]),
        ):
            table = table.append_column(name, pa.array(values, pa.list_(pa.int64())))
        bodies = [msgspec.json.encode(one).decode() for one in made]
        table = table.append_column("body", pa.array(bodies, pa.string()))
        yield from table.combine_chunks().to_batches()


def _edges(spark: SparkSession, candidates: DataFrame) -> list[Edge]:
    """The pairs that may join two mentions, scored by Splink on Spark."""
    try:
        from splink import Linker, SettingsCreator, SparkAPI
    except ImportError as error:
        raise DatelineError("Splink is not installed", hint=HINT) from error
    from dateline.linking.splink_engine import settings

    logging.getLogger("splink").setLevel(logging.ERROR)
    # Views are the session's; two links at once must not share them.
    suffix = f"_{uuid.uuid4().hex}"
    names = {name: name + suffix for name in ("candidates", "stands", "looks", "pairs")}
    candidates.drop("keys", "probes", "body").createOrReplaceTempView(names["candidates"])
    for name, column in (("stands", "keys"), ("looks", "probes")):
        keyed = candidates.selectExpr("mention", f"explode({column}) AS key")
        keyed.createOrReplaceTempView(names[name])
    pairs = spark.sql(sieve.pairs("spark", name="mention", suffix=suffix)).persist()
    pairs.createOrReplaceTempView(names["pairs"])
    try:
        api = SparkAPI(  # type: ignore[no-untyped-call]
            spark_session=spark, register_udfs_automatically=False, break_lineage_method="parquet"
        )
        linker = Linker(
            api.register(names["candidates"], dataset_display_name="mentions"),
            SettingsCreator(**settings("spark", name="mention")),
            log_level=None,
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register(names["pairs"]))
        predicted = linker.inference.predict(
            threshold_match_weight=JOIN - 1e-3, warning_mode="never"
        )
        found = spark.sql(
            f"SELECT mention_l, mention_r, round(match_weight, 6) AS weight "
            f"FROM {predicted.physical_name}"
        ).toArrow()
    finally:
        pairs.unpersist()
        for name in names.values():
            spark.catalog.dropTempView(name)
    edges = []
    for a, b, weight in zip(*(found.column(n).to_pylist() for n in range(3)), strict=True):
        if weight >= JOIN:
            edges.append(Edge(min(a, b), max(a, b), weight))
    return sorted(edges)


def _parts(edges: Sequence[Edge]) -> list[dict[str, Any]]:
    """For each mention with an edge, the part it is in, by its first mention, and its edges."""
    ends = {end for edge in edges for end in (edge.a, edge.b)}
    part = {m: group[0] for group in components(ends, edges, Rulings()) for m in group}
    others: dict[str, list[dict[str, Any]]] = {mention: [] for mention in part}
    for edge in edges:
        others[edge.a].append({"other": edge.b, "weight": edge.weight})
    return [
        {"mention": mention, "part": part[mention], "others": others[mention]}
        for mention in sorted(part)
    ]


def _incidents(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """The incidents of one part."""
    import pyarrow as pa

    rows = part.to_pylist()
    readings: dict[str, Reading] = {}
    names: dict[str, str] = {}
    candidates: dict[str, Candidate] = {}
    edges: list[Edge] = []
    decoder = msgspec.json.Decoder(Candidate)
    for row in rows:
        if row["document_id"] not in readings:
            readings[row["document_id"]] = remake(row["reading"])
        names[row["document_id"]] = row["external_id"] or row["document_id"]
        candidates[row["mention"]] = decoder.decode(row["body"])
        edges += [
            Edge(row["mention"], other["other"], other["weight"]) for other in row["others"] or ()
        ]
    outlines, nothing = linkage.Outlines(readings.values()), Decisions()
    made = []
    for group in link_candidates(candidates, edges, Rulings()).groups:
        incident = linkage.incident_of(
            outlines, [candidates[mention] for mention in group], nothing
        )
        made.append(
            {
                "id": incident.id,
                **flat(incident),
                "documents": [pack(names[document]) for document in incident.documents],
                "mentions": list(incident.mentions),
                "independent_sources": [pack(name) for name in incident.independent_sources],
                "grade": incident.grade,
                "grade_reason": pack(incident.grade_reason),
                "incident": pack(encode(incident_line(incident, names)).decode()),
            }
        )
    return pa.Table.from_pylist(made, schema=schema)
