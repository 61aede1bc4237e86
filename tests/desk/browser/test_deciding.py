"""The desk as somebody who decides: join and undo, paste and keep, log in and be refused."""

from __future__ import annotations

import re
import shutil

import pytest

from dateline.settings import Settings
from tests.desk.browser.serving import serving

HOSTILE = (
    "KIDAL, Mali, May 3, 2021 (AFP) - A roadside bomb killed four soldiers near Kidal in Mali on "
    "Monday, an army spokesman <script>document.title='owned'</script> said.\n\n"
    "<img src=x onerror=\"document.title='owned'\"> [a](javascript:document.title='owned') "
    "\u202eydob eht\u202c \u0000 \ud83d\ude00 \u05e9\u05dc\u05d5\u05dd 'q' \"q\" {{7*7}} ${7*7}\n\n"
    'Two others were wounded, "</textarea></bdi><svg onload=alert(1)>" the spokesman added.\n'
    + "x"
    * 20_000
)


def incident(page, origin: str, query: str, words: str) -> None:
    page.goto(f"{origin}/incidents?{query}")
    page.locator("a.where", has_text=words).first.click()
    page.wait_for_url("**/incidents/i*")


def test_two_incidents_are_joined_and_the_joining_is_undone(own_desk, open_page):
    page = open_page(own_desk, "/incidents?country=NG")
    before = page.locator(".incident-table tbody tr").count()
    assert before >= 2
    page.locator("a.where").first.click()
    near = page.locator(".near details", has_text="Join").first
    near.locator("summary").click()
    near.locator("input[name=note]").fill("the same hostages")
    near.locator("button[value=same]").click()
    page.locator("#history ~ ol", has_text="the same hostages").wait_for()
    page.goto("/incidents?country=NG")
    assert page.locator(".incident-table tbody tr").count() == before - 1
    page.goto("/review")
    recent = page.locator("section", has_text="Lately decided").locator("li").first
    assert "the same hostages" in recent.inner_text()
    recent.locator("button", has_text="Undo").click()
    page.wait_for_load_state()
    page.goto("/incidents?country=NG")
    assert page.locator(".incident-table tbody tr").count() == before


def test_a_disputed_toll_is_decided_by_keys_and_undone(own_desk, open_page):
    page = open_page(own_desk, "/review?kind=dispute")
    waiting = page.locator("#queue > .item").count()
    assert waiting > 1
    second = page.locator("#queue > .item").nth(1).get_attribute("id")
    page.keyboard.press("j")
    assert page.locator(".item.current").get_attribute("id") == second
    page.keyboard.press("i")
    page.keyboard.type("ministry corrected itself")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_url("**done=**")
    assert page.locator("#queue > .item").count() == waiting - 1
    assert "ministry corrected itself" in page.locator("main").inner_text()
    page.keyboard.press("u")
    page.wait_for_load_state()
    page.wait_for_function(
        "n => document.querySelectorAll('#queue > .item').length === n", arg=waiting
    )


def test_a_claim_judged_wrong_says_so_with_its_note(own_desk, open_page):
    page = open_page(own_desk, "/incidents?country=UY")
    incident(page, own_desk, "country=UY", "Rivera")
    card = page.locator(".claim-card", has_text="killing four").first
    id = card.get_attribute("id")
    card.locator("summary").click()
    card.locator("input[name=note]").fill("nobody else has it")
    card.locator("button[value=wrong]").click()
    page.wait_for_load_state()
    judged = page.locator(f"#{id}")
    assert "wrong" in judged.inner_text()
    assert "nobody else has it" in judged.inner_text()


def test_who_comes_second_sees_what_the_first_decided(own_desk, open_page):
    first = open_page(own_desk, "/review?kind=dispute")
    second = open_page(own_desk, "/review?kind=dispute")
    second.watch.expected.append("409")
    item = first.locator("#queue > .item").first
    item.locator("input[name=note]").fill("seen the hospital's list")
    item.locator("button[value=confirm]").click()
    first.wait_for_url("**done=**")
    second.locator("#queue > .item").first.locator("button[value=discount]").click()
    second.wait_for_load_state()
    alert = second.locator("[role=alert]")
    assert "was not stored" in alert.inner_text()
    assert "seen the hospital's list" in alert.inner_text()


