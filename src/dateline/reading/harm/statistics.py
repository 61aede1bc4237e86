"""Figures over a period, a campaign or a land: never part of an incident's toll."""

from __future__ import annotations

from dateline.model import Effect, Span, StatisticValue
from dateline.reading.finding import Finding
from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import BE, Party, nouns
from dateline.reading.prepared import Prepared

_AGO = frozenset("ago after later earlier before old of since from in to".split())
_RATED = frozenset({"a", "per"})
_REACH = 14
_HUGE = 5_000  # more dead than one attack or accident has, so a total of a war
_UPROOTED = 1_000_000  # more than one attack drives from home
_DISASTERS = frozenset(
    "earthquake quake tsunami cyclone flood floods hurricane typhoon landslide eruption".split()
)
_YEARS = range(1900, 2100)


def find_statistics(prepared: Prepared) -> tuple[Finding, ...]:
    """The statistics of a text, in text order, from the pass of ``casualties.find_figures``."""
    from dateline.reading.harm.casualties import find_figures

    return find_figures(prepared)[1]


_LASTING = frozenset({"abducted", "missing", "captured"})  # "held since November" is no total
_EVENTFUL = frozenset(
    "attack bomb bombing blast explosion shooting gunman gunmen clash raid crash today yesterday"
    " monday tuesday wednesday thursday friday saturday sunday when after".split()
)


def goes_on(c: Clauses, draft: Draft) -> bool:
    """Whether a figure only goes on with the statistics of the sentence before it."""
    return draft.rule in ("passive", "counted noun") and _EVENTFUL.isdisjoint(c.lowers)


def period_of(c: Clauses, draft: Draft) -> tuple[int, int] | None:
    """The tokens that make a casualty figure a total over a period, None for one incident."""
    lex = lexicon()
    lowers = c.lowers
    n = len(lowers)
    low, high = max(0, draft.first - _REACH), min(n, draft.last + 1 + _REACH)
    for i in range(low, high):
        w = lowers[i]
        end = _phrase_end(c, i)
        if (
            end
            and w in _RATED
            and not (
                0 <= i - draft.last - 1 <= 4
                and c.word(end) not in _AGO
                and "," not in lowers[draft.last + 1 : i]
            )
        ):
            end = 0
        if w == "since" and not end and draft.effect not in _LASTING:
            end = _since(c, i)
        if w in ("between", "from") and not end:
            end = _between_days(c, i)
        if w in lex.period_units and not end:
            before = lowers[max(0, i - 4) : i]
            if (
                any(b in ("past", "last", "previous", "recent", "over") for b in before)
                and any(b in ("in", "over", "during", "the", "for", "within") for b in before)
                and not (w == "weeks" and "recent" not in before)
            ):
                end = i + 1
            elif c.word(i + 1) == "of" and any(b in ("in", "over", "during") for b in before):
                end = i + 1  # "in ten weeks of protests"
        if w in ("in", "during", "between") and _year(c.word(i + 1)) and not end:
            if c.word(i + 2) == "alone" or (
                w == "between" and c.word(i + 2) == "and" and _year(c.word(i + 3))
            ):
                end = i + 3
            elif any(v in lex.period_events for v in lowers[draft.first : high]) and not any(
                v in ("one", "two", "three", "twin") for v in lowers[draft.last : high]
            ):
                end = i + 2
        if (
            w in lex.period_events
            and not end
            and any(q.end == i and (q.min or 0) > 3 for q in c.quantities)
            and i > draft.last
        ):
            end = i + 1  # "killed in 386 clashes"
        if end and _governs(c, draft, i, end) and not _of_one_event(c, draft, i):
            return i, end
    counted = _events_counted(c, draft)
    if counted is not None:
        return counted
    compared = "compared" in lowers and not {"with", "to"}.isdisjoint(lowers)
    if compared and not {"month", "year", "quarter", "week"}.isdisjoint(lowers[:high]):
        at = lowers.index("compared")
        if at > draft.last:  # "last month 246 people died, compared with 254"
            return at, at + 2
    if (
        draft.rule == "counted noun"
        and c.word(draft.last) in ("homicides", "murders", "killings")
        and (any(_year(w) for w in lowers) or (draft.party.quantity.min or 0) >= 30)
    ):
        return draft.last, draft.last + 1
    if (
        draft.rule == "counted noun"
        and c.word(draft.last - 1) in ("road", "traffic", "gun", "overdose", "drug", "firearm")
        and any(_year(w) for w in lowers)
    ):
        return draft.last, draft.last + 1  # "361 road fatalities in 2015"
    big = draft.party.quantity.min or draft.party.quantity.max or 0
    if (
        big >= _HUGE
        and draft.effect in ("killed", "injured", "casualties")
        and not _DISASTERS & set(lowers)
    ):
        return draft.last, draft.last + 1
    if big >= _UPROOTED and draft.effect == "displaced":
        return draft.last, draft.last + 1
    return None


