"""Who owns up to a deed, who denies it, and on whom others lay it.

Read from the words of one sentence: "X claimed responsibility", "X denied shelling the
market", "Y accused X of shelling it", "Y blamed the attack on X", "police believe X was
behind it". A sentence that says that nobody did so ("no group has claimed …", "has yet to
claim") tells nothing, nor does one that only says that somebody might. The deed must be
one of violence (data/actors.toml): who is blamed for a defeat or a crash is no perpetrator.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.model import Attribution, Source, Span
from dateline.reading.attribution.clauses import LONGEST, Clause
from dateline.reading.attribution.cue_words import cue_words
from dateline.reading.attribution.naming import names_in, nouns
from dateline.reading.attribution.registry import Word, registry_in_use, words_of
from dateline.reading.incidents.stances import Stance, stances
from dateline.reading.lexicon import load
from dateline.reading.prepared import Prepared, Sentence, once

_ACTORS = frozenset(
    {"armed_group", "military", "official"}
)  # kinds of sources that may have done it
_LONGEST_ACTOR = 12  # words
_BACK = 80  # characters before a verb in which a word takes it back
_POINTS = frozenset("group movement militants rebels organization organisation faction".split())
_TRIES = 40  # phrases of one sentence; a longer run of them is no prose


class Blame(NamedTuple):
    """One stance: who it is about, and where the words stand.

    ``actor`` is the span of the name or pronoun, without an article; ``anchor`` the words
    that tell the stance; ``other`` the one who accuses is left to attribution.
    """

    stance: Stance
    actor: Span
    anchor: Span
    sentence: Sentence


# Nobody did so, or it is not said that they did.
_TAKEN_BACK = re.compile(
    r"\b(?:no\s+(?:one(?:\s+else)?|group|organi[sz]ation|party|individual|faction|side"
    r"|confirmation|evidence"
    r"|proof|indication|sign|(?:\w+\s+){1,2}group)|nobody|none|not|never|neither|nor|yet\s+to"
    r"|without\s+any(?:one)?|cannot|unclear\s+who|whether|who\s+(?:had\s+)?\Z"
    r"|(?:has|have|had|did|does|do|was|were|is)n['’]t|would|could|might|may|should|if|no\s+"
    r"immediate)\b",
    re.IGNORECASE,
)
_BELIEVED = re.compile(
    r"\b(?:believ\w*|suspect\w*|thought|think\w*|presum\w*|assum\w*|likely|probably|possibly"
    r"|apparently|indicat\w*|suggest\w*)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|say|told|accus\w*|alleg\w*|claim\w*|insist\w*|according|charg\w*|assert\w*"
    r"|maintain\w*|blam\w*|caller)\b",
    re.IGNORECASE,
)
_LAID = re.compile(r"\b(?:accused|blamed)\b", re.IGNORECASE)
_OPENS = re.compile(r"[;:]|\b(?:but|although|while|whereas)\b", re.IGNORECASE)
_ARTICLES = frozenset("the a an that which".split())
_POINTING = frozenset("it he she they who which".split())
_PASSED = re.compile(
    r"\s+(?:has|have|had|also|later|since|then|has\s+since|quickly|promptly)\b", re.I
)


@once
def find_blame(prepared: Prepared) -> tuple[Blame, ...]:
    """Every stance of a report in text order, at most one for each actor and place."""
    found: dict[tuple[int, Stance], Blame] = {}
    for sentence in prepared.sentences:
        if sentence.end - sentence.start > LONGEST:
            continue
        for one in _of_sentence(prepared, sentence):
            found.setdefault((one.actor.start, one.stance), one)
    claimed = {one.actor for one in found.values() if one.stance in ("claimed", "denied")}
    # "X said it was behind the attack" claims; that somebody was behind it is in it.
    kept = [one for one in found.values()
            if one.stance in ("claimed", "denied") or one.actor not in claimed]  # fmt: skip
    return tuple(sorted(kept, key=lambda one: (one.anchor, one.actor, one.stance)))


def actors_of(
    one: Blame, prepared: Prepared, attributions: Sequence[Attribution]
) -> tuple[str, ...]:
    """The names of those a stance is about, as the report has them.

    Whom "it", "he" or "the group" means is taken from ``attributions`` with their chains;
    so are two who share a stance ("the army and Russia both denied"). Empty where a pronoun
    cannot be made out.
    """
    words = words_of(prepared.text[one.actor.start : one.actor.end])
    whole = registry_in_use().find(words, caps=prepared.all_caps)
    if whole and whole[0].source.kind == "armed_group" and whole[0].first == 0:
        rest = [word.key for word in words[whole[0].end :]]
        if rest in (["group"], ["organization"], ["organisation"], ["movement"]):
            return (whole[0].source.name,)  # "the Islamic State in Iraq and Syria group"
    lists = nouns()
    points = len(words) == 1 and (words[0].key in lists.pronouns or words[0].key in _POINTS)
    roots = _roots_at(one.actor, attributions) if points or _joined(words) else ()
    if roots and (points or len(roots) > 1):
        return roots
    if words[0].key in lists.pronouns:
        return ()
    medium = words[-1].key in _MEDIA_NOUNS
    for hit in registry_in_use().find(words, caps=prepared.all_caps):
        if medium and hit.source.kind == "armed_group":
            return (hit.source.name,)  # "the Islamic State's radio station"
        if hit.source.kind == "armed_group" and hit.first and hit.end == len(words):
            ahead = {word.key for word in words[: hit.first]}
            if ahead.isdisjoint(_JOINED):  # "links with the X, which claimed it"
                return (prepared.text[one.actor.start :][words[hit.first].start : words[-1].end],)
        group = _group_behind(hit.source)
        if group is not None and hit.source.conduit:
            return (group,)  # Amaq owns up for Islamic State
    text = " ".join(prepared.text[one.actor.start : one.actor.end].split())
    if _joined(words) or any(word.key in lists.roles["speaks_for"] for word in words):
        parts = re.split(r"\s+and\s+", text) if _joined(words) else [text]
        if not all(_may_stand_alone(part, prepared.all_caps) for part in parts):
            parts = [text]
        spoken = [
            named
            for part in parts
            for named in names_in(part, registry_in_use(), caps=prepared.all_caps)
        ]
        return tuple(named.source.name for named in spoken) or (text,)
    return (text,)


_JOINED = frozenset("and or nor of by".split())


def _may_stand_alone(text: str, caps: bool) -> bool:
    """Whether one half of "the army and Russia" names somebody by itself."""
    words = words_of(text)
    registry = registry_in_use()
    known = registry.find(words, caps=caps) or registry.body_in(words) or registry.nation_in(words)
    return bool(words) and bool(known)


def _joined(words: Sequence[Word]) -> bool:
    return any(word.key == "and" for word in words)


def _roots_at(actor: Span, attributions: Sequence[Attribution]) -> tuple[str, ...]:
    """The roots of the attribution whose source stands where the actor does."""
    for one in attributions:
        if any(p.start < actor.end and actor.start < p.end for p in one.source):
            roots = tuple(chain[-1] for chain in one.chains if len(chain) > 1)
            if roots:
                return roots
    return ()


def _of_sentence(prepared: Prepared, sentence: Sentence) -> Iterator[Blame]:
    text = sentence.text
    clause: Clause | None = None
    taken: list[tuple[int, int]] = []  # stances of one's own: nobody is blamed in their words
    for stance, where, pattern, needs, armed in stances():
        if needs.isdisjoint(sentence.words):
            continue
        for tries, m in enumerate(pattern.finditer(text)):
            if tries > _TRIES:
                break
            inside = any(start <= m.start() < end for start, end in taken)
            if inside and stance not in ("claimed", "denied"):
                continue
            clause = clause or Clause(sentence, caps=prepared.all_caps)
            before = text[max(0, m.start() - _BACK) : m.start()]
            opened = list(_OPENS.finditer(before))
            before = before[opened[-1].end() :] if opened else before
            if where != "right" and _TAKEN_BACK.search(before):
                continue
            if where == "right" and _TAKEN_BACK.search(before + m.group()):
                continue
            actor = _actor(clause, m, where, sentence)
            if actor is None:
                continue
            if stance in ("claimed", "denied"):
                if _OF_A_GROUP.search(m.group()) and _is_official(prepared, actor):
                    continue  # "the government says the group is to blame"
                if _OF_FIGHTERS.search(m.group()) and not _of_a_group(prepared, actor):
                    continue  # "the police said that he was a soldier of the Islamic State"
                if where == "left" and not _may_speak(prepared, actor):
                    continue
                taken.append(m.span())
            elif not (_is_armed if armed else _may_have_done_it)(prepared, actor):
                continue
            found: Stance = stance
            if stance == "accused" and where == "left":
                if _BELIEVED.search(before):
                    found = "suspected"
                elif not _SAID.search(before) and not _LAID.search(m.group()):
                    continue  # in the report's own voice: a perpetrator like any other
            yield Blame(found, actor, Span(sentence.start + m.start(), sentence.start + m.end()),
                        sentence)  # fmt: skip


def _actor(clause: Clause, m: re.Match[str], where: str, sentence: Sentence) -> Span | None:
    """The name the words are about: their subject, or what stands behind them."""
    starts = [token.start - sentence.start for token in clause.tokens]
    if where == "target":
        first, end = m.span("target")
        name = range(bisect.bisect_left(starts, first), bisect.bisect_left(starts, end))
        first_word, end_word = name.start, name.stop
    elif where == "right":
        at = bisect.bisect_left(starts, m.end())
        words = clause.name_right(at) if at < clause.size else None
        if words is None:
            return None
        first_word, end_word = words.first, words.end
    else:
        at = bisect.bisect_left(starts, m.start())
        while at and clause.low[at - 1] in _HELPERS:
            at -= 1
        spoken = [*_SPOKE_FOR.finditer(sentence.text, max(0, m.start() - _BACK), m.start())]
        if spoken:
            # "A man who said he spoke for the Red Column, an unknown faction, claimed …"
            called = clause.name_right(bisect.bisect_left(starts, spoken[-1].end()))
            subject = (called.first, called.end) if called is not None else None
        else:
            subject = _subject(clause, at)
        if subject is None:
            return None
        first_word, end_word = subject
        verbs = cue_words().verbs
        for k in range(end_word - 2, first_word, -1):
            if clause.low[k] in ("a", "an") and clause.low[k - 1] not in _LEADS_ON:
                first_word = k + 1  # "told the Northern news agency [a suicide bomber] was behind"
                break
        for k in range(end_word - 2, first_word - 1, -1):
            if clause.low[k] in verbs and clause.is_plain(k):
                first_word = k + 1  # "Police believe [southern insurgents] were behind"
                break
    while first_word < end_word - 1 and clause.low[first_word] in _ARTICLES:
        first_word += 1
    while end_word > first_word and clause.low[end_word - 1] in ("both", "all", "each", ","):
        end_word -= 1
    if not 0 < end_word - first_word <= _LONGEST_ACTOR:
        return None
    return _whole_name(clause, first_word, end_word, sentence)


def _whole_name(clause: Clause, first_word: int, end_word: int, sentence: Sentence) -> Span:
    """An actor with what stands before it of a group's name: "the X State in Iraq and Y group"."""
    start, end = clause.tokens[first_word].start, clause.tokens[end_word - 1].end
    if first_word == 0 or clause.low[first_word - 1] not in ("and", "the", "of", "in"):
        return Span(start, end)
    low = clause.tokens[max(0, first_word - _LONGEST_ACTOR)].start
    words = words_of(sentence.text[low - sentence.start : end - sentence.start])
    for hit in registry_in_use().find(words):
        begins, ends = low + words[hit.first].start, low + words[hit.end - 1].end
        if hit.source.kind == "armed_group" and begins < start < ends:
            return Span(begins, end)
    return Span(start, end)


