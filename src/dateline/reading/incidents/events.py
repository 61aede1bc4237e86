"""What happened: the words that tell an event, and the type each one names.

A trigger is a word or phrase of data/event_triggers.toml. Whether it tells an event that
happened is decided from what stands around it (data/event_contexts.toml): fixed
expressions ("heart attack"), the unreal ("threatened to bomb"), the law ("charged with
murder"), the general ("attacks on journalists"), sport and stage. The types and what
they are called by UCDP, ACLED, PLOVER and CAMEO are in data/incident_types.toml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from dateline.model import EventValue, Scope, Span
from dateline.reading.finding import Finding
from dateline.reading.genre import fresh_harm
from dateline.reading.incidents.crashes import crash_of
from dateline.reading.incidents.reach import (
    MARKS,
    has_agent,
    is_by_people,
    is_counted,
    is_done,
    is_habitual,
    is_month,
    is_nominal,
    is_of_a_day,
    is_of_a_war,
    is_recalled,
    is_ruled_out,
    legal_words,
    of_counts,
    takes_people,
    unreal_words,
)
from dateline.reading.incidents.told_harm import (
    Harm,
    sentences_of_captives,
    sentences_with_harm,
)
from dateline.reading.lexicon import load
from dateline.reading.opening import opening
from dateline.reading.people import nouns
from dateline.reading.prepared import Prepared, Sentence, Token

SURE, LIKELY, WEAK, _FAINT = 3, 2, 1, 0
_LEVELS = {"sure": SURE, "likely": LIKELY, "weak": WEAK, "faint": _FAINT}
_SCORES = {SURE: 0.9, LIKELY: 0.7, WEAK: 0.4}
_LEAD = 3  # sentences in which one counts the harm of what another tells
_GAP = 4  # words an "…" in a trigger may stand for
_PLOT_REACH = 40  # words from "a thriller" to what happens in it
_LIST = 24  # words from "he cited" to the last of the events in a list
_BACK = 7  # words before a trigger that may make it unreal
_LONGEST_EVIDENCE = 320  # characters; a longer sentence is cut to the clauses around the trigger
# "Stop the killing" points at no event, "carry out the attack" does.
_ENDING = frozenset("stop stopping prevent preventing end ending avoid".split())
_POINTING = frozenset("the this these those such".split())
_ANAPHORS = frozenset(
    "incident incidents tragedy ordeal bloodshed event raid assault attack attacks shooting "
    "explosion blast bombing massacre killing killings crash accident disaster collision fire "
    "violence rampage siege kidnapping murder stabbing atrocity explosions blasts bombings "
    "deaths shootings".split()
)
_DEVICES = frozenset({"bombing", "suicide_bombing", "mine", "grenade_attack"})
_FOUND = re.compile(
    r"(?:(?!\b(?:exploded|detonated|killed|wounded|injured|blast|off)\b)[^.;]){0,70}?"
    r"\b(?:was|were|been)\s+(?:also\s+|later\s+)?"
    r"(?:found|discovered|seized|recovered|defused|uncovered|confiscated)\b",
    re.IGNORECASE,
)
_ANIMAL_REACH = 5  # words from "killed" to the animal
_AFTER_ANIMALS = frozenset(
    "after and as at attacked before but by during for from had has have in into is killed mauled "
    "near of on or shot that to was were when where which while who with".split()
)


class IncidentType(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of incident with its codes in other schemes; None where they have none.

    ``within`` is the more general type this one refines, ``ucdp`` the usual
    type_of_violence (1 state-based, 2 non-state, 3 one-sided), ``acled`` the event and
    sub-event type, ``plover`` event and mode, ``cameo`` the action code.
    """

    code: str
    label: str
    scope: Scope
    within: str | None = None
    ucdp: int | None = None
    acled: tuple[str, str] | None = None
    plover: str | None = None
    cameo: str | None = None


