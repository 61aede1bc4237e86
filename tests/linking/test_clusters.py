"""Incidents from mentions: any order and any batches, judgements, and copies."""

from __future__ import annotations

import random
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import JudgementConflictError
from dateline.linking.blocking import keys
from dateline.linking.clusters import replay
from dateline.linking.edges import millionths
from dateline.linking.explain import explain
from dateline.linking.judgements import Ruling, Rulings, check_new
from dateline.linking.linker import edges_of, link, score_all
from dateline.linking.syndication import copies, origin
from dateline.linking.vetoes import veto
from tests.linking.making import day, make
from tests.linking.test_pairs import candidates

NONE = Rulings()


def linked(some, rulings=NONE):
    return link({c.mention: c for c in some}, score_all(some), rulings).groups


class Shelf:
    """A ledger of candidates, as far as linking needs one."""

    def __init__(self):
        self.kept = {}
        self.home = {}
        self.scored = {}
        self.joined = set()

    def look_up(self, wanted):
        wanted = set(wanted)
        return [c for c in self.kept.values() if wanted & set(keys(c).keys)]

    def candidates(self, mentions):
        return [self.kept[id] for id in mentions if id in self.kept]

    def edges(self, mentions):
        wanted = set(mentions)
        return [(a, b, w) for (a, b), w in self.scored.items() if {a, b} & wanted]

    def joins(self, mentions):
        wanted = set(mentions)
        return [(*ends, self.scored[ends]) for ends in self.joined if wanted.issuperset(ends)]

    def fellows(self, mentions):
        return {self.home[mention] for mention in mentions if mention in self.home}

    def add(self, batch, rulings=NONE):
        self.kept.update((c.mention, c) for c in batch)
        edges = edges_of(batch, self.look_up)
        self.scored.update(((e.a, e.b), millionths(e.weight)) for e in edges)
        self.follow([c.mention for c in batch], rulings)

    def follow(self, changed, rulings):
        groups, joins = replay(changed, self, rulings)
        anew = {mention for group in groups for mention in group}
        self.joined = {ends for ends in self.joined if ends[0] not in anew} | joins
        for group in groups:
            for mention in group:
                self.home[mention] = group

    @property
    def groups(self):
        return sorted(set(self.home.values()))


def near(name):
    """Mentions that have much in common, so that joins and vetoes meet."""
    return st.builds(
        lambda n, on, town, killed, kind, words, persons: make(
            f"{name}{n}",
            on=f"2023-03-{on:02d}",
            town=town,
            killed=killed,
            type=kind,
            names=words,
            document=f"d{n % 7}",
            published=day("2023-03-25"),
            persons=persons,
        ),
        st.integers(0, 10**6),
        st.integers(10, 20),
        st.sampled_from(["Qalat", "Kandahar", "Kabul", None]),
        st.none() | st.integers(1, 12),
        st.sampled_from(["bombing", "attack", "shooting"]),
        st.sampled_from(["", "ahmad barak", "ahmad barak karim zadran"]),
        st.sampled_from([(), (), (1,), (2,)]),
    )


some_mentions = st.lists(
    st.one_of(near("n"), candidates()), max_size=14, unique_by=lambda c: c.mention
)


@given(some_mentions, st.data())
@settings(max_examples=150, deadline=None)
def test_any_order_and_any_batches_give_the_same_incidents(some, data):
    expected = linked(some)
    shuffled = data.draw(st.permutations(some))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(some)), max_size=4)))
    shelf = Shelf()
    for start, end in pairwise([0, *cuts, len(some)]):
        shelf.add(shuffled[start:end])
    assert shelf.groups == expected
    assert linked(shuffled) == expected


