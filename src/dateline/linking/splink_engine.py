"""Splink on DuckDB: all pairs of a ledger scored at once, and its waterfall charts.

Splink (Ministry of Justice, UK) is the engine for whole ledgers. It is an extra,
``pip install dateline[splink]``, because it brings a quarter of a gigabyte with it;
without it the same weights are applied in Python. Which pairs are compared is decided by
our own keys, joined in DuckDB; the levels are those of :mod:`comparisons`, and m and u
those of :mod:`weights`.
"""

from __future__ import annotations

import importlib.util
import logging
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError
from dateline.linking import columns, sieve
from dateline.linking.candidate import Candidate
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.dialects import Dialect, worded
from dateline.linking.edges import JOIN, MILLION, Edges, millionths
from dateline.linking.weights import Weights, weights

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

_HINT = "pip install 'dateline[splink]'"
_SCORED_AT_ONCE = 50_000  # mentions whose pairs are scored in one piece
_MEMORY = "3GB"  # for DuckDB; beyond it, it writes to the disk


def installed() -> bool:
    """Whether Splink can be used."""
    return importlib.util.find_spec("splink") is not None


def wanted(engine: str) -> bool:
    """Whether the engine asked for ("auto", "splink", "python") means Splink.

    Raises DatelineError where it does and is not installed.
    """
    if engine == "splink" and not installed():
        raise DatelineError("Splink is not installed", hint=_HINT)
    return engine != "python" and installed()


def settings(
    dialect: Dialect = "duckdb", known: Weights | None = None, *, name: str = "number"
) -> dict[str, Any]:
    """The Splink settings for a dialect: the levels in its SQL, with m and u copied in.

    ``name`` is the column that tells the mentions apart.
    """
    known = known or weights()
    comparisons = []
    for comparison in COMPARISONS:
        levels: list[dict[str, Any]] = [
            {
                "sql_condition": worded(comparison.missing, dialect),
                "label_for_charts": "not known",
                "is_null_level": True,
            }
        ]
        for level in comparison.levels:
            levels.append(
                {
                    "sql_condition": worded(level.sql, dialect),
                    "label_for_charts": level.words,
                    "m_probability": known.m[comparison.name, level.name],
                    "u_probability": known.u[comparison.name, level.name],
                    "fix_m_probability": True,
                    "fix_u_probability": True,
                }
            )
        comparisons.append(
            {
                "output_column_name": comparison.name,
                "comparison_description": comparison.question,
                "comparison_levels": levels,
            }
        )
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": name,
        "probability_two_random_records_match": known.probability,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


def score_all(candidates: Collection[Candidate]) -> Edges:
    """All pairs that may join two mentions, as :func:`dateline.linking.linker.score_all`."""
    # By day, so that a piece of the list meets little but its neighbours.
    ordered = sorted(candidates, key=lambda c: (c.first or c.published or 0, c.mention))
    if len(ordered) < 2:
        return Edges.of(())
    with (
        tempfile.TemporaryDirectory(prefix="dateline-") as folder,
        closing(_connect(folder)) as connection,
        # While DuckDB works on one piece, the next is made of Python's objects.
        ThreadPoolExecutor(1) as worker,
    ):
        columns.create(connection)
        linker, api = _linker(connection)
        found: list[pa.Table] = []
        working: Future[pa.Table] | None = None
        for piece in columns.pieces(ordered, _SCORED_AT_ONCE):
            if working is not None:
                found.append(working.result())
            working = worker.submit(_score_piece, connection, linker, api, piece)
        if working is not None:
            found.append(working.result())
    return _edges(ordered, found)


def _score_piece(
    connection: duckdb.DuckDBPyConnection, linker: Linker, api: DuckDBAPI, piece: columns.Piece
) -> pa.Table:
    """The edges of one more piece, among its mentions and with all earlier ones."""
    columns.load(connection, piece)
    numbers = piece.everyone.column("number")
    first, last = numbers[0].as_py(), numbers[-1].as_py()
    connection.execute(f"CREATE TABLE met AS {sieve.met(first, last)}")
    _fetch(connection, "SELECT a FROM met UNION ALL SELECT b FROM met")
    for step in sieve.steps("worth_scoring"):
        connection.execute(step)
    return _scored(connection, linker, api, "worth_scoring")


def _fetch(connection: duckdb.DuckDBPyConnection, numbers: str) -> None:
    """Have those at hand whose numbers the statement gives, in table ``candidates``.

    It is what all joins are made with, so that none of them goes through a whole ledger.
    """
    connection.execute("TRUNCATE candidates")
    connection.execute(f"INSERT INTO candidates SELECT * FROM everyone WHERE number IN ({numbers})")