class Trigger(NamedTuple):
    """A trigger in its sentence.

    ``level`` is SURE, LIKELY or WEAK after the context was weighed; ``general`` marks a
    plural or a matter of law that tells no single event; ``pointing`` an anaphor ("the
    attack") that speaks of an event told elsewhere; ``armed`` a sentence that names a
    weapon, an armed actor or a usual target besides; ``recalled`` what is only brought up
    ("he spoke of the bombs that killed dozens").
    """

    finding: Finding
    sentence: int
    level: int
    general: bool
    pointing: bool
    armed: bool
    recalled: bool = False

    @property
    def type(self) -> str:
        """The code of the type."""
        value = self.finding.value
        assert isinstance(value, EventValue)
        return value.type


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    type: str
    level: int


class _Void(NamedTuple):
    before: frozenset[str]
    after: frozenset[tuple[str, ...]]


class _Lexicon(NamedTuple):
    phrases: dict[str, tuple[_Phrase, ...]]
    voids: dict[str, _Void]
    unreal: frozenset[str]
    denied: frozenset[str]
    legal: frozenset[str]
    plurals: frozenset[str]
    figurative: frozenset[str]
    stage: frozenset[str]
    tells: frozenset[str]
    fields: tuple[frozenset[str], ...]
    earnest: frozenset[str]
    animals: frozenset[str]
    recalls: frozenset[str]
    each: frozenset[str]
    wars: frozenset[str]


@cache
def incident_types() -> dict[str, IncidentType]:
    """All kinds of incident by code, in the order of the data file."""
    table = load("incident_types")
    return {
        code: msgspec.convert({"code": code, **fields}, IncidentType)
        for code, fields in table.items()
    }


def generalisations(code: str) -> tuple[str, ...]:
    """The more general types of a type, nearest first; itself not among them."""
    types = incident_types()
    found: list[str] = []
    above = types[code].within
    while above is not None:
        found.append(above)
        above = types[above].within
    return tuple(found)


def other_fields() -> tuple[frozenset[str], ...]:
    """The words of fields that borrow those of violence: business, science, computing …"""
    return _lexicon().fields


def find_events(prepared: Prepared, casualties: Sequence[Finding] = ()) -> tuple[Finding, ...]:
    """The events a document tells, in text order, as findings of kind ``event``.

    ``casualties`` are the casualty findings of the same document: a doubtful word
    ("shot", "crash") beside somebody harmed is meant in earnest. Hypothetical and denied
    events are among the findings and marked so.
    """
    return tuple(trigger.finding for trigger in find_triggers(prepared, casualties))


def find_triggers(prepared: Prepared, casualties: Sequence[Finding] = ()) -> tuple[Trigger, ...]:
    """As :func:`find_events`, with what the grouping needs to know of each word."""
    harmed = sentences_with_harm(prepared, casualties)
    lead = [s.index for s in opening(prepared, _LEAD)]
    freed = sentences_of_captives(prepared, casualties)
    fresh = fresh_harm(prepared)
    beside = any(harmed.get(index) is Harm.COUNTED for index in lead)
    found: list[Trigger] = []
    for sentence in prepared.sentences:
        harm = harmed.get(sentence.index, Harm.NONE)
        if harm is Harm.NONE and beside and sentence.index in lead:
            harm = Harm.BESIDE
        earnest = sentence.index in fresh
        found.extend(_triggers(sentence, harm, sentence.index in freed, earnest=earnest))
    return tuple(found)


def types_of_title(title: str) -> tuple[str, ...]:
    """Types that a headline standing outside the text names, most certain first."""
    sentence = Sentence(title, 0, len(title), 0, 0, True)
    triggers = [t for t in _triggers(sentence, Harm.NONE) if t.level > WEAK]
    triggers.sort(key=lambda t: (-t.level, t.finding.anchor.start))
    return tuple(dict.fromkeys(t.type for t in triggers if not t.finding.hypothetical))


