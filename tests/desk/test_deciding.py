"""Decisions through the forms of the desk, two people at once, and taking them back."""

from __future__ import annotations

import json

import pytest

from dateline import reviewing
from dateline.ledger import open_ledger
from dateline.ledger.pairs import all_pairs, put_pairs
from tests.desk.conftest import Browser


def incidents(desk: Browser) -> list[dict]:
    return desk.get("/api/v1/incidents").json()["incidents"]


def shootings(desk: Browser) -> list[str]:
    return [row["id"] for row in desk.get("/api/v1/incidents?type=shooting").json()["incidents"]]


def page(desk: Browser, id: str) -> dict:
    return desk.get(f"/api/v1/incidents/{id}").json()


def decide(desk: Browser, action: str, *subjects: str, seen: int = 10**6, **fields: object):
    return desk.submit(
        "/review/decide", action=action, subject=list(subjects), seen=str(seen), **fields
    )


def test_a_merge_and_its_undo(desk: Browser):
    one, other = shootings(desk)
    answer = decide(desk, "same", one, other, note="one night", back="/review?kind=duplicate")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/review?kind=duplicate&done=1"
    (joined,) = shootings(desk)
    told = page(desk, joined)
    assert (told["judgements"][0]["author"], told["judgements"][0]["note"]) == ("ada", "one night")
    assert page(desk, max(one, other))["row"]["id"] == joined, "the former id leads there"
    answer = desk.submit("/review/undo", judgement="1", note="no", seen="1")
    assert answer.status_code == 303
    assert sorted(shootings(desk)) == sorted((one, other))
    kept = page(desk, one)["judgements"]
    assert [j["standing"] for j in kept] == [False, True]
    assert kept[1]["undo_of"] == 1


def test_who_comes_second_sees_the_first(desk: Browser):
    one, other = shootings(desk)
    seen = page(desk, one)["seen"]
    assert decide(desk, "different", one, other, seen=seen, note="two towns").status_code == 303
    answer = decide(desk, "same", one, other, seen=seen, item="duplicate:x:y", note="mine")
    assert answer.status_code == 409
    assert "two towns" in answer.text
    assert len(shootings(desk)) == 2, "nothing was stored"
    assert 'name="seen" value="1"' in answer.text, "the form goes on from what is known now"
    third = incidents(desk)
    bombing = next(row["id"] for row in third if row["type"] == "bombing")
    assert decide(desk, "confirm", bombing, seen=seen).status_code == 303, "other things go on"


def test_a_judgement_in_the_way_is_named(desk: Browser):
    one, other = shootings(desk)
    decide(desk, "different", one, other)
    answer = decide(desk, "same", one, other)
    assert answer.status_code == 409
    assert "judgement 1" in answer.text


def test_a_wrong_claim_never_counts(desk: Browser):
    id = shootings(desk)[0]
    claim = next(g for g in page(desk, id)["groups"] if g["question"] == "how-many")["claims"][0]
    assert decide(desk, "wrong", claim["id"], note="a goal count").status_code == 303
    told = page(desk, id)
    after = next(g for g in told["groups"] if g["question"] == "how-many")["claims"][0]
    assert after["verdict"] == "wrong"
    assert all(toll["best"] is None for toll in told["tolls"] if toll["effect"] == "killed")


def test_a_correction(desk: Browser):
    id = shootings(desk)[0]
    claim = next(g for g in page(desk, id)["groups"] if g["question"] == "how-many")["claims"][0]
    for value in ("{", "[1]", '"x"', '{"min": "many"}', '{"nothing": 1}'):
        assert decide(desk, "correct", claim["id"], value=value).status_code == 422, value
    fields = json.dumps({"min": 9, "max": 9})
    assert decide(desk, "correct", claim["id"], value=fields).status_code == 303
    assert page(desk, id)["row"]["killed"]["best"] == 9


def test_confirm_discount_and_note(desk: Browser):
    id = shootings(desk)[0]
    assert decide(desk, "confirm", id, note="seen the footage").status_code == 303
    assert page(desk, id)["status"] == "confirmed"
    assert decide(desk, "discount", id).status_code == 409
    assert decide(desk, "note", id, note="<script>x</script>").status_code == 303
    assert "<script>x" not in desk.get(f"/incidents/{id}").text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "same", "subject": ["i1"], "seen": "0"}, 400),
        ({"action": "dance", "subject": ["i1"], "seen": "0"}, 400),
        ({"action": "note", "subject": [], "seen": "0"}, 400),
        ({"action": "note", "subject": ["i1"], "seen": "x"}, 400),
        ({"action": "note", "subject": ["i1"], "seen": "0"}, 404),
        ({"action": "right", "subject": ["c1"], "seen": "0"}, 404),
        ({"action": "note", "subject": ["i1"], "seen": "0", "note": "x" * 20_000}, 413),
    ],
)
def test_forms_that_make_no_sense(desk: Browser, fields: dict, status: int):
    assert desk.submit("/review/decide", **fields).status_code == status


def test_near_pairs_are_in_the_queue_until_they_are_decided(desk: Browser, filled: str):
    one, other = shootings(desk)
    with open_ledger(filled, write=True) as ledger:
        mentions = [ledger.incident(id).mentions[0] for id in (one, other)]
        a, b = sorted(mentions)
        # As if looking for pairs had come one change further, and found this one.
        put_pairs(ledger, mentions, [(a, b, -0.5)], reviewing_done(ledger) + 1)
        assert [pair[:2] for pair in all_pairs(ledger)] == [(a, b)]
    queue = desk.get("/api/v1/review?kind=duplicate").json()
    assert queue["total"] == 1
    item = queue["items"][0]
    assert sorted(item["subjects"]) == sorted((one, other))
    assert desk.get("/api/v1/incidents?review=1").json()["total"] == 2
    answer = decide(desk, "leave", *item["subjects"], seen=item["seen"], item=item["id"])
    assert answer.status_code == 303
    assert desk.get("/api/v1/review?kind=duplicate").json()["total"] == 0
    desk.submit("/review/undo", judgement="1", note="", seen="1")
    assert desk.get("/api/v1/review?kind=duplicate").json()["total"] == 1
    decide(desk, "different", *item["subjects"])
    assert desk.get("/api/v1/review?kind=duplicate").json()["total"] == 0


def reviewing_done(ledger) -> int:
    from dateline.ledger.pairs import pairs_seen

    reviewing.catch_up(ledger)
    return pairs_seen(ledger)


def test_a_new_statistic_waits_until_somebody_looked(desk: Browser):
    queue = desk.get("/api/v1/review?kind=statistic").json()
    assert queue["total"] == 3
    item = queue["items"][0]
    assert decide(desk, "right", *item["subjects"], seen=item["seen"]).status_code == 303
    assert desk.get("/api/v1/review?kind=statistic").json()["total"] == 2
