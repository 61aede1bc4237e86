"""Figures told as shares of a whole: "of the 26 dead, eight were children".

Also what is said of a share afterwards ("10 of whom had serious injuries", "one of whom
later died"), who a whole consists of ("the wounded, three men and a girl, were"), and the
losses of a group told after the deed ("one family lost eight members").
"""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.harm_sentence import Clauses, Draft
from dateline.reading.people import BE, HAVE, Party, nouns

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
_SENT_HOME = frozenset(
    "discharged released sent identified named home allowed expected arrested detained".split()
)
_WOUNDS = frozenset("injuries wounds burns fractures trauma injury concussions".split())
_GRAVE = frozenset(
    "critical critically serious seriously grave gravely severe severely intensive hospital"
    " surgery hospitalized hospitalised unconscious coma life-threatening fighting stable wounded"
    " injured hurt".split()
)
_BODILY = _GRAVE | _WOUNDS
_LOST = frozenset("lost losing loses lose".split())
_LOST_KIN = frozenset(
    "members relatives children sons daughters brothers sisters soldiers comrades colleagues"
    " policemen officers firefighters students pupils teachers parents siblings friends cousins"
    " fighters troops men women policewomen crewmen crew nephews grandchildren classmates".split()
)
_ASIDES = frozenset({",", "–", "—", "-", "(", ":"})


def add_shares(c: Clauses, drafts: list[Draft], last_effect: str, harmed: bool) -> list[Draft]:
    """The drafts with those of shares; ``harmed``: the text has told of harm before."""
    found = _Found(drafts)
    for i, word in enumerate(c.lowers):
        if word == "of" and c.word(i + 1) in ("the", "those", "these"):
            _of_the_whole(c, i, found, last_effect)
        elif word == "the" and c.word(i + 1) in _STATES:
            _made_up_of(c, i + 1, found, last_effect)
        elif word in _LOST and (harmed or found.drafts):
            _lost(c, i, found)
    for party in c.parties:
        if not party.numbered or party.quantity.vague:
            continue
        if party.part_of in ("them", "whom"):
            _said_of_part(c, party, found, last_effect)
        elif party.part_of in _STATES:
            _said_of_share(c, party, found, last_effect)
    return found.drafts


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
    return any(w in _SENT_HOME for w in c.lowers[k : k + 5])


def _made_up_of(c: Clauses, i: int, found: _Found, last_effect: str) -> None:
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
        k = party.end
        while c.word(k) in (",", "and", "plus"):
            k += 1
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
    if _is_sent_home(c, k):
        return
    if c.word(k) in BE or c.word(k) in HAVE or c.word(k) in ("remain", "remained", "came"):
        pass
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
