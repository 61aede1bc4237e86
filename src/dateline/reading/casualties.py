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

from dataclasses import replace

from dateline.model import CasualtyValue, Effect, Span, Who
from dateline.reading.finding import Finding
from dateline.reading.genre import genre
from dateline.reading.harm_clauses import Clauses, Draft, read_clauses
from dateline.reading.harm_verbs import lexicon
from dateline.reading.numbers import could_start
from dateline.reading.prepared import Prepared, Sentence
from dateline.reading.statistics import period_of, statistic_of_draft, statistics_of_sentence
from dateline.reading.tolls import read_tolls
from dateline.reading.victims import Party, nouns

Figures = tuple[tuple[Finding, ...], tuple[Finding, ...]]

_WOUND_WORDS = frozenset(
    "wounded injured hospital hospitals leg legs arm arms shoulder foot hand hands survived condition"
    " wounds injuries treated recovering stable surgery abdomen thigh back stomach hospitalized"
    " hospitalised non-life-threatening knee buttocks ankle".split()
)
_DEATH_WORDS = frozenset("died dead dies killed fatally killing death fatal".split())
_SEVERITY = {"seriously": "injured", "critically": "injured", "gravely": "injured", "severely": "injured",
             "badly": "injured", "slightly": "injured", "lightly": "injured", "fatally": "killed",
             "mortally": "killed"}


def find_casualties(prepared: Prepared) -> tuple[Finding, ...]:
    """The casualty figures of a text, in text order; see :func:`find_figures`."""
    return find_figures(prepared)[0]


def find_figures(prepared: Prepared) -> Figures:
    """Casualty figures (CasualtyValue) and statistics (StatisticValue), each in text order.

    Both come from one pass, since a figure is one or the other.
    """
    triggers = lexicon().first
    read: list[tuple[Clauses, bool]] = []
    for sentence in prepared.sentences:
        lowers = {t.lower for t in sentence.tokens}
        harmful = not triggers.isdisjoint(lowers)
        if harmful or any(could_start(w) for w in lowers):
            clauses = read_clauses(sentence, caps=prepared.all_caps)
            if harmful:
                read_tolls(clauses)
            read.append((clauses, harmful))
    if not read:
        return (), ()
    kind = genre(t.lower for s in prepared.sentences for t in s.tokens)
    drill = sum(t.lower in lexicon().drills for c, _ in read for t in c.tokens) > 1
    attackers = _attackers([c for c, _ in read])
    casualties: list[Finding] = []
    statistics: list[Finding] = []
    last_effect = "killed"
    for clauses, harmful in read:
        if harmful:
            drafts = _subsets(clauses, _settled(clauses, prepared, last_effect), last_effect)
            for draft in _unique(drafts):
                if draft.effect in ("killed", "injured") and not draft.subset:
                    last_effect = draft.effect
                if kind.kind == "screen" or (kind.kind == "sport"):
                    continue
                if draft.rule == "intransitive" and not draft.party.numbered and kind.violence < 2:
                    continue  # "he died in 1994": a life, not an incident
                if draft.effect == "casualties" and _retold(draft, casualties):
                    continue
                period = period_of(clauses, draft)
                if period is not None:
                    statistics.append(statistic_of_draft(clauses, draft, period))
                    continue
                if drill:
                    draft = replace(draft, unreal=True)
                finding = _finding(clauses, draft, attackers)
                if finding is not None:
                    casualties.append(finding)
        if kind.kind == "news":
            statistics.extend(statistics_of_sentence(clauses))
    return tuple(_ordered(casualties)), tuple(_ordered(statistics))


def _retold(draft: Draft, found: list[Finding]) -> bool:
    """Whether "X was shot" only tells again of one who is already counted as killed."""
    return draft.party.definite and not draft.party.numbered and any(
        isinstance(f.value, CasualtyValue) and f.value.effect in ("killed", "injured") for f in found
    )


def _ordered(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.anchor, f.span, f.rule, str(f.value)))