_LEADS_ON = frozenset("of from by with in on at for to and or as than , ;".split())
_HELPERS = frozenset(
    """has have had also later since then quickly promptly both strongly categorically again
    repeatedly immediately falsely initially has been today yesterday vehemently flatly itself
    themselves however meanwhile today on monday tuesday wednesday thursday friday saturday
    sunday is are was were be""".split()
)


def _subject(clause: Clause, at: int) -> tuple[int, int] | None:
    """The subject before token ``at``, over an insertion in commas or brackets or a "who"."""
    low = clause.low
    # "The Islamic State of Iraq and the Levant (ISIL, also known as ISIS) group claimed it"
    close = at - 2 if at > 1 and low[at - 1] in _POINTS else at - 1
    if close > 0 and low[close] == ")":
        opened = next((k for k in range(close - 1, max(-1, close - 25), -1) if low[k] == "("), 0)
        name = clause.name_left(opened) if opened else None
        if name is not None:
            return name.first, name.end
    if at and low[at - 1] in ("who", "which", "and", "that"):
        at -= 1
        while at and low[at - 1] == ",":
            at -= 1
    if at and low[at - 1] == ",":
        close = at - 1
        for comma in range(close - 1, max(-1, close - 25), -1):
            if low[comma] != ",":
                continue
            name = clause.name_left(comma)
            if name is not None and name.end == comma and not clause.is_clause(name):
                return name.first, name.end
        return None
    name = clause.name_left(at) if at else None
    verbs, finite = cue_words().verbs, cue_words().lists["finite"]
    acts = [k for k in range(1, at) if clause.is_plain(k)
            and (low[k] in verbs or low[k] in finite or low[k].endswith("ed"))]  # fmt: skip
    if low[at : at + 1] == ["and"] and acts and (name is None or name.first < acts[0] < name.end):
        # "Its radio called him a hero and [said it was behind the attack]"
        name = clause.name_left(acts[0])
    return (name.first, name.end) if name is not None else None