@given(some_mentions, st.data())
@settings(max_examples=150, deadline=None)
def test_judgements_and_mentions_in_any_order_give_the_same_incidents(some, data):
    """What is kept of the joins stays that of linking everything, too."""
    names = sorted(c.mention for c in some)
    said = []
    if len(names) > 1:
        for number in range(data.draw(st.integers(0, 3))):
            a, b = data.draw(st.permutations(names))[:2]
            verdict = data.draw(st.sampled_from(["same", "different"]))
            new = Ruling(number, verdict, (a,), (b,))
            try:
                check_new(said, new)
            except JudgementConflictError:
                continue
            said.append(new)
    shelf = Shelf()
    binding = []
    steps = data.draw(st.permutations([*some, *said]))
    retracted = data.draw(st.lists(st.sampled_from(said), max_size=2)) if said else []
    for step in [*steps, *retracted]:
        if isinstance(step, Ruling):
            binding = [r for r in binding if r != step] if step in binding else [*binding, step]
            ends = [*step.left, *step.right]
            shelf.follow([m for m in ends if m in shelf.kept], Rulings(binding))
        else:
            shelf.add([step], Rulings(binding))
    whole = link(shelf.kept, score_all(some), Rulings(binding))
    assert shelf.groups == whole.groups
    assert shelf.joined == whole.joins


@given(st.integers(2, 60), st.integers(0, 1 << 30))
@settings(max_examples=25, deadline=None)
def test_large_incidents_are_the_same_in_any_order(count, seed):
    """More reports than speak for their group, of days and places that exclude each other."""
    chance = random.Random(seed)
    some = [
        make(
            f"{chance.getrandbits(60):016x}",
            on=f"2023-03-{chance.choice((10, 11, 11, 12, 16)):02d}",
            town=chance.choice(("Qalat", "Qalat", "Qalat", "Kandahar", None)),
            killed=chance.choice((None, 5, 6, 7, 12)),
            document=f"d{chance.randrange(3 * count)}",
            names=" ".join(chance.sample(("ahmad", "barak", "karim", "zadran", "nazir"), 3)),
        )
        for _ in range(count)
    ]
    shelf = Shelf()
    for start in range(0, count, 7):
        shelf.add(some[start : start + 7])
    whole = link(shelf.kept, score_all(some), NONE)
    assert (shelf.groups, shelf.joined) == (whole.groups, whole.joins)


@given(some_mentions)
@settings(max_examples=100, deadline=None)
def test_no_incident_holds_two_mentions_that_are_ruled_out(some):
    by_id = {c.mention: c for c in some}
    groups = linked(some)
    assert sorted(m for g in groups for m in g) == sorted(by_id)
    for group in groups:
        named = [person for m in group for person in by_id[m].persons]
        for a, b in permutations((by_id[m] for m in group), 2):
            against = veto(a, b)
            excused = a.background or b.background or len(named) > len(set(named))
            assert against is None or (excused and against.startswith("their dates"))


@given(some_mentions)
@settings(max_examples=8, deadline=None)
def test_splink_finds_the_same_pairs(some):
    pytest.importorskip("splink")
    from dateline.linking import splink_engine

    assert list(splink_engine.score_all(some)) == score_all(some)
    # The same in pieces, whose pairs reach into later ones.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(splink_engine, "_SCORED_AT_ONCE", 3)
        assert list(splink_engine.score_all(some)) == score_all(some)


ONE, TWO, THREE = (make(n, killed=6) for n in ("one", "two", "three"))
FAR = make("far", town="Kabul", killed=50)


def ruling(number, verdict, a, b):
    return Ruling(number, verdict, (a,), (b,), "ana", "seen by me")


def test_a_judgement_joins_what_nothing_else_would():
    assert linked([ONE, FAR]) == [("mfar",), ("mone",)]
    joined = Rulings([ruling(1, "same", "mone", "mfar")])
    assert linked([ONE, FAR], joined) == [("mfar", "mone")]


def test_a_judgement_keeps_apart_what_would_join():
    assert linked([ONE, TWO]) == [("mone", "mtwo")]
    apart = Rulings([ruling(1, "different", "mone", "mtwo")])
    assert linked([ONE, TWO], apart) == [("mone",), ("mtwo",)]
    groups = linked([ONE, TWO, THREE], apart)
    assert not any({"mone", "mtwo"} <= set(group) for group in groups)