def _attackers(read: list[Clauses]) -> int | None:
    """The number of attackers, if all numbers given for them in the text are one."""
    numbers = {
        p.quantity.min
        for c in read
        for p in c.parties
        if p.perpetrator and p.plural and p.numbered and p.quantity.exact
        and p.part_of is None and not p.quantity.vague and p.quantity.min and p.quantity.min > 1
    }
    return numbers.pop() if len(numbers) == 1 else None


def _settled(c: Clauses, prepared: Prepared, last_effect: str) -> list[Draft]:
    """Settle what "shot" and "the total" mean, and drop what is surely no figure."""
    settled: list[Draft] = []
    for draft in c.drafts:
        if draft.effect == "hit":
            draft = replace(draft, effect=_outcome(c, draft, prepared))
        elif draft.effect == "total":
            draft = replace(draft, effect=last_effect)
        if draft.rule == "passive" and c.word(draft.last) == "treated" and not (
            _WOUND_WORDS - {"treated"}) & set(c.lowers) - set() and not {
            "scene", "shock", "inhalation", "burns", "minor"} & set(c.lowers):
            continue
        settled.append(draft)
    return settled


def _outcome(c: Clauses, draft: Draft, prepared: Prepared) -> str:
    if draft.own_hand:
        return "killed"
    here = c.sentence.index
    near = {t.lower for s in prepared.sentences[max(0, here - 1) : here + 2] for t in s.tokens}
    return "injured" if near & _WOUND_WORDS and not near & _DEATH_WORDS else "casualties"


_OPENERS = frozenset({"including", "include", "includes", "included", "among"})


def _subsets(c: Clauses, drafts: list[Draft], last_effect: str) -> list[Draft]:
    """Mark parts of a total and add those no harm word stands beside."""
    found = list(drafts)
    for i, word in enumerate(c.lowers):
        if word not in _OPENERS and not (word == "with" and c.word(i - 1) == "along"):
            continue
        k = i + 1
        if c.word(k) in ("them", "whom", "those") or (
            c.word(k) == "the" and c.starts.get(k) is None
        ):
            k += 1
            if c.word(k) in ("dead", "killed", "wounded", "injured", "victims"):
                continue  # "among the dead were": the clause grammar has it
            while c.word(k) in ("were", "was", "are", "is", ",", "dead"):
                k += 1
        if word == "among" and c.word(i - 1) in ("were", "was", "are", "is", "also"):
            _counted_among(c, i, found)
            continue
        subject = _effect_of_noun(c.word(i - 1))
        host = _host(found, i)
        if host is None and subject is None:
            continue
        if word == "among" and host is not None and i - host.party.end > 12:
            continue
        party = c.starts.get(k)
        while party is not None and not party.quantity.vague and (
            party.human or (party.human is None and party.numbered)
        ):
            if not any(d.party.quantity.core == party.quantity.core for d in found):
                effect = host.effect if host is not None and subject is None else subject or last_effect
                found.append(Draft(effect, party, party.start, party.end - 1, "part",
                                   0.75 if party.numbered else 0.6, subset=True,
                                   unreal=host.unreal if host else False,
                                   denied=host.denied if host else False))
            else:
                found = [replace(d, subset=True) if d.party.quantity.core == party.quantity.core else d
                         for d in found]
            k = party.end
            while c.word(k) in (",", "and", "plus"):
                k += 1
            party = c.starts.get(k) if k > party.end else None
    for party in c.parties:
        if party.quantity.vague:
            continue
        part = party.part_of
        if part in ("them", "whom") or (
            party.human is None and party.numbered and party.end == party.quantity.end
            and c.word(party.start - 1) == "," and party.start
        ):
            _anaphoric(c, party, found, last_effect)
        elif part and (effect := _effect_of_noun(part)) and c.word(party.end) in ("were", "was", "are"):
            _described(c, party, found, last_effect if part == "victims" else effect)
    return found


def _counted_among(c: Clauses, i: int, found: list[Draft]) -> None:
    """ "three children aged 8, 12 and 13 are among those killed" """
    effect = next((e for w in c.lowers[i + 1 : i + 4] if (e := _effect_of_noun(w))), None)
    party = next((p for p in c.parties if i - 14 <= p.start < i and p.human), None)
    if effect is None or party is None or party.quantity.vague or any(
        d.party.quantity.core == party.quantity.core for d in found
    ):
        return
    found.append(Draft(effect, party, party.start, i + 2, "part", 0.75 if party.numbered else 0.6,
                       subset=True))


