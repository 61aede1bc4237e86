"""Why: motives as told, each in the words of the report."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dateline.model import MotiveValue, Span
from dateline.reading.finding import Finding
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Prepared, Sentence

# The violence, or the flight after it, that a motive has to explain.
_DEED = re.compile(
    r"\b(?:kill\w*|shot|shoot\w*|fire[ds]?|opened\s+fire|stab\w*|murder\w*|attack\w*|massacr\w*|bomb\w*|"
    r"explo\w+|assassinat\w*|fled|flee\w*|desert\w*|rampage\w*|slaughter\w*|behead\w*|execut\w*|kidnap\w*|"
    r"abduct\w*|torch\w*|arson|gunm[ae]n|assault\w*|ambush\w*|ramm\w*|incident|tragedy|strike[sd]?|struck)\b",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;.\"”]|\s+(?:when|while|who|which|that|but|after|before|said|according)\b", re.IGNORECASE
)
_MOTIVE_WAS = re.compile(
    r"\b(?:motives?|reasons?\s+for\s+the\s+(?:attack|shooting|killing|murder|bombing)s?)\b[^.;]{0,60}?\b(?:was|were|is|appears?\s+to\s+be|appeared\s+to\s+be|"
    r"may\s+have\s+been|could\s+be|to\s+be)\s+(?P<why>[^.;\"”]{4,140})",
    re.IGNORECASE,
)
_MOTIVE_WORDS = frozenset("motive motives reason reasons".split())
_UNKNOWN = re.compile(
    r"\b(?:un(?:known|clear|determined|der\s+investigation)|not\s+(?:yet\s+|immediately\s+)?(?:known|clear|determined)|"
    r"investigat\w*|no\s+(?:known\s+)?motive)\b",
    re.IGNORECASE,
)
_PREPOSITION = (
    r"(?:due\s+to|because\s+of|over|following|after|amid|stemm\w+\s+from|result\s+of|"
    r"sparked\s+by|triggered\s+by)"
)


class _Signs(NamedTuple):
    """Without one of these a sentence has no match of the pattern of that name."""

    complement: frozenset[str]
    introduced: frozenset[str]
    provoked: tuple[str, ...]  # parts of the text: its pattern asks for no border before them


@cache
def _signs() -> _Signs:
    lists = load("motives")
    provoked = dict.fromkeys(entry.split()[0] for entry in lists["provocations"])
    return _Signs(signs(lists["nouns"]), signs(lists["introducers"]), tuple(provoked))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = load("motives")
    nouns = alternation(lists["nouns"])
    complement = re.compile(
        rf"\b{_PREPOSITION}\s+(?P<why>(?:an?\s+|the\s+|his\s+|her\s+|their\s+|an?\s+alleged\s+|previous\s+)?"
        rf"(?:[\w'’-]+\s+){{0,3}}(?:{nouns})(?:\s+(?:over|with|between|about|involving|among)\s+[^,.;\"”]{{3,80}})?)(?![\w-])",
        re.IGNORECASE,
    )
    introduced = re.compile(
        rf"\b(?:{alternation(lists['introducers'])})\s+(?P<why>[^,.;\"”]{{3,140}})", re.IGNORECASE
    )
    provoked = re.compile(
        rf"(?P<why>(?:[\w'’-]+\s+){{0,2}}(?:{alternation(lists['provocations'])})\s+[^,.;\"”]{{3,80}})",
        re.IGNORECASE,
    )
    return complement, introduced, provoked


_BY_HIM = re.compile(
    r"(?:the\s+)?(?:\w+\s+)?(?:man|woman|gunm[ae]n|attackers?|shooter|killers?|suspect|bomber)\b"
    r"(?:\s+who\b[^,;]*|\s+(?:then|also|had)\b)?(?:\s+\w+)?\s*\b(?:mocked|taunted|insulted"
    r"|humiliated|teased|provoked|argued|refused)\b",
    re.IGNORECASE,
)
_RULES = ("complement", "introduced", "provoked")


def find_motives(prepared: Prepared) -> tuple[Finding, ...]:
    """Motives in text order; only where the same sentence tells the deed they explain."""
    found: dict[Span, Finding] = {}
    for sentence in prepared.sentences:
        text = sentence.text
        stated = not _MOTIVE_WORDS.isdisjoint(sentence.words)
        for m in _MOTIVE_WAS.finditer(text) if stated else ():
            if not _UNKNOWN.search(text[m.start() : m.end()]):
                _keep(found, sentence, m, "motives:stated")
        told = (
            not _signs().complement.isdisjoint(sentence.words),
            not _signs().introduced.isdisjoint(sentence.words),
            any(part in sentence.folded for part in _signs().provoked),
        )
        if not any(told) or not _DEED.search(text):
            continue
        for rule, pattern, may in zip(_RULES, _patterns(), told, strict=True):
            if not may:
                continue
            for m in pattern.finditer(text):
                if rule == "provoked" and _BY_HIM.match(text[: m.end()]):
                    continue  # "the man who shot them taunted negotiators"
                rest = text[: m.start()] + text[m.end() :]
                # The deed has to stand outside the motive itself ("over the attack").
                if _DEED.search(rest):
                    _keep(found, sentence, m, f"motives:{rule}")
    return tuple(found[key] for key in sorted(found))


def _keep(found: dict[Span, Finding], sentence: Sentence, m: re.Match[str], rule: str) -> None:
    start, end = m.start("why"), m.end("why")
    cut = _END.search(sentence.text, start + 3, end)
    if cut:
        end = cut.start()
    anchor = Span(sentence.start + start, sentence.start + end)
    if any(anchor.start < other.end and other.start < anchor.end for other in found):
        return
    description = " ".join(sentence.text[start:end].split())
    found[anchor] = Finding(
        kind="motive",
        value=MotiveValue(description=description),
        span=sentence.span,
        anchor=anchor,
        rule=rule,
    )