def test_a_join_that_crosses_a_not_the_same_is_refused_by_name():
    known = [ruling(7, "different", "mone", "mtwo"), ruling(8, "same", "mtwo", "mthree")]
    with pytest.raises(JudgementConflictError, match="judgement 7 by ana"):
        check_new(known, ruling(9, "same", "mone", "mthree"))
    with pytest.raises(JudgementConflictError, match="not the same: seen by me"):
        linked([ONE, TWO, THREE], Rulings([*known, ruling(9, "same", "mone", "mthree")]))
    check_new(known, ruling(9, "same", "mone", "mfar"))


def test_a_not_the_same_within_what_was_joined_is_refused():
    known = [ruling(1, "same", "mone", "mtwo"), ruling(2, "same", "mtwo", "mthree")]
    with pytest.raises(JudgementConflictError):
        check_new(known, ruling(3, "different", "mone", "mthree"))


def test_judgements_reach_beyond_the_keys():
    shelf = Shelf()
    rulings = Rulings([ruling(1, "same", "mone", "mfar")])
    shelf.add([FAR], rulings)
    shelf.add([ONE], rulings)
    assert shelf.groups == [("mfar", "mone")]


def test_a_chain_of_neighbours_does_not_draw_two_events_together():
    """Each day's report is like the next, the first is not like the last."""
    days = [make(f"day{n}", on=f"2023-03-{n:02d}", killed=6) for n in range(10, 22)]
    groups = linked(days)
    assert all(len(group) <= 6 for group in groups)


def text(name, numbers, on, **more):
    return make(name, lines=tuple(sorted(numbers)), published=day(on), **more)


def test_one_man_named_in_the_news_excuses_a_wrong_day_against_all_other_reports():
    told = {"published": day("2023-03-16"), "killed": 6, "names": "omar barak", "words": "a b c d"}
    first = make("first", **told)
    named = make("named", persons=(1,), **told)
    later = make("later", on="2023-03-27", persons=(1,), **{**told, "published": day("2023-03-28")})
    assert linked([first, named]) == [("mfirst", "mnamed")]
    assert linked([first, later]) == [("mfirst",), ("mlater",)]
    assert linked([first, named, later]) == [("mfirst", "mlater", "mnamed")]
    joined = explain(first, later, NONE, together=True)
    assert joined.verdict == "one incident: joined through other reports of it"
    assert explain(first, later, NONE, together=False).verdict.startswith("two incidents: their d")
    other = make("other", on="2023-03-27", persons=(2,), **told)
    assert len(linked([first, named, other])) == 2


def test_a_date_brought_up_in_passing_rules_out_nothing_that_main_accounts_allow():
    told = {"killed": 40, "names": "omar barak", "words": "a b c d e f"}
    first = make("first", **told)
    recalled = make("recalled", killed=40, background=True)
    later = make("later", on="2023-03-19", **told)
    assert linked([recalled, later]) == [("mlater",), ("mrecalled",)]
    assert linked([first, recalled]) == [("mfirst", "mrecalled")]
    assert linked([first, recalled, later]) == [("mfirst", "mlater", "mrecalled")]


def test_copies_point_to_the_earliest_and_say_how():
    wire = text("wire", range(10), "2023-03-14", publisher="afp")
    paper = text("paper", range(8), "2023-03-15", publisher="herald")
    update = text("update", [*range(7), 30, 31], "2023-03-16", publisher="afp")
    own = text("own", range(50, 60), "2023-03-15", publisher="star")
    repost = text(
        "repost",
        [*range(50, 53), *range(80, 87)],
        "2023-03-16",
        publisher="blog",
        reposted_from="star",
    )
    taken = copies([repost, own, update, paper, wire])
    assert [(t.document, t.original, t.how) for t in taken] == [
        ("dpaper", "dwire", "near-duplicate"),
        ("drepost", "down", "repost"),
        ("dupdate", "dwire", "update"),
    ]
    assert origin("dpaper", taken) == "dwire"
    assert origin("down", taken) == "down"


@given(st.permutations([text(str(n), range(n, n + 6), f"2023-03-{14 + n}") for n in range(5)]))
def test_who_copied_whom_does_not_depend_on_order(some):
    assert copies(some) == copies(sorted(some, key=lambda c: c.mention))
    assert all(origin(c.document, copies(some)) == "d0" for c in some)
