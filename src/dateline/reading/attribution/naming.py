"""From the words of a source span to who is meant: known sources, or names as given.

"the Baza and Shot Telegram channels" are two known channels, "representatives for the
Defense Ministry" are the ministry, "a Reuters witness" is an unnamed witness through
Reuters. An unknown source keeps its words; its kind is guessed by its nouns.
Pronouns and bare roles are left to :mod:`dateline.reading.attribution.coreference`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Source
from dateline.reading.attribution.registry import MEDIA, Registry, Word, words_of
from dateline.reading.attribution.source_nouns import (
    PREPOSITIONS,
    ends_in_name,
    guessed_kind,
    head_of,
    in_name,
    nouns,
)
from dateline.reading.attribution.together import ARTICLE, OWN, PORTFOLIO, named_together

__all__ = ["Named", "cleaned", "guessed_kind", "head_of", "names_in", "nouns"]

_CUT = re.compile(
    r"\s*(?:[,;:]?\s*\b(?:who|which|whose|citing|quoting|speaking|via|referring|among (?:them"
    r"|whom))\b"
    r"|\s[-–—]{1,2}\s|[\[\]]).*",
    re.IGNORECASE | re.DOTALL,
)
# "a list obtained by Reuters": the paper saw it; "a statement released by the army" is its.
_SEEN = re.compile(
    r",?\s+(?:obtained|seen|reviewed|viewed|examined|verified|shared with|leaked to|given to"
    r"|quoted|cited|interviewed|contacted)\s+"
    r"(?:by\s+)?(?P<who>[^,;]{2,60})",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    r"\b(?:issued|released|published|posted|made|provided|compiled|signed|written)\s+by\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*[a-z][^()]*\)")  # a bracket that is no abbreviation
_WHEN = re.compile(
    r",?\s+(?:(?:[Ll]ate |[Ee]arly )?[Oo]n )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today"
    r"|yesterday|earlier|(?<!USA )TODAY|YESTERDAY)\b.*",
    re.DOTALL,
)
# "Last night" and the like behind a name, and what was done to it since.
_SINCE = re.compile(
    r",?\s+(?:(?:earlier\s+)?(?:last|this)\s+(?:night|week|month|year|morning|afternoon|evening"
    r"|weekend)|since\s+[a-z]+)\Z"
)
# "Earlier the National Guard": when, before a name.
_LEADING = re.compile(
    r"\A(?:Earlier|Later|Meanwhile|Separately|Afterwards?|Previously|However|Today|Yesterday)"
    r"\b,?\s+(?=the\s|an?\s|[A-Z])"
)
# "Senator Ann Bell, D-Ohio", "Representative Bell (R)": a party and a state.
_PARTY = re.compile(
    r",\s+[DRI]-[A-Z][A-Za-z. ]{0,15}(?:,|\Z)|\s+\([DRI](?:-[A-Z][A-Za-z. ]{0,15})?\)"
)
# "Police arrested two men", taken whole for a source: the police.
_CLAUSE = re.compile(
    r"\A(?P<who>(?:[\w’'.-]{1,30}\s+){1,6}?)(?:[a-z]{2,}ed|said|told|shot|took|found|held|won|shows?"
    r"|killed|has|have|had|was|were)\s+(?:the|an?|two|three|four|five|\d+|they|he|she|it|his|her|its"
    r"|their|more|that|some|dozens)\b"
)
_SEMI = re.compile(r"\b(?:semi|quasi)-?\s?official\s+", re.IGNORECASE)
_BOTH = re.compile(r"\s+(?:both|all|each|alike)$")  # "the army and Russia both denied"
# "An affidavit unsealed", "documents filed": when, which was cut off, is no part of a name.
_SHOWN = re.compile(r"(?<=\w)\s+(?:unsealed|filed|released|published|issued|posted|aired)\Z")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_CALLED = re.compile(r"\b(?:named|called|known as|dubbed|nicknamed)\s+", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that|whose)\b", re.IGNORECASE)
_LONGEST = 120  # characters of a name
_OWNER = frozenset("of for from by with".split())


class Named(NamedTuple):
    """A source, and those through whom it speaks, outermost first.

    ``words`` are the normal forms by which later mentions may point at it; ``person`` is
    True for a single human being; ``empty`` for phrases that are no source at all.
    """

    source: Source
    via: tuple[Source, ...] = ()
    words: frozenset[str] = frozenset()
    person: bool = False
    empty: bool = False


def cleaned(phrase: str) -> str:
    """A source phrase in one line, without what only describes or dates it."""
    phrase = _LEADING.sub("", " ".join(phrase.split()))
    phrase = _SEMI.sub("", _PARTY.sub("", phrase)) or phrase
    clause = _CLAUSE.match(phrase)
    if clause and not _RELATIVE.search(clause["who"]):
        phrase = clause["who"].rstrip()
    phrase = _CUT.sub("", phrase, count=1) or phrase
    phrase = _BOTH.sub("", phrase) or phrase
    # "Post on Friday" is dated, a name that starts so ("Sunday Times") is not.
    dated = _WHEN.sub("", phrase, count=1)
    if ARTICLE.fullmatch(dated + " "):
        dated = phrase  # "an earlier report"
    dated = _SHOWN.sub("", _SINCE.sub("", dated))
    return (dated or phrase).strip(" ,;:.'\"“”")


def names_in(
    phrase: str, registry: Registry, *, caps: bool = False, country: str | None = None
) -> list[Named]:
    """Who is meant by the words of a source span, in their order; empty for no words.

    ``country`` is the state the context speaks of, for "the Defense Ministry"; ``caps``
    says that the text is set in capitals.
    """
    return list(_names(phrase, registry, caps, country))


@functools.lru_cache(maxsize=4096)
def _names(phrase: str, registry: Registry, caps: bool, country: str | None) -> tuple[Named, ...]:
    phrase = _ISSUED.sub("by", _ASIDE.sub("", cleaned(phrase)) or phrase, count=1)
    words = words_of(phrase)
    if not words:
        return ()
    if all(word.key in _FIRST_REPORTS for word in words):
        # "Preliminary", cut off from the "reports" that say so.
        return (_unknown(phrase, registry, caps=caps, parent=None)._replace(empty=True),)
    seen = _SEEN.search(phrase)
    if seen and words_of(phrase[: seen.start()]):
        hits = registry.find(words_of(seen["who"]), caps=caps)
        via = tuple(hit.source for hit in hits[:1] if hit.source.kind in MEDIA)
        if not hits and guessed_kind(seen["who"]) in MEDIA:
            via = (_unknown(seen["who"], registry, caps=caps, parent=None).source,)
        shown = _names(phrase[: seen.start()], registry, caps, country)
        return tuple(named._replace(via=(*via, *named.via)) for named in shown)
    whole = registry.lookup(phrase, country=None)
    if whole is not None and (caps or _has_capital(words)):
        return (_known(whole, phrase),)
    parts = named_together(phrase, registry, caps)
    made = [_named(part, registry, caps=caps, country=country) for part in parts]
    if len(made) == 1 and made[0].person and parts[0] != phrase:
        # "The imam, Ann Bell": "the imam said" is Bell again.
        made[0] = made[0]._replace(words=made[0].words | {word.key for word in words})
    return tuple(made)


def _has_capital(words: Sequence[Word]) -> bool:
    """Whether a word besides an article is no small one: "The insider" names no outlet."""
    return any(not word.text[:1].islower() for word in words if word.key not in ("the", "a", "an"))


def _known(source: Source, phrase: str, via: tuple[Source, ...] = ()) -> Named:
    keys = {word.key for text in (source.name, phrase, *source.aliases) for word in words_of(text)}
    return Named(source, via, frozenset(keys), source.kind in ("person", "witness"))


def _named(phrase: str, registry: Registry, *, caps: bool, country: str | None) -> Named:
    roles = nouns().roles
    called = _CALLED.search(phrase)
    if called and phrase[called.end() :][:1].isupper():
        phrase = phrase[called.end() :]
    words = words_of(phrase)
    while len(words) > 1 and words[0].key in ("the", "a", "an", "both", "of"):
        words = words[1:]
    if not words:
        return _unknown(phrase, registry, caps=caps, parent=None)
    head = head_of(words)
    key = words[head].key
    complement = words[head + 2 :] if head + 2 < len(words) else []
    owner = words[head + 1].key in _OWNER if complement else False
    hits = [
        hit
        for hit in registry.find(words, caps=caps)
        # "Houthi-run television" is not the Houthis.
        if hit.end >= len(words) or words[hit.end].key not in _RUN_BY
    ]
    inside = {at for hit in hits for at in range(hit.first, hit.end)}
    place = registry.body_in(words)
    of_body = set(range(place[1], place[2])) if place else set()
    if key in roles["documents"] and head not in inside:
        of = complement if owner else [w for w in words[:head] if w.key not in _PLAIN]
        by = complement and (
            words[head + 1].key == "by"
            or (words[head + 1].key == "from" and complement[-1].key in nouns().kinds)
        )
        if of and (by or registry.find(of, caps=caps) or registry.body_in(of)):
            return _named(_text(phrase, of), registry, caps=caps, country=country)
        empty = key in roles["nothing"]
        return _unknown(phrase, registry, caps=caps, parent=None)._replace(empty=empty)
    if key in roles["nothing"] and not hits:
        return _unknown(phrase, registry, caps=caps, parent=None)._replace(empty=True)
    about = [*words[:head], *complement]
    body = _body(about, hits, registry, country) if about else None
    if key in roles["unnamed"] and head not in inside:
        via = tuple(h.source for h in hits[:1] if h.source.kind in ("outlet", "agency", "channel"))
        return _unknown(phrase, registry, caps=caps, parent=body)._replace(via=via)
    if key in roles["speaks_for"] and head not in inside and body is not None:
        return _known(body, phrase)
    if key in roles["own_people"] and hits and head not in inside:
        return _unknown(phrase, registry, caps=caps, parent=body)._replace(via=(hits[0].source,))
    person = [w for at, w in enumerate(words) if w.key in roles["people"] and at not in inside]
    after = hits[-1].end if hits else 0
    trailing = [
        w
        for at, w in enumerate(words)
        if at not in inside
        and at not in of_body
        and at >= after
        and (w.text[:1].isupper() and w.key not in roles["descriptors"])
        and not registry.nation_at(words, at)
    ]
    own = nouns().kinds.get(key) == "outlet" and head not in inside
    if own and hits and hits[0].source.kind not in (*MEDIA, "official"):
        return _unknown(phrase, registry, caps=caps, parent=hits[0].source)  # "Houthi media"
    if hits and key in _APART and head not in inside:
        return _unknown(phrase, registry, caps=caps, parent=hits[0].source)
    if hits and not person and not trailing:
        # The long name in front of its abbreviation, or the only name there is.
        return _known(hits[0].source, phrase)
    if not person:
        state = registry.body(words, country=country)
        if state is not None and not trailing:
            return _known(state, phrase)
    return _unknown(phrase, registry, caps=caps, parent=body)


def _body(
    words: Sequence[Word], hits: Sequence[object], registry: Registry, country: str | None
) -> Source | None:
    """The known body in a description ("… spokesman", "a source in …")."""
    found = registry.find(words)
    return found[0].source if found else registry.body(words, country=country)


_RUN_BY = frozenset(
    """run backed linked affiliated led owned controlled based aligned held sponsored allied
    appointed installed trained funded supported""".split()
)
# "An offshoot of the PKK" is not the PKK.
_APART = frozenset(
    """offshoot splinter faction breakaway affiliate affiliates ally allies rival rivals opponent
    opponents sympathiser sympathisers sympathizer sympathizers veteran veterans""".split()
)
_PLAIN = frozenset(
    """the a an new latest recent subsequent separate joint official initial early preliminary other
    earlier previous online further several many some conflicting unconfirmed media press news
    written brief short""".split()
)


_ROLES = frozenset({"official", "military", "person", "witness", "unnamed"})
_FIRST_REPORTS = frozenset(
    "preliminary initial early earlier latest unconfirmed conflicting".split()
)


def _text(phrase: str, words: Sequence[Word]) -> str:
    return phrase[words[0].start : words[-1].end]


def _unknown(phrase: str, registry: Registry, *, caps: bool, parent: Source | None) -> Named:
    """A source kept by the words of the text, without its article."""
    bare = _BRACKET.sub("", phrase).strip(" ,") or phrase
    abbreviations = [m.group(1) for m in _BRACKET.finditer(phrase) if m.group(1).isupper()]
    bare = ARTICLE.sub("", bare, count=1) if ARTICLE.match(bare) else bare
    comma = bare.find(",")
    if comma > 0 and not PORTFOLIO.match(ARTICLE.sub("", bare, count=1)):
        bare = bare[:comma]
    personal = _personal(bare, registry, caps=caps, parent=parent)
    name = personal or OWN.sub("", bare, count=1)
    if len(name) > _LONGEST:
        name = name[: name.rfind(" ", 0, _LONGEST)] if " " in name[:_LONGEST] else name[:_LONGEST]
    name = re.sub(r"['’]s$", "", name.strip(" ,;:'\"“”"))
    kind = guessed_kind(phrase)
    if personal and kind == "unnamed":
        kind = "person"
    state = registry.nation_at(words_of(name), 0) if name else None
    seat = state is not None and len(words_of(name)) <= 2 and kind in ("person", "unnamed")
    if seat:  # "Kyiv says": the government there
        kind = "official"
    keys = frozenset(word.key for text in (phrase, *abbreviations) for word in words_of(text))
    named = words_of(bare)
    role = named[head_of(named)].key if named else ""
    alone = role in nouns().roles["people"] and not role.endswith("s")
    person = kind == "person" or alone or ends_in_name(named, caps)
    source = Source(
        name=_role_lowered(name, caps) or phrase,
        kind=kind,
        aliases=tuple(abbreviations),
        parent=parent.name if parent else None,
        affiliation=_state_of(parent) if parent else (state if seat else None),
        guessed=True,
    )
    return Named(source, (), keys, person)


def _role_lowered(name: str, caps: bool) -> str:
    """A bare role as it stands inside a sentence: "Police", "POLICE" are "police".

    A name ("Police Scotland", "Mayor Ann Bell") keeps its capitals; in text set in
    capitals only what is made of role words alone is no name.
    """
    words = words_of(name)
    lists = nouns()
    if caps:
        plain = all(
            w.key in lists.kinds or w.key in lists.roles["people"] or w.key in _PLAIN
            or w.key in lists.roles["descriptors"] for w in words
        )  # fmt: skip
        return name.lower() if plain else name
    first = words[0].text if words else ""
    role = words and words[0].key != "kremlin" and lists.kinds.get(words[0].key) in _ROLES
    plain = not any(word.text[:1].isupper() for word in words[1:2])
    if role and plain and first[1:].islower():
        return name[: words[0].start] + first.lower() + name[words[0].end :]
    return name


def _state_of(body: Source) -> str:
    return body.affiliation or body.name


_FULL_NAME = (
    r"(?P<name>[A-ZÀ-Þ][\w’'.-]*\s+(?:(?:[A-ZÀ-Þ][\w’'.-]*|al|el|bin|ibn|de|del|della|di|da|dos"
    r"|von|van|der|den|la|le)\s+){0,3}[A-ZÀ-Þ][\w’'-]+)"
)
# "Bowen's sister Ann Bell", "the FBI's Ann Bell": named herself.
_OWNED = re.compile(
    r"(?P<owner>(?:[\w.-]{1,30}\s+){0,3}[\w.-]{1,30})[’']s?\s+(?P<role>(?:[a-z][\w-]*\s+){0,3})"
    rf"{_FULL_NAME}\Z"
)
# "British tourist Ann Bell", "one witness Ann Bell".
_DESCRIBED = re.compile(
    r"(?P<lead>(?:[\w’'.-]{1,30}\s+){0,4}?)(?P<role>[a-z][a-z-]+)\s+"
    rf"{_FULL_NAME}\Z"
)
_BODIES = frozenset({"outlet", "agency", "channel", "organisation", "monitor", "armed_group"})


def _is_called(name: str) -> bool:
    """Whether some words may be a person's first name and surname, and no office."""
    roles, kinds = nouns().roles, nouns().kinds
    words = words_of(name)
    return 2 <= len(words) <= 4 and not any(
        word.key in kinds or word.key in roles["people"] or word.key in roles["titles"]
        for word in words
    )


