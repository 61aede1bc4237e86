"""Running totals: "the death toll rose to 12", "bringing the number of injured to 38"."""

from __future__ import annotations

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import Party

_TOLL_LINKS = frozenset(
    "to at of is was reached reaches reaching exceeded exceeds passed above stands stood hit hits"
    " as near topped tops surpassed past by : climbed jumped remains".split()
)
# "The number of people killed in the attack on a bank in the city of X has risen to 34"
_NEAR, _FAR = 15, 32
_GROWTH = frozenset("rose risen rises climbed climbs jumped grown grew increased up".split())
_BEYOND = frozenset("passed exceeded exceeds surpassed topped tops passes past above".split())
TOTALS = frozenset({"toll", "total", "number", "count", "tally", "figure", "numbers"})
_TOTAL_OF = {
    "dead": "killed",
    "deaths": "killed",
    "killed": "killed",
    "fatalities": "killed",
    "death": "killed",
    "victims": "killed",
    "bodies": "killed",
    "corpses": "killed",
    "injured": "injured",
    "wounded": "injured",
    "injuries": "injured",
    "hurt": "injured",
    "missing": "missing",
    "casualties": "casualties",
    "displaced": "displaced",
    "lives": "killed",
    "dying": "killed",
    "abducted": "abducted",
    "kidnapped": "abducted",
    "hospitalized": "injured",
    "hospitalised": "injured",
}
_BRINGS = ("bring", "brought", "tak", "took", "rais", "push", "lift", "revis", "increas", "put")
_BRINGS_REACH = 10  # words from "revised on Monday night" to "to 27 the number"
_MODAL_REACH = 5


def modal_before(c: Clauses, k: int) -> bool:
    """Whether a modal or an "if" shortly before token ``k`` makes its clause unreal."""
    lex = lexicon()
    reach = c.lowers[max(0, k - _MODAL_REACH) : k]
    return any(w in lex.modals and w not in ("must",) for w in reach) or any(
        w in lex.openers for w in c.lowers[max(0, k - 10) : k]
    )


def read_tolls(c: Clauses, taken: set[int]) -> None:
    """Add totals: "the death toll rose to 12", "bringing the number of injured to 38" """
    for i, word in enumerate(c.lowers):
        if word not in TOTALS:
            continue
        _told_before(c, i, taken)
        effect = _counted(c, i)
        if effect is None:
            continue
        party = _toll_figure(c, i)
        if party is None or party.quantity.core in taken:
            continue
        taken.add(party.quantity.core)
        earlier = c.ends.get(party.start - 1)
        if earlier is not None and earlier.start > i and c.word(earlier.start - 1) == "from":
            taken.add(earlier.quantity.core)
            c.drafts.append(
                Draft(
                    effect,
                    earlier,
                    earlier.start - 1,
                    earlier.end - 1,
                    "earlier toll",
                    0.7,
                    cumulative=True,
                )
            )
        own = party.effect or _state_after(c, party)
        if c.word(party.start - 1) in _BEYOND and party.quantity.exact:
            quantity = party.quantity._replace(
                max=None, exact=False, qualifier=c.word(party.start - 1)
            )
            party = party._replace(quantity=quantity)
        c.drafts.append(
            Draft(
                own or effect,
                party,
                min(i, party.start),
                max(i, party.end - 1),
                "toll",
                0.9,
                cumulative=True,
                unreal=modal_before(c, party.start),
            )
        )


def _told_before(c: Clauses, i: int, taken: set[int]) -> None:
    """ "Taking to four the number of people killed" """
    k = i - 1 if c.word(i - 1) in ("the", "its") else i
    if c.word(k - 1) in ("death", "overall", "total"):
        k = k - 2 if c.word(k - 2) == "the" else k - 1
    party = next((p for p in c.parties if p.quantity.end == k), None)  # "to four the number"
    if party is None or not party.numbered or c.word(party.start - 1) != "to":
        return
    if not any(
        w.startswith(_BRINGS) for w in c.lowers[max(0, party.start - _BRINGS_REACH) : party.start]
    ):
        return
    effect = _counted(c, i)
    if effect is None or party.quantity.core in taken:
        return
    taken.add(party.quantity.core)
    c.drafts.append(Draft(effect, party, party.start - 1, i, "toll", 0.85, cumulative=True))


def _state_after(c: Clauses, party: Party) -> str | None:
    for predicate in c.predicates:
        if predicate.start == party.end:
            effect = predicate.words[0].effect
            return None if effect == "hit" else effect
    return None


def _toll_figure(c: Clauses, i: int) -> Party | None:
    """The number a toll word leads to: the last of "from 12 to 15", within its clause."""
    found: Party | None = None
    k = i + 1
    limit = min(len(c.lowers), i + _FAR)
    while k < limit:
        party = c.starts.get(k)
        if (
            party is not None
            and party.numbered
            and party.human is not False
            and not party.quantity.vague
        ):
            link = c.word(party.start - 1)
            if link == "between" and party.quantity.min == party.quantity.max:
                return None
            if link == "from" and "to" in c.lowers[party.end : party.end + 2]:
                k = party.end
                continue
            if k > i + _NEAR and not (link == "to" and c.word(party.start - 2) in _GROWTH):
                break
            if link in _TOLL_LINKS or link in ("the", "a", "official", "of"):
                found = party
            break
        if c.lowers[k] in (";", ".") or (c.lowers[k] == "," and c.word(k + 1) in ("and", "with")):
            break
        k += 1
    if found is None and c.word(i - 1) in ("the", "death"):
        # "bringing to 38 the number of dead"
        at = i - 2 if c.word(i - 1) == "death" else i - 1
        party = c.ends.get(at)
        if party is not None and party.numbered and c.word(party.start - 1) == "to":
            found = party
    return found


_BRINGING = frozenset(
    "bringing brings brought raising raises raised pushing pushes taking takes".split()
)
_PUTTING = frozenset("put puts gave gives giving putting".split())
_EARLIER = frozenset("earlier previous initial preliminary".split())


def _counted(c: Clauses, i: int) -> str | None:
    """What the total at token ``i`` counts; "total" where only the text before tells."""
    word, before = c.lowers[i], c.word(i - 1)
    if c.word(i + 1) == "of":
        for w in c.lowers[i + 2 : i + 7]:
            if w in _TOTAL_OF:
                return _TOTAL_OF[w]
            if w[0].isdigit():
                break
        if word in ("number", "count") and c.word(i + 2) not in ("the", "those"):
            return None  # "the total number of classified emails"
    if word == "toll":
        if before == "casualty":
            return "casualties"
        if before == "injury" or c.word(i + 1) == "on":
            return None
        return "killed"
    if before in ("death", "fatality"):
        return "killed"
    if word not in ("total", "number", "count", "tally", "figure"):
        return None
    if word == "total" and c.word(i + 1) == "number":
        return None  # what the number is of tells
    if before in _EARLIER or c.word(i - 2) in _PUTTING:
        return "total"
    if before == "the" and not _BRINGING.isdisjoint(c.lowers[max(0, i - 3) : i]):
        return "total"
    return None
