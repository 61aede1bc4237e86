from __future__ import annotations

import datetime as dt
import re
from xml.etree.ElementTree import fromstring

import pytest
from msgspec.structs import replace

from dateline.desk.rows import toll_view
from dateline.ledger import open_ledger
from dateline.model import Toll
from tests.desk.conftest import Browser, store
from tests.ledger.making import make_reading

PAGES = (
    "/incidents",
    "/incidents?q=shot&since=2020-01-01&country=ru&effect=killed&min=1&sort=killed&page=9",
    "/reports",
    "/reports?q=shot",
    "/review",
    "/review?kind=dispute",
    "/review?kind=claim",
    "/review?kind=join",
    "/review?kind=statistic",
    "/sources",
    "/sources?sort=name&kind=channel&q=baza",
    "/source?name=Baza",
    "/statistics",
    "/statistics?q=fled",
    "/paste",
)


def incident_ids(desk: Browser, query: str = "") -> list[str]:
    return [row["id"] for row in desk.get(f"/api/v1/incidents?{query}").json()["incidents"]]


def test_every_page_answers_and_holds_nothing_hostile(desk: Browser):
    ids = incident_ids(desk)
    documents = [row["id"] for row in desk.get("/api/v1/reports").json()["rows"]]
    assert len(ids) == len(documents) == 3
    for path in (
        *PAGES,
        *(f"/incidents/{id}" for id in ids),
        *(f"/reports/{id}" for id in documents),
    ):
        answer = desk.get(path)
        assert answer.status_code == 200, path
        for forbidden in ("<script>alert", "<img src=x", "<svg onload", "javascript:", "<b>Bold"):
            assert forbidden not in answer.text, (path, forbidden)
        for turning in ("\u202e", "\u202c", "\x00"):
            assert turning not in answer.text, path
        assert "style=" not in answer.text, path
        assert " onclick" not in answer.text


def test_the_queue_opens_where_something_waits(desk: Browser):
    page = desk.get("/review").text
    (chosen,) = re.findall(r'aria-current="page">([^<]+) <span class="count">([^<]+)<', page)
    assert chosen[0].strip() != "Likely duplicates"
    assert int(chosen[1]) > 0
    assert 'class="item"' in page
    asked = desk.get("/review?kind=duplicate").text
    assert re.search(r'aria-current="page">Likely duplicates', asked)


def test_a_town_is_not_said_to_be_the_exact_spot(desk: Browser):
    page = desk.get(f"/incidents/{incident_ids(desk)[0]}").text
    assert "exact place" not in page
    assert "placed at the town" in page


def test_the_rule_behind_a_figure_is_not_cut():
    rule = ", ".join(f"the emergency service of district {number}" for number in range(30))
    toll = Toll(low=1, best=1, high=1, rule=rule, claims=())
    assert toll_view("killed", toll).rule == rule


def test_best_figures_by_another_policy(desk: Browser):
    seen = set()
    for id in incident_ids(desk):
        told = {
            policy: desk.get(f"/api/v1/incidents/{id}?policy={policy}").json()
            for policy in ("default", "conservative", "maximum", "")
        }
        assert told["default"] == told[""] == desk.get(f"/api/v1/incidents/{id}").json()
        for policy, bound in (("conservative", "low"), ("maximum", "high")):
            page = told[policy]
            assert page["policy"] == policy
            assert policy in page["policies"]
            for toll in page["tolls"]:
                assert toll["best"] == toll[bound]
                seen.add(toll["effect"])
    assert "killed" in seen
    page = desk.get(f"/incidents/{id}?policy=maximum").text
    assert "<b>maximum</b>" in page
    assert f'href="/incidents/{id}?policy=latest#tolls"' in page
    assert f'href="/incidents/{id}#tolls"' in page
    assert desk.get(f"/incidents/{id}?policy=guess").status_code == 400


def test_hostile_text_is_shown_as_text(desk: Browser):
    (id,) = [row["id"] for row in desk.get("/api/v1/reports?q=etihw").json()["rows"]]
    page = desk.get(f"/reports/{id}").text
    assert (
        "alert(&#39;x&#39;)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt; \ufffdetihw" in page
    )


def test_five_megabytes_of_one_line_come_in_parts(open_desk, address: str):
    reading = make_reading("long", text="Two were shot. " + "x" * 5_000_000)
    with open_ledger(address, create=True) as ledger:
        store(ledger, reading)
    desk = open_desk(address)
    first = desk.get(f"/reports/{reading.document.id}")
    assert len(first.text) < 200_000
    assert "part 1 of 84" in first.text
    parts = []
    for number in (1, 84, 999):
        page = desk.get(f"/api/v1/reports/{reading.document.id}?part={number}").json()
        parts.append((page["part"], page["part_start"], page["part_end"]))
    assert parts[0][:2] == (1, 0)
    assert parts[1] == parts[2]
    assert parts[1][2] == len(reading.document.text)


def test_a_claim_is_found_in_its_report(desk: Browser):
    incident = desk.get(f"/api/v1/incidents/{incident_ids(desk)[0]}").json()
    claim = incident["groups"][0]["claims"][0]
    page = desk.get(claim["url"].partition("#")[0])
    assert f'id="claim-{claim["id"]}"' in page.text


