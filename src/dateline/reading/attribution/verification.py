"""What a report says about its own checking: verified, unverified, comment sought.

"Newsweek has yet to verify these figures", "the toll could not be independently
confirmed", "the ministry did not respond to a request for comment". What an unverified
remark is about is given by :func:`unverified_spans`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from dateline.model import Attribution, Span, VerificationValue
from dateline.reading.attribution.chains import ChainIndex
from dateline.reading.attribution.clauses import LONGEST, Clause
from dateline.reading.attribution.naming import cleaned, names_in
from dateline.reading.attribution.registry import Registry, registry_in_use
from dateline.reading.finding import Finding
from dateline.reading.prepared import Prepared, Sentence

_HINTS = ("verif", "confirm", "corrobor", "authentic", "comment", "contact", "geolocat", "reach")

_VERB = r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborated?|authenticated?|substantiated?)"
_SURELY = r"(?:independently |immediately |fully |officially |separately |yet |be |been |so far )*"
_UNVERIFIED = re.compile(
    rf"\b(?:(?:has|have|had|is|are) (?:as )?(?:yet|still|not|n't|never)[ ,]+(?:yet )?(?:to )?"
    rf"(?:be |been )?(?:able to )?{_SURELY}{_VERB}"
    rf"|(?:hasn't|haven't|isn't|wasn't|weren't) {_SURELY}{_VERB}"
    rf"|(?:was|were|did|do|does|is|are) not (?:been |be )?(?:able to )?{_SURELY}{_VERB}"
    rf"|(?:could|can|may) ?not {_SURELY}{_VERB}"
    rf"|(?:couldn't|can't) {_SURELY}{_VERB}"
    rf"|(?:was|were|is|are|been) (?:\w+ )?unable to {_SURELY}{_VERB}"
    rf"|unable to {_SURELY}{_VERB}"
    rf"|impossible to {_SURELY}{_VERB}|difficult to {_SURELY}{_VERB}|hard to {_SURELY}{_VERB}"
    rf"|no (?:way (?:to|of) )?(?:\w+ )?"
    rf"(?:verif(?:y|ying|ication)|confirm(?:ing|ation)|corroboration)"
    rf"|without (?:\w+ )?(?:verification|confirmation|corroboration)"
    rf"|(?:remain|remains|remained|were|was|is|are) (?:\w+ )?(?:unverified|unconfirmed)"
    rf"|not (?:independently|officially) {_VERB})\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"\b(?:unverified|unconfirmed|unsubstantiated)\b", re.IGNORECASE)
_VERIFIED = re.compile(
    r"\b(?:has|have|had|was|were|been)?\s?"
    r"(?:independently (?:verified|confirmed|corroborated|geolocated)"
    r"|(?:has|have|had) verified|(?:was|were|been) verified"
    r"|verified(?= by\b| the footage| the video| the images| the authenticity)"
    r"|geolocated(?= by\b| the\b))\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\b(?:(?:has|have|had)?\s?(?:contacted|approached|reached out to|asked)\b"
    r"[^.;]{1,120}?\bcomment"
    r"|(?:did|do|does|has|have|had) not (?:immediately |yet )*(?:respond|responded|reply|replied"
    r"|return|returned|answer|answered)\b[^.;]{0,80}?(?:comment|calls?|questions?|inquir\w+"
    r"|enquir\w+|messages?|emails?|requests?)"
    r"|could not (?:immediately |be |immediately be )*reached\b[^.;]{0,40}?comment"
    r"|(?:declined|refused) to comment|requests? for (?:\w+ )?comment"
    r"|(?:was|were) not (?:immediately )?available for comment)\b",
    re.IGNORECASE,
)
_PASSIVE_START = re.compile(
    r"^(?:no|not|without|impossible|difficult|hard|requests?|remain\w*|un\w+|independently)\b",
    re.IGNORECASE,
)
_HANGS_ON = re.compile(r"\b(?:which|though|although|but)\b", re.IGNORECASE)
_FIGURES = re.compile(
    r"\b(?:these|those|the) (?:figures|numbers|claims|reports|tolls?|accounts)\b", re.I
)
# What was not verified, where the remark says it itself.
_OWN_OBJECT = re.compile(
    r"\s+(?:that|whether|if|how|who|why|what|where|when|media reports|reports (?:that|of)"
    r"|(?:the|his|her|their|its|any) (?:\w+ )?(?:identit(?:y|ies)|names?|motives?|cause|nationalit"
    r"(?:y|ies)|location|whereabouts|origin|links?|connections?|ages?))\b",
    re.IGNORECASE,
)
_RECORDED = re.compile(
    r"\b(?:footage|videos?|images?|photos?|photographs?|pictures?|recordings?|audio|clips?|film(?:ed)?"
    r"|documents?|letters?|screenshots?|posts?|posted|tweets?|tweeted)\b",
    re.IGNORECASE,
)
Status = Literal["unverified", "verified", "comment_sought"]
# (rule, status, pattern); the first that matches at a place has it.
_PATTERNS: tuple[tuple[str, Status, re.Pattern[str]], ...] = (
    ("unverified", "unverified", _UNVERIFIED),
    ("adjective", "unverified", _ADJECTIVE),
    ("comment", "comment_sought", _SOUGHT),
    ("verified", "verified", _VERIFIED),
)
_BACK = 6  # sentences


def find_verifications(prepared: Prepared, registry: Registry | None = None) -> tuple[Finding, ...]:
    """Findings of kind ``verification``, in text order, one for each remark.

    ``value.by`` is who has (not) verified, or who asked for comment, where the words
    name one; ``span`` is the sentence, ``anchor`` the words that say so.
    """
    registry = registry or registry_in_use()
    found: list[Finding] = []
    for sentence in prepared.sentences:
        if sentence.end - sentence.start > LONGEST:
            continue
        lowered = sentence.text.casefold()
        if not any(hint in lowered for hint in _HINTS):
            continue
        # Line breaks inside a sentence count as spaces; lengths stay the same.
        flat = re.sub(r"\s", " ", sentence.text)
        taken: list[Span] = []
        for rule, status, pattern in _PATTERNS:
            match = pattern.search(flat)
            if match is None:
                continue
            anchor = Span(sentence.start + match.start(), sentence.start + match.end())
            while prepared.text[anchor.start].isspace():
                anchor = Span(anchor.start + 1, anchor.end)
            if any(anchor.start < end and start < anchor.end for start, end in taken):
                continue
            taken.append(anchor)
            found.append(
                Finding(
                    kind="verification",
                    value=VerificationValue(
                        status=status, by=_by(sentence, match, flat, prepared, registry)
                    ),
                    span=sentence.span,
                    anchor=anchor,
                    rule=f"verification:{rule}",
                )
            )
    return tuple(sorted(found, key=lambda one: (one.anchor, one.rule)))


def unverified_spans(
    prepared: Prepared,
    verifications: Sequence[Finding],
    attributions: Sequence[Attribution],
) -> tuple[Span, ...]:
    """The text that unverified remarks speak of, as sorted spans.

    A remark inside a sentence that claims something itself ("…, which could not be
    verified") is about that sentence. One that stands alone is about the sentences
    before it in the paragraph, back to the last one that another source says; "these
    figures" reaches on through earlier paragraphs of the same source.
    """
    index: ChainIndex | None = None
    spans: list[Span] = []
    for one in verifications:
        if not isinstance(one.value, VerificationValue) or one.value.status != "unverified":
            continue
        sentence = prepared.sentence_at(one.anchor.start)
        if sentence is None:
            continue
        before = prepared.text[sentence.start : one.anchor.start]
        own_words = len(before.split())
        if one.rule.endswith("adjective") or _says_itself(before, own_words):
            spans.append(sentence.span)
            continue
        if index is None:
            index = ChainIndex(prepared, attributions)
        spans.extend(_about(prepared, sentence, one.anchor, _before(prepared, sentence, index)))
    return tuple(sorted(set(spans)))


def _says_itself(before: str, own_words: int) -> bool:
    """Whether the remark hangs on a claim in its own sentence."""
    return own_words > 6 and _HANGS_ON.search(before[-300:]) is not None


def _about(
    prepared: Prepared, remark: Sentence, anchor: Span, before: Sequence[Span]
) -> list[Span]:
    """Of the sentences before a remark those that hold what was not verified.

    "Could not confirm whether …" says itself what of; footage that could not be verified
    is only footage that was spoken of.
    """
    text = prepared.text
    if _OWN_OBJECT.match(text, anchor.end, remark.end):
        return [remark.span]
    thing = _RECORDED.search(remark.text)
    if thing is None or _FIGURES.search(remark.text):
        return list(before)
    kept = [span for span in before if _RECORDED.search(text, span.start, span.end)]
    return kept or [remark.span]


def _before(prepared: Prepared, remark: Sentence, index: ChainIndex) -> list[Span]:
    """The sentences before a remark that it speaks of."""
    wide = _FIGURES.search(remark.text) is not None
    spans: list[Span] = []
    root: str | None = None
    for back in range(1, _BACK + 1):
        number = remark.index - back
        if number < 0:
            break
        sentence = prepared.sentences[number]
        if sentence.title:
            break
        chains, attribution = index.of(sentence.span)
        here = chains[0][-1] if attribution is not None else None
        if root is None:
            root = here
        elif here != root:
            break
        near = sentence.paragraph == remark.paragraph or not spans
        if not near and not (wide and here is not None and here == root):
            break
        spans.append(sentence.span)
        if root is None:
            break
    return spans


def _by(
    sentence: Sentence, match: re.Match[str], flat: str, prepared: Prepared, registry: Registry
) -> str | None:
    """Who has (not) checked: the subject of an active remark, "by X" after a passive one."""
    clause = Clause(sentence, caps=prepared.all_caps)
    passive = re.search(r"\b(?:be|been|was|were|is|are)\b(?! (?:not |n't )?(?:\w+ )?(?:un)?able)",
                        match.group())  # fmt: skip
    start = sentence.start + match.start()
    end = sentence.start + match.end()
    if passive:
        tail = re.match(r"\s+by\s+", flat[match.end() :])
        if tail is None:
            return None
        at = next((k for k, t in enumerate(clause.tokens) if t.start >= end + tail.end()), None)
        name = clause.name_right(at) if at is not None else None
    else:
        if _PASSIVE_START.match(match.group().lstrip()):
            return None
        at = next((k for k, t in enumerate(clause.tokens) if t.end > start), None)
        name = clause.name_left(at) if at else None
    if name is None:
        return None
    first, last = clause.span(name)
    made = names_in(cleaned(prepared.text[first:last]), registry, caps=prepared.all_caps)
    return made[0].source.name if made else None
