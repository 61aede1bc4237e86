"""One desk over the example reports, one browser; every test looks through a page of its own.

A page fails its test where anything was asked of another host, where the browser reported
an error or a breach of the content policy, or where a script threw.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline import pipeline
from dateline.ledger.opening import open_ledger
from dateline.settings import Settings
from tests.conftest import ROOT
from tests.desk.browser.serving import CHROMIUM, chromium, serving

EXAMPLES = ROOT / "examples" / "reports"


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM} (apt-get install chromium)")
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def example_ledger(tmp_path_factory) -> Path:
    """A ledger with all example reports; copy it to change it."""
    path = tmp_path_factory.mktemp("desk") / "examples.db"
    fill(path, [EXAMPLES])
    return path


def fill(path: Path, reports: list[Path]) -> None:
    settings = Settings(workers=1)
    with open_ledger(str(path), create=True, settings=settings) as book:
        for outcome in pipeline.add_all([str(r) for r in reports], book, settings=settings):
            assert not isinstance(outcome, Exception), outcome


@pytest.fixture(scope="session")
def desk(example_ledger) -> Iterator[str]:
    """The origin of a desk that tests only read from."""
    with serving(str(example_ledger)) as origin:
        yield origin


@pytest.fixture
def own_desk(example_ledger, tmp_path) -> Iterator[str]:
    """The origin of a desk of this test alone, to decide at."""
    path = tmp_path / "own.db"
    shutil.copy(example_ledger, path)
    with serving(str(path)) as origin:
        yield origin


class Watch:
    """What a page asked for and complained of."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.expected: list[str] = []


@pytest.fixture
def open_page(browser) -> Iterator[Callable]:
    """Opens pages; ``open_page(origin, path, **context)`` gives a Playwright page."""
    contexts = []
    watches = []

    def opened(origin: str, path: str = "/", **context):
        own = browser.new_context(base_url=origin, **context)
        contexts.append(own)
        watch = Watch()
        watches.append((origin, watch))
        page = own.new_page()
        page.watch = watch
        page.on("request", lambda request: watch.asked.append(request.url))
        page.on("pageerror", lambda error: watch.said.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: (
                watch.said.append(f"{message.type}: {message.text} {message.location}")
                if message.type == "error"
                else None
            ),
        )
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    for origin, watch in watches:
        elsewhere = [
            url for url in watch.asked if not url.startswith((f"{origin}/", "blob:", "data:"))
        ]
        assert elsewhere == []
        unforeseen = [
            said for said in watch.said if not any(words in said for words in watch.expected)
        ]
        assert unforeseen == []


def wait_for_map(page) -> None:
    """Until the map has its points and nothing more to draw."""
    page.wait_for_selector("#map[data-points][data-idle]", timeout=120_000)
    page.wait_for_function(
        """() => new Promise((done) => {
            const holder = document.getElementById('map');
            let seen = holder.dataset.idle;
            const look = () => {
                if (holder.dataset.idle === seen) done(true);
                else { seen = holder.dataset.idle; setTimeout(look, 400); }
            };
            setTimeout(look, 400);
        })""",
        timeout=120_000,
    )
