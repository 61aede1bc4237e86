"""MUC-4 templates: the official format, spans and fills, and the floor on tst1."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from benchmarks.muc.candidates import Candidate
from benchmarks.muc.chosen import Chooser, Chosen, beside
from benchmarks.muc.classes import PAIR
from benchmarks.muc.deeds import spoken_of
from benchmarks.muc.drafts import kept, names_beside, same_person
from benchmarks.muc.fills import Fill, Option, Sure, number_of
from benchmarks.muc.incidents import Pairs, shares
from benchmarks.muc.judged import Judge
from benchmarks.muc.known import Known, mark_of
from benchmarks.muc.linear import Linear
from benchmarks.muc.marked import Marked, Span
from benchmarks.muc.messages import message, read_messages
from benchmarks.muc.neighbours import NEAREST, Neighbours, terms_of
from benchmarks.muc.options import Options, rows_of, settled, with_others
from benchmarks.muc.reading import EFFECTS, Reading, Said
from benchmarks.muc.reading import NAMES as NAMED
from benchmarks.muc.sentences import starts_of
from benchmarks.muc.spans import key_of, spans_of, words_of
from benchmarks.muc.templates import sets
from benchmarks.muc.when_where import Scene, Whereabouts, date_candidates
from hypothesis import given, settings
from hypothesis import strategies as st
from training.muc_credit import Credit

from benchmarks import muc4
from dateline.reading.encoder import tokenize

MESSAGES = 60
FLOOR = 45.0  # 46.3 when it was pinned; the reader moves it a little
STORY = (
    "LIMA, 3 MAR 90 (OWN SERVICE) -- [TEXT] TWO BOMBS EXPLODED LAST NIGHT IN FRONT OF THE "
    "OFFICES OF A BANK IN LIMA.  THE EXPLOSION DESTROYED THE BANK AND WOUNDED FOUR PEASANTS. "
    " POLICE SAID SHINING PATH TERRORISTS PLANTED THE BOMBS.\n"
)


@pytest.fixture(scope="module")
def story() -> Marked:
    return muc4.marked(message("OWN-MUC0-0001", STORY))


def span(marked: Marked, text: str) -> Span:
    return next(one for one in marked.spans if marked.text(one.first, one.end) == text)


def test_a_bombing_is_one_template_with_its_targets() -> None:
    block = muc4.respond(message("OWN-MUC0-0001", STORY), muc4.load())
    assert block.count("MESSAGE: ID") == 1
    assert re.search(r"^4\.\s+INCIDENT: TYPE\s+BOMBING$", block, re.M)
    assert re.search(r"^2\.\s+INCIDENT: DATE\s+02 MAR 90$", block, re.M)
    assert re.search(r"^3\.\s+INCIDENT: LOCATION\s+PERU: LIMA \(CITY\)", block, re.M)
    assert '"SHINING PATH TERRORISTS"' in block
    assert "PEASANTS" in block
    assert "BANK" in block


def test_a_message_without_an_incident_has_no_template() -> None:
    text = (
        "QUITO, 5 JUN 89 (OWN SERVICE) -- [TEXT] THE FINANCE MINISTER SAID THE PRICE OF BREAD "
        "WILL NOT RISE THIS YEAR.  EXPORTS OF COFFEE GREW IN MAY.\n"
    )
    block = muc4.respond(message("OWN-MUC0-0002", text), muc4.load())
    assert re.search(r"^4\.\s+INCIDENT: TYPE\s+\*$", block, re.M)


def test_the_same_message_gives_the_same_templates() -> None:
    first, second = (muc4.respond(message("OWN-MUC0-0001", STORY), muc4.load()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n--", "A", ".", '"' * 600, "[TEXT]", "\ud800 KILLED"]
)
def test_no_text_is_too_odd(text: str) -> None:
    assert "MESSAGE: ID" in muc4.respond(message("OWN-MUC0-0003", text), muc4.load())


def test_spans_are_runs_of_words_that_may_fill_a_slot(story: Marked) -> None:
    texts = {story.text(one.first, one.end) for one in story.spans}
    assert {"BOMBS", "OFFICES", "OFFICES OF A BANK", "SHINING PATH", "FOUR PEASANTS"} & texts == {
        "BOMBS", "OFFICES", "OFFICES OF A BANK", "SHINING PATH",
    }  # fmt: skip
    assert not any("." in text for text in texts)
    assert "THE BANK" not in texts


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABK '\".,-3\n&", max_size=80))
def test_spans_lie_within_their_text(text: str) -> None:
    words = words_of(text, tokenize(text))
    spans = spans_of(words)
    assert (spans[:, 0] < spans[:, 1]).all()
    assert not len(spans) or spans[:, 1].max() <= len(words)
    assert len(np.unique(spans, axis=0)) == len(spans)
    assert all(key_of(words[a:b]) for a, b in spans)


def test_a_number_is_read_before_its_noun(story: Marked) -> None:
    assert number_of(story, span(story, "PEASANTS")) == "4"
    assert number_of(story, span(story, "BANK")) == "1"
    assert number_of(story, span(story, "TERRORISTS")) == "PLURAL"


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("MAYOR JUAN ROJO SAID", (0, 1), True),
        ("THE MAYOR OF QUITO , JUAN ROJO , DIED", (1, 2), True),
        ("JUAN ROJO , MAYOR OF QUITO", (3, 4), True),
        ("JUAN ROJO WAS SHOT BY A MAYOR", (6, 7), False),
        ("A MAYOR WAS SHOT BY JUAN ROJO", (1, 2), False),
    ],
)
def test_a_description_stands_beside_its_name(
    text: str, role: tuple[int, int], expected: bool
) -> None:
    words = text.split()
    at = words.index("JUAN")
    name = Span(0, at, at + 2, ("JUAN", "ROJO"))
    assert beside(words, Span(1, *role, ("MAYOR",)), name) is expected


VICTIMS = (
    "LIMA, 3 MAR 90 (OWN SERVICE) -- [TEXT] GUERRILLAS LAST NIGHT KILLED MAYOR JUAN ROJO PEREZ, "
    "LAWYER PEDRO LUNA DIAZ, AND MARIA SOLIS, A NURSE, IN A RESTAURANT IN LIMA.\n"
)


@pytest.fixture(scope="module")
def victims() -> Marked:
    return muc4.marked(message("OWN-MUC0-0006", VICTIMS))


def candidate(marked: Marked, slot: str, text: str) -> Candidate:
    own = span(marked, text)
    return Candidate(slot, next(one for one in marked.groups if own in one.spans), [])


def test_a_title_is_of_the_name_it_stands_before(victims: Marked) -> None:
    models = muc4.load()
    options = Options(victims, Linear(victims, models.linear), models.judge, "PERU")
    names = ("JUAN ROJO PEREZ", "PEDRO LUNA DIAZ", "MARIA SOLIS")
    weighed = {
        "name": [(0.3, candidate(victims, "name", one)) for one in names],
        "desc": [(0.5, candidate(victims, "desc", one)) for one in ("LAWYER", "MAYOR", "NURSE")],
    }
    told = Chooser(victims, options, "ATTACK", weighed).chosen()
    assert {one.text: one.extra for one in told.named} == {
        "JUAN ROJO PEREZ": "MAYOR", "PEDRO LUNA DIAZ": "LAWYER", "MARIA SOLIS": "NURSE",
    }  # fmt: skip
    assert told.plain == []


def test_a_description_beside_a_name_is_seen_to_be_of_that_person(victims: Marked) -> None:
    names = names_beside(victims)
    assert span(victims, "JUAN ROJO PEREZ") in names
    named = [fill(victims, "MARIA SOLIS", 0.7)]
    nurse = same_person(victims, names, named, fill(victims, "NURSE", 0.5))
    assert nurse[1:] == [nurse[1], 0.7, 0.0]
    assert nurse[1] > 0
    place = same_person(victims, names, named, fill(victims, "RESTAURANT", 0.5))
    assert place == [-9.0, 0.0, 0.0, 0.0]


def scene(marked: Marked, near: int) -> Scene:
    return Scene(0, (near,), np.zeros(PAIR))


def test_a_place_is_told_on_one_level(story: Marked) -> None:
    where = Whereabouts(story)
    places = where.candidates(scene(story, 0))
    assert [one.text for one in places if one.text.startswith("LIMA")]
    surely = [(1.0, one) for one in places]
    assert where.country == "PERU"
    assert where.location(surely).count("LIMA (") == 1
    assert where.location([(0.1, one) for one in places]) == "PERU"


def test_any_day_before_the_dateline_may_be_the_incidents(story: Marked) -> None:
    days = [one.text for one in date_candidates(story, scene(story, 0))]
    assert days[0] == "- 03 MAR 90"
    assert "02 MAR 90" in days


def test_rows_of_one_tree_have_one_width(story: Marked) -> None:
    for found in (
        date_candidates(story, scene(story, 2)),
        Whereabouts(story).candidates(scene(story, 2)),
    ):
        assert len({len(one.numbers) for one in found}) == 1


def fill(marked: Marked, text: str, chance: float) -> Fill:
    own = span(marked, text)
    group = next(one for one in marked.groups if own in one.spans)
    return Fill(text, own, group, chance)


@pytest.mark.parametrize(("chance", "incidents"), [(0.9, 1), (0.1, 2)])
def test_targets_are_parted_by_their_chance_to_be_of_one_incident(
    story: Marked, chance: float, incidents: int
) -> None:
    told = Chosen(
        [], [fill(story, "PEASANTS", 0.8)], [fill(story, "BANK", 0.9)],
        [fill(story, "TERRORISTS", 0.9)], [], [],
    )  # fmt: skip
    pairs = Pairs(story, Whereabouts(story))
    found = shares(pairs, told, "BOMBING", lambda rows: [chance] * len(rows))
    assert len(found) == incidents
    assert sorted(one.text for part in found for one in part.targets) == ["BANK", "PEASANTS"]
    assert all(part.people == told.people for part in found)


def test_an_unlikely_target_makes_no_incident_of_its_own(story: Marked) -> None:
    told = Chosen(
        [], [fill(story, "PEASANTS", 0.21)], [fill(story, "BANK", 0.9)], [], [], []
    )  # fmt: skip
    pairs = Pairs(story, Whereabouts(story))
    assert shares(pairs, told, "BOMBING", lambda rows: [0.1] * len(rows)) == [told]


def test_what_is_unlikely_is_left_out(story: Marked) -> None:
    people, bank = fill(story, "PEASANTS", 0.5), fill(story, "BANK", 0.5)
    told = Chosen([], [people], [bank], [], [], [])
    worth = {"type": Sure("CIVILIAN", 0.5), "effect": Sure("INJURY", 0.01)}
    left = kept(told, [people._replace(chance=0.9, told=worth), bank._replace(chance=0.05)])
    assert [one.text for one in left.targets] == ["PEASANTS"]
    assert sets(left.plain, "type") == ['CIVILIAN: "PEASANTS"']
    assert sets(left.plain, "effect") == sets(left.plain, "nation") == []


def test_the_likeliest_fill_is_told_however_unlikely(story: Marked) -> None:
    people, bank = fill(story, "PEASANTS", 0.02), fill(story, "BANK", 0.01)
    left = kept(Chosen([], [people], [bank], [], [], []), [people, bank])
    assert [one.text for one in left.targets] == ["PEASANTS"]


class Fixed(Judge):
    """A judge with a given chance for each row of a tree."""

    def __init__(self, chances: dict[str, list[float]]) -> None:
        self._chances = chances

    def chances(self, name: str, rows: Sequence[Sequence[float]]) -> list[float]:
        return self._chances.get(name, [0.0] * len(rows))


def test_of_what_may_be_told_of_a_fill_the_best_is_told(story: Marked) -> None:
    options = {"number": [Option("4", [1.0]), Option("PLURAL", [2.0])]}
    people = fill(story, "PEASANTS", 0.5)._replace(options=options)
    judge = Fixed({"number": [0.3, 0.6], "told": [0.7]})
    (told,) = settled(judge, [people], [[0.0, 0.0]])
    assert told.chance == 0.7
    assert told.told == {"number": Sure("PLURAL", 0.6)}
    assert rows_of(people, "number", [9.0, 8.0]) == [[1.0, 9.0, 8.0], [2.0, 9.0, 8.0]]


def test_what_is_told_of_a_fill_is_seen_beside_the_others(story: Marked) -> None:
    hurt = {"hum_effect": [Option("INJURY", [2.0, 0.8]), Option("DEATH", [1.0, 0.2])]}
    dead = {"hum_effect": [Option("DEATH", [1.0, 0.6])], "number": [Option("1", [1.0])]}
    people = fill(story, "PEASANTS", 0.5)._replace(options=hurt)
    bank = fill(story, "BANK", 0.5)._replace(options=dead)
    found = with_others(story, [people, bank])
    assert [one.numbers for one in found[0].options["hum_effect"]] == [
        [2.0, 0.8, 0.0, -1.0 if apart(story, people, bank) else 0.0],
        [1.0, 0.2, 0.6, -1.0 if apart(story, people, bank) else 0.6],
    ]
    assert found[1].options["number"] == dead["number"]
    assert with_others(story, [people])[0].options["hum_effect"][0].numbers[2:] == [-1.0, -1.0]


def apart(marked: Marked, one: Fill, other: Fill) -> bool:
    return marked.sentence_of(one.span) != marked.sentence_of(other.span)


def test_sentences_speak_of_deeds() -> None:
    words = "THEY SET THE BUS ON FIRE . THREE MEN WERE KIDNAPPED AND THE HOUSE BURNED".split()
    sentence = np.array([0] * 7 + [1] * (len(words) - 7))
    found = spoken_of(words, sentence, 3)
    assert found[:, 0].tolist() == [1.0, 1.0, 0.0]
    assert found[:, 2].tolist() == [0.0, 1.0, 0.0]


@pytest.mark.parametrize("word", ["SET ", "A", "SET FIRE ", "IN 19"])
def test_words_said_over_and_over_are_counted_at_once(word: str) -> None:
    words = (word * 100_000).split()
    assert spoken_of(words, np.zeros(len(words), dtype=np.intp), 1).shape[0] == 1


def test_a_mention_is_nearer_to_one_incident_than_to_another() -> None:
    pair = np.zeros(PAIR)
    first, second = Scene(0, (1,), pair), Scene(0, (5,), pair + 1.0)
    assert first.rather([second], 2, pair) == [1.0 - 3.0, 0.0 - PAIR]
    assert second.rather([first], 2, pair) == [3.0 - 1.0, float(PAIR)]
    assert first.rather([], 2, pair) == second.rather([], 2, None)


def test_every_number_said_of_a_group_may_be_told(story: Marked) -> None:
    options = Options(story, Linear(story, muc4.load().linear), muc4.load().judge, "PERU")
    people = fill(story, "PEASANTS", 0.5)._replace(number="4")
    found = options.of("desc", people, "BOMBING")
    assert [one.label for one in found["number"]] == ["4"]
    assert {len(one.numbers) for one in found["hum_type"]} == {7}
    assert "-" not in [one.label for one in found["hum_effect"]]
    assert options.of("inst", people, "BOMBING") == {}


def test_the_nation_of_the_incident_is_no_foreign_one() -> None:
    text = STORY.replace("FOUR PEASANTS", "TWO SPANISH PRIESTS AND A PERUVIAN NUN")
    marked = muc4.marked(message("OWN-MUC0-0005", text))
    models = muc4.load()
    options = Options(marked, Linear(marked, models.linear), models.judge, "PERU")
    found = options.of("desc", fill(marked, "SPANISH PRIESTS", 0.5), "BOMBING")
    assert [one.label for one in found["nation"]] == ["SPAIN"]


SEEN = {name: n for n, name in enumerate((*NAMED, "sure", *EFFECTS))}


def said(marked: Marked, text: str) -> dict[str, float]:
    own = span(marked, text)
    numbers = marked.reading.of_group(own.key, [(own.first, own.end)], marked.sentence_of(own))
    return {name: numbers[n] for name, n in SEEN.items()}


def test_what_the_reader_says_of_a_span_is_seen(story: Marked) -> None:
    peasants, terrorists = said(story, "PEASANTS"), said(story, "SHINING PATH TERRORISTS")
    assert (peasants["injured"], peasants["killed"]) == (1.0, 0.0)
    assert terrorists["perpetrator"] == 1.0
    assert terrorists["injured"] == peasants["perpetrator"] == 0.0
    assert said(story, "BOMBS")["weapon"] > said(story, "BANK")["weapon"]


def test_the_day_and_place_of_the_readers_incident_are_seen(story: Marked) -> None:
    night, other = dt.date(1990, 3, 2), dt.date(1990, 3, 1)
    assert story.reading.day(night, night, [0]) == [1.0, 1.0, 1.0]
    assert story.reading.day(other, other, [0])[:2] == [0.0, 0.0]
    assert story.reading.place("LIMA", [0])[0] == 1.0
    assert story.reading.place("QUITO", [0])[:4] == [0.0] * 4


def test_a_message_that_the_reader_gave_up_has_the_same_numbers(story: Marked) -> None:
    empty = Reading(Said(), story.tokens, story.sentence, len(story.words))
    assert len(empty.message()) == len(story.reading.message())
    assert len(empty.of_mention(-1)) == len(story.reading.of_mention(0))
    assert len(empty.place("LIMA", [0])) == len(story.reading.place("LIMA", [0]))
    assert not any(empty.message())


def neighbours(*texts: str) -> Neighbours:
    """Messages 1, 2 ... that tell of a bombing, a kidnapping and so on in turn."""
    said = [sorted(terms_of(text.split())) for text in texts]
    words = np.unique(np.array([term for terms in said for term in terms], dtype=np.uint32))
    return Neighbours(
        {
            "words": words,
            "rare": np.ones(len(words)),
            "columns": np.concatenate([np.searchsorted(words, terms) for terms in said]),
            "weights": np.concatenate([np.full(len(terms), 0.5) for terms in said]),
            "ends": np.cumsum([len(terms) for terms in said]),
            "numbers": np.arange(1, len(texts) + 1),
            "told": np.eye(len(texts), 5, dtype=bool),
        }
    )


def test_the_messages_most_like_one_say_what_it_may_tell_of() -> None:
    near = neighbours("A BANK WAS BLOWN UP", "A JUDGE WAS TAKEN", "RAIN FELL IN LIMA")
    told = near.numbers("THE BANK WAS BLOWN TO BITS".split())
    assert len(told) == 6 * len(NEAREST)
    assert told[0] > 0.8 > told[1] > told[2] == 0.0
    assert near.numbers(["NOTHING"]) == [0.0] * len(told)


def test_a_message_is_no_neighbour_of_its_own() -> None:
    near = neighbours("A BANK WAS BLOWN UP", "A JUDGE WAS TAKEN", "RAIN FELL IN LIMA")
    assert near.numbers("A BANK WAS BLOWN UP".split(), own=1)[0] == 0.0
    # To every other message those of the same days are strangers.
    assert near.numbers("A JUDGE WAS TAKEN".split(), own=2)[0] == 0.0


def test_words_that_filled_a_slot_are_known() -> None:
    known = Known(
        {
            "strings": np.array([mark_of(["MAYOR"])], dtype=np.uint32),
            "ends": np.array([3]),
            "numbers": np.array([7, 8, 950], dtype=np.int16),
            "slots": np.array([0b10, 0, 0b10], dtype=np.uint8),
        }
    )
    many, filled, any_slot = known.numbers(["MAYOR"], 1)
    assert (round(np.expm1(many)), round(filled, 3), round(any_slot, 3)) == (3, 0.667, 0.667)
    assert known.numbers(["MAYOR"], 0)[1] == 0.0
    assert known.numbers(["JUDGE"], 1) == [0.0, 0.0, 0.0]
    # A message does not see its own key, nor every other one those of the same days.
    assert known.numbers(["MAYOR"], 1, own=7)[1] == 0.5
    assert known.numbers(["MAYOR"], 1, own=8)[1] == 1.0


def test_soldiers_who_kill_are_no_terrorists() -> None:
    text = (
        "SAN SALVADOR, 3 MAR 90 (OWN SERVICE) -- [TEXT] ARMY SOLDIERS KILLED TWO PRIESTS LAST "
        "NIGHT IN SAN SALVADOR.  THE ARCHBISHOP SAID SOLDIERS OF THE FIRST BRIGADE MURDERED "
        "THE PRIESTS AT THEIR HOME.\n"
    )
    block = muc4.respond(message("OWN-MUC0-0004", text), muc4.load())
    assert "STATE-SPONSORED VIOLENCE" in block
    assert "TERRORIST ACT" not in block


def test_setting_fire_is_arson() -> None:
    text = (
        "BOGOTA, 3 MAR 90 (OWN SERVICE) -- [TEXT] GUERRILLAS OF THE NATIONAL LIBERATION ARMY SET "
        "FIRE TO THREE BUSES LAST NIGHT IN MEDELLIN.  THE BUSES WERE COMPLETELY BURNED.\n"
    )
    block = muc4.respond(message("OWN-MUC0-0007", text), muc4.load())
    assert re.search(r"^4\.\s+INCIDENT: TYPE\s+ARSON$", block, re.M)
    assert '"BUSES"' in block


def test_sentences_begin_after_the_dateline() -> None:
    starts = starts_of(STORY)
    assert [STORY[at:].split()[0] for at in starts] == ["TWO", "THE", "POLICE"]


def scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_muc", folder / "tools" / "score_muc.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_muc"] = module
    spec.loader.exec_module(module)
    return module


KEY = """0.  MESSAGE: ID                     OWN-MUC0-0006
1.  MESSAGE: TEMPLATE               1
4.  INCIDENT: TYPE                  ATTACK
18. HUM TGT: NAME                   "JUAN ROJO PEREZ"
19. HUM TGT: DESCRIPTION            "MAYOR" / "LAWYER": "JUAN ROJO PEREZ"
                                    "NURSE"
