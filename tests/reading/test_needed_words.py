"""A pattern is run only on a sentence that has a word it needs: no match may be missed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.reading.incidents import (
    co_named,
    descriptions,
    fates,
    groups,
    identity_words,
    lives,
    stances,
    suspects,
)
from dateline.reading.prepared import Sentence

CORPUS = Path(__file__).parents[1] / "corpus"


def gated() -> Iterator[tuple[str, re.Pattern[str], tuple[frozenset[str], ...]]]:
    """Every pattern with the sets of words of each of which it needs one."""
    for n, one in enumerate(stances.stances()):
        yield f"blame {n} {one.stance}", one.pattern, (one.needs,)
    for rule, pattern in descriptions._patterns().items():
        yield f"perpetrators {rule}", pattern, descriptions._needed()[rule]
    for one_fate in fates._fate_patterns():
        yield f"fates {one_fate.fate}", one_fate.told, (one_fate.needed,)
        if one_fate.done_to is not None:
            yield f"fates {one_fate.fate}, done to", one_fate.done_to, (one_fate.needed,)
    named = identity_words.patterns_of_identity()
    for name in (
        "identified",
        "apposed",
        "behind",
        "charged",
        "deed",
        "object",
        "stopped",
        "told_as",
        "named_as",
        "believed",
        "accused",
        "agent",
    ):
        yield f"identities {name}", getattr(named, name), (named.signs,)
    life = lives._words()
    yield "lives owned", life.owned, (life.signs,)
    yield "lives done", life.done, (life.signs,)
    listed = co_named._words()
    yield "co-named of a role", listed.of_role, (listed.roles,)
    yield "co-named, counted", listed.counted, (co_named._COUNTED,)
    yield "co-named, named", listed.naming, (co_named._NAMING,)
    active, agent = groups._deeds()
    yield "groups active", re.compile(rf"(?<!\w){active.pattern}", re.I), (groups._needed(),)
    yield "groups agent", re.compile(agent.pattern.removesuffix("$"), re.I), (groups._needed(),)
    for name in ("_HELD", "_SOUGHT", "_KILLED", "_DID_IT"):
        yield f"suspects {name}", getattr(suspects, name), (suspects._HEADS,)


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    texts = [
        str(json.loads(line).get("text") or "")
        for file in sorted(CORPUS.rglob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    own = [
        "The army denied shelling the market.",
        "An attack that killed nine was blamed on the Northern Front.",
        "The Northern Front said it was behind the bombing.",
        "Police named two of them as Ann Trask, 29, and Alvin Trask, 30.",
        "Officials named Alvin Trask, 30, as the mastermind. Trask, who police say fired, fled.",
        "The attackers were named as Ann Trask and Alvin Trask. The pair, A and B, had met.",
        "Police searched Trask's apartment. Trask had acted alone.",
        "Police believe insurgents were responsible for the killing.",
        "A 19-year-old was in custody; a man shot his wife.",
        "The bombing bears the hallmarks of the group. He refuted the allegations.",
    ]
    pieces = [piece for text in texts for piece in re.split(r"(?<=[.!?])\s+|\n+", text)]
    kept = list(dict.fromkeys([*own, *pieces[::3]]))
    return [Sentence(text, 0, len(text), 0, 0, False) for text in kept if len(text) < 600]


@pytest.mark.parametrize(
    ("pattern", "needed"), [pytest.param(p, n, id=name) for name, p, n in gated()]
)
def test_no_sentence_with_a_match_is_passed_over(sentences, pattern, needed):
    passed = [s for s in sentences if any(words.isdisjoint(s.words) for words in needed)]
    missed = [s.text for s in passed if pattern.search(s.text)]
    assert passed
    assert not missed