def _before_body(name: str) -> str:
    """ "Ann Bell" of "Chief Constable Ann Bell of the harbour police"; or nothing."""
    words = words_of(name)
    head = head_of(words)
    if head + 2 >= len(words) or words[head + 1].key not in _OF_BODY:
        return ""
    roles = nouns().roles
    at = 0
    while at < head and (words[at].key in roles["titles"] or words[at].key in roles["people"]):
        at += 1
    own = words[at : head + 1]
    called = name[own[0].start : own[-1].end]
    return called if all(map(in_name, own)) and _is_called(called) else ""


_OF_BODY = frozenset("of from with at".split())


def _is_owner(owned: re.Match[str], registry: Registry) -> bool:
    """Whether it is somebody of a body, or somebody's kin: not a name with a genitive in it."""
    words = words_of(owned["owner"])
    if owned["role"] or not words:
        return bool(owned["role"])
    return words[-1].text.islower() or bool(registry.find(words)) or words[-1].text.isupper()


def _describes(described: re.Match[str]) -> bool:
    """Whether a word before a name says who that person is, and no body is called so."""
    role = described["role"]
    if role in PREPOSITIONS or role in nouns().roles["particles"] or role in _JOINS:
        return False
    return nouns().kinds.get(role) not in _BODIES


_JOINS = frozenset("and or the a an as to but then that than".split())


