"""Figures told as shares of a whole: "of the 26 dead, eight were children".

Also what is said of a share afterwards ("10 of whom had serious injuries", "one of whom
later died"), who a whole consists of ("the wounded, three men and a girl, were"), and the
losses of a group told after the deed ("one family lost eight members").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.reading.harm.sentence import Clauses, Draft, next_member, next_of_list
from dateline.reading.people import BE, HAVE, Party, demonyms, nouns

_STATES = {
    "dead": "killed",
    "killed": "killed",
    "victims": "killed",
    "deceased": "killed",
    "fatalities": "killed",
    "wounded": "injured",
    "injured": "injured",
    "hurt": "injured",
    "hospitalized": "injured",
    "hospitalised": "injured",
    "missing": "missing",
    "hostages": "abducted",
    "captives": "abducted",
}
_WHOLE_REACH = 12  # words from "of the wounded" to the comma before the share
_MOVED = frozenset(
    "flown flew took taken taking moved airlifted transferred evacuated sent treated treating"
    " admitted operated visited".split()
)
_SENT_HOME = frozenset(
    "discharged released sent identified named home allowed expected arrested detained"
    " counted".split()
)
_WOUNDS = frozenset("injuries wounds burns fractures trauma injury concussions".split())
_GRAVE = frozenset(
    "critical critically serious seriously grave gravely severe severely intensive hospital"
    " surgery hospitalized hospitalised unconscious coma life-threatening fighting stable wounded"
    " injured hurt".split()
)
_BODILY = _GRAVE | _WOUNDS
_TELLING = frozenset("remain remained came belonged lived worked hailed attended studied".split())
_LOST = frozenset("lost losing loses lose".split())
_LOST_KIN = frozenset(
    "members relatives children sons daughters brothers sisters soldiers comrades colleagues"
    " policemen officers firefighters students pupils teachers parents siblings friends cousins"
    " players employees workers fighters troops men women policewomen crewmen crew nephews"
    " grandchildren classmates people pilgrims tourists nationals citizens villagers residents"
    " passengers guests worshippers".split()
)
_EVENT_REACH = 7  # words of "in the crash" between a share and its verb
_AGES = frozenset("under over below aged younger older".split())
_ASIDE_REACH = 26  # words that an aside listing the parts may have
_OTHERS = frozenset({"and", ",", ";", "other"})
_COLON_REACH = 6
_COMPRISE = frozenset("comprised comprise comprises included include".split())
_ASIDES = frozenset({",", "–", "—", "-", "(", ":"})


def add_shares(
    c: Clauses,
    drafts: list[Draft],
    last_effect: str,
    told: Mapping[str, set[int]],
    before: Clauses | None,
) -> list[Draft]:
    """The drafts with those of shares.

    ``told`` has the figures told before, by effect; ``before`` is the sentence before.
    """
    found = _Found(drafts)
    for i, word in enumerate(c.lowers):
        if word == "of" and c.word(i + 1) in ("the", "those", "these"):
            _of_the_whole(c, i, found, last_effect)
        elif word == "the" and c.word(i + 1) in _STATES:
            _made_up_of(c, i + 1, found, last_effect, told)
        elif word in _LOST and (told or found.drafts):
            _lost(c, i, found)
    for party in c.parties:
        if not party.numbered or party.quantity.vague:
            continue
        if party.part_of in ("them", "whom"):
            _said_of_part(c, party, found, last_effect)
        elif party.part_of in _STATES:
            _said_of_share(c, party, found, last_effect)
    if c.word(0) in ("they", "these") and c.word(1) in _COMPRISE and before is not None:
        _they_include(c, found, before)
    _and_others(c, found)
    _wholes(c, found)
    _counted_again(c, found, last_effect, told)
    _apposed(c, found)
    _add_up(c, found, told)
    _points_back(c, found)
    return found.drafts


def _points_back(c: Clauses, found: _Found) -> None:
    """ "One of the dead was French; later that number was put at four": four of the dead"""
    for at, draft in enumerate(found.drafts):
        if draft.rule != "toll" or c.word(draft.first - 1) not in ("that", "this"):
            continue
        before = [d for d in found.drafts if d.last < draft.first and d.effect == draft.effect]
        if before and max(before, key=lambda d: d.last).subset:
            found.drafts[at] = replace(draft, subset=True, cumulative=False)


def _they_include(c: Clauses, found: _Found, before: Clauses) -> None:
    """ "The names of the dead were read out. They include eight children." """
    effect = next((_STATES[w] for w in reversed(before.lowers) if w in _STATES), None)
    party = c.starts.get(2)
    while effect is not None and party is not None and party.human and not party.quantity.vague:
        if party.numbered:
            found.share(effect, party, party.end - 1)
        party = next_member(c, party)


def _apposed(c: Clauses, found: _Found) -> None:
    """ "Ten people, eight students and two teachers, were killed": where the sum is right."""
    for host in list(found.drafts):
        total = host.party.quantity.min
        if not host.party.numbered or host.effect == "released" or not total:
            continue
        k = host.party.end
        if c.word(k) not in _ASIDES:
            k = max(k, host.last + 1)  # "Sixteen people died: five officers and 11 protesters"
        if c.word(k) not in _ASIDES and c.word(k) not in _COMPRISE:
            ahead = c.lowers[k : k + _COLON_REACH]  # "Ten bodies have washed up: eight …"
            if ":" not in ahead:
                continue
            k += ahead.index(":")
        closer = next(
            (j for j in range(k + 3, min(k + _ASIDE_REACH, len(c.lowers))) if _closes(c, k, j)),
            None,
        )
        if closer is None:
            continue
        members = [p for p in c.parties if k < p.start and p.end <= closer and _is_exact(p)]
        if len(members) > 1 and sum(p.quantity.min or 0 for p in members) == total:
            for party in members:
                found.share(host.effect, party, party.end - 1)


def _closes(c: Clauses, k: int, j: int) -> bool:
    """Whether the aside that opens at token ``k`` closes at ``j``."""
    mark, word = c.lowers[k], c.lowers[j]
    if mark in ("–", "—", "-"):
        return word == mark or word == "."
    if mark == "(":
        return word == ")"
    return word in (".", ";") or (
        word == "," and c.word(j + 1) not in ("and", "plus") and (c.starts.get(j + 1) is None)
    )


def _is_exact(party: Party) -> bool:
    quantity = party.quantity
    return party.numbered and party.human is not False and quantity.min == quantity.max


def _add_up(c: Clauses, found: _Found, told: Mapping[str, set[int]]) -> None:
    """ "The dead, all adults, were eight men and two women": of ten told before."""
    if _STATES.keys().isdisjoint(c.lowers) and c.word(0) not in ("they", "these"):
        return
    run: list[Party] = []
    for party in [*c.parties, None]:
        joined = run and party is not None and party.start - run[-1].end <= 2
        one = party is not None and not party.plural and not party.definite  # "a Belgian"
        exact = party is not None and party.human and (_is_exact(party) or one)
        exact = exact and party is not None and party.quantity.max != 0
        exact = exact and party is not None and party.part_of not in ("injured", "wounded", "hurt")
        if party is not None and exact and (not run or joined):
            run.append(party)
            continue
        total = sum(p.quantity.min or 0 for p in run)
        effect = next((e for e in ("killed", "injured") if total in told.get(e, ())), None)
        if len(run) > 1 and run[0].numbered and effect is not None:
            for member in run:
                if member.numbered:
                    found.share(effect, member, member.end - 1, "sum")
        run = []


def _and_others(c: Clauses, found: _Found) -> None:
    """ "Twelve of the dead were women and six were under 18" """
    shares = [d for d in found.drafts if d.subset and d.party.part_of in _STATES]
    for party in c.parties:
        bare = party.human is None and party.numbered and party.end == party.quantity.end
        if not bare or c.word(party.start - 1) not in _OTHERS or party.quantity.vague:
            continue
        k = party.end + 1
        if c.word(party.end) not in ("were", "was", "are"):
            continue
        people = c.word(k) in nouns() or (c.word(k)[-1:] == "s" and c.tokens[k].text[:1].isupper())
        if c.word(k) not in _AGES and not people:
            continue
        host = next((d for d in shares if d.last < party.start <= d.last + _WHOLE_REACH), None)
        if host is not None:
            noun = nouns().get(c.word(k))
            age = k + (c.word(k) in _AGES and c.word(k + 1).isdigit())
            found.share(host.effect, party._replace(group=noun.group if noun else None), age)


def _wholes(c: Clauses, found: _Found) -> None:
    """ "49 of the 53 wounded": how many the wounded are in all"""
    for quantity in c.quantities:
        i, k = quantity.start, quantity.end
        state = _STATES.get(c.word(k)) if c.word(k) not in ("victims", "hostages") else None
        if state is None or c.lowers[i - 2 : i] != ["of", "the"] or i < 3:
            continue
        if quantity.vague or not quantity.min or not any(q.end == i - 2 for q in c.quantities):
            continue
        party = Party(i, k + 1, quantity, True, None, False)
        if found.index(party) is None:
            found.drafts.append(Draft(state, party, i, k, "whole", 0.75))


_ORIGIN_REACH = 4  # words of "were from the north of Kosovo" up to the comma


def _counted_again(
    c: Clauses, found: _Found, last_effect: str, told: Mapping[str, set[int]]
) -> None:
    """ "Nine were children, and four were members of a family": of the dead told before"""
    whole = max(told.get(last_effect, ()), default=0)
    k = 0
    while (party := c.starts.get(k)) is not None:
        bare = party.human is None and party.numbered and party.end == party.quantity.end
        were = c.word(party.end) in ("were", "was")
        noun = nouns().get(c.word(party.end + 1)) if were else None
        origin = c.word(party.end + were) == "from" and (were or k > 0)  # "and five from Guinea"
        origin = origin or (were and c.word(party.end + 1) in demonyms())
        if not bare or not (noun or origin) or not 0 < (party.quantity.min or 0) < whole:
            return
        found.share(last_effect, party._replace(group=noun.group if noun else None), party.end + 1)
        k = party.end + 2 + (origin and were)
        k = next((j for j in range(k, k + _ORIGIN_REACH) if c.word(j) in (",", "and")), k)
        while c.word(k) in (",", "and"):
            k += 1


class _Found:
    """Drafts, one a number."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.drafts = list(drafts)

    def index(self, party: Party) -> int | None:
        core = party.quantity.core
        return next((i for i, d in enumerate(self.drafts) if d.party.quantity.core == core), None)

    def share(self, effect: str, party: Party, last: int, rule: str = "share") -> None:
        """Add a share, or mark the figure that is there already as one."""
        at = self.index(party)
        if at is not None:
            self.drafts[at] = replace(self.drafts[at], subset=True)
            return
        self.drafts.append(
            Draft(effect, party, party.start, max(last, party.end - 1), rule, 0.75, subset=True)
        )


