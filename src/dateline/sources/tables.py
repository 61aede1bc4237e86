"""The data files of this room."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def table(name: str) -> dict[str, Any]:
    """The content of data/``name``.toml; who asks keeps what was made of it."""
    path = files("dateline.sources") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
