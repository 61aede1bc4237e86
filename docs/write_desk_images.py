"""Writes docs/images/desk/*.webp: the pages of the desk over the example reports.

Needs Chromium and the ``dev`` group. Run it from the root of the repository:
``python docs/write_desk_images.py [FOLDER [LEDGER]]``. With a folder, PNG files go there as
well; with a ledger of the examples, it need not be filled first.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.desk.browser.conftest import fill, wait_for_map  # noqa: E402
from tests.desk.browser.serving import chromium, serving  # noqa: E402

from dateline.settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

OUT = ROOT / "docs" / "images" / "desk"
PASTED = (
    "KHARTOUM, Aug 25, 2023 (AFP) - Shells hit a livestock market in El Obeid in Sudan on Sunday, "
    "killing 26 civilians and wounding more than 40, a doctors' union said on Friday.\n\n"
    "The union blamed the paramilitary Rapid Support Forces for the shelling."
)
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1400, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
}


def keep(page: Page, name: str, also: Path | None) -> None:
    """One picture of what is in view."""
    page.wait_for_timeout(400)
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
    (OUT / f"{name}.webp").write_bytes(base64.b64decode(taken["data"]))
    if also:
        page.screenshot(path=also / f"{name}.png")
    print(name, flush=True)


def pages(page: Page, look: str, also: Path | None) -> None:
    """Every page in one look."""
    page.goto("/incidents")
    wait_for_map(page)
    keep(page, f"incidents-{look}", also)
    page.goto("/incidents?country=SD")
    page.goto(page.locator("a.where").first.get_attribute("href"))
    keep(page, f"incident-{look}", also)
    page.evaluate("document.getElementById('rise').scrollIntoView({behavior: 'instant'})")
    keep(page, f"incident-sources-{look}", also)
    page.goto("/reports?q=Kalashnikov")
    page.goto(page.locator("main table a").first.get_attribute("href"))
    words = page.locator("#text a.words", has_text="shot dead").first
    words.scroll_into_view_if_needed()
    words.focus()
    keep(page, f"report-{look}", also)
    for name, path in (
        ("review", "/review?kind=dispute"),
        ("sources", "/sources"),
        ("statistics", "/statistics"),
        ("reports", "/reports?q=bomb"),
    ):
        page.goto(path)
        keep(page, f"{name}-{look}", also)


def pasted(page: Page, look: str, also: Path | None) -> None:
    """A text that was pasted and read; slow, since the reader has to start."""
    page.goto("/paste")
    page.fill("#pasted", PASTED)
    page.locator("button", has_text="Read it").click(no_wait_after=True)
    page.wait_for_selector("text=not kept yet", timeout=300_000)
    keep(page, f"paste-{look}", also)


def main() -> None:
    """All pages in all looks."""
    also = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    OUT.mkdir(parents=True, exist_ok=True)
    from dateline.desk.accounts import Accounts, file_of

    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        ledger = Path(folder) / "examples.db"
        if len(sys.argv) > 2:
            shutil.copy(sys.argv[2], ledger)
        else:
            fill(ledger, [ROOT / "examples" / "reports"])
        with serving(str(ledger)) as origin:
            for look, context in LOOKS.items():
                opened = browser.new_context(base_url=origin, **context)
                page = opened.new_page()
                page.set_default_timeout(120_000)
                pages(page, look, also)
                pasted(page, look, also)
                opened.close()
        accounts = Accounts(file_of(str(ledger), Settings()))
        accounts.add("recorder", "only for this picture", "reviewer")
        with serving(str(ledger)) as origin:
            for look, context in LOOKS.items():
                opened = browser.new_context(base_url=origin, **context)
                page = opened.new_page()
                page.goto("/login")
                keep(page, f"login-{look}", also)
                opened.close()


if __name__ == "__main__":
    main()