def test_a_link_says_the_whole_view(desk: Browser):
    path = "/incidents?type=shooting&sort=killed&since=2024-01-01"
    page = desk.get(path).text
    assert page == desk.get(path).text
    assert "2 incidents" in page or ">2<" in page
    both = desk.get("/api/v1/incidents?type=shooting&sort=killed&since=2024-01-01").json()
    assert [row["killed"]["best"] for row in both["incidents"]] == sorted(
        (row["killed"]["best"] for row in both["incidents"]), reverse=True
    )


def test_what_cannot_be_used_is_left_out_and_said(desk: Browser):
    page = desk.get("/incidents?since=yesterday&min=many&grade=good&country=Atlantis")
    assert page.status_code == 200
    for said in ("since is no date", "min is no whole number", "good is no grade", "Atlantis"):
        assert said in page.text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/incidents/i000000", 404, "unknown-id"),
        ("/api/v1/reports/d000000", 404, "unknown-id"),
        ("/api/v1/source?name=Nobody", 404, "unknown-id"),
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/sources?page=0", 422, "usage"),
        ("/api/v1/source", 422, "usage"),
    ],
)
def test_errors_have_one_shape(desk: Browser, path: str, status: int, code: str):
    answer = desk.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"status", "code", "message", "hint"}
    assert (error["status"], error["code"]) == (status, code)
    page = desk.get(path.replace("/api/v1", ""), headers={"accept": "text/html"})
    assert page.status_code in (status, 200)
    assert page.headers["content-type"].startswith("text/html")


def test_an_unforeseen_error_tells_nothing(desk: Browser, monkeypatch):
    def fail(*args: object) -> None:
        raise RuntimeError("the secret of the vault")

    monkeypatch.setattr("dateline.desk.pages.sources.sources_page", fail)
    for accept in ("text/html", "application/json"):
        answer = desk.get("/sources", headers={"accept": accept})
        assert answer.status_code == 500
        assert "vault" not in answer.text
        assert "Traceback" not in answer.text
        assert "content-security-policy" in answer.headers


def test_the_filter_is_exported_in_every_format(desk: Browser):
    listed = desk.get("/incidents?type=bombing").text
    for name in ("csv", "jsonl", "geojson"):
        assert f"/export/{name}?type=bombing" in listed
        file = desk.get(f"/export/{name}?type=bombing")
        assert file.status_code == 200
        assert "attachment" in file.headers["content-disposition"]
    assert len(desk.get("/export/jsonl?type=bombing").text.splitlines()) == 1
    assert len(desk.get("/export/jsonl").text.splitlines()) == 3
    assert desk.get("/export/exe").status_code == 404


def test_the_feed_has_what_changed_last_first(desk: Browser, filled: str):
    root = fromstring(desk.get("/feed.atom?type=shooting").content)
    name = "{http://www.w3.org/2005/Atom}"
    assert len(root.findall(f"{name}entry")) == 2
    with open_ledger(filled, write=True) as ledger:
        incident = ledger.incident(incident_ids(desk, "type=shooting&sort=oldest")[0])
        ledger.replace_incidents([incident.id], [replace(incident, grade="confirmed")])
    newest = fromstring(desk.get("/feed.atom?type=shooting").content).find(f"{name}entry")
    assert newest is not None
    assert incident.id in newest.find(f"{name}link").get("href")
    assert newest.find(f"{name}category").get("term") == "changed"
    for entry in root.iter(f"{name}entry"):
        assert dt.datetime.fromisoformat(entry.find(f"{name}updated").text).tzinfo


def test_the_map_gives_every_incident(desk: Browser):
    found = desk.get("/api/v1/incidents/map?zoom=3&bbox=-180,-85,180,85").json()
    assert found["matches"] == found["inside"] == 3
    assert sum(point["count"] for point in found["points"]) == 3
    for bad in ("bbox=1,2,3", "bbox=nan,nan,nan,nan", "zoom=nan", "zoom=1e999", "bbox=a,b,c,d"):
        assert desk.get(f"/api/v1/incidents/map?{bad}").status_code == 200


def test_sources_are_counted(desk: Browser):
    rows = {row["name"]: row for row in desk.get("/api/v1/sources").json()["rows"]}
    assert rows["Baza"]["incidents"] == 3
    assert rows["Baza"]["alone"] == 3
    assert rows["Shot"]["incidents"] in (0, 3)
    page = desk.get("/api/v1/source", params={"name": "Baza"}).json()
    assert page["incidents_total"] == 3
    assert len(page["reports"]) == 3


def test_a_desk_over_nothing(open_desk, address: str):
    open_ledger(address, create=True).close()
    desk = open_desk(address)
    for path in PAGES:
        if not path.startswith("/source?"):
            assert desk.get(path).status_code == 200, path
    assert desk.get("/api/v1/incidents/map").json()["points"] == []
    assert fromstring(desk.get("/feed.atom").content).tag.endswith("feed")


def test_pages_say_which_policy_their_tolls_follow(filled, open_desk):
    said = "follow the policy “default”"
    assert said not in open_desk(filled).get("/incidents").text
    other = open_desk(filled, policy="maximum").get("/incidents").text
    assert said in other
    assert "DATELINE_POLICY=maximum" in other


def test_a_source_is_alone_or_first_only_where_it_is_an_independent_one(filled, open_desk):
    counted = open_desk(filled).app.state.desk
    from dateline.desk.source_list import sources_page

    rows = sources_page(counted, q="", kind="", sort="incidents", page=1).rows
    assert any(row.first for row in rows)
    assert all(max(row.alone, row.first) <= row.incidents for row in rows)