def test_a_pasted_report_is_shown_before_it_is_kept(own_desk, open_page):
    page = open_page(own_desk, "/paste")
    page.fill(
        "#pasted",
        "KHARTOUM, Aug 25, 2023 (AFP) - Shells hit a livestock market in El Obeid in Sudan on "
        "Sunday, killing 26 civilians and wounding more than 40, a doctors' union said on Friday."
        "\n\nThe union blamed the paramilitary Rapid Support Forces for the shelling.",
    )
    page.locator("button", has_text="Read it").click()
    page.wait_for_load_state()
    assert "not kept yet" in page.locator("main").inner_text()
    assert "it would join" in page.locator("main").inner_text()
    assert page.locator("#text a.words").count() >= 1
    assert "\ufffd" not in page.locator("#text").inner_text()
    page.locator("button", has_text="Keep it").click()
    page.wait_for_url("**/reports/d*")
    page.goto("/incidents?country=SD")
    assert "26" in page.locator(".incident-table tbody tr").first.inner_text()


def test_a_hostile_text_is_shown_as_text(own_desk, open_page):
    page = open_page(own_desk, "/paste")
    page.fill("#pasted", HOSTILE)
    page.locator("button", has_text="Read it").click()
    page.wait_for_load_state()
    assert page.title().startswith("Paste")
    page.locator("button", has_text="Keep it").click()
    page.wait_for_url("**/reports/d*")
    assert "owned" not in page.title()
    shown = page.locator("#text").evaluate("element => element.textContent")
    assert "<script>document.title='owned'</script>" in shown
    assert "{{7*7}}" in shown
    assert "\u202e" not in page.content()
    assert (
        page.locator("main script, main img, main svg[onload], a[href^='javascript']").count() == 0
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/reports?q=Kidal")
    assert page.locator("main script, main img").count() == 0
    page.goto("/incidents?country=ML")
    page.locator("a.where", has_text="Kidal").first.click()
    page.wait_for_url("**/incidents/i*")
    assert page.locator("main script, main img").count() == 0


@pytest.fixture
def closed_desk(example_ledger, tmp_path):
    """A desk with two accounts."""
    from dateline.desk.accounts import Accounts, file_of

    path = tmp_path / "closed.db"
    shutil.copy(example_ledger, path)
    settings = Settings()
    accounts = Accounts(file_of(str(path), settings))
    accounts.add("rita", "a long enough phrase", "reader")
    accounts.add("vera", "another long phrase", "reviewer")
    with serving(str(path), settings) as origin:
        yield origin


def log_in(page, name: str, password: str) -> None:
    page.fill("#name", name)
    page.fill("#password", password)
    page.locator("main button", has_text="Log in").click()
    page.wait_for_load_state()


def test_nobody_gets_in_without_the_password_and_a_reader_cannot_decide(closed_desk, open_page):
    page = open_page(closed_desk, "/login")
    page.watch.expected += ["401", "403"]
    page.goto("/incidents?country=SD")
    page.wait_for_url("**/login**")
    assert page.locator(".incident-table").count() == 0
    log_in(page, "rita", "wrong")
    assert "wrong" in page.locator("[role=alert]").inner_text()
    log_in(page, "rita", "a long enough phrase")
    page.wait_for_url("**/incidents?country=SD")
    assert page.locator(".incident-table tbody tr").count() >= 1
    assert page.locator("header a", has_text="Paste").count() == 0
    page.locator("a.where").first.click()
    assert page.locator("main form").count() == 0
    page.goto("/paste")
    assert "Not allowed" in page.locator("h1").inner_text()
    page.locator("header button", has_text="Log out").click()
    page.wait_for_url("**/login")
    page.goto("/incidents")
    assert page.locator(".incident-table").count() == 0


def test_a_reviewer_decides_under_their_own_name(closed_desk, open_page):
    page = open_page(closed_desk, "/login")
    log_in(page, "vera", "another long phrase")
    page.goto("/incidents?country=UY")
    page.locator("a.where").first.click()
    page.fill("#note", "read all three")
    page.locator("button[value=confirm]").click()
    page.wait_for_load_state()
    history = page.locator("section", has_text="Decisions").last.inner_text()
    assert re.search(r"incident confirmed.*vera", history, re.DOTALL)
    assert "read all three" in history
