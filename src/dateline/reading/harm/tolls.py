"""Running totals: "the death toll rose to 12", "bringing the number of injured to 38"."""

from __future__ import annotations

from dataclasses import replace

from dateline.reading.harm.sentence import Clauses, Draft
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import Party, nouns

_TOLL_LINKS = frozenset(
    "to at of is was been reached reaches reaching exceeded exceeds passed passes above stands"
    " stood hit hits as near nears topped tops surpassed surpasses past by : climbed climbs jumped"
    " remains rises rose mounts soars approaches now".split()
)
# "The number of people killed in the attack on a bank in the city of X has risen to 34"
_NEAR, _FAR = 15, 32
_GROWTH = frozenset("rose risen rises climbed climbs jumped grown grew increased up".split())
_FALL = frozenset(
    "lowered cut reduced fell fallen dropped decreased down downgraded corrected".split()
)
_CHANGED = _GROWTH | _FALL | frozenset("raised revised upped changed updated put".split())
_THEN = frozenset("then later finally now subsequently again eventually".split())
_AT_FIRST = frozenset({"initially", "originally"})
_PUT = frozenset("put given reported set estimated announced thought".split())
_LATELY = frozenset("overnight late early later yesterday today".split())
_OF_REACH = 7  # words from "number" to what it counts: "of suspected attackers killed"
_NEXT_REACH = 12  # words from "raised to 43" to "and on Sunday to 57"
_BEYOND = frozenset("passed exceeded exceeds surpassed topped tops passes past above".split())
_DEATHS = frozenset({"deaths", "fatalities"})
_LEVELS = frozenset(
    "stood stands stand rose rise climbed climb reached reach hit topped passed exceeded".split()
)
TOTALS = _DEATHS | {"toll", "total", "number", "count", "tally", "figure", "numbers"}
_TOTAL_OF = {
    "dead": "killed",
    "deaths": "killed",
    "killed": "killed",
    "fatalities": "killed",
    "death": "killed",
    "victims": "killed",
    "martyrs": "killed",
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
    "died": "killed",
    "perished": "killed",
    "murdered": "killed",
    "slain": "killed",
    "drowned": "killed",
    "abducted": "abducted",
    "kidnapped": "abducted",
    "hospitalized": "injured",
    "hospitalised": "injured",
    "homeless": "displaced",
    "fled": "displaced",
}
_BRINGS = ("bring", "brought", "tak", "took", "rais", "push", "lift", "revis", "increas", "put")
_BRINGS_REACH = 10  # words from "revised on Monday night" to "to 27 the number"
_MODAL_REACH = 5


def modal_before(c: Clauses, k: int) -> bool:
    """Whether a modal or an "if" shortly before token ``k`` makes its clause unreal."""
    lex = lexicon()
    near = range(max(0, k - _MODAL_REACH), min(k, len(c.lowers)))
    return (
        any(
            c.lowers[j] in lex.modals
            and c.lowers[j] != "must"
            and (c.tokens[j].text != "May" or j == 0)  # the month
            for j in near
        )
        or any(w in lex.openers for w in c.lowers[max(0, k - 10) : k])
    )


_COUNT_WORDS = frozenset(
    "counted counts reported reports confirmed confirms recorded documented tallied".split()
)
_OF_WORDS = frozenset("spoke speaks spoken speaking talked talks told later then".split())
_IT = frozenset({"it", "this", "that"})
_MOVES = _CHANGED | frozenset(
    "raising lowering revising putting lower raise revise bringing brought brings".split()
)
COUNTING = _COUNT_WORDS | _MOVES | {"stood"} | frozenset("spoke speaks spoken speaking".split())
"""Words without one of which nobody counts those told before."""
_CLOSES = frozenset(
    ". , ; and but while though although or ) – — because as when after since on by in later"
    " tonight now so".split()
) | {""}


