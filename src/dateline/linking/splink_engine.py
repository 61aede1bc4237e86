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
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError
from dateline.linking.blocking import keys
from dateline.linking.candidate import Candidate
from dateline.linking.clusters import JOIN, Edge
from dateline.linking.comparisons import COMPARISONS
from dateline.linking.kinds import is_broad
from dateline.linking.vetoes import veto
from dateline.linking.weights import Weights, weights

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from splink import DuckDBAPI, Linker

_PAIRS = "dateline_pairs"
_HINT = "pip install 'dateline[splink]'"
_AT_ONCE = 100_000  # rows handed over to DuckDB in one piece


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


def settings(dialect: str = "duckdb", known: Weights | None = None) -> dict[str, Any]:
    """The Splink settings for a dialect: the levels in its SQL, with m and u copied in."""
    known = known or weights()
    comparisons = []
    for comparison in COMPARISONS:
        levels: list[dict[str, Any]] = [
            {
                "sql_condition": _worded(comparison.missing, dialect),
                "label_for_charts": "not known",
                "is_null_level": True,
            }
        ]
        for level in comparison.levels:
            levels.append(
                {
                    "sql_condition": _worded(level.sql, dialect),
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
        "unique_id_column_name": "mention",
        "probability_two_random_records_match": known.probability,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": comparisons,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }


_SPARK = {
    "list_intersect(": "array_intersect(",
    "len(": "size(",
    " // ": " div ",
}


def _worded(sql: str, dialect: str) -> str:
    if dialect == "spark":
        for ours, theirs in _SPARK.items():
            sql = sql.replace(ours, theirs)
        return sql.replace('"', "`")
    return sql


def score_all(candidates: Collection[Candidate]) -> list[Edge]:
    """All pairs that may join two mentions, as :func:`dateline.linking.linker.score_all`."""
    if len(candidates) < 2:
        return []
    ordered = sorted(candidates, key=lambda c: c.mention)
    connection = _connect()
    try:
        linker, api = _linker(connection, ordered)
        _register_pairs(connection, linker, api, ordered)
        predicted = linker.inference.predict(
            threshold_match_weight=JOIN - 1e-3, warning_mode="never"
        )
        found = connection.execute(
            f"SELECT mention_l, mention_r, match_weight FROM {predicted.physical_name} "
            "ORDER BY 1, 2"
        )
        by_id = {candidate.mention: candidate for candidate in ordered}
        edges = []
        while rows := found.fetchmany(_AT_ONCE):
            for a, b, weight in rows:
                rounded = round(float(weight), 6)
                if rounded >= JOIN and not veto(by_id[a], by_id[b]):
                    edges.append(Edge(a, b, rounded))
        return edges
    finally:
        connection.close()


def weights_of(candidates: Sequence[Candidate]) -> dict[tuple[str, str], float]:
    """The match weight of every pair of a few candidates, as Splink works it out."""
    connection = _connect()
    try:
        ordered = sorted(candidates, key=lambda c: c.mention)
        linker, api = _linker(connection, ordered)
        _register(connection, linker, api, _every_pair())
        predicted = linker.inference.predict(warning_mode="never")
        found = connection.execute(
            f"SELECT mention_l, mention_r, match_weight FROM {predicted.physical_name}"
        ).fetchall()
        return {(a, b): float(weight) for a, b, weight in found}
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
        linker, api = _linker(connection, ordered, keep=True)
        _register(connection, linker, api, _every_pair())
        predicted = linker.inference.predict(warning_mode="never")
        chart = linker.visualisations.waterfall_chart(predicted.as_record_list())
        return str(chart.to_html(inline=True))
    finally:
        connection.close()


def _connect() -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(":memory:")
    # A progress bar of its own would break into ours.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _linker(
    connection: duckdb.DuckDBPyConnection, candidates: Sequence[Candidate], *, keep: bool = False
) -> tuple[Linker, DuckDBAPI]:
    from splink import DuckDBAPI, Linker, SettingsCreator

    # Its notes on progress are for people at a notebook.
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(connection=connection)
    _copy(connection, "candidates", (_table(some) for some in _pieces(candidates)))
    table = api.register("candidates", dataset_display_name="mentions")
    chosen = settings()
    if keep:
        chosen["retain_matching_columns"] = True
        chosen["retain_intermediate_calculation_columns"] = True
    return Linker(table, SettingsCreator(**chosen), log_level=None), api


def _copy(connection: duckdb.DuckDBPyConnection, name: str, pieces: Iterator[pa.Table]) -> None:
    for number, piece in enumerate(pieces):
        connection.register("piece", piece)
        if number:
            connection.execute(f"INSERT INTO {name} SELECT * FROM piece")
        else:
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM piece")
        connection.unregister("piece")


def _pieces(candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    for start in range(0, len(candidates), _AT_ONCE):
        yield candidates[start : start + _AT_ONCE]


_COLUMNS = tuple(
    dict.fromkeys(column for comparison in COMPARISONS for column in comparison.columns)
)


def _table(candidates: Sequence[Candidate]) -> pa.Table:
    """The columns the comparisons ask for, with types that hold where all are missing."""
    import pyarrow as pa

    types: dict[str, pa.DataType] = {
        "lat": pa.float64(),
        "lon": pa.float64(),
        "country": pa.string(),
        "admin1": pa.string(),
        "town": pa.string(),
        "site": pa.string(),
        "type": pa.string(),
        "broad": pa.bool_(),
        **dict.fromkeys(
            ("actors", "targets", "capitals", "names", "words", "sentences"), pa.list_(pa.int64())
        ),
    }
    data: dict[str, pa.Array] = {
        "mention": pa.array([c.mention for c in candidates], pa.string()),
        "document": pa.array([c.document for c in candidates], pa.string()),
        "background": pa.array([c.background for c in candidates], pa.bool_()),
    }
    for name in _COLUMNS:
        kind = types.get(name, pa.int64())
        values: list[Any]
        if name == "broad":
            values = [is_broad(c.type) for c in candidates]
        elif pa.types.is_list(kind):
            values = [list(getattr(c, name)) for c in candidates]
        else:
            values = [getattr(c, name) for c in candidates]
        data[name] = pa.array(values, kind)
    return pa.table(data)


def _register_pairs(
    connection: duckdb.DuckDBPyConnection,
    linker: Linker,
    api: DuckDBAPI,
    candidates: Sequence[Candidate],
) -> None:
    """Join the keys of :mod:`blocking`."""
    import pyarrow as pa

    def keyed(which: str) -> Iterator[pa.Table]:
        for some in _pieces(candidates):
            pairs = [(key, c.mention) for c in some for key in getattr(keys(c), which)]
            yield pa.table(
                {
                    "key": pa.array([key for key, _ in pairs], pa.int64()),
                    "mention": pa.array([mention for _, mention in pairs], pa.string()),
                }
            )

    _copy(connection, "stands", keyed("keys"))
    _copy(connection, "looks", keyed("probes"))
    _register(
        connection,
        linker,
        api,
        "SELECT DISTINCT looks.mention AS a, stands.mention AS b FROM looks "
        "JOIN stands ON looks.key = stands.key AND looks.mention < stands.mention",
    )


def _every_pair() -> str:
    return (
        "SELECT l.mention AS a, r.mention AS b FROM candidates l "
        "JOIN candidates r ON l.mention < r.mention"
    )


def _register(
    connection: duckdb.DuckDBPyConnection, linker: Linker, api: DuckDBAPI, pairs: str
) -> None:
    connection.execute(
        f"CREATE TABLE {_PAIRS} AS SELECT '0' AS match_key, a AS join_key_l, b AS join_key_r "
        f"FROM ({pairs})"
    )
    linker.table_management.register_blocked_pairs_for_predict(api.register(_PAIRS))
