"""The form of a comparison: a question about two mentions, and its levels of agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dateline.linking.candidate import Candidate


class Level(NamedTuple):
    """One level: its name in the file of weights, words for people, the SQL condition."""

    name: str
    words: str
    sql: str


class Comparison(NamedTuple):
    """One question about two mentions. ``level`` gives None where a value is missing."""

    name: str
    question: str
    columns: tuple[str, ...]
    missing: str
    level: Callable[[Candidate, Candidate], str | None]
    levels: tuple[Level, ...]
