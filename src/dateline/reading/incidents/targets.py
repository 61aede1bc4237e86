"""Against what: things attacked, with the effect on them.

People harmed are in the casualty claims; a target here is a thing, or a person named as
the one the attack was meant for.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.model import Span, TargetValue
from dateline.reading.finding import Finding
from dateline.reading.lexicon import alternation, load, signs
from dateline.reading.prepared import Prepared

_ATTACKED = (
    r"(?:attack(?:ed|s|ing)?(?:\s+(?:on|against|at))?|assault(?:ed)?(?:\s+on)?|bombing\s+of|bombed|bombing|"
    r"shelling\s+of|shelled|shelling|(?:air\s*)?strikes?\s+on|raid(?:ed)?(?:\s+on)?|target(?:ed|ing|s)?|stormed|"
    r"hit|hitting|struck|striking|blew\s+up|blown\s+up|destroyed|destroying|damaged|damaging|set\s+fire\s+to|"
    r"torched|burned(?:\s+down)?|burnt(?:\s+down)?|dynamited|ambushed|opened\s+fire\s+(?:on|at|in|inside)|"
    r"exploded\s+(?:outside|inside|near|in\s+front\s+of|at|in)|detonated\s+(?:outside|inside|near|at|in)|"
    r"went\s+off\s+(?:outside|inside|near|in\s+front\s+of|at|in)|planted\s+(?:at|in|outside|under)|"
    r"fired\s+(?:on|at)|shooting\s+(?:at|in|inside|on)|explosion\s+(?:at|in|outside|inside|near)|"
    r"seized|hijacked|hijacking\s+of|vandali[sz]ed)"
)
_GAP = (
    r"\s+(?:an?\s+|the\s+|its\s+|their\s+|several\s+|some\s+|two\s+|three\s+|four\s+|\d{1,3}\s+)?"
)
_EFFECTS = (
    (
        "destroyed",
        re.compile(
            r"\b(?:destroy\w*|burn(?:ed|t)\s+down|level+ed|collapsed|gutted|razed|blown\s+up|blew\s+up|demolished|dynamited)\b",
            re.I,
        ),
    ),
    (
        "damaged",
        re.compile(
            r"\b(?:damag\w*|shattered|caught\s+fire|set\s+(?:on\s+)?fire|torched|partially\s+collapsed)\b",
            re.I,
        ),
    ),
)


@cache
def _nouns() -> tuple[str, ...]:
    return tuple(n for kind in load("targets").values() for n in kind["nouns"])


@cache
def _signs() -> frozenset[str]:
    return signs(_nouns())


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    nouns = alternation(_nouns())
    modifiers = r"(?:[\w'’.-]+\s+){0,3}?"
    attacked = re.compile(
        rf"\b{_ATTACKED}{_GAP}(?P<what>{modifiers}(?:{nouns}))(?![\w-])", re.IGNORECASE
    )
    suffered = re.compile(
        rf"(?<![\w-])(?P<what>(?:{nouns}))\s+(?:was|were|had\s+been|have\s+been|has\s+been)\s+"
        r"(?:\w+\s+){0,2}?(?:attacked|bombed|shelled|hit|struck|targeted|destroyed|damaged|set\s+on\s+fire|torched|"
        r"blown\s+up|burned|burnt|dynamited|ambushed|hijacked|levell?ed|gutted)\b",
        re.IGNORECASE,
    )
    return attacked, suffered


_BREAK = re.compile(
    r"\b(?:and|or|in|of|at|by|with|that|which|who|when|where|near|on|from|to|for|after|whose"
    r"|ha[sv]e?|had|used|was|were|is|are|the|an?|then|as|his|her|their)\b",
    re.IGNORECASE,
)


def find_targets(prepared: Prepared) -> tuple[Finding, ...]:
    """Things attacked, once for each place they are told, in text order."""
    found: dict[Span, Finding] = {}
    for sentence in prepared.sentences:
        if _signs().isdisjoint(sentence.words):
            continue
        for rule, pattern in zip(("attacked", "suffered"), _patterns(), strict=True):
            for m in pattern.finditer(sentence.text):
                start = m.start("what")
                if rule == "attacked" and _is_by_police(sentence.text, m.start()):
                    continue  # "officers fired at the truck"
                if rule == "suffered":
                    start = _modified_from(sentence.text, start)
                what = sentence.text[start : m.end("what")]
                # Modifiers that cross a preposition belong to another phrase.
                breaks = [one for one in _BREAK.finditer(what) if not _in_name(what, one)]
                if breaks:
                    start += breaks[-1].end()
                    what = what[breaks[-1].end() :]
                start += len(what) - len(what.lstrip())
                anchor = Span(sentence.start + start, sentence.start + m.end("what"))
                effect = next((e for e, p in _EFFECTS if p.search(m.group())), None)
                found.setdefault(
                    anchor,
                    Finding(
                        kind="target",
                        value=TargetValue(
                            description=_QUANTIFIER.sub("", " ".join(what.split())),
                            kind="thing",
                            effect=effect,
                        ),
                        span=sentence.span,
                        anchor=anchor,
                        rule=f"targets:{rule}",
                    ),
                )
    return tuple(found[anchor] for anchor in sorted(found))


# Only of shots: who bombs a village may be the police as well.
_BY_POLICE = re.compile(
    r"\b(?:police(?:m[ae]n)?|officers?|guards?|marksm[ae]n|deputies)\s+(?:who\s+)?(?:had\s+|then\s+)?\Z",
    re.IGNORECASE,
)


def _is_by_police(text: str, start: int) -> bool:
    shot = re.match(r"fired|opened|shooting", text[start:], re.IGNORECASE)
    return shot is not None and _BY_POLICE.search(text[:start][-30:]) is not None


def _in_name(what: str, found: re.Match[str]) -> bool:
    """Whether an "of" joins the parts of a name: "Tree of Life synagogue"."""
    before, after = what[: found.start()].rstrip(), what[found.end() :].lstrip()
    last = before.split()[-1:] or [""]
    return found.group().lower() == "of" and last[0][:1].isupper() and after[:1].isupper()


_QUANTIFIER = re.compile(
    r"^(?:(?:the|an?|several|some|many|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+)+",
    re.IGNORECASE,
)
_MODIFIERS = re.compile(r"(?:[\w'’.-]+\s+){1,3}$")


def _modified_from(text: str, start: int) -> int:
    """Where the up to three words before a noun begin."""
    near = max(0, start - 60)
    m = _MODIFIERS.search(text[near:start])
    return near + m.start() if m else start
