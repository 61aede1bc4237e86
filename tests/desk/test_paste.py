"""Pasting with the real reader, in its own process."""

from __future__ import annotations

import pytest

from dateline.desk.pasting import Holding
from dateline.errors import UnknownIdError
from dateline.ledger import open_ledger
from dateline.model import Document, Reading
from tests.desk.conftest import Browser

WIRE = (
    "SAN VICENTE, El Salvador, 3 March 2021 (Reuters) - A car bomb killed 12 people and injured "
    "30 in a market in San Vicente on Tuesday, the mayor said. Nobody claimed responsibility."
)
LOCAL = (
    "A bomb in a parked car killed at least 11 people at the market of San Vicente, El Salvador, "
    "on 2 March 2021, hospital officials said. <script>alert(1)</script>"
)


@pytest.mark.slow
def test_paste_look_and_keep(open_desk, address: str):
    open_ledger(address, create=True).close()
    desk: Browser = open_desk(address)
    first = desk.submit("/paste", text=WIRE, published_at="2021-03-03", publisher="Reuters")
    assert first.status_code == 200
    assert desk.get("/api/v1/reports").json()["total"] == 0, "nothing is kept yet"
    kept = desk.submit("/paste/keep", token=token_of(first.text))
    assert kept.status_code == 303
    assert desk.get(kept.headers["location"]).status_code == 200
    (incident,) = desk.get("/api/v1/incidents").json()["incidents"]
    assert incident["killed"]["best"] == 12

    second = desk.submit("/paste", text=LOCAL, published_at="2021-03-03", publisher="El Diario")
    assert incident["id"] in second.text, "what is known of it is shown before it is kept"
    assert "<script>alert" not in second.text
    token = token_of(second.text)
    assert desk.submit("/paste/keep", token=token).status_code == 303
    assert desk.submit("/paste/keep", token=token).status_code == 404
    (joined,) = desk.get("/api/v1/incidents").json()["incidents"]
    assert joined["documents"] == 2

    again = desk.submit("/paste", text=WIRE, published_at="2021-03-03", publisher="Reuters")
    assert again.status_code == 200
    for text, said in (("", "nothing to read"), ("   ", "nothing to read")):
        refused = desk.submit("/paste", text=text)
        assert refused.status_code == 422
        assert said in refused.text
    refused = desk.submit("/paste", text=WIRE, published_at="yesterday-ish")
    assert refused.status_code == 422
    assert "no date" in refused.text
    assert "A car bomb killed" in refused.text, "what was typed is not lost"


@pytest.mark.slow
def test_what_is_typed_beside_a_page_goes_before_what_the_page_says(open_desk, address: str):
    open_ledger(address, create=True).close()
    desk: Browser = open_desk(address)
    page = f"<html><head><title>Old</title></head><body><p>{WIRE}</p><p>{LOCAL}</p></body></html>"
    shown = desk.submit(
        "/paste", text=page, publisher="Riverside Herald", published_at="2021-03-04", title="Blast"
    )
    assert shown.status_code == 200
    desk.submit("/paste/keep", token=token_of(shown.text))
    (report,) = desk.get("/api/v1/reports").json()["rows"]
    assert (report["publisher"], report["title"]) == ("Riverside Herald", "Blast")
    assert report["published_at"] == "2021-03-04"


def token_of(page: str) -> str:
    import re

    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_addresses_are_not_fetched_unless_allowed(desk: Browser):
    answer = desk.submit("/paste", address="http://example.org/")
    assert answer.status_code == 422
    assert "may not fetch" in answer.text


def test_private_addresses_are_not_fetched(filled: str, open_desk):
    desk = open_desk(filled, desk_fetch=True)
    for address in ("http://127.0.0.1/", "http://localhost/", "http://169.254.169.254/latest/"):
        answer = desk.submit("/paste", address=address)
        assert answer.status_code == 422
        assert "no public page" in answer.text


def test_what_is_held_is_for_who_pasted_it_and_once():
    holding = Holding()
    reading = Reading(document=Document(id="d1", text="x"))
    token = holding.put(reading, "ada")
    with pytest.raises(UnknownIdError):
        holding.take(token, "bob")
    assert holding.take(token, "ada") is reading
    with pytest.raises(UnknownIdError):
        holding.take(token, "ada")
