"""People whom the police hold, seek or have named, told as such and not by the deed.

"A 19-year-old man is in custody", "officers were looking for a man in a grey hoodie",
"the driver of the van, who remains at large". They are suspected, unless a driver or a
suspect is told as the one who did it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.model import Fate, Span
from dateline.reading.attribution.clauses import LONGEST
from dateline.reading.number_words import UNITS
from dateline.reading.prepared import Prepared, Sentence

_PERSON = (
    r"(?<!\w)(?P<det>an?|the|one|two|three|four|five|six|seven|eight)\s+"
    # "the mayor said a man": another begins there
    r"(?P<words>(?:(?!(?:said|says|told|added|an?|the|that|who|when|where|after)\b)[\w’'-]+\s+){0,3}?"
    r"(?P<head>men|man|women|woman|boys?|girl|teenagers?|teens?"
    r"|youths?|suspects?"
    r"|drivers?|father|husband|son|stepson|brother|classmate"
    r"|\d{1,2}-year-olds?(?:\s+(?:man|men|woman|boy|girl|student))?)"
    r"(?:\s+(?:in|with)\s+an?\s+(?:[\w-]+\s+){1,2}?(?:hoodie|jacket|shirt|mask|cap|coat"
    r"|sweatshirt|vest"
    r"|beard|car|truck|van))?)(?![\w-])"
)
_HEADS = frozenset(
    """men man women woman boy boys girl teenager teenagers teen teens youth youths suspect
    suspects driver drivers father husband son stepson brother classmate year gunman""".split()
)
"""The words of which every pattern here needs one: a sentence without is passed over."""
_GAP = r"(?:\s+(?:from|of|on|in|who|whose)\b[^.;:“”\"]{0,110}?|,[^.;:“”\"]{0,80}?,?)?"
_HELD = re.compile(
    _PERSON + _GAP + r"\s*(?:\b(?:has|have|had)\s+been\s+|\b(?:is|was|are|were)\s+(?:later\s+"
             r"|still\s+|being\s+|also\s+)?)?"
    r"(?P<status>(?:in\s+(?:police\s+)?custody|taken\s+into\s+custody|under\s+arrest|arrested"
    r"|apprehended"
    r"|detained(?!\s+for\s+questioning)|charged\s+with\s+(?:[\w-]+\s+){0,3}?(?:murder"
    r"|manslaughter|homicide|assault|terror\w*|shooting|attempted|killing)"
    r"|suspected\s+of\s+(?:[\w-]+\s+){0,3}?(?:murder|killing|terror\w*|attack\w*|shooting|driving"
    r"|carrying))"
    r"|(?:being\s+)?(?:sought|hunted)\b|(?:remains?|remained|still)\s+at\s+large|on\s+the\s+run"
    r"|wanted\b)",
    re.IGNORECASE,
)  # fmt: skip
_SOUGHT = re.compile(
    r"\b(?P<status>(?:looking|searching|hunting|search|hunt|manhunt)\s+for|arrested|detained"
    r"|apprehended"
    r"|in\s+custody\s+is|have\s+charged|took\s+into\s+custody)\s+" + _PERSON
    + r"(?!\s+for\s+questioning)",
    re.IGNORECASE,
)  # fmt: skip
_KILLED = re.compile(
    r"(?<!\w)(?P<det>an?|the|one)\s+(?P<words>(?:(?!(?:said|says|told|an?|the|that)\b)[\w’'-]+\s+)"
    r"{0,2}?(?P<head>suspect|driver|gunman))" + _GAP
    + r"\s*(?P<status>\b(?:was|were)\s+(?:also\s+|later\s+|then\s+)?(?:shot\s+dead|killed|shot\s+"
      r"and\s+killed|fatally\s+shot))",
    re.IGNORECASE,
)  # fmt: skip
_DID_IT = re.compile(
    _PERSON + r"\s+(?P<status>(?:shot|killed|stabbed)\s+(?:and\s+killed\s+)?(?:his|her)\s+"
             r"(?:[\w-]+\s+){0,2}?"
    r"(?:wife|husband|girlfriend|boyfriend|sons?|daughters?|children|parents|mother|father|family"
    r"|ex-wife"
    r"|partner|co-?workers?|neighbou?rs?))\b",
    re.IGNORECASE,
)  # fmt: skip
# Whose arrest or flight is no news of who did it.
_OTHERS = re.compile(
    r"\b(?:protest\w*|demonstrat\w*|activist|journalist|reporter|missing"
    r"|hostage)\b"
    r"|\b(?:kidnapped|abducted)\b",
    re.IGNORECASE,
)
# "A woman who lived with the gunman was arrested": those close to him.
_CLOSE_TO = re.compile(
    r"\b(?:lived|living|lives)\s+with\b|\b(?:wife|widow|girlfriend|boyfriend|sister|brother|mother"
    r"|friend)\s+of\b|\bpossible\s+accomplice\b",
    re.IGNORECASE,
)
_BELIEVED = re.compile(r"\b(?:believ\w*|suspect\w*|alleg\w*|accus\w*|think)\b", re.IGNORECASE)


class Suspect(NamedTuple):
    """Somebody held, sought or named: the words, how many, and what became of them."""

    head: str
    description: str
    number: int | None
    fate: Fate | None
    suspected: bool
    anchor: Span
    sentence: Sentence


def find_suspects(prepared: Prepared) -> Iterator[Suspect]:
    """Each mention, in no order; the same people may be told several times."""
    for sentence in prepared.sentences:
        text = sentence.text
        if sentence.end - sentence.start > LONGEST or _HEADS.isdisjoint(sentence.words):
            continue
        if _OTHERS.search(text):
            continue
        for pattern in (_HELD, _SOUGHT, _KILLED, _DID_IT):
            for m in pattern.finditer(text):
                if _CLOSE_TO.search(m[0]):
                    continue
                determiner = m["det"].lower()
                plain = m["head"].lower().split()[-1]
                plural = plain.endswith(("s", "men"))
                number = UNITS.get(determiner)
                killed = pattern is _KILLED
                yield Suspect(
                    head=plain,
                    description=" ".join(m["words"].split()),
                    number=number if number or plural else 1,
                    fate=_fate(m["status"].lower(), killed, pattern is _DID_IT),
                    suspected=_is_suspected(plain, pattern is _DID_IT, text[: m.end()]),
                    anchor=Span(sentence.start + m.start("words"), sentence.start + m.end("head")),
                    sentence=sentence,
                )


def _is_suspected(head: str, told_as_doer: bool, before: str) -> bool:
    if told_as_doer:
        return _BELIEVED.search(before) is not None
    return not head.startswith(("driver", "gunman"))


def _fate(status: str, killed: bool, told_as_doer: bool) -> Fate | None:
    if killed:
        return "killed"
    if told_as_doer:
        return None
    sought = ("sought", "hunt", "large", "run", "wanted", "looking", "search")
    if any(word in status for word in sought):
        return "at large"
    return None if status.startswith("suspected") else "arrested"
