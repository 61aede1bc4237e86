"""How firmly a report says something: asserted, reported, alleged, hedged, denied, unverified.

One claim has one modality, the first of these that holds:

1. ``denied``      the words, or the source, say that it is not so, or the source takes it back;
2. ``unverified``  the report says that it could not be checked;
3. ``hedged``      a hedge stands in the same clause ("presumably", "may have", "reportedly"),
                   the source only believes it, or the finding is hypothetical;
4. ``alleged``     the cue accuses or keeps its distance ("claimed", "accused"), or
                   "allegedly" stands in the clause;
5. ``reported``    somebody other than the publisher says it, or "it was reported";
6. ``asserted``    the report says it in its own voice.

The levels follow factuality annotation (FactBank; Saurí and Pustejovsky 2009) with the
denied and the unverified apart, as casualty recorders keep them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Attribution, Modality, Span
from dateline.reading.attribution.cue_words import strength_of
from dateline.reading.finding import Finding
from dateline.reading.lexicon import alternation, load
from dateline.reading.prepared import Prepared

_BEFORE = 130  # characters looked at before the words of a finding, within its sentence
_AFTER = 40
_CLAUSE_BREAK = re.compile(
    r"[;:]|[,—–]\s*(?:and|but|while|although|though|which|who|whereas|adding|after|before)\b"
    r"|\band\s+(?=(?:may|might|could|appears?|appeared|seems?|seemed|is|was|are|were)\b)"
    r"|\b(?:but|while|although|whereas|after|before|because)\b|[“”\"]",
    re.IGNORECASE,
)


# "Police have not confirmed reports that four people died."
_UNCONFIRMED = re.compile(
    r"\b(?:not|never|cannot|unable|yet\s+to|declined\s+to|refused\s+to|(?:could|has|have|did|would)n['’]t)"
    r"\s+(?:\w+\s+){0,3}?(?:confirm|verif|corroborat|substantiat)",
    re.IGNORECASE,
)


# "The ministry raised the toll to 132 but later withdrew the figure."
_TAKEN_BACK = re.compile(
    r"\b(?:withdrew|retracted|rescinded|(?:took|rowed|walked|backtracked)\s+back(?:\s+(?:on|from))?)\s+"
    r"(?:it\b(?!s)|(?:(?:that|this|the|its|their|his|her|these|those)\s+(?:\w+\s+)?)"
    r"(?:figures?|numbers?|tolls?|statements?|claims?|reports?|announcements?|tweets?|posts?"
    r"|estimates?|counts?|account|version)\b)"
    r"|\b(?:figure|number|toll|statement|claim|report|estimate|count)\s+(?:\w+\s+)?"
    r"(?:was|were|has\s+been|had\s+been)\s+(?:\w+\s+)?(?:withdrawn|retracted|taken\s+back)\b",
    re.IGNORECASE,
)
_SOON = 90  # characters of the next sentence


class _Hedges(NamedTuple):
    hedged: re.Pattern[str]
    alleged: re.Pattern[str]
    denied: re.Pattern[str]
    reported: re.Pattern[str]


@functools.cache
def _hedges() -> _Hedges:
    table = load("hedges")
    return _Hedges(
        **{
            name: re.compile(rf"\b(?:{alternation(table[name])})\b", re.IGNORECASE)
            for name in _Hedges._fields
        }
    )


def modality_of(
    prepared: Prepared,
    finding: Finding,
    attribution: Attribution | None,
    unverified: Sequence[Span] = (),
) -> Modality:
    """The modality of a finding that ``attribution`` says (None for the report itself).

    ``unverified`` are the spans of
    :func:`dateline.reading.attribution.verification.unverified_spans`.
    """
    hedges = _hedges()
    strength = strength_of(prepared, attribution.cue) if attribution is not None else "said"
    clause = _clause(prepared, finding)
    if finding.kind == "responsibility":
        # Whether it is claimed or denied is its value; that somebody does so is not denied.
        credited = attribution is not None and any(len(c) > 1 for c in attribution.chains)
        if hedges.hedged.search(clause):
            return "hedged"
        return "reported" if credited else "asserted"
    if finding.kind == "casualty" and _is_taken_back(prepared, finding.anchor):
        return "denied"
    if finding.denied or strength == "denied" or hedges.denied.search(clause):
        return "denied"
    if finding.kind != "verification" and _in_any(finding.anchor, unverified):
        return "unverified"
    if attribution is not None and _UNCONFIRMED.search(_text(prepared, attribution.cue)):
        return "unverified"
    if finding.hypothetical or strength == "believed" or hedges.hedged.search(clause):
        return "hedged"
    if attribution is not None and hedges.hedged.search(_text(prepared, attribution.cue)):
        return "hedged"
    if strength in ("claimed", "alleged") or hedges.alleged.search(clause):
        return "alleged"
    if attribution is not None and (
        not attribution.chains or any(len(chain) > 1 for chain in attribution.chains)
    ):
        return "reported"
    return "reported" if attribution is None and hedges.reported.search(clause) else "asserted"


def _is_taken_back(prepared: Prepared, anchor: Span) -> bool:
    """Whether whoever gave a figure takes it back, in its sentence or right after."""
    here = prepared.sentence_at(anchor.start)
    if here is None:
        return False
    if _TAKEN_BACK.search(prepared.text, anchor.end, here.end):
        return True
    if here.index + 1 >= len(prepared.sentences):
        return False
    after = prepared.sentences[here.index + 1]
    return after.paragraph == here.paragraph and bool(
        _TAKEN_BACK.search(prepared.text, after.start, min(after.end, after.start + _SOON))
    )


def _text(prepared: Prepared, pieces: Sequence[Span]) -> str:
    return " ".join(prepared.text[start:end] for start, end in pieces)


def _in_any(anchor: Span, spans: Sequence[Span]) -> bool:
    return any(span.start <= anchor.start < span.end for span in spans)


def _clause(prepared: Prepared, finding: Finding) -> str:
    """The words around a finding's anchor that a hedge may stand in."""
    text = prepared.text
    anchor = finding.anchor
    sentence = prepared.sentence_at(anchor.start)
    low = sentence.start if sentence else min(finding.span.start, anchor.start)
    high = sentence.end if sentence else max(finding.span.end, anchor.end)
    before = text[max(low, anchor.start - _BEFORE) : anchor.start]
    breaks = list(_CLAUSE_BREAK.finditer(before))
    if breaks:
        # The word that breaks ("while") belongs to the clause after it.
        before = before[breaks[-1].start() :]
    # The evidence of a figure goes on behind a relative clause: "the attackers, who have
    # not been named, were reportedly killed".
    own = min(max(anchor.end, finding.span.end), high)
    after = text[anchor.end : min(high, max(own, anchor.end + _AFTER))]
    for stop in _CLAUSE_BREAK.finditer(after):
        relative = stop.group().split()[-1].lower() in ("who", "which")
        if not relative or anchor.end + stop.end() >= own:
            after = after[: stop.start()]
            break
    return before + text[anchor.start : anchor.end] + after
