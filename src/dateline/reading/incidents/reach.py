"""How far the words around a trigger reach: what doubts it, who did it, whose day it is."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.people import nouns
from dateline.reading.prepared import Token

# What follows one of these happened, whatever is said before: "39 are feared dead after
# warplanes bombed a ferry", "the man accused of being the gunman who killed 12".
_SETS_APART = frozenset("after following since who which whose".split())
# These do so where somebody is harmed beside them: "feared dead when a bomb went off".
_SETS_APART_WITH_HARM = frozenset("when as while".split())
# And these in a matter of law: "charged with murder over the attack", "in connection with".
_SETS_APART_IN_LAW = frozenset("over when connection".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday".split())
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sept sep oct nov dec".split()
)
_WHOSE_DAY = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight night "
    "morning afternoon evening weekend week month year".split()
)
_DAY_AFTER = 12  # words from "the bombings" to their day
_DAY_REACH = 3  # words from "Saturday's" to its "bombings": "Saturday's twin bombings"
_OBJECT_REACH = 5  # words from "seized" to the people
_AGENT_REACH = 6  # words from "men in hunters' clothes" to "killed"
_PASSIVE = frozenset("was were been be being is are".split())
_DRIVES = frozenset("driver drivers motorist motorists pilot crew".split())
_RECALL_REACH = 6  # words from "spoke of" to what happened
_BY_REACH = 6  # words from "killed by" to who did it
_COUNTS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty multiple several".split()
)
_DONE_REACH = 6  # words from "carried out" to the deed
_DONE = frozenset(
    "carried out,carrying out,responsibility for,responsible for,perpetrated,perpetrating,"
    "masterminded,masterminding".split(",")
)
_RULED_REACH = 6  # words from "ruled out" to what is
_EXCLUDES = frozenset(
    "exclude,excludes,excluded,excluding,rule out,rules out,ruled out,ruling out,no sign,no signs,"
    "no indication,no evidence,not treating,nothing to".split(",")
)
_RULED = frozenset(["ruled out", "not among", "not being", "not suspected", "not considered"])
_WAR_REACH = 6  # words from "killed" to "in the war"
# "Confessed to shooting 17": a gerund, where "resorted to bombing" says what may be.
_OWNS_UP = frozenset(
    "confess confessed confesses confessing admit admitted admits admitting pleaded owned linked "
    "guilty confession".split()
)
_FEW = 30  # events that one report tells; more are a statistic
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve several both dozens twin "
    "double triple serial simultaneous coordinated co-ordinated near-simultaneous".split()
)
_MONTH_MAY_AFTER = frozenset(
    "in last of on since by until before after during early late mid".split()
)
MARKS = frozenset(',;:—–()[]"“”')
"""Marks that end a clause, or set a piece of it apart."""


def unreal_words(lowers: Sequence[str], *, harm: bool) -> Sequence[str]:
    """Of the words before a trigger, those that may say it has not happened."""
    return _since(lowers, _SETS_APART | _SETS_APART_WITH_HARM if harm else _SETS_APART)


def legal_words(lowers: Sequence[str]) -> Sequence[str]:
    """Of the words before a trigger, those that may make it a name of a crime."""
    return _since(lowers, _SETS_APART | _SETS_APART_IN_LAW)


def _since(lowers: Sequence[str], apart: frozenset[str]) -> Sequence[str]:
    for i in range(len(lowers) - 1, -1, -1):
        if lowers[i] in apart:
            return lowers[i + 1 :]
    return lowers


def is_of_a_day(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is told as that of one day: "Tuesday's bombings", "last night's twin blasts",
    "the blasts which ripped through the station on July 11".
    """
    if is_noun_position(tokens, start) or is_noun_position(tokens, start - 1):
        for i in range(end, min(end + _DAY_AFTER, len(tokens))):
            if tokens[i].text in MARKS:
                break
            if _is_day(tokens, i):
                return True
    for i in range(start - 1, max(0, start - 1 - _DAY_REACH), -1):
        if tokens[i].lower == "'s":
            return tokens[i - 1].lower in _WHOSE_DAY
        if tokens[i].text in MARKS:
            return False
    return False


