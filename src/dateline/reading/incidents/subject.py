"""Whether a text is about an incident, or only brings one up.

A report tells its incident in the headline or the first sentences, with who was harmed,
or when and where. An essay, a match report, a trial or an anniversary has the words of
violence too, but far down, in figures of speech, or of years ago.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dateline.model import CasualtyValue
from dateline.reading.genre import YEAR, Genre, counts_harm, is_drill, is_survey
from dateline.reading.incidents.events import LIKELY, SURE, other_fields
from dateline.reading.incidents.scene_times import TimeNear
from dateline.reading.incidents.scenes import CLOSE, Scene
from dateline.reading.incidents.what import CAPTIVITY
from dateline.reading.incidents.when import When
from dateline.reading.opening import opening
from dateline.reading.prepared import Prepared

_SHARE_LEAD = 0.12  # share of the sentences that tell of an incident the text is about
_SHARE = 0.2  # and where neither headline nor lead tells it
_OWN = 0.3  # weight from which a time or place is the event's own
_FOLLOWED = 3  # sentences that tell of a fresh event in a story that follows it up
_SHORT = 12  # sentences of a text in which one with the toll is enough
_TOLD_AT_COURT = 4  # sentences about the deed without which a charge is of the law alone
_WEEK = 7  # days
_COARSE_DAYS = 3  # a day, or a weekend
_TIED = 0.75  # weight of a day so near its event that it is the event's
_TOPIC_WORDS = 5  # distinct words of one other field that make a text one of it
_DOUBT = 0.8  # what words of harm weigh where the opening counts nobody harmed
_YEARS = re.compile(
    r"\b(?:(?<!wedding )anniversary|centenary|commemorat\w+|in memory of|in remembrance of)\b"
    r"|\bmark(?:s|ed|ing)? the (?:day|moment|night|hour)\b"
    r"|\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|\d{1,3}) (?:years?|decades?)"
    r" (?:since|after|on from)\b",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?: (?:there|here|in|at|on|by|the|this|their|his|her|[A-Z][\w-]*)){0,4}"
    r"(?: (?:almost|nearly|just|over|more than|some|about))?"
    r" (?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?:years?|decades?) ago\b"
)
_LOOKS_BACK = re.compile(
    r"\b(?:remembering|\d+ years on|years on\b|(?:years|decades?|century) later|a century on"
    r"|centenary|obituary)\b"
    # "City marks 21 years since bombing", not "Gunman kills six as city marks anniversary"
    r"|\A(?:(?!\b(?:kill\w*|dead|dies|bomb\w*|shoot\w*|shot|wound\w*|injur\w*|as)\b)[^,.;]){0,60}"
    r"\b(?:marks?|marked|honou?rs?|commemorates?) [^,.;]{0,40}\b(?:years?|anniversary)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\s*(?:how|why|what|inside|meet)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"^(?:opinion|comment|analysis|explainer|editorial|column|essay|letters?|review|long read"
    r"|explained|in pictures)\b[:|]|\b(?:op-ed|explainer|explained)\b|\bwhat is\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"“”]{0,800}[\"”]|(?<!\w)['‘][^'‘’\n]{0,400}['’](?!\w)")
_I = re.compile(r"\b(?:I|I'm|I've|I’m|I’ve|[Mm]y|me)\b")
_I_TIMES = 4  # times that a text without a report's opening says "I" outside quotations
_LONGEST = 40_000  # characters searched
_HARMED = re.compile(
    r"\b(?:kill\w*|dead|deaths?|die[sd]?|injur\w*|wound\w*|shot|shoot\w*|bomb\w*|attack\w*|crash\w*"
    r"|explo\w*|hostages?|kidnap\w*|blast\w*|fire|stabb\w*|gunm[ae]n|murder\w*|massacre\w*)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r",\s+(?:killing|wounding|injuring|leaving|destroying|who|which|when|where|in which|that)\b"
)
_COURT = re.compile(
    r"\b(?:jailed|sentenced|convicted|trial|court|charged|pleaded|pleads|guilty|acquitted"
    r"|verdict|extradited|indicted|inquest|jury|jurors|judge|in the dock|life terms?"
    r"|years in prison|years in jail|life in prison|life without parole"
    r"|death (?:penalty|sentence)|tribunal)\b",
    re.IGNORECASE,
)
_BEREAVED = re.compile(
    r"\b(?:mourn(?:s|ed|ing|ers)?|grie(?:f|ve[sd]?|ving)|coffins?|funerals?|vigils?|victims?"
    r"|survivors?|survived|bereaved|morgues?|mortuar(?:y|ies)|the dead|in memory of"
    r"|buried|burials?|bury|widows?|orphans?|tributes?)\b",
    re.IGNORECASE,
)
_KILLER = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|dies|died|suspects?|gunm[ae]n|shooters?|attackers?|killers?|bombers?|assailants?)\b",
    re.I,
)
_SINCE = re.compile(r"\bsince\b[^,.;:]{0,60}$", re.IGNORECASE)
_OBITUARY = re.compile(
    r"\bsurvived by (?:his|her|two|three|four|five|six|a|the)\b|\bthe cause (?:of death )?was\b"
    r"|\bsaid the cause\b|\b(?:He|She) was \d{2,3}\.|\b[Dd]ie[sd] at \d{2,3}\b"
    r"|\bdied [^.\n]{0,40}\bat (?:his|her) home\b|^\s*[Oo]bituary\b|\bdied aged \d{2,3}\b"
    r"|\bsurvives (?:him|her)\b|\b(?:he|she) is survived by\b"
)
_DIED_AGED = re.compile(r"\b(?:has|who) died,? (?:aged|at the age of|at) \d{2,3}\b")
# "War Hero Who Was Shot Down at 20, Dies at 94"; "Dies at 72 after assault" is news.
_DIED_OLD = re.compile(
    r"\b(?:dies|died|dead)\b,?\s+(?:at|aged|age)\s+(?:[6-9]\d|1[01]\d)\b(?!.*\b(?:after|in)\b)",
    re.I,
)
_OPENING = 300  # characters in which an obituary says so


def asks_how(title: str) -> bool:
    """Whether a headline promises an account of something known: "How the paper covered …"."""
    return _ASKS.match(title) is not None


def is_subject(
    scenes: Sequence[Scene],
    sentences: int,
    titled: bool,
    *,
    asks: bool = False,
    counted: bool = False,
    fresh: bool = False,
    court: bool = False,
    mourned: bool = False,
) -> bool:
    """Whether these scenes of one event are what a text of so many sentences is about.

    ``titled`` says that the headline names the event, ``asks`` that it asks how or why:
    then an event that is only pointed at ("the attack on the club") is not news.
    ``counted`` says that the headline gives a number of people harmed that the scenes give,
    ``fresh`` that the day of the event is told and lies shortly back: a story on its victims or
    the inquiry tells it further down, with its toll. ``court`` says that it is of a court,
    ``mourned`` that it opens with the dead or their killer.
    """
    exact = any(n.weight > _OWN and _is_exact(n) for s in scenes for n in s.times)
    if not exact and all(t.recalled for scene in scenes for t in scene.triggers):
        return False  # "a picture of the gunman who killed 17 in February"
    if asks and not any(scene.told or (scene.counted and _has_day(scene)) for scene in scenes):
        return False
    told = [scene for scene in scenes if scene.level or scene.counted]
    if counted and not asks and any(scene.level for scene in told):
        return True
    share = len(told) / max(1, sentences)
    leads = [s for s in scenes if s.lead and not _is_brought_up(s)]
    opens = (
        any(_opens_report(s) for s in scenes)
        or (any(_opens_with_day(s) for s in scenes) and any(s.harms for s in scenes))
        # The first sentence says what happened, the next how many it harmed.
        or (
            any(s.identified and s.level >= LIKELY for s in leads) and any(s.counted for s in leads)
        )
        # "Missiles fell on houses in X before dawn on Thursday. Two are dead, 12 injured."
        or (
            any(s.lead and s.level and s.dated and _is_at(s) for s in scenes)
            and any(s.lead and _is_toll(s) for s in scenes)
        )
        # "A van turned the street into a killing field. At least 13 are dead. 100 are hurt."
        or (
            any(s.lead and s.level for s in scenes)
            and sum(s.lead and not s.earlier and _is_toll(s) for s in scenes) > 1
        )
    )
    if titled and opens and any(s.level == SURE for s in told):
        return True
    # "Three men denied the murder of the journalist … She died on 16 October when a bomb".
    named = titled or any(s.lead or s.sentence.title for s in scenes)
    if court and named and len(told) >= 2 and any(_is_dated_deed(s) for s in told):
        return True
    # "A man accused of killing 10 pedestrians was charged on Tuesday": the next day's news.
    charged = any(s.lead and s.counted for s in scenes) and any(s.level >= LIKELY for s in told)
    if charged and len(told) >= _TOLD_AT_COURT:
        return True
    if opens or (titled and any(s.counted for s in told)):
        return len(told) >= 2 or share >= _SHARE_LEAD
    # "The man accused of the shooting" speaks of it, too.
    spoken = sum(bool(s.level) or s.counted or any(t.pointing for t in s.triggers) for s in scenes)
    if (
        fresh
        and (spoken >= _FOLLOWED or (mourned and sentences <= _SHORT))
        and any(_is_toll_of_it(s) for s in told)
    ):
        return True
    whole = any(s.level >= LIKELY and s.counted for s in told)
    return whole and len(told) >= 2 and share >= _SHARE


def is_fresh(scenes: Sequence[Scene], told: frozenset[int], reference: dt.date | None) -> bool:
    """Whether the sentences ``told`` tell this event, with its harm and a day of this week.

    Then it is news of its own in any text: among words of sport, of the stage or of a
    campaign, and where the rest of a text is about something else.
    """
    own = [scene for scene in scenes if scene.sentence.index in told and not scene.earlier]
    if reference is None or not any(
        scene.level == SURE or (scene.level and (scene.harms or scene.counted)) for scene in own
    ):
        return False
    week = reference - dt.timedelta(days=_WEEK)
    return any(
        near.weight > _OWN and week <= near.start and near.end <= reference
        for scene in own
        for near in scene.times
        if (near.end - near.start).days <= 1
    )


def _opens_report(scene: Scene) -> bool:
    """Whether a sentence of headline or lead tells the event with its harm, day or place."""
    if not (scene.lead or scene.sentence.title) or not scene.level:
        return False
    if _is_brought_up(scene):
        return False
    own = any(near.weight > _OWN for near in scene.times) or any(
        near.at and near.weight > _OWN for near in scene.places
    )
    if scene.level >= LIKELY:
        return bool(scene.harms) or (own and (scene.level == SURE or scene.of_victims))
    return bool(scene.harms) and (own or scene.sentence.title or _is_toll(scene))


def _is_brought_up(scene: Scene) -> bool:
    """Whether it is told as of an earlier month or year: "from the town where 17 were shot dead
    last month", which may be what a march is about, but is not its news.
    """
    return scene.earlier and bool(scene.times) and not any(map(_is_exact, scene.times))


def _is_exact(near: TimeNear) -> bool:
    return (near.end - near.start).days <= _COARSE_DAYS


def _has_day(scene: Scene) -> bool:
    return any(near.weight > _OWN for near in scene.times)


def _is_toll(scene: Scene) -> bool:
    """Whether several people are counted killed or hurt: "the bomb that killed 19"."""
    return any(
        isinstance(h.value, CasualtyValue)
        and h.value.who == "victims"
        and h.value.effect in ("killed", "injured")
        and (h.value.min or 0) > 1
        for h in scene.harms
    )


def _is_toll_of_it(scene: Scene) -> bool:
    """Whether a toll is of an event that a word for one tells, or of the one told before."""
    sure = scene.level >= LIKELY or all(t.type == "killing" for t in scene.triggers)
    return _is_toll(scene) and not scene.earlier and sure


def _is_dated_deed(scene: Scene) -> bool:
    """Whether a deed is told with its day and with who was harmed."""
    return scene.level >= LIKELY and scene.counted and scene.dated


def _is_at(scene: Scene) -> bool:
    """Whether it tells a place, closer than a country, that it was at."""
    return any(n.at and n.weight > _OWN and n.place.kind != "country" for n in scene.places)


def _opens_with_day(scene: Scene) -> bool:
    """Whether the lead tells on which day the event was, be its word a doubtful one."""
    armed = any(t.armed for t in scene.triggers)
    doubtful = scene.level < LIKELY and not (scene.level > 0 and armed)
    return scene.lead and not doubtful and scene.dated


def opens_with_the_dead(prepared: Prepared) -> bool:
    """Whether headline or opening speaks of the dead, the bereaved or the killer, without a deed.

    "Thousands gather to mourn", "The coffins came at noon": a story of the days after.
    """
    title = prepared.document.title or ""
    body = [s.text[:1000] for s in opening(prepared, _CASE)]
    return bool(_KILLER.search(title) or _BEREAVED.search(" ".join([title, *body])))


def is_court_report(prepared: Prepared) -> bool:
    """Whether the opening tells of a court, which says anew what happened when."""
    body = [s.text for s in opening(prepared, 2)]
    return bool(_COURT.search(" ".join([prepared.document.title or "", *body])))


def opens_long_ago(
    prepared: Prepared, when: When | None, reference: dt.date | None, days: int
) -> bool:
    """Whether the day of the event lies more than ``days`` back, told in the first sentence.

    "On Feb. 6, 1968, he lay under two friends": a life, a book, an exhibition.
    """
    first = next(iter(opening(prepared, 1)), None)
    if first is None or when is None or reference is None:
        return False
    if (reference - when.date.end).days <= days:
        return False
    return first.start <= when.timex.span.start < first.end


def is_old_case(
    prepared: Prepared, scenes: Sequence[Scene], reference: dt.date | None, days: int
) -> bool:
    """Whether a court report opens with years longer back than ``days``, and no newer day.

    "Jailed for life on Wednesday for ten murders … between 2000 and 2007": the Wednesday is
    that of the verdict.
    """
    if reference is None:
        return False
    body = opening(prepared, _CASE)
    # A headline that says "in 2013" says it for the whole.
    titled = YEAR.findall(prepared.document.title or "")
    years = {int(year) for year in titled or YEAR.findall(" ".join(s.text[:1000] for s in body))}
    oldest = reference - dt.timedelta(days=days)
    if not years or max(years) >= oldest.year:
        return False
    return not any(
        near.weight >= CLOSE and near.end > oldest and (near.end - near.start).days <= _COARSE_DAYS
        for scene in scenes
        if scene.level
        for near in scene.times
        if not _is_of_court(scene, near.timex.span.start)
    )


def _is_of_court(scene: Scene, start: int) -> bool:
    """Whether a time is that of a verdict: "found guilty of ten murders on Wednesday"."""
    at = max(0, start - scene.sentence.start)
    return _COURT.search(scene.sentence.text[max(0, at - _VERDICT) : at]) is not None


_VERDICT = 40  # characters from "guilty" to its day
_CASE = 5  # sentences in which a court report says of what years its case is


def is_history(scenes: Sequence[Scene], reference: dt.date | None, days: int) -> bool:
    """Whether an event is told as one of years ago: "in 1957", "a year since gunmen …".

    ``days`` is how far back from ``reference`` it must lie to be history and not news.
    One told with its day is not: a court report may say anew what happened when.
    """
    lead = [s for s in scenes if s.lead or s.sentence.title] or list(scenes[:1])
    if lead and _is_remembered(lead[0], reference):
        return True
    if reference is None:
        return False
    since = reference - dt.timedelta(days=days)
    if any(
        near.weight >= _TIED and near.end >= since and (near.end - near.start).days <= 1
        for scene in lead
        if scene is lead[0] or (scene.level == SURE and scene.counted)
        for near in scene.times
    ):
        return False  # "killed 12 on Sunday near the market where bombs killed 30 two years ago"
    freed = any(t.type == "hostage_release" for scene in lead for t in scene.triggers)
    old = sum(
        near.weight
        for scene in lead
        if not (freed and any(t.type in CAPTIVITY for t in scene.triggers))
        for near in scene.times
        if near.end < since
        and (near.end - near.start).days > _COARSE_DAYS
        and not _is_measure(scene, near.timex.span.start)
    )
    new = sum(near.weight for scene in lead for near in scene.times if near.end >= since)
    return old > max(new, _OWN)


def _is_measure(scene: Scene, start: int) -> bool:
    """Whether a time only says since when this is the worst: "since the war began in 2014"."""
    return _SINCE.search(scene.sentence.text[: start - scene.sentence.start]) is not None


def _is_of_these_days(scene: Scene, reference: dt.date | None) -> bool:
    """Whether it tells a day or a week as the event's that lies right before the text."""
    return reference is not None and any(
        near.weight >= _TIED
        and near.end > near.start  # "this week's": a day may be that of the remembrance
        and (near.end - near.start).days <= _WEEK
        and (reference - near.start).days <= 2 * _WEEK
        for near in scene.times
    )