def read_counts(c: Clauses, taken: set[int]) -> None:
    """Add what somebody counts of those told before: "the observatory counted 90".

    The effect is ``again``: that of the figure told last, and nothing where none was.
    """
    for party in c.parties:
        i = party.start
        bare = party.human is None and party.end == party.quantity.end and not party.more
        if not bare or not party.numbered or party.quantity.vague or party.part_of is not None:
            continue
        if party.quantity.core in taken or (not party.quantity.min and not party.quantity.max):
            continue
        after = c.word(party.end)
        if after not in _CLOSES or (
            after in (",", "and", "or") and c.word(party.end + 1).isdigit()
        ):
            continue
        before = c.word(i - 1)
        moved = before in ("to", "at") and c.word(i - 2) in _IT and c.word(i - 3) in _MOVES
        stood = before == "at" and c.word(i - 2) == "stood" and "it" in c.lowers[max(0, i - 5) : i]
        moved = moved or stood
        counted = before in _COUNT_WORDS or (before == "of" and c.word(i - 2) in _OF_WORDS)
        if not (moved or counted) or "number" in c.lowers[max(0, i - 5) : i]:
            continue
        taken.add(party.quantity.core)
        c.drafts.append(
            Draft(
                "again",
                party,
                i - 3 if moved else i - 1,
                party.end - 1,
                "toll",
                0.7,
                cumulative=moved,
                unreal=modal_before(c, i),
            )
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
        if party is None and (was := _raised_from(c, i)) is not None:
            taken.add(was.quantity.core)
            c.drafts.append(earlier_toll(effect, was))
            continue
        if party is None or party.quantity.core in taken:
            continue
        taken.add(party.quantity.core)
        earlier = c.ends.get(party.start - 1)
        if earlier is None or earlier.start <= i:  # "lowered the toll to 12 from 15"
            earlier = c.starts.get(party.end + 1)
        if earlier is not None and earlier.numbered and c.word(earlier.start - 1) == "from":
            taken.add(earlier.quantity.core)
            c.drafts.append(earlier_toll(effect, earlier))
        own = party.effect or _state_after(c, party)
        before = c.word(i - 1) in _EARLIER or _put_at_first(c, i, party.start)
        near = range(max(0, i - 5), i)
        first = next((k for k in near if before and c.lowers[k] in _WITHDRAWN), i)
        corrected = first < i
        if corrected:
            standing = next((d for d in reversed(c.drafts) if d.effect == "killed"), None)
            if standing is not None:
                c.drafts[c.drafts.index(standing)] = replace(standing, cumulative=True)
        counted = c.lowers[i + 1 : min(party.start, i + _OF_REACH)]
        if counted[:1] == ["of"] and any((n := nouns().get(w)) and n.perpetrator for w in counted):
            party = party._replace(perpetrator=True)  # "the number of attackers killed at eight"
        if c.word(party.start - 1) in _BEYOND and party.quantity.exact:
            quantity = party.quantity._replace(
                max=None, exact=False, qualifier=c.word(party.start - 1)
            )
            party = party._replace(quantity=quantity)
        c.drafts.append(
            Draft(
                own or effect,
                party,
                min(first, party.start),
                max(i, party.end - 1),
                "earlier toll" if before else "toll",
                0.9,
                cumulative=not before and not _points_back(c, i),
                unreal=modal_before(c, party.start),
                denied=corrected,
            )
        )
        _next_tolls(c, i, own or effect, party, taken)


def _points_back(c: Clauses, i: int) -> bool:
    """ "Put that number at four": of those told last, who may be a part"""
    return c.word(i - 1) in ("that", "this") and c.word(i + 1) != "of"


def _put_at_first(c: Clauses, i: int, end: int) -> bool:
    """ "The toll, initially put at six", "first given as nine" """
    return any(
        w in _AT_FIRST or (w == "first" and c.word(i + k + 1) in _PUT)
        for k, w in enumerate(c.lowers[i:end])
    )


def _raised_from(c: Clauses, i: int) -> Party | None:
    """ "The toll was raised from 159 overnight": to what is told elsewhere"""
    for k in range(i + 1, min(i + _NEAR, len(c.lowers))):
        if c.lowers[k] in (";", ".", ","):
            break
        party = c.starts.get(k + 1) if c.lowers[k] == "from" else None
        if party is not None and party.numbered and c.word(k - 1) in _CHANGED:
            return None if party.human is False or party.quantity.vague else party
    return None


def earlier_toll(effect: str, party: Party) -> Draft:
    """A count that the one beside it replaces ("to 43 from 36", "up from 36")."""
    return Draft(effect, party, party.start - 1, party.end - 1, "earlier toll", 0.7)


def _next_tolls(c: Clauses, i: int, effect: str, party: Party, taken: set[int]) -> None:
    """ "The initial toll was 19; it was raised to 43 and then to 57", "at nine, X at 15" """
    at_first = c.word(i - 1) in _EARLIER or _put_at_first(c, i, party.start)
    first = len(c.drafts) - 1
    before = party
    for following in c.parties:
        if following.start < before.end:
            continue
        if following.start - before.end > _NEXT_REACH:
            break
        link, between = c.word(following.start - 1), c.lowers[before.end : following.start]
        k = following.quantity.end
        bare = following.human is None and (following.end == k or c.word(k) in _LATELY)
        if not following.numbered or following.quantity.vague or following.human is False:
            continue
        moved = link in ("to", "at") and not (_CHANGED | _THEN).isdisjoint(between)
        moved = moved or (link == "then" and c.word(following.start - 2) in (",", "and"))
        other = link == "at" and not {"while", "and", "but", ","}.isdisjoint(between)
        closes = c.word(k) in _LATELY or c.word(k) in (
            "",
            ".",
            ",",
            ";",
            "on",
            "by",
            "and",
            '"',
            "”",
        )
        if not (bare and closes and (moved or other)) or following.quantity.core in taken:
            break
        taken.add(following.quantity.core)
        if other:  # "the number of dead at ten and of the wounded at 50"
            effect = next((_TOTAL_OF[w] for w in between if w in _TOTAL_OF), effect)
        rises = (following.quantity.min or 0) >= (before.quantity.min or 0)
        c.drafts.append(
            Draft(
                effect,
                following,
                following.start - 1,
                following.end - 1,
                "toll",
                0.8,
                cumulative=not (at_first and rises) and not other,
                unreal=modal_before(c, following.start),
            )
        )
        if at_first:  # what was counted at first stands no more
            c.drafts[first] = replace(c.drafts[first], cumulative=False)
        before = following


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
            if link in ("from", "by") and "to" in c.lowers[party.end : party.end + 2]:
                k = party.end
                continue
            if k > i + _NEAR and not (
                link == "to" and (c.word(party.start - 2) in _CHANGED or _from_to(c, i, party))
            ):
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


def _from_to(c: Clauses, i: int, party: Party) -> bool:
    """Whether a toll is told to have changed from one number to this one."""
    earlier = c.ends.get(party.start - 1)
    return (
        earlier is not None
        and c.word(earlier.start - 1) == "from"
        and not _CHANGED.isdisjoint(c.lowers[i : earlier.start])
    )


_WITHDRAWN = frozenset(
    "correcting corrected corrects withdrawing withdrew retracting retracted revising replacing"
    " contradicting".split()
)
_BRINGING = frozenset(
    "bringing brings brought raising raises raised pushing pushes taking takes".split()
)
_PUTTING = frozenset("put puts gave gives given giving putting".split())
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
    if word in _DEATHS:  # "deaths stood at 38"
        return "killed" if c.word(i + 1) in _LEVELS else None
    if before in ("death", "fatality"):
        return "killed"
    if word not in ("total", "number", "count", "tally", "figure"):
        return None
    if word in ("number", "numbers", "count") and c.word(i + 1) in _TOTAL_OF:
        return _TOTAL_OF[c.word(i + 1)]  # "the number killed has reached 305"
    if word == "total" and c.word(i + 1) == "number":
        return None  # what the number is of tells
    if before in _EARLIER or c.word(i - 2) in _PUTTING:
        return "total"
    if before == "that" and not _CHANGED.isdisjoint(c.lowers[i + 1 : i + 5]):
        return "again"  # "seven were killed; that number later rose to nine"
    if before == "the" and not _BRINGING.isdisjoint(c.lowers[max(0, i - 3) : i]):
        return "total"
    return None