def _phrase_end(c: Clauses, i: int) -> int:
    """Behind the longest phrase for a period ("so far this year") that begins at a token, or 0."""
    phrases = lexicon().period_phrases.get(c.lowers[i], ())
    told = (i + len(words) for words in phrases if tuple(c.lowers[i : i + len(words)]) == words)
    return max(told, default=0)


def _events_counted(c: Clauses, draft: Draft) -> tuple[int, int] | None:
    """ "There have been 228 shootings this year already, and 29 people killed" """
    lex = lexicon()
    for q in c.quantities:
        if q.end > draft.first or (q.min or 0) < _SEVERAL or c.word(q.end) not in lex.period_events:
            continue
        for i in range(q.end + 1, min(q.end + 1 + _EVENTS_REACH, draft.first)):
            in_a_year = c.lowers[i] == "in" and _year(c.word(i + 1))
            end = _phrase_end(c, i) or (i + 2 if in_a_year else 0)
            # "Three bombings this year; on Monday 12 people were killed": of one of them.
            if 0 < end <= draft.first and _EVENTFUL.isdisjoint(c.lowers[end : draft.last + 1]):
                return i, end
    return None


_SEVERAL, _EVENTS_REACH = 2, 8  # events; words from them to their period
_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SPANS = frozenset("months weeks days quarter half years".split())


def _year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and int(word) in _YEARS


def _since(c: Clauses, i: int) -> int:
    """ "since 2011", "since January", "since late 2013", "since fighting resumed" """
    if c.word(i - 1) in _HELD:
        return 0  # "released the ten they had been holding since May"
    opening = c.lowers[i + 1 : i + 1 + _OPENING_REACH]
    began = next((k for k, w in enumerate(opening) if w in _BEGAN), None)
    if began is not None and not _STRUGGLES.isdisjoint(opening[:began]):
        return i + 2 + began
    for k in range(i + 1, min(i + 4, len(c.lowers))):
        w = c.lowers[k]
        if w in lexicon().period_starts or _year(w):
            return k + 1
        if w.isdigit() and int(w) <= 31 and c.word(k + 1) in lexicon().period_starts:
            continue  # "since 30 March"
        if w not in ("early", "late", "mid", "last", "the", "start", "of", "-"):
            break
    return 0


_HELD = frozenset("holding held hostage captive captivity prisoner detained missing".split())
_OPENING_REACH = 6  # words of "since the shaky truce collapsed"
_BEGAN = frozenset(
    "began begun started resumed erupted broke collapsed flared ended intensified".split()
)
_STRUGGLES = frozenset(
    "fighting violence war conflict hostilities unrest uprising insurgency ceasefire truce revolt"
    " offensive protests clashes campaign rebellion crackdown process".split()
)
_MONTH_DAYS, _WEEK = 30, 7


def _between_days(c: Clauses, i: int) -> int:
    """ "Between 17 February and 22 March": the token behind it where that is weeks, else 0"""
    months = sorted(lexicon().period_starts, key=_MONTHS.index)
    days: list[int] = []
    for k in range(i + 1, min(i + 8, len(c.lowers))):
        if c.lowers[k] in months:
            near = (c.word(k - 1), c.word(k + 1))
            day = next((int(w) for w in near if w.isdigit() and int(w) <= 31), 1)
            days.append(months.index(c.lowers[k]) * _MONTH_DAYS + day)
            if len(days) == 2:
                return k + 1 if abs(days[1] - days[0]) > _WEEK else 0
        elif not c.lowers[k].isdigit() and c.lowers[k] not in ("and", "to", "until", "till", "the"):
            break
    return 0