def evidence_span(sentence: Sentence, start: int, end: int) -> Span:
    """The sentence, or of a very long one the clauses around ``start``-``end``."""
    if sentence.end - sentence.start <= _LONGEST_EVIDENCE:
        return sentence.span
    room = (_LONGEST_EVIDENCE - (end - start)) // 2
    low, high = max(sentence.start, start - room), min(sentence.end, end + room)
    text, base = sentence.text, sentence.start
    # Cut at a mark where there is one, at a blank otherwise, so that no word is broken.
    for marks in (",;:", " \n\t"):
        if low > sentence.start and text[low - base - 1] not in " ,;:\n\t":
            cut = min(
                (i for m in marks if (i := text.find(m, low - base, start - base)) >= 0), default=-1
            )
            if cut >= 0:
                low = base + cut + 1
                break
    while low < start and text[low - base].isspace():
        low += 1
    if high < sentence.end and not text[high - base].isspace():
        cut = max(text.rfind(m, end - base, high - base) for m in " \n\t,;")
        high = base + cut if cut >= 0 else high
    while high > end and text[high - base - 1].isspace():
        high -= 1
    return Span(low, high)


def _triggers(
    sentence: Sentence, harm: Harm, freed: bool = False, *, earnest: bool = False
) -> list[Trigger]:
    lexicon = _lexicon()
    tokens = sentence.tokens
    if not tokens:
        return []
    hits: list[tuple[int, int, _Phrase]] = []
    get = lexicon.phrases.get
    at = 0
    while at < len(tokens):
        phrases = get(tokens[at].lower)
        step = 1
        if phrases is not None:
            for phrase in phrases:
                end = _match(tokens, at, phrase.words)
                if end:
                    hits.append((at, end, phrase))
                    step = end - at
                    break
        at += step
    if not hits:
        return []
    own = {i for start, end, _ in hits for i in range(start, end)}
    armed = any(token.lower in lexicon.earnest for i, token in enumerate(tokens) if i not in own)
    # A match called off after the bombs at the team's bus is told in words of sport.
    figurative = 0 if earnest else sum(token.lower in lexicon.figurative for token in tokens)
    return [
        trigger
        for start, end, phrase in hits
        if (freed or phrase.type != "hostage_release" or phrase.level != _FAINT)
        and (trigger := _weigh(sentence, start, end, phrase, harm, armed, figurative)) is not None
    ]