def _of_the_whole(c: Clauses, i: int, found: _Found, last_effect: str) -> None:
    """ "Of the 26 dead, eight were children and two", "of those injured, 12 are in" """
    if c.ends.get(i) is not None or (i and c.word(i - 1) not in (".", ",", ";", "and", '"', "“")):
        return
    effect, k = None, i + 2
    limit = min(len(c.lowers), i + _WHOLE_REACH)
    while k < limit and c.lowers[k] != ",":
        if effect is None:
            effect = _STATES.get(c.lowers[k])
        k += 1
    if effect is None or c.word(k) != ",":
        return
    party = c.starts.get(k + 1)
    if party is None or not party.numbered or party.quantity.vague or party.human is False:
        return
    if effect == "killed" and "victims" in c.lowers[i:k] and last_effect == "injured":
        effect = "injured"
    if _is_sent_home(c, party.end):
        return
    found.share(effect, party, party.end)
    k = party.end
    # "eight were children and three women", "12 were in surgery and 20 in intensive care"
    for other in c.parties:
        joined = other.start > k and c.word(other.start - 1) in ("and", ",")
        if (
            joined
            and other.numbered
            and other.start - k < _WHOLE_REACH
            and not other.quantity.vague
        ):
            if other.human is False or _is_sent_home(c, other.end):
                continue
            after = c.word(other.end)
            if other.human or after in BE or after in ("in", "from", "under", "critically"):
                found.share(effect, other, other.end)


