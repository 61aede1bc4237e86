"""MUC-4 templates: the official format, and the floor on the first messages of tst1."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from benchmarks.muc.messages import message, read_messages
from benchmarks.muc.model import load
from benchmarks.muc.phrases import phrases_of, sentences_of
from benchmarks.muc.templates import templates_of

from benchmarks import muc4

MESSAGES = 30
FLOOR = 38.0  # 40.3 when it was pinned; the reader's times and places move it a little
STORY = (
    "LIMA, 3 MAR 90 (OWN SERVICE) -- [TEXT] TWO BOMBS EXPLODED LAST NIGHT IN FRONT OF THE "
    "OFFICES OF A BANK IN LIMA.  THE EXPLOSION DESTROYED THE BANK AND WOUNDED FOUR PEASANTS. "
    " POLICE SAID SHINING PATH TERRORISTS PLANTED THE BOMBS.\n"
)


def test_a_bombing_is_one_template_with_its_target() -> None:
    block = muc4.respond(message("OWN-MUC0-0001", STORY), load())
    assert block.count("MESSAGE: ID") == 1
    assert re.search(r"^4\.\s+INCIDENT: TYPE\s+BOMBING$", block, re.M)
    assert re.search(r"^2\.\s+INCIDENT: DATE\s+02 MAR 90$", block, re.M)
    assert re.search(r"^3\.\s+INCIDENT: LOCATION\s+PERU: LIMA \(CITY\)", block, re.M)
    assert '"SHINING PATH"' in block
    assert "BANK" in block


def test_a_message_without_an_incident_has_no_template() -> None:
    text = (
        "QUITO, 5 JUN 89 (OWN SERVICE) -- [TEXT] THE FINANCE MINISTER SAID THE PRICE OF BREAD "
        "WILL NOT RISE THIS YEAR.  EXPORTS OF COFFEE GREW IN MAY.\n"
    )
    assert templates_of(message("OWN-MUC0-0002", text), None, load()) == []


def test_phrases_point_at_their_words() -> None:
    for sentence in sentences_of(STORY):
        for phrase in phrases_of(sentence):
            start, end = phrase.span
            assert STORY[start:end].startswith(phrase.texts[0])
            assert STORY[start:end].endswith(phrase.texts[-1])


def scorer(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_muc", folder / "tools" / "score_muc.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_muc"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_floor_on_tst1(shared: Path) -> None:
    corpus = shared / "corpora" / "muc" / "tst1"
    if not corpus.is_dir():
        pytest.skip("the MUC corpus is not beside the checkout")
    judge = scorer(shared)
    messages = list(read_messages(corpus / "tst1-muc3"))[:MESSAGES]
    ids = [one.id for one in messages]
    text = "\n".join(muc4.respond(one, load()) for one in messages)
    responses, _ = judge.parse_templates(text, False)
    keys, _ = judge.parse_templates((corpus / "key-tst1.v7").read_text(encoding="latin-1"), True)
    keys = [key for key in keys if key.message_id in ids]
    found = 100 * judge.score(keys, ids, responses)["rows"]["ALL TEMPLATES"].f
    assert found >= FLOOR, f"F {found:.2f}"
