"""Who says what, on sentences made up for the test."""

import itertools
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.model import Attribution
from dateline.reading import encoder
from dateline.reading.attribution.decoding import BUCKETS, bucket, find_attributions

pytestmark = pytest.mark.skipif(
    not (encoder.WEIGHTS / encoder.MODEL_FILE).is_file(), reason="weights are not built"
)


def strings(text: str, attribution: Attribution) -> dict[str, list[str]]:
    return {
        role: [text[start:end] for start, end in getattr(attribution, role)]
        for role in ("source", "cue", "content")
    }


def only(text: str) -> dict[str, list[str]]:
    found = find_attributions(text)
    assert len(found) == 1, [strings(text, one) for one in found]
    return strings(text, found[0])


def test_says():
    got = only("Governor Ilya Petrenko said that two people were killed in the shelling.")
    assert got["source"] == ["Governor Ilya Petrenko"]
    assert got["cue"] == ["said"]
    assert "two people were killed in the shelling" in got["content"][0]


def test_according_to_after_the_content():
    got = only("At least nine soldiers died in the attack, according to the defense ministry.")
    assert got["source"] == ["the defense ministry"]
    assert got["content"][0].startswith("At least nine soldiers died")


def test_an_interrupted_quotation_is_one_attribution():
    got = only("“We heard three shots,” Olena Marchenko said. “Then everybody ran.”")
    assert got["source"] == ["Olena Marchenko"]
    assert len(got["content"]) == 2
    assert "Then everybody ran" in got["content"][1]


def test_two_speakers_keep_their_own_words():
    text = (
        "The army said the village was empty. "
        "Residents told reporters that dozens of families were still there."
    )
    first, second = (strings(text, one) for one in find_attributions(text))
    assert first["source"] == ["The army"]
    assert "village was empty" in first["content"][0]
    assert second["source"] == ["Residents"]
    assert "dozens of families" in second["content"][0]


def test_upper_case_wire_text():
    got = only("POLICE SAID THAT FOUR PEASANTS WERE SHOT DEAD NEAR THE RIVER YESTERDAY.")
    assert got["source"] == ["POLICE"]
    assert "FOUR PEASANTS WERE SHOT DEAD" in got["content"][0]


def test_nothing_said():
    assert find_attributions("") == ()
    assert find_attributions(" \r\n\t ") == ()
    assert find_attributions("👍👍👍") == ()


ODD = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.text(alphabet=st.characters(categories=["Cs", "Mn", "Cf"]), max_size=4),
        st.sampled_from(
            [
                "said",
                "he said, ",
                "“It fell,” ",
                "\r\n",
                "according to ",
                "the mayor ",
                "🙂",
                "e\u0301",
            ]
        ),
    ),
    max_size=30,
).map("".join)


@given(ODD)
@example("The mayor sai\u0301d “yes\ud800” 👍🏽 e\u0301")
@settings(max_examples=60, deadline=None)
def test_spans_are_sorted_spans_of_the_text(text):
    for one in find_attributions(text):
        assert one.content
        assert one.score is not None
        assert 0 <= one.score <= 1
        for pieces in (one.source, one.cue, one.content):
            assert list(pieces) == sorted(pieces)
            assert all(0 <= start < end <= len(text) for start, end in pieces)
            assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))


def test_a_long_article_has_no_seams():
    """Many speakers, one a paragraph: wherever a window ends, they are read alike."""
    towns = [
        f"{head}{tail}" for head in ("Ost", "Vel", "Kar", "Nov", "Bel") for tail in ("ov", "ino")
    ]
    deeds = ("two bridges were closed", "six houses had burned down", "the school would stay shut")
    paragraphs = [
        f"{'Mayor' if n % 2 else 'Governor'} {towns[n % 10]} said on Monday that {deeds[n % 3]}."
        for n in range(120)
    ]
    text = "\n\n".join(paragraphs)
    found = {text.count("\n\n", 0, one.content[0].start) for one in find_attributions(text)}
    assert len(found) >= 108


def test_the_same_from_every_thread():
    text = "“No one was hurt,” the ministry said, citing the regional governor. " * 5
    expected = find_attributions(text)
    got = []
    threads = [threading.Thread(target=lambda: got.append(find_attributions(text))) for _ in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 3


@given(st.integers(-5000, 5000))
def test_buckets_are_in_range_and_keep_the_sign(distance):
    import numpy as np

    here, there = bucket(np.array([distance, -distance]))
    assert 0 <= here < BUCKETS
    assert here + there == BUCKETS - 1


# Not getrusage: its peak counts the process that started this one, a whole test run.
PEAK = """
import re
from dateline.model import Document
from dateline.reading.reader import read_attributions
report = "Police in Town {} said that {} people had died. “We ran,” Ann Bell told Reuters.\\n\\n"
text = "".join(report.format(n, n % 90 + 2) for n in range(250))
assert len(read_attributions(Document(id="", text=text, language="en"))) > 250
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1])
"""


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="needs Linux's /proc")
def test_memory_from_text_to_attributions_stays_under_600_mb():
    """The target of the benchmark page, here for 4,000 words; interpreter and weights too."""
    done = subprocess.run([sys.executable, "-c", PEAK], capture_output=True, text=True, check=True)
    assert 50_000 < int(done.stdout) < 600_000  # kilobytes