def _may_speak(prepared: Prepared, actor: Span) -> bool:
    """Whether some words may name somebody who owns up or denies: no thing that happened."""
    words = words_of(prepared.text[actor.start : actor.end])
    if not words or words[-1].key in nouns().roles["events"]:
        return False
    return not words[0].text[:1].isdigit()


def _is_official(prepared: Prepared, actor: Span) -> bool:
    """Whether the words name a state body or those who speak for one."""
    words = words_of(prepared.text[actor.start : actor.end])
    heads = {word.key for word in words}
    return registry_in_use().body_in(words) is not None or bool(heads & _OFFICIALS)


def _group_behind(source: Source) -> str | None:
    """The armed group that a source belongs to: Islamic State of Amaq."""
    parent = registry_in_use().lookup(source.parent) if source.parent else None
    return source.parent if parent is not None and parent.kind == "armed_group" else None


def _of_a_group(prepared: Prepared, actor: Span) -> bool:
    """Whether some words name an armed group, or a medium that speaks for one."""
    words = words_of(prepared.text[actor.start : actor.end])
    for hit in registry_in_use().find(words, caps=prepared.all_caps):
        if hit.source.kind == "armed_group" or _group_behind(hit.source) is not None:
            return True
    return bool(words) and (words[0].key in ("it", "they") or _is_armed(prepared, actor))