def _personal(name: str, registry: Registry, *, caps: bool, parent: Source | None) -> str | None:
    """The name without a title: "Mayor Ann Bell", "her brother Ann Bell" is "Ann Bell".

    A person who speaks for a body keeps the words that say so.
    """
    words = words_of(name)
    if not caps and (own := _before_body(name)):
        return own
    owned = _OWNED.match(name)
    if owned and not caps and _is_owner(owned, registry) and _is_called(owned["name"]):
        return owned["name"]
    if parent is not None:
        return None
    at = 0
    kin = [n for n, word in enumerate(words[:5]) if word.key in nouns().roles["kin"]]
    if kin and words[0].key in ("his", "her", "their", "my", "its", "our"):
        at = kin[-1] + 1
        if len(words) == at + 1 and words[at].text[:1].isupper() and not caps:
            return name[words[at].start :]
    roles = nouns().roles
    if any(word.key == "of" and words[n].key in roles["kin"] for n, word in enumerate(words[1:])):
        return None  # "the father of Ann Bell" is not she
    described = _DESCRIBED.match(name)
    if described and not caps and _describes(described) and _is_called(described["name"]):
        return described["name"]
    while at < len(words) - 2 and registry.nation_at(words, at):
        at += 1
    for n, word in enumerate(words[:-2]):  # "Whitfield County Sheriff Gary Lyles"
        if word.key in roles["titles"] or word.key in roles["people"]:
            at = max(at, n + 1)
    rest = words[at:]
    if at and 2 <= len(rest) <= 5 and all(map(in_name, rest)):
        if any(w.key in nouns().kinds for w in rest):
            return None
        return name[rest[0].start :]
    return None