def _is_sent_home(c: Clauses, k: int) -> bool:
    return any(
        w in _SENT_HOME and not (w == "identified" and c.word(k + j + 1) == "as")
        for j, w in enumerate(c.lowers[k : k + 5])
    )


def _made_up_of(
    c: Clauses, i: int, found: _Found, last_effect: str, told: Mapping[str, set[int]]
) -> None:
    """ "The wounded, three men and a 15-year-old girl, were taken", "the dead: two women" """
    if c.word(i + 1) not in _ASIDES and c.word(i + 1) not in ("include", "included", "were"):
        return
    if i > 1 and c.word(i - 2) not in (".", ",", ";", '"', "“", "and", "said"):
        return
    effect = _STATES[c.lowers[i]]
    if c.lowers[i] == "victims":
        effect = last_effect
    k, members = i + 2, []
    while (party := c.starts.get(k)) is not None and party.human and not party.quantity.vague:
        members.append(party)
        k = next_of_list(c, party.end)
    if c.lowers[i] == "victims":  # "the victims, ten women and nine men": of the 19 dead
        sum_of = sum(p.quantity.min or 0 for p in members)
        effect = next((e for e in ("killed", "injured") if sum_of in told.get(e, ())), effect)
    for party in members:
        if party.numbered:
            found.share(effect, party, party.end - 1)


