"""Whether harm words in a text mean harm: sport and the screen borrow them all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from dateline.reading.harm.verbs import lexicon
from dateline.reading.lexicon import load
from dateline.reading.opening import opening
from dateline.reading.prepared import Prepared, once

_OPENING = 3  # sentences of the body that say what a text is about
_FIRST = 8  # sentences in which a story tells what happened, be its lead a scene
_RUNNING = 3  # of them running that tell deed, harm and day
_LONGEST = 40_000  # characters of a text that are searched for signs of a work
_SIGNS = 3  # different signs that make a text one about a work
_SIGNS_IN_EARNEST = 4  # and where its opening tells of people killed or hurt
_SURVEY_SIGNS = 4  # different signs of a count over years in an opening
_SCORED = 3  # words for sport that the score of a game is worth
_POLITICS = 3  # different words of politics in an opening that make a text one of it
_EARNEST = 2  # different words of the earnest kind in such an opening
_NUMBER = (
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|dozens?|scores|hundreds|several|at least one)"
)
_HARM = r"(?:killed|dead|died|dies?|injured|wounded|hurt|missing|injuries|victims|wounding)"
_COUNTED_HARM = re.compile(
    rf"\b{_NUMBER}\b[^.;:]{{0,50}}\b{_HARM}\b"
    rf"|\bnumber of (?:dead|deaths|victims|people killed)\b[^.;:]{{0,30}}\b{_NUMBER}\b"
    rf"|\btoll\b[^.;:]{{0,30}}\b{_NUMBER}\b"
    rf"|\b(?:killed|killing|kills|kill|injur(?:ed|es|ing)|wound(?:ed|s|ing)|claimed|leaving|left"
    rf"|murdered)\b[^.;:]{{0,30}}\b{_NUMBER}\b"
)
_HARMED = re.compile(
    r"\b(?:was|were|been|being)\s+(?:\w+ly\s+|also\s+)?"
    r"(?:killed|injured|wounded|hurt|shot|stabbed|murdered|assassinated|gunned down)\b"
)
_HARMED_IN_TITLE = re.compile(r"\b(?:killed|dead|injured|wounded|hurt|shot|stabbed|murdered)\b")
# "Beat the Cavaliers 127-99 on Monday", and no span of numbers, years or ages.
_SCORE = re.compile(
    r"(?<![\w-])(?<!between )(?<!aged )\d{1,3}[-–]\d{1,3}"
    r"(?=\s+(?:on|in|at|to|by|win|victory|loss|defeat|lead|rout|draw|thrashing|thriller|overtime|against|over)\b|[,.;])(?!\s+to\s+\d)"
)
YEAR = re.compile(r"(?<![\d,.$£€])(?:19|20)\d\d(?![\d,])")
_LONG_AGO = re.compile(
    r"\b(?:last|earlier this) (?:month|year|spring|summer|autumn|fall|winter)\b"
    r"|\b(?:weeks|months|years?|decades?) (?:ago|earlier|before)\b|\bin (?:19|20)\d\d\b"
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b")


class Genre(NamedTuple):
    """``kind`` is what the text is about; ``violence`` counts the distinct words of harm;
    ``earnest`` whether it opens by counting people harmed, among words of a report.
    """

    kind: Literal["news", "sport", "screen", "affairs"]
    violence: int
    earnest: bool = False
    fresh: bool = False  # whether it opens with a deed or disaster of these days and its harm


class _Signs(NamedTuple):
    title: re.Pattern[str]
    work: re.Pattern[str]
    drill_opening: re.Pattern[str]
    drill: re.Pattern[str]
    survey_title: re.Pattern[str]
    survey_finding: re.Pattern[str]
    survey: re.Pattern[str]
    deed: re.Pattern[str]
    procedure: re.Pattern[str]
    policy: re.Pattern[str]
    essay: re.Pattern[str]
    politics: frozenset[str]
    earnest: frozenset[str]


def genre(words: Iterable[str], *, scored: bool = False) -> Genre:
    """Judge a text by how many distinct words of each field it has.

    ``scored`` says that it opens with the score of a game, which says as much as three words.

    Distinct words, not all: a text that says "goal" twenty times is no more about sport
    than one that says it twice beside "coach", "league" and "season".
    """
    lex = lexicon()
    distinct = set(words)
    distinct |= {w[:-1] for w in distinct if w.endswith("s")}
    sport, screen = len(distinct & lex.sport) + _SCORED * scored, len(distinct & lex.screen)
    violence = len(distinct & lex.violence)
    if sport >= 4 and sport > violence and sport >= screen:
        return Genre("sport", violence)
    if screen > violence and (screen >= 4 or (screen == 3 and violence <= 1)):
        return Genre("screen", violence)
    if len(distinct & lex.affairs) >= 3 and violence <= 2:
        return Genre("affairs", violence)
    return Genre("news", violence)


@once
def genre_of(prepared: Prepared) -> Genre:
    """As :func:`genre`, weighed against how the text opens.

    A crash that killed a team is news in spite of every word for sport; a review is a
    review in spite of every word for war. A campaign, a lawsuit or a letter from abroad that
    brings up an attack does not report it.
    """
    scored = _SCORE.search(_opening(prepared)) is not None
    kind = genre((t.lower for s in prepared.sentences for t in s.tokens), scored=scored)
    fresh = bool(fresh_harm(prepared))
    if _is_procedure(prepared) or _is_essay_by_title(prepared):
        return Genre("affairs", kind.violence)
    news = fresh and _is_headed_by_harm(prepared)
    if not news and (_is_of_politics(prepared) or _is_of_law_by_title(prepared)):
        return Genre("affairs", kind.violence)
    earnest = fresh or _opens_in_earnest(prepared)
    if _is_about_a_work(prepared, earnest=earnest, fresh=fresh):
        return Genre("screen", kind.violence, earnest)
    return Genre("news" if earnest else kind.kind, kind.violence, earnest, fresh)


@once
def fresh_harm(prepared: Prepared) -> frozenset[int]:
    """The first sentences that tell a deed or disaster, its harm and its weekday, three running.

    The attack on a team's bus is told among words of sport, the killing of a candidate among
    those of a campaign. What a text of another field brings up from years ago has no weekday.
    """
    headed = _is_headed_by_harm(prepared)
    deed = _signs().deed
    first = opening(prepared, _FIRST)
    found: set[int] = set()
    for start in range(len(first)):
        near = first[start : start + _RUNNING]
        words = [s.text[:1000].lower() for s in near]
        told = " ".join(text for text in words if not _LONG_AGO.search(text))
        if not (any(map(_WEEKDAY.search, words)) and deed.search(told)):
            continue
        if headed or _COUNTED_HARM.search(told) or _HARMED.search(told):
            found.update(s.index for s in near)
    return frozenset(found)


def _is_headed_by_harm(prepared: Prepared) -> bool:
    """Whether the headline says that somebody was harmed; that of a campaign does not."""
    return _HARMED_IN_TITLE.search((prepared.document.title or "").lower()) is not None


def _is_of_politics(prepared: Prepared) -> bool:
    """Whether a text opens with a campaign, and its first words count nobody harmed."""
    words = set(re.findall(r"[a-z][a-z-]*", _opening(prepared)))
    if len(words & _signs().politics) < _POLITICS:
        return False
    return not _first_counts_harm(prepared)


def _is_of_law_by_title(prepared: Prepared) -> bool:
    """Whether a headline names a law that is argued about, and the first words count nobody
    harmed: "Hundreds of thousands march for gun control".
    """
    title = (prepared.document.title or "").lower()
    return _signs().policy.search(title) is not None and not _first_counts_harm(prepared)


def _is_procedure(prepared: Prepared) -> bool:
    """Whether a text opens with a lawsuit, an appeal or the choice of a jury over a deed of
    an earlier year: what is decided there is not who was harmed.
    """
    opening = _opening(prepared, 2)
    if not _signs().procedure.search(opening) or _first_counts_harm(prepared):
        return False
    years = [int(year) for year in YEAR.findall(opening)]
    published = prepared.document.published_at
    newest = published.year if published is not None else None
    return bool(years) and (newest is None or max(years) < newest)


def _is_essay_by_title(prepared: Prepared) -> bool:
    """Whether a headline promises a letter, a look back or the making of something."""
    title = (prepared.document.title or "").lower()
    return _signs().essay.match(title) is not None and _COUNTED_HARM.search(title) is None


def _first_counts_harm(prepared: Prepared) -> bool:
    """Whether headline or first sentence count people harmed."""
    first = next((s.text[:1000] for s in prepared.sentences if not s.title), "")
    return _COUNTED_HARM.search(f"{prepared.document.title or ''}\n{first}".lower()) is not None


def _opens_in_earnest(prepared: Prepared) -> bool:
    words = set(re.findall(r"[a-z][a-z-]*", _opening(prepared)))
    return len(words & _signs().earnest) >= _EARNEST and counts_harm(prepared)


def _counts_with_day(prepared: Prepared) -> bool:
    """Whether the first sentence counts people harmed and names the day."""
    first = next((s.text[:1000].lower() for s in prepared.sentences if not s.title), "")
    return _COUNTED_HARM.search(first) is not None and _WEEKDAY.search(first) is not None


@once
def counts_harm(prepared: Prepared) -> bool:
    """Whether headline or first sentences count people harmed."""
    return _COUNTED_HARM.search(_opening(prepared)) is not None


@once
def is_drill(prepared: Prepared) -> bool:
    """Whether a text tells of an exercise: nobody it counts was harmed."""
    signs = _signs()
    if not signs.drill_opening.search(_opening(prepared, 2)):
        return False
    return len(set(signs.drill.findall(_text(prepared)))) >= _SIGNS


@once
def is_survey(prepared: Prepared) -> bool:
    """Whether a text counts over years, cities or a land, explains a figure or checks one.

    Its opening has the words of a count and no sentence that gives the harm of one day:
    "a bomb killed 12 on Monday, the third attack this year" is news.
    """
    if _counts_with_day(prepared):
        return False
    signs = _signs()
    opening = _opening(prepared)
    found = len(set(signs.survey.findall(opening)))
    title = (prepared.document.title or "").lower()
    if signs.survey_title.search(title):
        return True
    return found >= _SURVEY_SIGNS - bool(signs.survey_finding.search(title))


def _is_about_a_work(prepared: Prepared, *, earnest: bool, fresh: bool) -> bool:
    signs = _signs()
    found = len(set(signs.work.findall(_text(prepared))))
    if signs.title.search((prepared.document.title or "").lower()):
        return found >= 1 or not earnest
    needed = _SIGNS_IN_EARNEST if earnest else _SIGNS
    if fresh or (earnest and _counts_with_day(prepared)):
        needed += _SIGNS  # a review tells no weekday of the deaths in its plot
    return found >= needed


def _opening(prepared: Prepared, sentences: int = _OPENING) -> str:
    body = [s.text for s in opening(prepared, sentences)]
    return "\n".join([prepared.document.title or "", *(text[:1000] for text in body)]).lower()


def _text(prepared: Prepared) -> str:
    return f"{prepared.document.title or ''}\n{prepared.text[:_LONGEST]}".lower()


@cache
def _signs() -> _Signs:
    data = load("genres")

    def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
        longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")

    return _Signs(
        any_of(data["work"]["title"]),
        any_of(data["work"]["signs"]),
        any_of(data["drill"]["opening"]),
        any_of(data["drill"]["signs"]),
        any_of(data["survey"]["title"]),
        any_of(data["survey"]["finding"]),
        any_of(data["survey"]["signs"]),
        any_of(data["deed"]["words"]),
        any_of(data["procedure"]["opening"]),
        any_of(data["policy"]["title"]),
        any_of(data["essay"]["title"]),
        frozenset(data["politics"]["words"]),
        frozenset(data["earnest"]["words"]),
    )