_SUPERLATIVES = frozenset("worst deadliest bloodiest biggest largest".split())
_ONE = frozenset("a an the this that one another".split())
_ONE_EVENT = frozenset(
    "massacre attack shooting bombing explosion blast crash raid ambush assault airstrike strike"
    " fire rampage siege collision stampede suicide truck".split()
)
_A_YEAR = frozenset({"last", "this"})


def _of_one_event(c: Clauses, draft: Draft, start: int) -> bool:
    """ "A massacre at a church that left nine dead last year": when it was, no total"""
    if c.lowers[start] not in _A_YEAR or c.word(start + 1) != "year":
        return False
    if c.word(start - 1) in lexicon().period_starts:
        return True  # "in June last year, all 10 on board were killed"
    if c.word(start + 2) == "alone" or "far" in c.lowers[max(0, start - 2) : start]:
        return False
    for k in range(max(0, draft.first - _REACH), min(len(c.lowers), max(draft.last, start))):
        if c.lowers[k] in _ONE_EVENT and _ONE & set(c.lowers[max(0, k - 3) : k]):
            return True
    return False


_OTHER_CLAUSE = frozenset("; . attack when and but include includes included including".split())


def _governs(c: Clauses, draft: Draft, start: int, end: int) -> bool:
    """Whether the period belongs to the figure and not to an aside ("the worst this year")."""
    if end <= draft.first and not _SUPERLATIVES.isdisjoint(c.lowers[max(0, start - 4) : start]):
        return False  # "their biggest prisoner swap of the war"
    if start > draft.last:
        between = c.lowers[draft.last + 1 : start]
        since = c.lowers[start] == "since"
        if any(w in (";", ".") for w in between) or ("," in between and not since):
            return False
        return not any(
            w
            in (
                "worst",
                "deadliest",
                "attack",
                "first" if c.lowers[start] not in _SPANS else "",
                "second" if c.lowers[start] not in _SPANS else "",
                "third",
                "deadly",
                "anniversary",
                "bloodiest",
                "biggest",
                "latest",
                "largest",
            )
            for w in between
        )
    if end <= draft.first:
        between = c.lowers[end : draft.first]
        if start <= 1 and c.lowers[start] == "since":
            # "Since it began 300,000 have been killed and 11 million driven from their homes"
            return _EVENTFUL.isdisjoint(c.lowers[end : draft.last + 1])
        return not any(w in _OTHER_CLAUSE for w in between)
    return True


def statistic_of_draft(c: Clauses, draft: Draft, period: tuple[int, int]) -> Finding:
    """A casualty figure over a period as a statistic."""
    q = draft.party.quantity
    effect: Effect = draft.effect  # type: ignore[assignment]
    first, last = min(draft.first, draft.party.start), max(draft.last, draft.party.end - 1)
    first, last = min(first, period[0]), max(last, min(period[1], len(c.tokens)) - 1)
    last = min(last, len(c.tokens) - 1)
    told = period[1] - period[0] > 1 or c.lowers[period[0]] in ("since",)
    return _statistic(
        c,
        draft.party,
        first,
        last,
        "over a period",
        StatisticValue(
            what=_what(c, draft.party) or effect,
            min=q.min,
            max=q.max,
            exact=q.exact,
            qualifier=q.qualifier,
            effect=effect,
            period=_words(c, period[0], period[1]) if told else None,
        ),
        unreal=draft.unreal,
    )


