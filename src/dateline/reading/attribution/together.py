"""Several sources named together: which parts of a phrase are sources of their own.

"The army and the police", "Ann Bell, the mayor, and a hospital" are two each; an office, a
town or what somebody was doing is none, and a name that holds "and" stays whole.
"""

from __future__ import annotations

import re

from dateline.reading.attribution.registry import Registry, words_of
from dateline.reading.attribution.source_nouns import (
    PREPOSITIONS,
    ends_in_name,
    guessed_kind,
    head_of,
    in_name,
    nouns,
)

ARTICLE = re.compile(r"\A(?:the|a|an|both|several|some|other)\s+", re.IGNORECASE)
OWN = re.compile(r"\A(?:his|her)\s+(?=\w)", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*(?:and\s+|as well as\s+)?|\s+and\s+|\s+as well as\s+", re.IGNORECASE)
_GENITIVE = re.compile(
    r"(?:[A-Z][\w.-]*\s){0,2}[A-Z][\w.-]*[’'](?:s\s|\s)(?=[a-z])"
)  # "Kabul's mayor"
_ANOTHER = re.compile(r"(?:an?|two|several|another)\s+[a-z]")  # "… and a rescue volunteer"
# What the source before it was doing, or was: "visiting the scene", "set up by the state".
_DOES = re.compile(
    r"(?:also\s+)?(?:speaking|visiting|reached|contacted|interviewed|standing|sitting|attending"
    r"|known|formerly|set up|based|led|backed|headed|created|formed|established|appointed|asked"
    r"|[a-z]+ing (?:the|a|an|his|her|its|their|by|in|at|on|from|to|outside))\b"
)


# Who is spoken of, and where somebody is from: no sources.
_NOT_SAYING = re.compile(
    r"(?:[\w’'-]+\s+){0,3}of\s+(?:them|whom|those|these)\b|(?:of|from|for|at|in|near)\s"
    r"|.*\b(?:dead|killed|wounded|injured|missing|hurt)\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:of|from|in|at|near)\s+(?:[A-Z][\w’'.-]+\s?){1,3}\Z")
# "the Ministry of Culture, Media and Sport"
PORTFOLIO = re.compile(
    r"\b(?:[Mm]inist(?:ry|er)|Department|Bureau|[Ss]ecretary|Committee|Office|Commission"
    r"|Cent(?:er|re)s?|Agency|Authority|Institute|Organi[sz]ation|Union|MPs?|MSP|TD|MEP)\s+"
    r"(?:of|for|on)\s+(?:the\s+)?(?:[A-Z][\w-]+,?\s+){1,4}and\s+[A-Z][\w-]+"
)
_AND_A = re.compile(r"(?:an?|the|former|acting|deputy|his|her|its|their|now)\s", re.IGNORECASE)


def named_together(phrase: str, registry: Registry, caps: bool) -> list[str]:
    """Several sources named together, apart; a name that holds "and" stays whole."""
    if " and " not in phrase.lower() and "," not in phrase:
        return [phrase]
    first = _SPLIT.split(phrase)[0]
    pieces = _pieces(phrase, registry, caps)
    if len(pieces) < 2:
        return pieces or [phrase]
    if len(pieces) == 2 and f" and {pieces[1]}" not in phrase:
        # "an Australian witness, Ann Lee": a role and the one who has it.
        # "the UN mission in Mali, MINUSMA": a body and its abbreviation.
        short = ARTICLE.sub("", pieces[1], count=1)
        if short.isupper() and words_of(short)[0].text == short and not caps:
            return [pieces[0] if registry.lookup(short) is None else short]
        behind = _name_behind(pieces[1])
        if not _is_personal(pieces[0]) and behind and guessed_kind(behind) == "person":
            return [behind]
    if len(pieces) == 2 and "," not in phrase and _is_half(pieces[0], registry, caps):
        return [phrase]  # "the national search and rescue agency"
    hits = registry.find(words_of(phrase), caps=caps)
    inside = {at for hit in hits for at in range(hit.first, hit.end)}
    joins = [at for at, word in enumerate(words_of(phrase)) if word.key == "and"]
    if joins and all(at in inside for at in joins) and "," not in phrase:
        return [phrase]
    kept: list[str] = []
    plural = words_of(phrase)[-1].key if words_of(phrase) else ""
    shared = plural.endswith("s") and plural in nouns().roles["descriptors"]
    for piece in pieces:
        if kept and (
            _is_apposition(piece, phrase)
            or _is_role_of(kept[-1], piece, phrase)
            or _is_short_for(kept[-1], piece)
        ):
            continue
        known = bool(registry.find(words_of(piece), caps=caps)) or registry.body_in(words_of(piece))
        head = words_of(piece)[head_of(words_of(piece))]
        name = piece[:1].isupper() and guessed_kind(piece) == "person"
        if (
            known
            or name
            or ends_in_name(words_of(piece), caps)
            or head.key in nouns().kinds
            or (shared and piece[:1].isupper())
            or _ANOTHER.match(piece)
            or (len(words_of(piece)) == 1 and registry.nation_in(words_of(piece)))
            or not kept
        ):
            kept.append(piece)
        elif " and " in phrase.lower() and "," not in phrase:
            return [phrase]
    return kept or [first]


def _pieces(phrase: str, registry: Registry, caps: bool) -> list[str]:
    """The parts between commas and "and" that may be sources."""
    pieces: list[str] = []
    at = 0
    aside = False  # whether the part before only told more of a person named
    before = ""
    whole = _as_one(phrase, registry, caps)
    for masked in _SPLIT.split(whole):
        start = whole.find(masked, at)
        sign, at = phrase[at:start], start + len(masked)
        piece, last = phrase[start:at], before
        before = piece
        if not words_of(piece):
            continue
        if not pieces:
            pieces.append(piece)
            continue
        joined = sign.strip().lower() == "and"
        known = bool(registry.find(words_of(piece), caps=caps)) and not any(
            word.key in nouns().roles["people"] for word in words_of(piece)
        )  # "the Met's head of counter-terrorism" is an office
        if _DOES.match(piece) or _NOT_SAYING.match(piece):
            aside = True
        elif _is_apposition(piece, phrase) and not known:
            aside = _is_personal(pieces[-1]) and not _ends_list(phrase, at)
            pieces.append(piece)
        elif aside and joined and _AND_A.match(piece) and not known:
            continue  # "the premier of Bavaria and an ally of hers"
        elif not joined and _FROM.search(last) and _is_town(piece) and not known:
            continue  # "a visitor from Phoenix, Arizona"
        else:
            aside = False
            pieces.append(piece)
    if len(pieces) > 1 and _NOT_SAYING.match(pieces[0]):
        del pieces[0]
    # "one witness, Ann Lee, a visitor of 45"
    if len(pieces) > 2 and all(_is_apposition(one, phrase) for one in pieces[2:]) and (
        f"{pieces[0]}, {pieces[1]}" in phrase
    ):  # fmt: skip
        del pieces[2:]
    return pieces


def _as_one(phrase: str, registry: Registry, caps: bool) -> str:
    """A phrase in which names that hold a comma or an "and" hold none; as long as before."""
    words = words_of(phrase)
    spans = [(words[hit.first].start, words[hit.end - 1].end)
             for hit in registry.find(words, caps=caps)]  # fmt: skip
    spans += [match.span() for match in PORTFOLIO.finditer(phrase)]
    for start, end in spans:
        inside = phrase[start:end].replace(",", "_").replace(" and ", "_and_")
        phrase = phrase[:start] + inside + phrase[end:]
    return phrase


def _ends_list(phrase: str, at: int) -> bool:
    """Whether a comma and an "and" follow: "Ann Bell, the mayor, and the police"."""
    return re.match(r"\s*,\s*and\s", phrase[at:], re.IGNORECASE) is not None


def _is_town(piece: str) -> bool:
    """Whether a capitalised word, or "New York" and the like, may be a state behind its town."""
    words = words_of(piece)
    double = len(words) == 2 and words[0].text in _DOUBLE
    named = all(word.text[:1].isupper() for word in words)
    return (len(words) == 1 or double) and named and words[-1].key not in nouns().kinds


_DOUBLE = frozenset("New North South West East Rhode".split())


def _is_half(piece: str, registry: Registry, caps: bool) -> bool:
    """Whether words before an "and" say nobody: they go with the noun behind it."""
    words = words_of(ARTICLE.sub("", piece, count=1))
    if not words or registry.find(words, caps=caps) or registry.body_in(words):
        return False
    head = words[head_of(words)]
    lists = nouns()
    people = head.key in lists.kinds or head.key in lists.roles["people"]
    return not people and not head.key.endswith("s") and head.text.islower()


def _is_personal(piece: str) -> bool:
    """Whether all words may be a person's name and none an office."""
    roles = nouns().roles
    return all(
        in_name(word) and word.key not in roles["people"] and word.key not in nouns().kinds
        for word in words_of(ARTICLE.sub("", piece, count=1))
    )


def _name_behind(piece: str) -> str:
    """The personal name that a piece is or ends in: "public defender Dana Crewe"; or none."""
    bare = ARTICLE.sub("", OWN.sub("", piece, count=1), count=1)
    words = words_of(bare)
    at = len(words)
    while at and in_name(words[at - 1]) and (words[at - 1].text[:1].isupper() or at < len(words)):
        at -= 1
    while len(words) - at > 2 and words[at].key in nouns().roles["titles"]:
        at += 1  # "Major General Ann Bell"
    lead = [word for word in words[:at] if word.key not in nouns().roles["titles"]]
    name = bare[words[at].start :] if at < len(words) else ""
    role = not lead or (
        len(lead) <= 4
        and all(word.text.islower() and word.key not in PREPOSITIONS for word in lead)
    )
    return name if role and len(words) - at > 1 and _is_personal(name) else ""


def _is_apposition(piece: str, phrase: str) -> bool:
    """ ", a state-run agency" tells more of the source before it and is none itself."""
    at = phrase.find(piece)
    before = phrase[:at].rstrip()
    return before.endswith(",") and (
        bool(re.match(r"(?:a|an|the|his|her|its|their|whose|who)\b", piece)) or piece[:1].isdigit()
    )


def _is_role_of(before: str, piece: str, phrase: str) -> bool:
    """Whether a piece is the office of the person named before it: "Bell, police spokesman"."""
    words = words_of(piece)
    at = phrase.find(piece)
    of_whom = _GENITIVE.match(piece) is not None and len(words_of(before)) > 1
    return (
        phrase[:at].rstrip().endswith(",")
        and (words[0].text[:1].islower() or (of_whom and _is_personal(before)))
        and any(word.key in nouns().roles["people"] for word in words)
        and not any(word.key in nouns().kinds for word in words_of(before)[-1:])
        and before[:1].isupper()
        and (not ends_in_name(words, False) or words[0].key in nouns().roles["people"])
    )


def _is_short_for(before: str, piece: str) -> bool:
    """ "the State Emergency Management Agency, SEMA": the initials of the name before."""
    initials = "".join(word.text[0] for word in words_of(before) if word.text[:1].isupper())
    return len(piece) > 1 and piece.isupper() and piece == initials