def _edges(ordered: Sequence[Candidate], pieces: Sequence[pa.Table]) -> Edges:
    """Edges of pairs by their places in ``ordered``."""
    import numpy as np
    import pyarrow as pa

    whole = pa.concat_tables(pieces)
    ids = sorted(candidate.mention for candidate in ordered)
    rank = {mention: place for place, mention in enumerate(ids)}
    ranks = np.array([rank[candidate.mention] for candidate in ordered], np.int32)
    left, right = (ranks[whole.column(name).to_numpy()] for name in ("a", "b"))
    weight = whole.column("weight").to_numpy()
    return Edges(ids, np.minimum(left, right), np.maximum(left, right), weight)


def _scored(
    connection: duckdb.DuckDBPyConnection, linker: Linker, api: DuckDBAPI, table: str
) -> pa.Table:
    """The edges among the pairs of a table, which is dropped: a, b, weight in millionths."""
    linker.table_management.register_blocked_pairs_for_predict(api.register(table))
    predicted = linker.inference.predict(threshold_match_weight=JOIN - 1e-3, warning_mode="never")
    found = connection.sql(
        "SELECT * FROM (SELECT number_l AS a, number_r AS b, "
        f"CAST(round(match_weight * {MILLION}) AS INTEGER) AS weight "
        f"FROM {predicted.physical_name}) WHERE weight >= {millionths(JOIN)}"
    ).to_arrow_table()
    predicted.drop_table_from_database_and_remove_from_cache()
    connection.execute(f"DROP TABLE IF EXISTS {table}")
    return found


def weights_of(candidates: Sequence[Candidate]) -> dict[tuple[str, str], float]:
    """The match weight of every pair of a few candidates, as Splink works it out."""
    connection = _connect()
    try:
        ordered = sorted(candidates, key=lambda c: c.mention)
        _put(connection, ordered)
        linker, api = _linker(connection)
        _register(linker, api, connection)
        predicted = linker.inference.predict(warning_mode="never")
        found = connection.execute(
            f"SELECT number_l, number_r, match_weight FROM {predicted.physical_name}"
        ).fetchall()
        return {(ordered[a].mention, ordered[b].mention): float(weight) for a, b, weight in found}
    finally:
        connection.close()


def waterfall_html(a: Candidate, b: Candidate) -> str:
    """Splink's waterfall chart of one pair as one HTML file that needs no network.

    Raises DatelineError where Splink is not installed.
    """
    wanted("splink")
    connection = _connect()
    try:
        ordered = sorted((a, b), key=lambda c: c.mention)
        _put(connection, ordered)
        linker, api = _linker(connection, keep=True)
        _register(linker, api, connection)
        predicted = linker.inference.predict(warning_mode="never")
        chart = linker.visualisations.waterfall_chart(predicted.as_record_list())
        return str(chart.to_html(inline=True))
    finally:
        connection.close()


def _connect(folder: str | None = None) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory; what does not fit goes to ``folder``, where there is one."""
    import duckdb

    connection = duckdb.connect(":memory:")
    # A progress bar of its own would break into ours.
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")
    # Tables are joined in the order told: it is known which is small, and DuckDB, which
    # has to guess, sometimes pairs all mentions of different documents first.
    connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    connection.execute(sieve.SHARED_COUNT)
    if folder is not None:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute("SET temp_directory = $folder", {"folder": folder})
    return connection


def _put(connection: duckdb.DuckDBPyConnection, candidates: Sequence[Candidate]) -> None:
    """Have a few candidates at hand."""
    columns.create(connection)
    (piece,) = columns.pieces(candidates, max(1, len(candidates)))
    columns.load(connection, piece)
    _fetch(connection, "SELECT number FROM everyone")


def _linker(
    connection: duckdb.DuckDBPyConnection, *, keep: bool = False
) -> tuple[Linker, DuckDBAPI]:
    """Splink on what is at hand, whenever it is asked."""
    from splink import DuckDBAPI, Linker, SettingsCreator

    # Its notes on progress are for people at a notebook.
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    table = api.register("candidates", dataset_display_name="mentions")
    chosen = settings()
    if keep:
        chosen["retain_matching_columns"] = True
        chosen["retain_intermediate_calculation_columns"] = True
    return Linker(table, SettingsCreator(**chosen), log_level=None), api


def _register(linker: Linker, api: DuckDBAPI, connection: duckdb.DuckDBPyConnection) -> None:
    """Let every pair be scored."""
    connection.execute(
        "CREATE TABLE every_pair AS SELECT '0' AS match_key, l.number AS join_key_l, "
        "r.number AS join_key_r FROM candidates l JOIN candidates r ON l.number < r.number"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register("every_pair"))