_MEDIA_NOUNS = frozenset("radio station channel agency outlet website magazine bulletin".split())
_SPOKE_FOR = re.compile(
    r"\b(?:spoke|speaks|speaking|spokesman|spokesperson|calling)\s+"
    r"(?:for|on\s+behalf\s+of|in\s+the\s+name\s+of)\s+(?=[\w“\"])",
    re.IGNORECASE,
)
_OF_FIGHTERS = re.compile(
    r"\b(?:caliphate|islamic\s+state)\Z"
    r"|\b(?:an?|one\s+of\s+its|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[\w-]+\s+){0,6}?"
    r"[“\"'‘]?(?:detachment|squad|unit|team|cell|group|soldiers?|brothers?|knights?|fighters?|members?)[”\"'’]?\s+"
    r"(?:had\s+|has\s+|have\s+)?(?:carried|staged|perpetrated|executed|launched|conducted)\b"
    r"|\b(?:work\s+of|by)\s[^;.]{0,30}?(?:its|their)\Z",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_OF_A_GROUP = re.compile(
    r"\bthe\s+(?:group|movement|militants?|rebels)\s+(?:was|were|is|are)\b", re.I
)
_OFFICIALS = frozenset(
    """government police army military ministry minister official officials authorities president
    governor mayor prosecutor prosecutors investigators""".split()
)


def _is_armed(prepared: Prepared, actor: Span) -> bool:
    """Whether some words name an armed group or people under arms, and no state or party."""
    words = words_of(prepared.text[actor.start : actor.end])
    found = registry_in_use().find(words, caps=prepared.all_caps)
    if found:
        return all(hit.source.kind in ("armed_group", "military") for hit in found)
    return any(word.key in _UNDER_ARMS for word in words)


_UNDER_ARMS = frozenset(
    """militants militant insurgents rebels rebel guerrillas jihadists jihadis extremists gunmen
    terrorists fighters militia militias militiamen insurgency separatists""".split()
)


def _may_have_done_it(prepared: Prepared, actor: Span) -> bool:
    """Whether some words name a body, a group, a force or people that may do violence."""
    text = prepared.text[actor.start : actor.end]
    words = words_of(text)
    if not words or words[0].key in _POINTING:
        return False
    registry = registry_in_use()
    if any(hit.source.kind in _ACTORS for hit in registry.find(words, caps=prepared.all_caps)):
        return True
    if registry.nation_at(words, 0) and len(words) == 1:
        return True
    if len(words) == 1 and _ACRONYM.fullmatch(words[0].text) and not prepared.all_caps:
        return True  # "blamed on the OLA"
    lists = load("actors")
    heads = {*lists["agents"], *lists["generic"], *lists["bodies"]}
    for at, word in enumerate(words):
        if word.key in _ENDS_NAME:
            words = words[:at]
            break
    if not words:
        return False
    tail = words[-1].key
    pair = f"{words[-2].key} {tail}" if len(words) > 1 else tail
    return tail in heads or pair in heads


_ENDS_NAME = frozenset(
    "of in from at near for with who on linked loyal based led backed headed supported".split()
)