def _weigh(
    sentence: Sentence,
    start: int,
    end: int,
    phrase: _Phrase,
    told: Harm,
    armed: bool,
    figurative: int,
) -> Trigger | None:
    """Decide what the words around a trigger leave of it; None where nothing."""
    lexicon, tokens = _lexicon(), sentence.tokens
    if _is_void(tokens, start, end) or _is_of_animals(tokens, start, end):
        return None
    if phrase.type in _DEVICES and _is_found(sentence, tokens[end - 1].end):
        return None
    harm = told >= Harm.TOLD
    level = max(phrase.level, WEAK)
    if phrase.level == _FAINT and not harm:
        if not (phrase.type == "kidnapping" and armed and takes_people(tokens, end)):
            return None
        level = SURE
    if figurative and _is_plot(tokens, start):
        return None
    if figurative and not told and not is_done(tokens, start):
        # One word of sport or stage beside a plain word of violence is enough to doubt it.
        if level < SURE or figurative > 1:
            return None
        level = WEAK
    if level == WEAK and not (
        told or (armed and incident_types()[phrase.type].scope == "violence")
    ):
        return None
    named = end - start == 1 and _is_name(tokens, start)
    if named and (level < SURE or not _has_own_name(tokens, end)):
        return None
    before = _clause_before(tokens, start)
    lowers = [token.lower for token in before]
    doubt = unreal_words(lowers, harm=harm)
    unreal = any(
        word in lexicon.unreal and not is_month(before, len(lowers) - len(doubt) + i)
        for i, word in enumerate(doubt)
    )
    # "to kill", but "used to carry out the attack" tells of one that happened, and so does
    # "confessed to killing".
    unreal = unreal or (lowers[-1:] == ["to"] and not is_nominal(tokens, start))
    code = phrase.type
    if code == "road_crash" and phrase.level == WEAK:
        code = crash_of(tokens, start, code)
    ruled_out = is_ruled_out(tokens, start, end)
    denied = ruled_out or any(word in lexicon.denied for word in lowers[-4:])
    pointing = _points(tokens, start, end)
    if pointing and not any(word in _ENDING for word in lowers):
        unreal = False
    # "Accused of killing 17 people" tells of one deed, "charged with murder" of a kind.
    law = any(word in lexicon.legal for word in legal_words(lowers)) and not of_counts(lowers)
    legal = law and told is not Harm.COUNTED
    plural = tokens[end - 1].lower in lexicon.plurals and not is_of_a_day(tokens, start, end)
    habitual = not sentence.title and is_habitual(tokens, start, end)
    each = lowers[-1:] and lowers[-1] in lexicon.each
    of_none = bool(habitual or each) or is_of_a_war(tokens, end, lexicon.wars)
    general = legal or of_none or (plural and not is_counted(lowers) and not told)
    if law or (general and level == LIKELY):
        level = min(level, WEAK if not harm else LIKELY)
    finding = Finding(
        kind="event",
        value=EventValue(type=code),
        span=evidence_span(sentence, tokens[start].start, tokens[end - 1].end),
        anchor=Span(tokens[start].start, tokens[end - 1].end),
        rule=f"events:{_NAMES[phrase.level]}",
        score=_SCORES[level] * (0.5 if general else 1.0),
        denied=denied and (ruled_out or not harm),
        hypothetical=unreal,
    )
    if phrase.type == "killing" and phrase.level == WEAK:
        armed = armed or has_agent(tokens, start) or is_by_people(tokens, end)
    recalled = is_recalled(lowers, lexicon.recalls) or (
        (is_nominal(tokens, start) or tokens[end - 1].lower in lexicon.plurals)
        and is_recalled(
            [t.lower for t in tokens[max(0, start - _LIST) : start]], lexicon.recalls, _LIST
        )
    )
    return Trigger(finding, sentence.index, level, general, pointing, armed, recalled)


_NAMES = {level: name for name, level in _LEVELS.items()}


