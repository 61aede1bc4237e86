"""The room is cheap to enter: what is heavy is loaded at its first use."""

from __future__ import annotations

import subprocess
import sys


def test_nothing_heavy_is_imported_at_the_door():
    code = (
        "import sys, dateline.sources.inputs\n"
        "heavy = {'trafilatura', 'htmldate', 'lxml', 'py3langid', 'charset_normalizer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.strip() == "[]"


def test_the_language_of_plain_english_needs_no_model():
    code = (
        "import sys\n"
        "from dateline.sources.inputs import document_from_text\n"
        "text = 'Two men were shot dead in the market of the town on Friday, said the police, '\n"
        "text += 'who said that the gunmen fled with the van from which they had fired.'\n"
        "print(document_from_text(text).language, 'py3langid' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout.split() == ["en", "False"]
