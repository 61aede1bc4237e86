"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import Any

# Below this a name or two decides; measured on headlines.
_FEWEST_LETTERS = 60
_SAMPLE = 600
_SURE = 0.9


@cache
def _identifier() -> Any:  # noqa: ANN401 - the library has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code, None where the text is short or the detector is unsure.

    Taken from the first 600 characters, in lower case, since
    the model knows little of telex capitals.
    """
    sample = " ".join(text[: 2 * _SAMPLE].split())[:_SAMPLE].lower()
    if sum(map(str.isalpha, sample)) < _FEWEST_LETTERS:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= _SURE else None
