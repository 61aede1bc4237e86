"""axe-core finds no serious or critical fault on any page, light or dark."""

from __future__ import annotations

import pytest

from tests.desk.browser.conftest import wait_for_map

PAGES = {
    "incidents": "/incidents?background=none",
    "nothing found": "/incidents?q=zzzzz",
    "incident": "/incidents?country=SD",
    "report": "/reports?q=Kalashnikov",
    "reports": "/reports?q=bomb",
    "review": "/review?kind=dispute",
    "statistics review": "/review?kind=statistic",
    "paste": "/paste",
    "sources": "/sources",
    "source": "/source?name=Reuters",
    "statistics": "/statistics",
    "error": "/nowhere",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_no_serious_fault(desk, open_page, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(desk, "/static/icon.svg", color_scheme=scheme)
    page.watch.expected.append("404")
    page.goto(PAGES[name])
    if name == "incidents":
        wait_for_map(page)
    elif name == "incident":
        page.goto(page.locator("a.where").first.get_attribute("href"))
    elif name == "report":
        page.goto(page.locator("main table a").first.get_attribute("href"))
    if name == "error":
        assert page.locator("[role=alert]").count() == 1
    found = Axe().run(page).response["violations"]
    serious = [
        (fault["id"], fault["help"], [node["html"][:150] for node in fault["nodes"]][:4])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