_IN_MEMORY = re.compile(r"in (?:memory|remembrance)|commemorat", re.IGNORECASE)


def _is_remembered(scene: Scene, reference: dt.date | None) -> bool:
    """Whether all its words for the event stand in the clause after "a year since", or
    right before "a year ago".
    """
    if not scene.triggers:
        return False
    text, offset = scene.sentence.text, scene.sentence.start
    if all(_AGO.match(text, t.finding.anchor.end - offset) for t in scene.triggers):
        return True
    found = _YEARS.search(text)
    if found is None or (_IN_MEMORY.match(found[0]) and _is_of_these_days(scene, reference)):
        return False
    comma = scene.sentence.text.find(", ", found.end())
    while comma >= 0 and _GOES_ON.match(scene.sentence.text, comma):
        comma = scene.sentence.text.find(", ", comma + 2)  # "…, killing 168 people"
    end = scene.sentence.start + (comma if comma >= 0 else len(scene.sentence.text))
    start = scene.sentence.start + found.start()
    return all(start <= t.finding.anchor.start < end for t in scene.triggers)


def is_of_other_field(prepared: Prepared, kind: Genre) -> bool:
    """Whether a text is no report by its ``kind``, whatever violence it brings up.

    That is a review or a plot, a rehearsal, an obituary, an essay, or a text of business,
    science and the like.
    """
    title = prepared.document.title or ""
    # News of the dead has the words of an obituary too ("She was 24.").
    obituary = _OBITUARY.search(f"{title}\n{prepared.text}") and not counts_harm(prepared)
    if obituary or _DIED_AGED.search(prepared.text[:_OPENING]) or _DIED_OLD.search(title):
        return True
    if is_drill(prepared) or is_survey(prepared):
        return True
    if kind.kind == "screen" or _LOOKS_BACK.search(title):
        return True
    if kind.earnest:
        return not kind.fresh and _is_of_the_stage(prepared, title, kind)
    if kind.kind != "news" or _COMMENT.search(title):
        return True
    # "Who were the victims?" is answered by an opening that counts them.
    if title.rstrip().endswith("?") and not counts_harm(prepared):
        return True
    most = _of_one_field(prepared, title)
    if most >= _TOPIC_WORDS and most > _DOUBT * kind.violence:
        return True
    return not prepared.all_caps and _is_essay(prepared)  # a wire's capitals are no essay


def _of_one_field(prepared: Prepared, title: str) -> int:
    """How many distinct words of the field it has most words of."""
    distinct = {token.lower for sentence in prepared.sentences for token in sentence.tokens}
    distinct |= set(re.findall(r"[a-z][a-z-]+", title.lower()))
    distinct |= {word[:-1] for word in distinct if word.endswith("s")}
    return max(len(distinct & field) for field in other_fields())


def _is_of_the_stage(prepared: Prepared, title: str, kind: Genre) -> bool:
    """Whether another field's words far outnumber those of harm, although its opening counts
    the dead: a benefit concert, told before what it is for.
    """
    first = next((s.text for s in opening(prepared, 1)), "")
    if _HARMED.search(title) or _HARMED.search(first[:1000]):
        return False
    most = _of_one_field(prepared, title)
    return most >= _TOPIC_WORDS + 2 and most > 2 * kind.violence


def _is_essay(prepared: Prepared) -> bool:
    """Whether somebody writes of himself: a comment, a column, a diary."""
    own = _QUOTED.sub(" ", prepared.text[:_LONGEST])
    return len(_I.findall(own)) >= _I_TIMES
