"""The desk as somebody who looks: list, map, timeline, incident, report, keys, no scripts."""

from __future__ import annotations

import re

import pytest

from tests.desk.browser.conftest import wait_for_map

PAGES = ("/incidents", "/review", "/reports", "/sources", "/statistics", "/paste", "/nowhere")


def rows(page):
    return page.locator(".incident-table tbody tr")


def first_url(page, words: str) -> str:
    return page.locator("a.where", has_text=words).first.get_attribute("href")


def test_list_map_and_timeline_show_the_same_incidents(desk, open_page):
    page = open_page(desk, "/incidents")
    wait_for_map(page)
    total = int(re.match(r"\d+", page.locator("h1").inner_text()).group())
    assert total == rows(page).count() > 15
    data = page.evaluate(
        "async () => (await fetch(document.getElementById('results').dataset.mapUrl)).json()"
    )
    assert data["matches"] == total
    assert sum(point["count"] for point in data["points"]) == data["placed"] > 10
    assert page.locator("#timeline canvas").count() == 1
    counts = page.locator("#timeline-data tbody tr").evaluate_all(
        "all => all.map(row => Number(row.dataset.count))"
    )
    assert sum(counts) <= total
    assert sum(counts) > 15
    assert any(url.endswith("/static/vendor/world.json") for url in page.watch.asked)


def test_a_filter_changes_list_address_and_map_and_can_be_taken_back(desk, open_page):
    page = open_page(desk, "/incidents")
    wait_for_map(page)
    everything = rows(page).count()
    page.select_option("#f-country", label="Slovenia")
    page.wait_for_url("**country=SI**")
    page.wait_for_function(
        "n => document.querySelectorAll('.incident-table tbody tr').length < n", arg=everything
    )
    assert rows(page).count() == 1
    assert "Celje" in rows(page).first.inner_text()
    assert "since=" not in page.url
    page.reload()
    assert rows(page).count() == 1
    assert page.input_value("#f-country") == "SI"
    page.locator("ul.chips a.chip.chosen").first.click()
    page.wait_for_url(lambda url: "country=SI" not in url)
    assert rows(page).count() == everything


def days_told(page):
    """The first day of every row of the list, as its machine-readable date or its words."""
    told = page.locator(".incident-table tbody td.date").all_inner_texts()
    return [found.group() for words in told if (found := re.search(r"\d{4}-\d\d-\d\d", words))]


def seen(page, what):
    """Where something is on the screen, scrolled to."""
    page.locator(what).first.scroll_into_view_if_needed()
    return page.locator(what).first.bounding_box()


