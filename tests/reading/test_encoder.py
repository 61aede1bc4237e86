"""Words, offsets and windows of the encoder."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dateline.errors import ReadingError
from dateline.reading import encoder
from dateline.reading.encoder import Encoder, plan, tokenize

pytestmark = pytest.mark.skipif(
    not (encoder.WEIGHTS / encoder.MODEL_FILE).is_file(), reason="weights are not built"
)

ODD = st.text(
    alphabet=st.one_of(
        st.characters(),  # lone surrogates too
        st.sampled_from(list("aàé “”‘’—\r\n\t.,\"'\u0301\u200d\ufe0f\u00ad\x00")),
        st.sampled_from(["👩‍👩‍👧", "🇺🇦", "e\u0301", "Ґ", "ﬁ", "İ", "ß", "中"]).map(lambda s: s[0]),
    ),
    max_size=200,
)


@given(ODD)
@example("")
@example("\ud83d\ude00 x")  # two lone surrogates that would make an emoji
@example("\r\n\r\n“Yes,” he said.\r\n")
@settings(max_examples=300, deadline=None)
def test_words_lie_in_the_text_in_order(text):
    tokens = tokenize(text)
    assert len(tokens.first) == len(tokens.starts) == len(tokens.ends)
    assert np.all(tokens.starts < tokens.ends)
    assert np.all(tokens.starts[1:] >= tokens.ends[:-1])
    assert not len(tokens) or (tokens.starts[0] >= 0 and tokens.ends[-1] <= len(text))
    assert np.all(np.diff(tokens.first) > 0)


def test_offsets_point_at_the_words_as_written():
    text = "🎉 “Élan,” said Zoë e\u0301t al.\r\n\r\nОксана—co\u00adop 👍🏽 ENDS"
    tokens = tokenize(text)
    words = [text[s:e] for s, e in zip(tokens.starts, tokens.ends, strict=True)]
    for word in ("Élan", "said", "Zoë", "Оксана", "ENDS", "“", "”"):
        assert word in words


@given(st.lists(st.sampled_from(["war", "he said:", "“no”", "\n", "Kramatorsk"]), max_size=60))
@settings(deadline=None)
def test_cutting_a_long_text_for_the_tokenizer_changes_nothing(parts):
    text = " ".join(parts)
    whole = tokenize(text)
    old = encoder._CHUNK
    encoder._CHUNK = 17
    try:
        cut = tokenize(text)
    finally:
        encoder._CHUNK = old
    for name in ("ids", "first", "starts", "ends"):
        assert np.array_equal(getattr(whole, name), getattr(cut, name))


@given(st.integers(0, 5000), st.integers(8, 300), st.integers(1, 300))
def test_windows_own_each_subword_once_and_are_full(length, size, stride):
    windows = plan(length, size, min(stride, size))
    owned = [i for _, _, low, high in windows for i in range(low, high)]
    assert owned == list(range(length))
    for start, end, low, high in windows:
        assert 0 <= start <= low <= high <= end <= length
        assert end - start == min(size, length)


def test_a_text_reads_the_same_whatever_was_read_before():
    text = "The governor said that two people were hurt. " * 40
    other = "Rain is expected. " * 200
    model = Encoder()
    first = model.read(text).outputs
    model.read(other)
    again = model.read(text).outputs
    for name, values in first.items():
        assert values.tobytes() == again[name].tobytes()


def test_missing_weights_are_one_clear_error(tmp_path):
    with pytest.raises(ReadingError, match="weights of the reader are missing"):
        Encoder(tmp_path)
