"""What somebody is charged with, convicted of or sentenced to."""

from __future__ import annotations

import re

from dateline.model import ChargeValue, Span
from dateline.reading.finding import Finding
from dateline.reading.prepared import Prepared

# "charged with X", "charged under two articles: X and Y", "faces 12 counts of X",
# "convicted of X", "pleaded guilty to X". "Accused of" is an allegation and no charge.
_CHARGED = re.compile(
    r"\b(?:(?:was|were|been|is|are|being|be)\s+)?"
    r"(?P<verb>charged|indicted|convicted|found\s+guilty|pleaded\s+guilty|pled\s+guilty|"
    r"faces?|facing|prosecuted|arraigned)\b"
    r"(?P<how>\s+(?:\w+\s+){0,6}?(?:with|on|of|to|for|under(?:\s+\w+){0,3}\s+articles?\s*:|"
    r"charges?\s+of|counts?\s+of))\s+"
    r"(?P<what>[^.;\"”:]{3,160})",
    re.IGNORECASE,
)
_OFFENCE = re.compile(
    r"(?:(?:attempted|first-degree|second-degree|third-degree|capital|premeditated|aggravated|"
    r"involuntary|mass|multiple|conspiracy\s+to(?:\s+commit)?|armed|unlawful|illegal)\s+)*"
    r"(?:murders?|manslaughter|homicide|terrorism|terrorist\s+(?:act|acts|offences|offenses)|treason|"
    r"desertion|assault|kidnapping|abduction|robbery|arson|hostage[- ]taking|genocide|"
    r"war\s+crimes|crimes\s+against\s+humanity|possession\s+of\s+(?:an?\s+)?(?:\w+\s+){0,2}"
    r"(?:weapons?|firearms?|explosives?)|use\s+of\s+a\s+weapon\s+of\s+mass\s+destruction|rape|"
    r"torture|battery|bombing|hooliganism|sabotage|espionage|rioting|sedition|conspiracy|"
    r"mutiny|hate\s+crimes?|grievous\s+bodily\s+harm|endangerment|negligence|piracy|"
    r"causing\s+death\s+by\s+(?:dangerous|careless)\s+driving|membership\s+(?:in|of)\s+a\s+"
    r"terrorist\s+(?:group|organi[sz]ation)|(?:murder|kill|bomb)(?=\s+\w))",
    re.IGNORECASE,
)
_SENTENCED = re.compile(
    r"\bsentenced\s+(?:\w+\s+){0,4}?to\s+"
    r"(?P<term>death|life(?:\s+(?:in\s+prison|imprisonment|without\s+parole))?|"
    r"(?:\w+[- ]){1,4}?(?:years?|months?)(?:\s+(?:in\s+(?:prison|jail)|imprisonment))?)"
    r"(?:\s+(?:\w+\s+){0,4}?for\s+(?P<what>[^.;]{3,120}))?",
    re.IGNORECASE,
)


def find_charges(prepared: Prepared) -> tuple[Finding, ...]:
    """One finding an offence, and one a sentence passed, in text order."""
    found = []
    for sentence in prepared.sentences:
        text = sentence.text
        for m in _CHARGED.finditer(text):
            if (
                m["verb"].lower().startswith("fac")
                and "charge" not in m["how"].lower()
                and ("count" not in m["how"].lower())
            ):
                continue  # "faces up to ten years" names no offence
            for offence in _OFFENCE.finditer(m["what"]):
                start = sentence.start + m.start("what") + offence.start()
                end = sentence.start + m.start("what") + offence.end()
                found.append(
                    Finding(
                        kind="charge",
                        value=ChargeValue(offence=_words(offence.group())),
                        span=Span(sentence.start + m.start(), sentence.start + m.end("what")),
                        anchor=Span(start, end),
                        rule="charges:charged",
                    )
                )
        for m in _SENTENCED.finditer(text):
            offence_match = _OFFENCE.search(m["what"] or "") or _OFFENCE.search(text)
            found.append(
                Finding(
                    kind="charge",
                    value=ChargeValue(
                        offence=_words(offence_match.group()) if offence_match else "not named",
                        sentence=_words(m["term"]),
                    ),
                    span=sentence.span,
                    anchor=Span(sentence.start + m.start("term"), sentence.start + m.end("term")),
                    rule="charges:sentenced",
                )
            )
    return tuple(found)


def _words(text: str) -> str:
    return " ".join(text.split()).lower()
