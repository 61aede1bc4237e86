"""Responsibility claimed or denied."""

from __future__ import annotations

import re

from dateline.model import ResponsibilityValue, Span
from dateline.reading.finding import Finding
from dateline.reading.prepared import Prepared

_STANCE = re.compile(
    r"\b(?P<claimed>(?:has|have|had)?\s*(?:also\s+|later\s+|since\s+|quickly\s+)?"
    r"(?:claim(?:ed|s|ing)?|took|taken|accepted|admitted|assumed)\s+(?:full\s+|sole\s+)?"
    r"(?:responsibility|credit)|said\s+(?:it|they)\s+(?:was|were)\s+(?:responsible|behind))"
    r"|\b(?P<denied>(?:has|have|had)?\s*(?:strongly\s+|categorically\s+|again\s+)?"
    r"den(?:ied|ies|y|ying)\s+(?:any\s+|all\s+|its\s+|their\s+|having\s+)?"
    r"(?:responsibility|involvement|carrying\s+out|being\s+behind|any\s+role|any\s+part))",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:no\s+(?:one|group|organi[sz]ation|party|individual|faction|militant\s+group)|nobody|none|"
    r"not|yet\s+to|neither|without\s+anyone|no\s+immediate\s+claim)\b",
    re.IGNORECASE,
)
_CALLERS = re.compile(
    r"\b(?:claim(?:ed)?\s+(?:by|from)|claimed\s+on\s+behalf\s+of|on\s+behalf\s+of)\s+",
    re.IGNORECASE,
)
# The subject: the run of name-like words straight before the verb phrase.
_ACTOR = re.compile(
    r"(?P<actor>(?:the\s+)?(?:(?-i:[A-Z])[\w.'’&/-]*|of|the|for|al|and|in)(?:[\s-]+(?:(?-i:[A-Z])[\w.'’&/-]*|"
    r"of|the|for|al|and|in|group|militants?|rebels?|insurgents?|army|front|movement|party|state)){0,8})"
    r"(?:\s*\([^)]{1,40}\))?(?:\s*,[^,]{0,80},)?\s*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:the|and|of|in|for)\s+", re.IGNORECASE)


def find_responsibility(prepared: Prepared) -> tuple[Finding, ...]:
    """Who claims or denies responsibility, in text order.

    "No group has claimed responsibility" is no claim. An actor that cannot be made out
    is left out rather than guessed.
    """
    found = []
    for sentence in prepared.sentences:
        for m in _STANCE.finditer(sentence.text):
            before = sentence.text[: m.start()]
            clause = before[max(before.rfind(";"), before.rfind(". ")) + 1 :]
            if _NOBODY.search(clause[-70:]):
                continue
            actor = _actor(clause, prepared.all_caps)
            if actor is None:
                continue
            found.append(
                Finding(
                    kind="responsibility",
                    value=ResponsibilityValue(
                        actor=actor, stance="claimed" if m["claimed"] else "denied"
                    ),
                    span=sentence.span,
                    anchor=Span(sentence.start + m.start(), sentence.start + m.end()),
                    rule="responsibility:verb",
                )
            )
    return tuple(found)


def _actor(clause: str, all_caps: bool) -> str | None:
    m = _ACTOR.search(clause[-160:])
    if not m:
        return None
    actor = " ".join(m["actor"].split())
    while (shorter := _LEADING.sub("", actor)) != actor:
        actor = shorter
    if not actor or (not all_caps and actor == actor.lower()) or actor.lower() in _PRONOUNS:
        return None
    return actor


_PRONOUNS = frozenset({"it", "he", "she", "they", "who", "which", "group", "state", "army"})
