"""What a person sees of a chain."""

from __future__ import annotations

from dateline.export.terminal import chain_words


def test_those_through_whom_several_speak_are_named_once():
    chains = (("Paper", "mayor"), ("Paper", "police"), ("Paper", "Wire", "army"), ("Paper",))
    assert chain_words(chains).plain == "Paper ← mayor; police; Paper ← Wire ← army; Paper"
    assert chain_words((("Paper",), ("Wire",))).plain == "Paper; Wire"