def statistics_of_sentence(c: Clauses) -> list[Finding]:
    """Figures on forces, refugees and the like that no harm word claims, and growth."""
    lex = lexicon()
    used = {d.party.quantity.core for d in c.drafts}
    found: list[Finding] = []
    for party in c.parties:
        q = party.quantity
        if not party.numbered or q.core in used or party.human is False or q.vague or q.max == 0:
            continue
        size = q.min if q.min is not None else q.max or 0
        if size < 100:
            continue
        head = c.lowers[party.end - 1] if party.end > q.end else ""
        singular = _singular(head)
        listed = singular in lex.stat_heads
        noun = nouns().get(head)
        military = noun is not None and noun.group in ("soldiers", "militants")
        before = c.lowers[max(0, q.start - 5) : q.start]
        if party.part_of in ("them", "these", "those"):
            verb = _verb(c, party.end, 4)
            if verb is None:
                continue
        elif listed or military:
            verb = _verb(c, party.end, 11)
            if verb is None and not any(w in lex.stat_goals for w in before):
                continue
        elif (
            any(w in lex.stat_goals for w in before)
            and party.human is None
            and (c.word(q.start - 1) in ("of", "at", "is", "was", "being", "to", "for"))
        ):
            verb = party.end - 1
        else:
            continue
        last = verb if verb is not None else party.end - 1
        found.append(
            _statistic(
                c,
                party,
                party.start,
                last,
                "forces and refugees",
                StatisticValue(
                    what=_what(c, party) or "people",
                    min=q.min,
                    max=q.max,
                    exact=q.exact,
                    qualifier=q.qualifier,
                    period=_period(c, last),
                ),
            )
        )
    found.extend(_ratios(c))
    return found


def _singular(word: str) -> str:
    special = {"men": "man", "servicemen": "serviceman", "children": "child"}
    return special.get(word) or (
        word[:-1] if word.endswith("s") and word not in ("troops",) else word
    )


def _verb(c: Clauses, k: int, reach: int) -> int | None:
    """The next verb of the statistic lexicon, not beyond the clause."""
    verbs = lexicon().stat_verbs
    for i in range(k, min(k + reach, len(c.lowers))):
        if c.lowers[i] in verbs:
            return i
        if c.lowers[i] in (",", ";", ".", "and") and i > k:
            return None
    return None


def _period(c: Clauses, k: int) -> str | None:
    for i in range(k, min(k + 10, len(c.lowers))):
        if c.lowers[i] == "since":
            end = i + 1
            while (
                end < len(c.lowers)
                and c.lowers[end] not in (",", ".", ";", '"', "”")
                and end < i + 7
            ):
                end += 1
            return _words(c, i, end)
    return None


def _ratios(c: Clauses) -> list[Finding]:
    """ "desertions increased tenfold this year", "the number of attacks doubled" """
    lex = lexicon()
    found: list[Finding] = []
    for i, w in enumerate(c.lowers):
        ratio = lex.ratios.get(w)
        if ratio is None:
            continue
        start = next(
            (k for k in range(i - 1, max(-1, i - 14), -1) if c.lowers[k] in lex.ratio_subjects),
            None,
        )
        if start is None:
            continue
        noun_end = start + 1
        while (
            noun_end < i
            and c.lowers[noun_end] not in BE
            and c.lowers[noun_end]
            not in ("increased", "rose", "has", "have", "had", "grew", "jumped", "more", "from")
        ):
            noun_end += 1
        tail = i + 1
        period = None
        if c.lowers[tail : tail + 2] in (["this", "year"], ["last", "year"]):
            period, tail = _words(c, tail, tail + 2), tail + 2
        found.append(
            Finding(
                kind="statistic",
                value=StatisticValue(
                    what=_words(c, start, noun_end), exact=False, ratio=ratio, period=period
                ),
                span=Span(c.tokens[start].start, c.tokens[tail - 1].end),
                anchor=Span(c.tokens[i].start, c.tokens[i].end),
                rule="statistics:growth",
                score=0.7,
            )
        )
    return found


def _what(c: Clauses, party: Party) -> str:
    return _words(c, party.quantity.end, party.end)


def _words(c: Clauses, start: int, end: int) -> str:
    end = min(end, len(c.tokens))
    if end <= start:
        return ""
    base = c.sentence.start
    return " ".join(
        c.sentence.text[c.tokens[start].start - base : c.tokens[end - 1].end - base].split()
    )


def _statistic(
    c: Clauses,
    party: Party,
    first: int,
    last: int,
    rule: str,
    value: StatisticValue,
    *,
    unreal: bool = False,
) -> Finding:
    return Finding(
        kind="statistic",
        value=value,
        span=Span(c.tokens[first].start, c.tokens[last].end),
        anchor=Span(c.tokens[party.start].start, c.tokens[party.end - 1].end),
        rule=f"statistics:{rule}",
        score=0.7,
        hypothetical=unreal,
    )
