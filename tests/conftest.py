"""What tests of every room share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and reports beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with corpora and reports is not beside the checkout")
    return folder


@pytest.fixture(scope="session")
def examples() -> Path:
    """The example reports of the repository."""
    return ROOT / "examples" / "reports"
