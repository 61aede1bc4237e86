"""Whose report it is: the publisher, and the agency whose copy the publisher carries.

An agency counts where a dateline names it ("KYIV (AP) -"), where it stands as a byline or
signs the text ("(AFP)" at the end, "© 2017 Thomson Reuters"), and for Reuters' own credit
("Reporting by …; Editing by …"). One that "contributed to this report" is no publisher of it:
which part is its work is not told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.model import Chain
from dateline.reading.attribution.registry import MEDIA, Registry, keys_of, registry_in_use
from dateline.reading.prepared import Prepared

UNKNOWN_PUBLISHER = "unknown publisher"

_DATELINE = re.compile(r"\(([^()\n]{2,40})\)\s*(?:--|[-–—])|/([A-Za-z]{2,12})/\.\s")
_DATELINE_REACH = 400  # characters from the top
_TOP, _END = 4, 3  # lines from the top that may hold a byline, from the end a signature
_FAR = 3_000  # characters of either end that are looked at for lines
_LONGEST = 120  # characters of such a line
_CAPITALISED = r"[^\W\d_a-z][\w.’'-]*"
_BYLINE = re.compile(
    rf"\s*(?:(?:By|BY|by)\s+(?:(?:{_CAPITALISED},?|and|of)\s+){{0,7}}?|(?:{_CAPITALISED}\s+)"
    rf"{{1,3}}{_CAPITALISED}(?=,))(?:[,|]\s*)?(?P<name>(?:[Tt]he\s+)?[A-Z][\w. -]{{1,30}}?)\s*"
)
# "AFP", "(AFP)", "© 2017 AFP" by itself, or in brackets or after a dash behind the last stop.
_SIGNED = re.compile(
    r"\s*(?:[\[(—–-]{1,2}\s*|©\s*|(?:\([Cc]\)|[Cc]opyright)\s+(?:©\s*)?)?(?:\d{4}\s+)?(?:by\s+)?"
    r"(?P<name>(?:[Tt]he\s+)?[A-Z][A-Za-z.’' -]{1,30}?)[\])]?"
    r"(?:\s*[.,]?\s*[Aa]ll [Rr]ights [Rr]eserved\b.*)?[\s.]*"
)
_BEHIND = re.compile(r"[.!?”\"]\s*(?:[\[(—–]|--?\s)[^.!?”\"]{2,40}\Z")
_REUTERS = re.compile(
    r"(?:\A|\n)[ \t]*\(?(?:additional\s+)?reporting\s+by\b[^\n]{2,400}?"
    r"\b(?:editing|writing)\s+by\b",
    re.IGNORECASE,
)


def base_chain(prepared: Prepared, registry: Registry | None = None) -> Chain:
    """The chain of what the report says in its own voice, the publisher first.

    Then whom it reposts, else the agency whose copy it is; "unknown publisher" where
    nobody is known.
    """
    registry = registry or registry_in_use()
    document = prepared.document
    names = [name for name in (document.publisher, document.reposted_from) if name]
    if not document.reposted_from:
        wire = wire_of(prepared.text, registry)
        own = registry.lookup(names[0]) if names else None
        # One agency does not sign another's report.
        if wire is not None and (own is None or own.kind != "agency"):
            names.append(wire)
    return joined([_canonical(name, registry) for name in names] or [UNKNOWN_PUBLISHER])


def wire_of(text: str, registry: Registry) -> str | None:
    """The news agency whose copy a text is, by its dateline, byline or signature."""
    for match in _DATELINE.finditer(text, 0, _DATELINE_REACH):
        found = registry.lookup(match[1] or match[2])
        if found is not None and found.kind in MEDIA:
            return found.name
        break
    for line in [line for line in text[:_FAR].splitlines() if line.strip()][:_TOP]:
        byline = _BYLINE.fullmatch(line) if len(line) < _LONGEST else None
        if byline and (found_name := _agency(byline["name"], registry)):
            return found_name
    end = [line.strip() for line in text[-_FAR:].splitlines() if line.strip()][-_END:]
    for line in reversed(end):
        behind = _BEHIND.search(line[-_LONGEST:])
        part = behind.group()[1:] if behind else line
        signed = _SIGNED.fullmatch(part) if len(part) < _LONGEST else None
        if signed and (found_name := _agency(signed["name"], registry)):
            return found_name
    reuters = _REUTERS.search("\n".join(end)) if end else None
    return _agency("Reuters", registry) if reuters else None


def joined(names: Sequence[str]) -> Chain:
    """Without a name that only repeats the one before it or the publisher."""
    kept: dict[tuple[str, ...], str] = {}
    for name in names:
        kept.setdefault(keys_of(name) or (name,), name)
    return tuple(kept.values())


def _agency(words: str, registry: Registry) -> str | None:
    found = registry.lookup(words.strip())
    return found.name if found is not None and found.kind == "agency" else None


def _canonical(name: str, registry: Registry) -> str:
    found = registry.lookup(name)
    return found.name if found else name
