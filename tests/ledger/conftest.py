from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from dateline.ledger import Ledger, open_ledger
from dateline.settings import Settings

NOON = dt.datetime(2024, 7, 12, 12, tzinfo=dt.UTC)
SERVER = os.environ.get("DATELINE_TEST_POSTGRES", "")


@pytest.fixture
def settings() -> Settings:
    return Settings(busy_seconds=10)


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=[
                pytest.mark.postgres,
                pytest.mark.skipif(not SERVER, reason="DATELINE_TEST_POSTGRES is not set"),
            ],
        ),
    ]
)
def new_address(request, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes addresses of ledgers that are not there yet, and clears them away."""
    made: list[str] = []

    def sqlite() -> str:
        made.append("")
        return str(tmp_path / f"ledger-{len(made)}.db")

    def postgresql() -> str:
        import psycopg

        schema = f"dateline_test_{uuid.uuid4().hex}"
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        made.append(schema)
        join = "&" if "?" in SERVER else "?"
        return f"{SERVER}{join}options={quote(f'-csearch_path={schema}')}"

    if request.param == "sqlite":
        yield sqlite
        return
    yield postgresql
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        for schema in made:
            connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


@pytest.fixture
def ledger(address: str, settings: Settings) -> Iterator[Ledger]:
    with open_ledger(address, create=True, settings=settings, clock=lambda: NOON) as opened:
        yield opened