def _match(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int:
    """Where the phrase that begins at a token ends; 0 where it is another."""
    i = at
    for k, word in enumerate(words):
        if word == "…":
            following = words[k + 1]
            for j in range(i, min(i + _GAP + 1, len(tokens))):
                if tokens[j].text in MARKS:
                    return 0
                if tokens[j].lower == following:
                    i = j
                    break
            else:
                return 0
        elif i < len(tokens) and tokens[i].lower == word:
            i += 1
        else:
            return 0
    return i


def _is_found(sentence: Sentence, end: int) -> bool:
    """Whether a bomb lay unexploded: "explosive devices were found in the car"."""
    return _FOUND.match(sentence.text, end - sentence.start) is not None


def _is_void(tokens: Sequence[Token], start: int, end: int) -> bool:
    void = _lexicon().voids.get(" ".join(token.lower for token in tokens[start:end]))
    if void is None:
        return False
    if start and tokens[start - 1].lower in void.before:
        return True
    return any(
        tuple(token.lower for token in tokens[end : end + n]) in void.after for n in (1, 2, 3, 4)
    )


def _is_of_animals(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether animals are what is shot or killed: "two bears shot", "killed a black bear".

    A cattle market is none, and where people are harmed too ("stole cattle and shot dead
    12 herders") the event is theirs.
    """
    after = range(end, min(end + _ANIMAL_REACH, len(tokens)))
    if any(tokens[k].lower in nouns() for k in after):
        return False
    for k in after:
        if _is_animal(tokens, k):
            return True
        if tokens[k].text in MARKS:
            break
    before = range(max(0, start - 3), start)
    return any(_is_animal(tokens, k) for k in before) and not any(
        tokens[k].lower in nouns() for k in before
    )


def _is_animal(tokens: Sequence[Token], place: int) -> bool:
    """Whether an animal is named and not a thing of theirs ("livestock market")."""
    if tokens[place].lower not in _lexicon().animals:
        return False
    beyond = tokens[place + 1].lower if place + 1 < len(tokens) else "."
    return not beyond.isalpha() or beyond in _AFTER_ANIMALS


def _has_own_name(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name follows: "Hurricane Ada", but not "the people of Hurricane"."""
    return end < len(tokens) and tokens[end].text[0].isupper()


def _is_plot(tokens: Sequence[Token], start: int) -> bool:
    """Whether it is told of a story: "a thriller in which", "the film follows"."""
    lexicon = _lexicon()
    low = max(0, start - _PLOT_REACH)
    stage = next((i for i in range(low, start) if tokens[i].lower in lexicon.stage), start)
    between = [token.lower for token in tokens[stage + 1 : start]]
    return any(
        word in lexicon.tells or " ".join(between[i : i + 2]) in lexicon.tells
        for i, word in enumerate(between)
    )


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a capital makes it a name: "the Battle of Aspern", "the Shot channel"."""
    if at == 0 or not tokens[at].text[0].isupper() or tokens[at].text.isupper():
        return False
    words = [token.text for token in tokens if token.text[0].isalpha()]
    # A headline sets every word so.
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _clause_before(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    low = start
    while low > 0 and start - low < _BACK and tokens[low - 1].text not in MARKS:
        low -= 1
    return tokens[low:start]


def _points(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is an anaphor: "the attack", "this latest shooting", "Saturday's attack"."""
    word = tokens[end - 1].lower
    if word not in _ANAPHORS or (word == "fire" and end - start > 1):
        return False
    near = [token.lower for token in tokens[max(0, start - 3) : start]]
    if not near or near[-1] in ("'s", "that"):
        return bool(near)
    at = max((i for i, word in enumerate(near) if word in _POINTING), default=-1)
    return at >= 0 and not any(word in _lexicon().unreal for word in near[at + 1 :])


@cache
def _lexicon() -> _Lexicon:
    phrases: dict[str, list[_Phrase]] = {}
    for code, levels in load("event_triggers").items():
        for level, words in levels.items():
            for phrase in words:
                parts = tuple(phrase.split())
                phrases.setdefault(parts[0], []).append(_Phrase(parts, code, _LEVELS[level]))
    contexts = load("event_contexts")
    voids: dict[str, _Void] = {}
    for group in contexts["void"]:
        void = _Void(
            frozenset(group["before"]), frozenset(tuple(words.split()) for words in group["after"])
        )
        for word in group["words"]:
            known = voids.get(word, _Void(frozenset(), frozenset()))
            voids[word] = _Void(known.before | void.before, known.after | void.after)
    return _Lexicon(
        # The longest first, so that "suicide car bomb" is not read as "suicide".
        {
            first: tuple(sorted(group, key=lambda p: (-len(p.words), p.words, p.type)))
            for first, group in phrases.items()
        },
        voids,
        frozenset(contexts["unreal"]),
        frozenset(contexts["denied"]),
        frozenset(contexts["legal"]),
        frozenset(contexts["plurals"]),
        frozenset(word for group in contexts["figurative"].values() for word in group),
        frozenset(contexts["figurative"]["stage"]),
        frozenset(contexts["tells"]),
        tuple(frozenset(words) for words in contexts["fields"].values()),
        frozenset(word for group in contexts["earnest"].values() for word in group),
        frozenset(contexts["animals"]),
        frozenset(contexts["recalls"]),
        frozenset(contexts["each"]),
        frozenset(contexts["wars"]),
    )