def test_days_dragged_over_on_the_timeline_become_the_filter(desk, open_page):
    page = open_page(desk, "/incidents")
    wait_for_map(page)
    everything = rows(page).count()
    over = seen(page, "#timeline .u-over")
    middle = over["y"] + over["height"] / 2
    # The last third of the time line: the newest incidents.
    page.mouse.move(over["x"] + over["width"] * 2 / 3, middle)
    page.mouse.down()
    page.mouse.move(over["x"] + over["width"] * 0.8, middle, steps=4)
    page.mouse.move(over["x"] + over["width"] - 1, middle, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=*until=**")
    page.wait_for_function(
        "n => document.querySelectorAll('.incident-table tbody tr').length < n", arg=everything
    )
    since, until = page.input_value("#f-since"), page.input_value("#f-until")
    assert since < until
    found = days_told(page)
    assert found
    assert all(since <= day <= until for day in found)
    assert 0 < rows(page).count() < everything


def test_a_bar_of_the_timeline_opens_its_period(desk, open_page):
    page = open_page(desk, "/incidents?country=SI")
    wait_for_map(page)
    bar = page.locator("#timeline-data tbody tr").evaluate_all(
        "all => all.findIndex(row => Number(row.dataset.count) > 0) / all.length + 0.5 / all.length"
    )
    over = seen(page, "#timeline .u-over")
    page.mouse.click(over["x"] + over["width"] * bar, over["y"] + over["height"] / 2)
    page.wait_for_url("**since=**")
    assert "country=SI" in page.url
    assert rows(page).count() == 1


def test_a_bubble_of_the_map_tells_its_incident_and_leads_to_it(desk, open_page):
    page = open_page(desk, "/incidents?country=SI")
    wait_for_map(page)
    # One incident alone lies in the middle of the map.
    shown = seen(page, "#map canvas")
    page.mouse.click(shown["x"] + shown["width"] / 2, shown["y"] + shown["height"] / 2)
    popup = page.locator(".maplibregl-popup-content")
    popup.wait_for()
    assert "Celje" in popup.inner_text()
    killed = rows(page).first.locator("td.num").first.inner_text()
    assert re.search(r"killed: \d+ \(\d+–\d+\)", popup.inner_text())
    assert re.search(r"\d+", killed).group() in popup.inner_text()
    assert page.locator("tr.chosen").count() == 1
    popup.locator("a").click()
    page.wait_for_url("**/incidents/i*")
    assert "Celje" in page.locator("main").inner_text()


def test_a_row_is_found_on_the_map_and_by_keys(desk, open_page):
    page = open_page(desk, "/incidents")
    wait_for_map(page)
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.locator("tr.chosen")
    assert chosen.count() == 1
    asked = len(page.watch.asked)
    page.keyboard.press("m")
    page.wait_for_function("n => true", arg=asked)
    page.keyboard.press("Enter")
    page.wait_for_url("**/incidents/i*")
    assert page.locator("h1").count() == 1


def test_an_incident_tells_figures_sources_disputes_and_leads_to_the_words(desk, open_page):
    page = open_page(desk, "/incidents?country=SD")
    page.goto(first_url(page, "El Obeid"))
    text = page.locator("main").inner_text()
    for words in ("What is known", "What is disputed", "Who says what", "Who took from whom"):
        assert words in text
    killed = page.locator("table.tolls tbody tr", has_text="Killed").locator("td.num")
    low, best, high = (int(cell) for cell in killed.all_inner_texts())
    assert low < best < high
    assert page.locator(".side").count() >= 2
    assert page.locator("#toll-chart canvas").count() == 1
    assert page.locator("#graph svg a").count() >= 4
    card = page.locator(".claim-card", has_text="eleven dead").first
    quote = card.locator("q").inner_text()
    card.locator(".from a").first.click()
    page.wait_for_url("**/reports/**")
    page.wait_for_function("() => document.activeElement?.matches('a.words')")
    assert page.evaluate("document.activeElement.textContent") in quote
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 0 < top < page.viewport_size["height"]
    assert page.locator("#hover-card").is_visible()


def test_words_and_claims_of_a_report_find_each_other(desk, open_page):
    page = open_page(desk, "/reports?q=Kalashnikov")
    page.locator("main table a").first.click()
    page.wait_for_url("**/reports/d*")
    words = page.locator("#text a.words", has_text="shot dead two fellow soldiers").first
    words.hover()
    card = page.locator("#hover-card")
    assert card.is_visible()
    assert "Baza" in card.inner_text()
    words.click()
    assert page.evaluate("document.activeElement.closest('.claim-card') !== null")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement?.matches('a.words')")
    assert page.locator("#text .furniture", has_text="Disclaimer").count() == 1
    plain = page.locator("#text").evaluate("element => element.textContent")
    assert "The killer is now being sought" in plain


def test_keys_are_listed_search_is_found_and_pages_are_reached(desk, open_page):
    page = open_page(desk, "/incidents")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.id === 'f-q'")
    page.keyboard.type("gs")  # typed, not gone to
    assert page.input_value("#f-q") == "gs"
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/sources")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_dark_can_be_chosen_and_stays(desk, open_page):
    page = open_page(desk, "/statistics", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#toggle-theme")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto("/sources")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_everything_can_be_read_without_scripts(desk, open_page):
    page = open_page(desk, "/incidents", java_script_enabled=False)
    everything = rows(page).count()
    assert everything > 15
    assert not page.locator("#map").is_visible()
    page.fill("#f-q", "festival")
    page.locator("#filters button").click()
    page.wait_for_url("**q=festival**")  # and until it is loaded
    assert 0 < rows(page).count() < everything
    page.goto(first_url(page, "Celje"))
    assert page.locator("#toll-data").count() == 1
    assert page.locator(".claim-card").count() > 5
    page.locator(".claim-card .from a").first.click()
    page.locator("#text a.words").first.wait_for()
    page.wait_for_load_state()
    assert page.locator("#text a.words").count() > 2


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(desk, open_page, path):
    page = open_page(desk, "/static/icon.svg", viewport={"width": 375, "height": 740})
    page.watch.expected.append("404")
    page.goto(path)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 375


def test_an_incident_on_paper_has_its_claims_and_no_buttons(desk, open_page):
    page = open_page(desk, "/incidents?country=SI")
    page.goto(first_url(page, "Celje"))
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("button:visible").count() == 0
    assert page.locator(".claim-card").first.is_visible()
