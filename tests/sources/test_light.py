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
