"""Desks over small ledgers made by hand; no reader is needed to have them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from dateline import linkage, reviewing
from dateline.desk.app import create_app
from dateline.ledger import Ledger, open_ledger
from dateline.model import Reading
from dateline.settings import Settings
from tests.ledger.conftest import new_address
from tests.ledger.making import make_reading, single

__all__ = ["new_address"]

ORIGIN = "http://127.0.0.1:8377"
HOSTILE_TITLE = "<script>alert(1)</script>"
HOSTILE_TEXT = (
    "<script>alert('x')</script> <img src=x onerror=alert(2)> \u202eetihw\u202c nul\x00 "
    'Two soldiers were shot, Baza said. "><svg onload=alert(3)>'
)
PASSWORD = "correct horse battery"


@pytest.fixture
def address(new_address: Callable[[], str]) -> str:
    return new_address()


def store(ledger: Ledger, *readings: Reading) -> None:
    for reading in readings:
        ledger.add(reading, single(reading))
    linkage.link_new(ledger)


@pytest.fixture
def filled(address: str) -> str:
    """A ledger with three incidents: two alike, and one with hostile text."""
    hostile = make_reading("hostile", text=HOSTILE_TEXT, day=dt.date(2020, 1, 1), type="bombing")
    hostile = replace(
        hostile,
        document=replace(
            hostile.document,
            title=HOSTILE_TITLE,
            url="javascript:alert(1)",
            publisher="<b>Bold</b>",
        ),
    )
    with open_ledger(address, create=True) as ledger:
        store(
            ledger,
            make_reading("one", day=dt.date(2024, 7, 11)),
            make_reading("two", day=dt.date(2024, 9, 1), killed=5),
            hostile,
        )
        reviewing.catch_up(ledger)
    return address


class Browser(TestClient):
    """A test client that fills in forms as a browser would."""

    def token(self, path: str = "/incidents") -> str:
        """The token in the forms of a page; every page has one, or log-in does."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(path).text)
        if found is None:
            found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("/paste").text)
        assert found, path
        return found[1]

    def submit(self, path: str, **fields: object):
        data = {"csrf": self.token(), **fields}
        return self.post(path, data=data, follow_redirects=False)

    def log_in(self, name: str, password: str = PASSWORD):
        data = {"csrf": self.token("/login"), "name": name, "password": password}
        return self.post("/login", data=data, follow_redirects=False)


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Callable[..., Browser]]:
    """Opens desks; they are closed at the end."""
    opened: list[Browser] = []

    def desk(address: str, *, host: str = "127.0.0.1", origin: str = ORIGIN, **given) -> Browser:
        given.setdefault("desk_file", str(tmp_path / "desk.json"))
        given.setdefault("desk_author", "ada")
        app = create_app(address, Settings(**given), host=host)
        browser = Browser(app, base_url=origin, raise_server_exceptions=False)
        browser.__enter__()
        opened.append(browser)
        return browser

    yield desk
    for browser in opened:
        browser.__exit__(None, None, None)


@pytest.fixture
def desk(filled: str, open_desk: Callable[..., Browser]) -> Browser:
    return open_desk(filled)