def _said_of_part(c: Clauses, party: Party, found: _Found, last_effect: str) -> None:
    """ "10 of whom had serious injuries", "one of whom later died", "40 of them are critical" """
    if found.index(party) is not None:
        return
    k = party.end
    while c.word(k) in ("later", "also", "still", "now", "subsequently", "have", "has", "since"):
        k += 1
    k += c.word(k) == "had" and c.word(k + 1) in ("died", "perished", "succumbed")
    word, window = c.word(k), c.lowers[k : k + 7]
    for stop in (",", ";", ".", "and", "while"):
        if stop in window[1:]:
            window = window[: window.index(stop, 1)]
    effect = None
    if word in ("died", "perished", "succumbed", "dead"):
        effect = "killed"
    elif word in ("had", "with", "suffered", "sustained", "having") and _WOUNDS & set(window):
        effect = "injured"
    elif word in BE or word in ("remain", "remained", "remains", "in", "critically", "seriously"):
        if "missing" in window:
            effect = "missing"
        elif word in BE and c.word(k + 1) in _AGES:  # "22 of whom were under 14"
            host = [d for d in found.drafts if d.party.end <= party.start and not d.subset]
            effect = host[-1].effect if host else None
        elif "not" not in window and _GRAVE & set(window):
            effect = "injured"
    if effect is None or (effect == "injured" and "non" in window):
        return
    found.share(effect, party, min(k + 1, len(c.lowers) - 1))


def _said_of_share(c: Clauses, party: Party, found: _Found, last_effect: str) -> None:
    """ "Fourteen of the injured also had gunshot wounds", "nine of the dead came from" """
    if found.index(party) is not None or party.part_of is None:
        return
    k = party.end
    while c.word(k) in ("also", "still", "now", "later", "people") or c.word(k).endswith("ly"):
        k += 1
    if c.word(k) == "," and c.word(k + 1) in (
        "including",
        "among",
    ):  # "…, including a boy of four,"
        k = next((j + 1 for j in range(k + 2, k + 10) if c.word(j) == ","), k)
    if c.word(k) in ("in", "by", "at", "during"):  # "seven of the 14 killed in the crash were"
        k = next((j for j in range(k + 1, k + _EVENT_REACH) if c.word(j) in BE), k)
    if _is_sent_home(c, k):
        return
    if c.word(party.start - 1) in _MOVED and _STATES[party.part_of] == "injured":
        found.share("injured", party, party.end - 1)  # "flew 11 of the injured to the capital"
        return
    if c.word(k) in BE or c.word(k) in HAVE or c.word(k) in _TELLING:
        pass
    elif party.part_of in ("dead", "killed", "deceased") and c.word(k).endswith("ed"):
        pass  # "three of the dead worked for the city"
    elif not (c.word(k) in ("suffered", "sustained") or _BODILY & set(c.lowers[k : k + 3])):
        return
    effect = _STATES[party.part_of]
    if party.part_of == "victims":
        effect = last_effect
    if effect == "injured" and "died" in c.lowers[k : k + 3]:
        effect = "killed"
    found.share(effect, party, k)


def _lost(c: Clauses, i: int, found: _Found) -> None:
    """ "One family lost eight members" """
    party = c.starts.get(i + 1)
    if party is None or not party.numbered or party.quantity.vague or party.human is False:
        return
    noun = c.word(party.end - 1)
    if noun not in _LOST_KIN and not (noun in nouns() and nouns()[noun].group == "soldiers"):
        return
    if c.word(party.end) == "to" or found.index(party) is not None:
        return
    found.drafts.append(Draft("killed", party, i, party.end - 1, "lost", 0.7, subset=True))