def _effect_of_noun(word: str) -> str | None:
    return {"dead": "killed", "victims": "killed", "killed": "killed", "wounded": "injured",
            "injured": "injured", "fatalities": "killed"}.get(word)


def _host(drafts: list[Draft], i: int) -> Draft | None:
    """The figure that a part opened at token ``i`` is part of: the nearest before it."""
    before = [d for d in drafts if d.party.end <= i and not d.subset]
    return max(before, key=lambda d: d.party.end, default=None)


def _anaphoric(c: Clauses, party: Party, found: list[Draft], last_effect: str) -> None:
    """ "9 of them children", "two of them seriously", "three of whom later died" """
    for at, draft in enumerate(found):
        if draft.party.quantity.core == party.quantity.core:
            found[at] = replace(draft, subset=True)
            return
    k = party.end
    if c.word(k) in ("were", "are", "was", "is"):
        k += 1
    severity = _SEVERITY.get(c.word(k))
    host = _host(found, party.start)
    if host is not None and c.word(party.start - 1) == "," and party.start - host.last > 4:
        host = None
    effect = severity or (host.effect if host is not None else None)
    if effect is None or (severity is None and host is None):
        return
    bare = party.part_of is None
    if not party.human and severity is None:
        noun = nouns().get(c.word(k))
        if noun is not None and not bare:
            party = party._replace(group=noun.group, perpetrator=noun.perpetrator)
        elif c.word(k) not in ("by", "with", "in", "from") or (bare and c.word(k) not in ("by", "with")):
            return
    found.append(Draft(effect, party, party.start, max(party.end, k + bool(severity)) - 1, "part", 0.7,
                       subset=True))


def _described(c: Clauses, party: Party, found: list[Draft], effect: str) -> None:
    """ "nine of the dead were children" """
    if any(d.party.quantity.core == party.quantity.core for d in found):
        return
    k = party.end + 1
    other = c.starts.get(k)
    noun = nouns().get(c.word(k))
    if noun is not None:
        party = party._replace(group=noun.group)
    elif other is None and c.word(k) not in ("from", "under", "aged", "in"):
        return
    found.append(Draft(effect, party, party.start, k, "part", 0.7, subset=True))


def _unique(drafts: list[Draft]) -> list[Draft]:
    """One draft for each number and effect; the first rule to find it wins."""
    seen: set[tuple[str, int]] = set()
    unique: list[Draft] = []
    for draft in drafts:
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
        exact, rule, score = True, rule + ", number from before", 0.6
    if draft.qualifier is not None and exact:
        exact, qualifier = False, draft.qualifier
    denied = draft.denied or _denied(c, draft)
    effect: Effect = draft.effect  # type: ignore[assignment]
    value = CasualtyValue(
        effect=effect, min=low, max=high, exact=exact, who=who,
        group=None if who == "perpetrators" else party.group,
        qualifier=qualifier, subset=draft.subset, cumulative=draft.cumulative, additional=draft.more,
    )
    tokens = c.tokens
    first, last = min(draft.first, party.start), max(draft.last, party.end - 1)
    last = min(last, len(tokens) - 1)
    return Finding(
        kind="casualty", value=value,
        span=Span(tokens[first].start, tokens[last].end),
        anchor=Span(tokens[party.start].start, tokens[party.end - 1].end),
        rule=f"casualties: {rule}", score=score, denied=denied, hypothetical=draft.unreal,
    )


def _denied(c: Clauses, draft: Draft) -> bool:
    """Whether a word of denial governs the figure ("denied that 12 were killed")."""
    denials = lexicon().denials
    k = draft.first - 1
    limit = max(-1, draft.first - 14)
    while k > limit:
        w = c.lowers[k]
        if w in ("but", ";", ".", "while", "saying"):
            return False
        if w in denials:
            return True
        k -= 1
    return False