"""


@pytest.mark.shared
def test_a_fill_of_the_key_is_credited_once(shared: Path, victims: Marked) -> None:
    judge = scorer(shared)
    (key,), _ = judge.parse_templates(KEY, True)
    mayor = fill(victims, "JUAN ROJO PEREZ", 0.9)._replace(extra="MAYOR")
    nurse, lawyer = fill(victims, "NURSE", 0.5), fill(victims, "LAWYER", 0.5)
    told = Chosen([mayor], [lawyer, nurse], [], [], [], [])
    credit = Credit(judge, key, told)
    assert [credit.of_fill(n) for n in range(3)] == [1.0, 0.0, 1.0]
    alone = Credit(judge, key, told._replace(named=[mayor._replace(extra="")]))
    assert [alone.of_fill(n) for n in range(3)] == [1.0, 1.0, 1.0]


@pytest.mark.shared
def test_floor_on_tst1(shared: Path) -> None:
    corpus = shared / "corpora" / "muc" / "tst1"
    if not corpus.is_dir():
        pytest.skip("the MUC corpus is not beside the checkout")
    judge = scorer(shared)
    messages = list(read_messages(corpus / "tst1-muc3"))[:MESSAGES]
    ids = [one.id for one in messages]
    text = "\n".join(muc4.respond(one, muc4.load()) for one in messages)
    responses, _ = judge.parse_templates(text, False)
    keys, _ = judge.parse_templates((corpus / "key-tst1.v7").read_text(encoding="latin-1"), True)
    keys = [key for key in keys if key.message_id in ids]
    found = 100 * judge.score(keys, ids, responses)["rows"]["ALL TEMPLATES"].f
    assert found >= FLOOR, f"F {found:.2f}"