def _is_day(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word names one day: a weekday, or a month beside a number of a day."""
    word = tokens[i].lower
    if word in _DAYS:
        return True
    beside = [tokens[k].text for k in (i - 1, i + 1) if 0 <= k < len(tokens)]
    return word in _MONTHS and any(n.isdecimal() and len(n) <= 2 for n in beside)


def takes_people(tokens: Sequence[Token], end: int) -> bool:
    """Whether it is people who are taken: "seized 27 students", not "seized 40 kg"."""
    known = nouns()
    for token in tokens[end : end + _OBJECT_REACH]:
        if token.text in MARKS:
            return False
        noun = known.get(token.lower)
        if noun is not None:
            return not noun.perpetrator
    return False


def has_agent(tokens: Sequence[Token], start: int) -> bool:
    """Whether it is people who did it: "men in hunters' clothes killed", no crash or storm."""
    if start and tokens[start - 1].lower in _PASSIVE:
        return False
    known = nouns()
    for i in range(start - 1, max(-1, start - 1 - _AGENT_REACH), -1):
        word = tokens[i].lower
        if tokens[i].text in MARKS or word in ("when", "that", "which", "after", "and"):
            return False
        if word in known:
            return word not in _DRIVES
    return False


def is_recalled(lowers: Sequence[str], recalls: frozenset[str], reach: int = _RECALL_REACH) -> bool:
    """Whether the words before only bring it up: "he spoke of the bombs that killed"."""
    near = lowers[-reach:]
    return any(
        word in recalls or " ".join(near[i : i + 2]) in recalls for i, word in enumerate(near)
    )


def of_counts(lowers: Sequence[str]) -> bool:
    """Whether a charge tells how many died: "faces ten counts of first-degree murder"."""
    if lowers[-1:] == ["of"]:
        lowers = (*lowers, "")
    counts = [i for i in range(max(0, len(lowers) - 4), len(lowers)) if lowers[i] == "counts"]
    return any(
        i > 0
        and (lowers[i - 1].isdecimal() or lowers[i - 1] in _COUNTS)
        and "attempted" not in lowers[i:]
        for i in counts
    )


def is_by_people(tokens: Sequence[Token], end: int) -> bool:
    """Whether people are named as those by whom: "killed by a man", "killed by Ada Coll, 28,"."""
    if end + 2 >= len(tokens) or tokens[end].lower != "by":
        return False
    known = nouns()
    after = tokens[end + 1 : end + 1 + _BY_REACH]
    for i, token in enumerate(after):
        if token.text == ",":
            age = after[i + 1].text if i + 1 < len(after) else ""
            return i > 1 and age.isdecimal() and all(t.text[0].isupper() for t in after[:i])
        if token.text in MARKS:
            return False
        if token.lower in known:
            return token.lower not in _DRIVES
    return False


def is_done(tokens: Sequence[Token], start: int) -> bool:
    """Whether somebody is said to have done it: "carried out the bombing", "responsibility for
    an attack", which are no figures of speech, not even beside words of sport.
    """
    near = [token.lower for token in tokens[max(0, start - _DONE_REACH) : start]]
    return any(
        word in _DONE or " ".join(near[i : i + 2]) in _DONE
        for i, word in enumerate(near)
        if MARKS.isdisjoint(near[i:])
    )


def is_ruled_out(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is said not to have been one: "excluded a terrorist attack", "ruled out a
    bomb", "no sign of an attack", "an attack is not among the theories".
    """
    before = [token.lower for token in tokens[max(0, start - _RULED_REACH) : start]]
    for i, word in enumerate(before):
        pair = " ".join(before[i : i + 2])
        if (word in _EXCLUDES or pair in _EXCLUDES) and MARKS.isdisjoint(before[i:]):
            return _SETS_APART.isdisjoint(before[i:])
    after = [token.lower for token in tokens[end : end + _RULED_REACH]]
    at = next((i for i, word in enumerate(after) if word in _PASSIVE or word in MARKS), None)
    if at is None or after[at] in MARKS:
        return False
    pair = " ".join(after[at + 1 : at + 3])
    return pair in _RULED or after[at + 1 : at + 2] == ["excluded"]


def is_of_a_war(tokens: Sequence[Token], end: int, wars: frozenset[str]) -> bool:
    """Whether it is the toll of years: "soldiers killed in the war in the east"."""
    after = [token.lower for token in tokens[end : end + _WAR_REACH]]
    return any(
        word in wars and i > 0 and after[i - 1] in ("the", "a", "this", "that", "civil", "year")
        for i, word in enumerate(after)
    )


def is_habitual(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a passive in the present tells what happens time and again: "are killed"."""
    return (
        end - start == 1
        and start > 0
        and tokens[start - 1].lower in ("are", "is")
        and tokens[start].lower in ("killed", "shot", "murdered", "stabbed", "attacked", "wounded")
    )


def is_month(tokens: Sequence[Token], i: int) -> bool:
    """Whether "may" is the month."""
    if tokens[i].lower != "may":
        return False
    before = tokens[i - 1].lower if i else ""
    after = tokens[i + 1].text if i + 1 < len(tokens) else ""
    return before in _MONTH_MAY_AFTER or before.isdigit() or after[:1].isdigit()


def is_noun_position(tokens: Sequence[Token], start: int) -> bool:
    """Whether an article makes a noun of it: "the raid"."""
    return bool(start) and tokens[start - 1].lower in ("the", "a", "an", "this", "that")


def is_nominal(tokens: Sequence[Token], start: int) -> bool:
    """Whether it is a noun after "to": "to the raid", "confessed to killing 12"."""
    if is_noun_position(tokens, start):
        return True
    before = tokens[start - 2].lower if start > 1 else ""
    return tokens[start].lower.endswith("ing") and before in _OWNS_UP


def is_counted(lowers: Sequence[str]) -> bool:
    """Whether a number stands right before a plural: "two bombings" tells of two.

    "650 murders" is a figure of a year.
    """
    return any(
        word in _NUMBER_WORDS or (word.isdecimal() and len(word) < 4 and int(word) <= _FEW)
        for word in lowers[-3:]
    )
