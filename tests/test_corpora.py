"""Every text of the corpora is read without an error, on every core."""

from __future__ import annotations

import json
import time

import pytest
from benchmarks.reading import geo, muc, polnear

from dateline import pipeline
from dateline.errors import DatelineError
from dateline.settings import Settings


@pytest.mark.shared
@pytest.mark.slow
def test_every_text_of_the_corpora_is_read(shared, tmp_path, capsys):
    lines = tmp_path / "corpora.jsonl"
    words = texts = 0
    with lines.open("w", encoding="utf-8") as out:
        for corpus in (muc, polnear, geo):
            for name, text in corpus(shared / "corpora"):
                if text.strip():
                    out.write(json.dumps({"id": name, "text": text}) + "\n")
                    words += len(text.split())
                    texts += 1
    begun = time.perf_counter()
    incidents = read = 0
    for outcome in pipeline.read_all([str(lines)], settings=Settings()):
        assert not isinstance(outcome, DatelineError), outcome
        read += 1
        incidents += len(outcome.incidents)
        text = outcome.document.text
        for claim in outcome.claims:
            assert 0 <= claim.span.start < claim.span.end <= len(text)
    seconds = time.perf_counter() - begun
    assert read == texts > 3000
    with capsys.disabled():
        print(
            f"\nread {texts} texts, {words} words in {seconds:.0f} s: "
            f"{words / seconds:.0f} words/s, {incidents} incidents"
        )
