"""The names that claims keep of what made them (``Claim.rule``), and what each looks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from dateline.reading.lexicon import load


class Rule(NamedTuple):
    """One maker of claims: what it looks for, and a few words that set it off."""

    looks_for: str
    example: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, "maker:rule", in the order of data/rules.toml.

    All are rules written by hand; what is learned in a claim is its chain of sources
    (the attribution encoder), the place a name means, and its score.
    """
    return MappingProxyType(
        {
            f"{maker}:{name}": Rule(*words)
            for maker, named in load("rules").items()
            for name, words in named.items()
        }
    )


def markdown() -> str:
    """The table of docs/reading.md."""
    lines = ["| rule | looks for | such as |", "| --- | --- | --- |"]
    lines += [f"| `{name}` | {rule.looks_for} | {rule.example} |" for name, rule in rules().items()]
    return "\n".join(lines)
