"""How many were harmed, how and of which side: the casualty figures of a text.

One pass reads every figure and settles whether it belongs to an incident (a casualty
claim) or to a period, a campaign or a land (a statistic, see ``statistics.py``).

Choices a reader of the figures should know, each as coders write it:

- One claim for each figure the text states. "Killing a policeman and two civilians" is
  two claims, 1 and 2 (the second ``additional``); no sum is made here.
- "A soldier was killed" counts one; so does a name. Such claims score lower than numbers.
- "More than 12" is at least 12; "dozens" is at least 24 (see ``numbers.py``).
- Shot or stabbed without an outcome is ``injured`` where the text near by speaks of
  wounds or a hospital, else ``casualties``: it may have been either.
- Several, many, a few: a claim without a number. Bare plurals ("people were killed") are none.
- "No reports of casualties" is zero, not exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.model import CasualtyValue, Effect, Span, Who
from dateline.reading.finding import Finding
from dateline.reading.genre import genre_of, is_drill
from dateline.reading.harm.aboard import all_aboard
from dateline.reading.harm.answers import read_answer
from dateline.reading.harm.attackers import (
    attackers_number,
    doers,
    may_be_attacker,
    read_stopped,
    stopped_attackers,
    told_attackers,
)
from dateline.reading.harm.clauses import LONGEST, read_clauses
from dateline.reading.harm.exchanges import SWAP_WORDS, read_exchanges, without_capture
from dateline.reading.harm.frames import frame_words, read_frames
from dateline.reading.harm.harmed import HOMES
from dateline.reading.harm.nouns import read_nouns
from dateline.reading.harm.ordinals import counted_on
from dateline.reading.harm.parts import add_parts, as_their_total
from dateline.reading.harm.seized import read_seized
from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.settled import (
    is_none_of_a_few,
    none_of_a_few,
    none_was,
    patients_unnamed,
    settled,
)
from dateline.reading.harm.statistics import (
    goes_on,
    period_of,
    statistic_of_draft,
    statistics_of_sentence,
)
from dateline.reading.harm.tolls import COUNTING
from dateline.reading.harm.verbs import lexicon
from dateline.reading.harm.wholes import add_shares
from dateline.reading.harm.wounded import CONDITIONS, read_wounded
from dateline.reading.numbers import could_start
from dateline.reading.people import BE
from dateline.reading.prepared import Prepared, Token

Figures = tuple[tuple[Finding, ...], tuple[Finding, ...]]

_CAPTIVITY = (
    "hostage",
    "captiv",
    "captur",
    "kidnap",
    "abduct",
    "captor",
    "ransom",
    "prisoner",
    "pirate",
)
_PARTS = frozenset({"them", "whom"})
_INCLUDE = frozenset({"included", "include"})
_HITS = frozenset("shot stabbed hit struck knifed".split())


def find_casualties(prepared: Prepared) -> tuple[Finding, ...]:
    """The casualty figures of a text, in text order; see :func:`find_figures`."""
    return find_figures(prepared)[0]


def find_figures(prepared: Prepared) -> Figures:
    """Casualty figures (CasualtyValue) and statistics (StatisticValue), each in text order.

    Both come from one pass, since a figure is one or the other.
    """
    triggers, growth = lexicon().first, lexicon().ratios.keys()
    captivity = any(t.lower.startswith(_CAPTIVITY) for s in prepared.sentences for t in s.tokens)
    read: list[tuple[Clauses, bool]] = []
    for sentence in prepared.sentences:
        for tokens in _pieces(sentence.tokens):
            lowers = {t.lower for t in tokens}
            harmful = not triggers.isdisjoint(lowers) or not _PARTS.isdisjoint(lowers)
            harmful = harmful or _counts_again(tokens) or not CONDITIONS.isdisjoint(lowers)
            harmful = harmful or not COUNTING.isdisjoint(lowers) or not _INCLUDE.isdisjoint(lowers)
            harmful = harmful or not frame_words().isdisjoint(lowers)
            if harmful or growth & lowers or any(could_start(w) for w in lowers):
                clauses = read_clauses(
                    sentence, caps=prepared.all_caps, captivity=captivity, tokens=tokens
                )
                swap = captivity and not SWAP_WORDS.isdisjoint(lowers)
                if harmful or swap:
                    read_nouns(clauses)
                    read_wounded(clauses)
                    read_stopped(clauses)
                read_frames(clauses)
                if swap:
                    read_exchanges(clauses)
                if captivity:
                    read_seized(clauses)
                read.append((clauses, harmful or swap))
    if not read:
        return (), ()
    kind = genre_of(prepared)
    drill = is_drill(prepared) or _is_of_a_drill([c for c, _ in read])
    attackers, attacked = attackers_number([c for c, _ in read]), doers([c for c, _ in read])
    before: Clauses | None = None
    casualties: list[Finding] = []
    names: set[str] = set()
    few: list[int] = []  # places in casualties of zeros that count a few people
    stopped: list[int] = []  # places in casualties of those whom the police killed
    statistics: list[Finding] = []
    last_effect, over_period, harmed = "killed", -2, False
    told: dict[str, set[int]] = {}
    for clauses, harmful in read:
        if before is not None and _follows(clauses, before) and read_answer(clauses, before):
            harmful = True
        if harmful:
            drafts = without_capture(settled(clauses, prepared, last_effect, told))
            drafts = add_parts(clauses, drafts, last_effect, told)
            near = before if _follows(clauses, before) else None
            drafts = add_shares(clauses, drafts, last_effect, told, near)
            drafts = counted_on(clauses, drafts, told)
            drafts = told_attackers(clauses, as_their_total(drafts), near, attacked)
            for draft in _unique([d for d in drafts if not none_was(clauses, d)]):
                of_all = not draft.subset or draft.rule == "sum"
                if draft.effect in ("killed", "injured") and of_all:
                    last_effect = draft.effect
                if patients_unnamed(clauses, draft, bool(told) or kind.violence >= 2):
                    continue
                if kind.kind in ("screen", "sport"):
                    continue
                if kind.kind == "affairs" and not draft.party.numbered:
                    continue
                alone = draft.rule == "intransitive" and not draft.party.numbered
                if alone and not _is_of_a_list(draft, drafts) and kind.violence < 2:
                    continue  # "he died in 1994": a life, not an incident
                one = draft.party.definite and not draft.party.numbered
                again = draft.effect == "casualties" or clauses.word(draft.last) in _HITS
                again = again or _is_who_it_was(clauses, draft, told)
                if again and one and harmed:
                    continue  # "X was shot" tells again of one who is counted already
                period = period_of(clauses, draft)
                here = clauses.sentence.index
                if (
                    period is None
                    and not casualties
                    and here - over_period == 1
                    and goes_on(clauses, draft)
                ):
                    period = draft.last, draft.last + 1
                if period is not None:
                    over_period = here
                    statistics.append(statistic_of_draft(clauses, draft, period))
                    continue
                if draft.subset and _is_whole(draft, drafts, told):
                    draft = replace(draft, subset=False)
                if _is_of_the_injured(draft, told):
                    draft = replace(draft, subset=True)
                if drill:
                    draft = replace(draft, unreal=True)
                alone = draft.effect not in told and _other_than(draft, drafts, bool(told))
                if draft.more and (alone or _than_before(clauses, draft, near)):
                    draft = replace(draft, more=False)
                finding = _finding(clauses, draft, attackers)
                if finding is not None:
                    if is_none_of_a_few(clauses, draft):
                        few.append(len(casualties))
                    if may_be_attacker(clauses, draft):
                        stopped.append(len(casualties))
                        if draft.party.name:
                            names.add(clauses.word(draft.party.end - 1))
                    casualties.append(finding)
                    if draft.party.quantity.min:
                        told.setdefault(draft.effect, set()).add(draft.party.quantity.min)
                    harmed = harmed or draft.effect in ("killed", "injured")
        if kind.kind == "news":
            statistics.extend(statistics_of_sentence(clauses))
        before = clauses
    if len(names) < 2:  # of several whom the police killed, no name tells who attacked
        casualties = stopped_attackers(casualties, stopped)
    casualties = none_of_a_few(casualties, few) if few else casualties
    if kind.kind == "news" and not drill:
        whole = all_aboard([c for c, _ in read], [f for f in casualties if _is_of_victims(f)])
        if whole is not None:
            casualties.append(whole)
    return tuple(_ordered(_telling(casualties))), tuple(_ordered(statistics))


_OPENING = 3  # sentences within which a report of a drill names it
_NO_DRILL = frozenset("thought assumed believed figured supposed no not like just fire".split())


def _is_of_a_drill(read: Sequence[Clauses]) -> bool:
    """Whether a text opens with a drill, but not "I thought it was a drill" of witnesses."""
    drills = lexicon().drills
    found = [c for c in read if not drills.isdisjoint(c.lowers)]
    told = [c.sentence.index for c in found if _NO_DRILL.isdisjoint(c.lowers)]
    times = sum(word in drills for c in found for word in c.lowers)
    return times > 1 and bool(told) and told[0] < _OPENING


def _follows(c: Clauses, before: Clauses | None) -> bool:
    return before is not None and c.sentence.index - before.sentence.index == 1


def _is_of_victims(finding: Finding) -> bool:
    value = finding.value
    return (
        isinstance(value, CasualtyValue)
        and value.effect == "killed"
        and value.who == "victims"
        and not finding.hypothetical
    )


def _telling(found: list[Finding]) -> list[Finding]:
    """Leave out "many were wounded" where a number of the wounded is told as well."""
    numbered = {
        (f.value.effect, f.value.who)
        for f in found
        if isinstance(f.value, CasualtyValue)
        and not f.hypothetical
        and not f.denied
        and not f.value.subset
        and (f.value.min or f.value.max)
    }
    return [
        f
        for f in found
        if not isinstance(f.value, CasualtyValue)
        or f.value.min is not None
        or f.value.max is not None
        or (f.value.effect, f.value.who) not in numbered
    ]


def _counts_again(tokens: Sequence[Token]) -> bool:
    """ "Nine were children.", "They are six Danes and": of those told before"""
    if len(tokens) < 3 or tokens[1].lower not in ("were", "was", "are"):
        return False
    return could_start(tokens[2 if tokens[0].lower in ("they", "these") else 0].lower)


def _pieces(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    if len(tokens) <= LONGEST:
        yield tokens
        return
    for start in range(0, len(tokens), LONGEST):
        yield tokens[start : start + LONGEST]


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.anchor, f.span, f.rule, str(f.value)))


def _is_of_the_injured(draft: Draft, told: Mapping[str, set[int]]) -> bool:
    """ "Scores were hurt. … 18 people were in critical condition": 18 of them."""
    number = draft.party.quantity.max
    if draft.rule != "state" or draft.effect != "injured" or number is None:
        return False
    return number < max(told.get("injured", ()), default=0)


_WHOLE_RULES = frozenset({"active", "state", "passive", "intransitive"})


def _is_whole(draft: Draft, drafts: list[Draft], told: Mapping[str, set[int]]) -> bool:
    """ "Fired on officers, killing four of them": all that is known, no part of more dead"""
    number = draft.party.quantity.min
    if draft.rule not in _WHOLE_RULES or draft.effect != "killed" or not number:
        return False
    if draft.party.part_of not in ("them", "whom") or number < 2 or draft.effect in told:
        return False
    return all(d is draft or d.effect != draft.effect for d in drafts)


def _other_than(draft: Draft, drafts: list[Draft], told: bool) -> bool:
    """ "Killing 12 and injuring 48 others", "Another 48 were hurt": others than the dead told"""
    before = [d for d in drafts if d.party.end <= draft.party.start and not d.subset]
    return (told or bool(before)) and all(d.effect != draft.effect for d in before)


def _than_before(c: Clauses, draft: Draft, before: Clauses | None) -> bool:
    """ "Two officers were among the dead. Another two officers were hurt": than those dead"""
    if before is None or c.word(draft.party.start) != "another":
        return False
    if draft.party.end <= draft.party.quantity.end:
        return False  # "another 200", of no noun
    head = c.word(draft.party.end - 1)
    told = [p for p in before.parties if p.numbered and before.word(p.end - 1) == head]
    return bool(told) and not any(
        d.effect == draft.effect and before.word(d.party.end - 1) == head for d in before.drafts
    )


def _is_of_a_list(draft: Draft, drafts: list[Draft]) -> bool:
    """ "The pilot and three passengers died": told with others who are counted"""
    return any(d.party.numbered and (d.rule, d.last) == (draft.rule, draft.last) for d in drafts)


def _is_who_it_was(c: Clauses, draft: Draft, told: Mapping[str, set[int]]) -> bool:
    """ "He was the man that was killed": tells again of one who is counted already"""
    party = draft.party
    bare = party.human is True and party.group is None and not party.name
    clause = bare and c.word(party.end) in ("that", "who") and c.word(party.end + 1) in BE
    return clause and c.word(party.start - 1) in BE and draft.effect in told


def _unique(drafts: list[Draft]) -> list[Draft]:
    """One draft for each number and effect; the first rule to find it wins."""
    seen: set[tuple[str, int]] = set()
    unique: list[Draft] = []
    for draft in drafts:
        if draft.party.quantity.vague and draft.party.part_of in ("them", "whom"):
            continue  # "many of them beheaded" says how, not how many
        if draft.rule == "part" and draft.party.quantity.max == 0:
            continue  # "none of them in a grave condition" says how, not how many
        key = (draft.effect, draft.party.quantity.core)
        if key not in seen:
            seen.add(key)
            unique.append(draft)
    return unique


def _finding(c: Clauses, draft: Draft, attackers: int | None) -> Finding | None:
    party, quantity = draft.party, draft.party.quantity
    low, high, exact = quantity.min, quantity.max, quantity.exact
    qualifier, rule, score = quantity.qualifier, draft.rule, draft.score
    who: Who = "perpetrators" if party.perpetrator or draft.own_hand else "victims"
    if party.perpetrator and quantity.vague and quantity.qualifier is None:
        if attackers is None:
            return None
        low = high = attackers
        exact, rule, score = True, "number from before", 0.6
    if draft.qualifier is not None and exact:
        exact, qualifier = False, draft.qualifier
    denied = draft.denied or _denied(c, draft)
    effect: Effect = draft.effect  # type: ignore[assignment]
    if effect == "displaced" and c.word(party.end - 1) in HOMES:
        # A family is one at least: how many people they are is not told.
        qualifier = " ".join(c.lowers[party.start : party.end])
        low, high, exact = (low if high is not None else None), None, False
    value = CasualtyValue(
        effect=effect,
        min=low,
        max=high,
        exact=exact,
        who=who,
        group=None if who == "perpetrators" else party.group,
        qualifier=qualifier,
        subset=draft.subset,
        cumulative=draft.cumulative,
        additional=draft.more,
    )
    tokens = c.tokens
    first, last = min(draft.first, party.start), max(draft.last, party.end - 1)
    last = min(last, len(tokens) - 1)
    return Finding(
        kind="casualty",
        value=value,
        span=Span(tokens[first].start, tokens[last].end),
        anchor=Span(tokens[party.start].start, tokens[party.end - 1].end),
        rule=f"casualties:{rule}",
        score=score,
        denied=denied,
        hypothetical=draft.unreal,
    )


def _denied(c: Clauses, draft: Draft) -> bool:
    """Whether a word of denial governs the figure ("denied that 12 were killed")."""
    denials = lexicon().denials
    k = draft.first - 1
    limit = max(-1, draft.first - 14)
    while k > limit:
        w = c.lowers[k]
        if w in ("but", ";", ".", "while", "saying", "which", "where"):
            return False  # "denied shelling a market, in which nine were killed"
        if w == "that" and c.lowers[k + 1] in ("left", "killed", "wounded", "injured", "claimed"):
            return False  # "denied it had carried out the attack that left nine dead"
        if w == "as" and "toll" in c.lowers[k + 1 : k + 4]:
            return False  # "Army denies shelling market as toll rises to nine"
        if w in denials:
            return True
        k -= 1
    return False
