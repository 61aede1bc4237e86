"""Figures told by nouns: tolls, deaths, bodies, lives, hostages, bare casualties."""

from __future__ import annotations

from dateline.reading.harm.listed import read_listed
from dateline.reading.harm.sentence import ADVERBS, Clauses, Draft
from dateline.reading.harm.tolls import TOTALS, modal_before, read_counts, read_tolls
from dateline.reading.harm.verbs import lexicon
from dateline.reading.numbers import Quantity
from dateline.reading.people import Party

_LIVES_TAKEN = frozenset(
    "claimed claim claims claiming cost costing costs took taking taken take takes".split()
)
_TAKE = frozenset(
    "take took taking takes taken held hold holding holds seized seize seizes seizing keeping kept"
    " held".split()
)
_TOOK = frozenset("take took taking takes taken".split())
_CAPTIVE = {
    "hostage": "abducted",
    "hostages": "abducted",
    "captive": "abducted",
    "prisoner": "captured",
    "prisoners": "captured",
}
_TRANSPORT = frozenset(
    "took taking taken sent sending transported transporting rushed airlifted brought".split()
)
_THERE = frozenset("were are was is been be".split())
_INFLICT = frozenset(
    "caused causing causes cause suffered suffering suffer inflicted inflicting inflict"
    " reported confirmed produced left leaving sustained".split()
)
_AVOID = frozenset(
    "avoid prevent minimise minimize reduce limit risk avoiding preventing minimizing minimising"
    " reducing limiting potential possible further fewer more future zero low high lower expected"
    " regarding about of without any if no for to could would".split()
)
_TIMES = frozenset(
    "last week month year on in this yesterday today monday tuesday wednesday thursday friday"
    " saturday sunday january february march april may june july august september october november"
    " december night morning earlier early late".split()
)
_LAIN = frozenset("under beneath underneath over behind beside between among".split())
_DOUBTFUL_ACTS = frozenset({"shooting", "shootings", "stabbing", "stabbings", "beating"})
_DEADLY = frozenset({"fatal", "deadly"})
_REPORTS = frozenset({"reports", "report", "indication", "indications"})


def read_nouns(c: Clauses) -> None:
    """Add the drafts that nouns give to those of the clauses."""
    taken = {d.party.quantity.core for d in c.drafts}
    words = set(c.lowers)
    if words & TOTALS:
        read_tolls(c, taken)
    _counted_nouns(c, taken)
    if words & lexicon().acts.keys():
        _acts(c, taken)
    _lives(c, taken)
    read_listed(c, taken)
    _to_death(c, taken)
    _captives(c, taken)
    read_counts(c, taken)
    _suicides(c)
    if "casualties" in words or "injuries" in words or "fatalities" in words or "deaths" in words:
        _bare(c)


def _counted_nouns(c: Clauses, taken: set[int]) -> None:
    """ "12 deaths", "three bodies", "no casualties", "12 wounded soldiers" """
    for party in c.parties:
        if (
            party.effect is None
            or party.part_of in ("them", "whom")
            or party.quantity.core in taken
        ):
            continue
        if (
            party.effect == "killed"
            and c.word(party.start - 2) not in _THERE
            and not _LAIN.isdisjoint(c.lowers[max(0, party.start - 1) : party.quantity.core])
            and c.word(party.end - 1) in ("bodies", "corpses")
        ):
            continue  # "he lay under two bodies"
        k = party.end
        zero = party.quantity.max == 0
        if (
            party.effect == "killed"
            and c.word(k - 1) in ("death",)
            and c.word(k) in ("threats", "threat", "row", "sentences", "penalty", "certificates")
        ):
            continue
        taken.add(party.quantity.core)
        unreal = modal_before(c, party.start) and not zero
        c.drafts.append(
            Draft(
                party.effect,
                party,
                party.start,
                k - 1,
                "counted noun",
                0.85,
                unreal=unreal,
                more=party.more,
                subset=party.part_of is not None,
            )
        )
        while c.word(k) in ("or", "and", ",") and zero:
            effect = lexicon().nouns.get(c.word(k + 1))
            j = k + 1
            if effect is None:
                j, effect = k + 2, lexicon().nouns.get(c.word(k + 2))
            if effect is None:
                break
            c.drafts.append(Draft(effect, party, party.start, j, "counted noun", 0.85))
            k = j + 1
    for i, word in enumerate(c.lowers):  # "no reports of casualties", "without causing injuries"
        effect = lexicon().nouns.get(word)
        if effect not in ("killed", "injured", "casualties") or word in (
            "dead",
            "killings",
            "murders",
        ):
            continue
        before = c.lowers[max(0, i - 7) : i]
        if before[-3:] == ["not", "a", "single"] or (
            before[-2:] == ["a", "single"] and "not" in before
        ):
            zero_quantity = Quantity(i - 2, i - 2, i + 1, 0, 0, True, None)
            party = Party(i - 2, i + 1, zero_quantity, True, None, False)
            c.drafts.append(Draft(effect, party, i - 2, i, "counted noun", 0.8))
            continue
        none = ("without" in before and i - 3 <= _last(before, "without") + max(0, i - 7)) or (
            "no" in before and any(w in _REPORTS for w in before)
        )
        k = i - 2 if c.word(i - 1) in ("or", "and", "nor") else -1
        while k > max(0, i - 5) and c.lowers[k] not in ("no", ",", ".", ";"):
            k -= 1
        if c.word(k) == "no" and i - k > 2 and k not in taken:
            taken.add(k)  # "no damage or casualties"
            zero_quantity = Quantity(k, k, i + 1, 0, 0, True, None)
            party = Party(k, i + 1, zero_quantity, True, None, False)
            c.drafts.append(Draft(effect, party, k, i, "counted noun", 0.8))
            continue
        if none and not any(w in before for w in ("but", ",", ";", "word", "said")):
            at = max(0, i - 7) + _last(before, "without" if "without" in before else "no")
            zero_quantity = Quantity(at, at, i + 1, 0, 0, False, " ".join(c.lowers[at:i]))
            party = Party(at, i + 1, zero_quantity, True, None, False)
            c.drafts.append(Draft(effect, party, at, i, "none reported", 0.6))


def _last(words: list[str], word: str) -> int:
    return max((k for k, w in enumerate(words) if w == word), default=-1)


def _acts(c: Clauses, taken: set[int]) -> None:
    """ "the killing of 12 people", "the bodies of 12 men" """
    acts = lexicon().acts
    for i, word in enumerate(c.lowers):
        of = _past_time(c, i + 1)
        if word not in acts or c.word(of) != "of":
            continue
        if word in _DOUBTFUL_ACTS and not _DEADLY & set(c.lowers[max(0, i - 3) : i]):
            continue  # "the shooting of a film"
        if word == "life" and not (c.word(i - 1) == "the" and c.word(i - 2) in _LIVES_TAKEN):
            continue
        if c.word(i - 1) in (
            "attempted",
            "fear",
            "risk",
            "threat",
            "danger",
            "against",
            "anniversary",
        ):
            continue
        k = of + 1
        if c.word(k) == "the" and c.starts.get(k) is None:
            k += 1
        if c.word(k).isdigit() and c.word(k + 2) == "year-old" and c.starts.get(k) is None:
            k += 3
        party = c.starts.get(k)
        if party is None or party.human is False or party.quantity.vague:
            continue
        if party.human is None and not party.numbered:
            continue
        if acts[word] in ("released", "captured") and not (
            party.group in ("hostages", "prisoners", "children", "women", "soldiers") or party.name
        ):
            continue
        if not party.numbered and (
            word in ("loss", "lives", "release", "capture", "remains") or _natural(c, party.end)
        ):
            continue
        members = [party]
        while (
            c.word(members[-1].end) in ("and", ",")
            and ((following := c.starts.get(members[-1].end + 1)) is not None)
            and following.human
            and following.numbered
        ):
            members.append(following)
        for at, member in enumerate(members):
            taken.add(member.quantity.core)
            c.drafts.append(
                Draft(
                    acts[word],
                    member,
                    i,
                    member.end - 1,
                    "act",
                    0.8 if member.numbered else 0.6,
                    more=at > 0,
                    unreal=modal_before(c, i),
                )
            )


def _past_time(c: Clauses, k: int) -> int:
    """The token at or after ``k`` behind a time ("the murder last week of four men")."""
    if c.word(k) not in _TIMES:
        return k
    j = k
    while j < k + 4 and (c.word(j) in _TIMES or c.word(j).isdigit()):
        j += 1
    return j


def _natural(c: Clauses, k: int) -> bool:
    return any(w in lexicon().natural for w in c.lowers[k : k + 6])


def _lives(c: Clauses, taken: set[int]) -> None:
    for party in c.parties:
        if not party.human or not party.numbered or party.quantity.core in taken:
            continue
        last = c.word(party.end - 1)
        before, after = c.word(party.start - 1), c.word(party.end)
        if (
            (last in ("lives", "life") or (last == "victims" and before.startswith("claim")))
            and (
                before in _LIVES_TAKEN
                or after == "lost"
                or (
                    after in ("were", "have", "are")
                    and "lost" in c.lowers[party.end : party.end + 4]
                )
            )
        ) or (
            before in _LIVES_TAKEN
            and c.lowers[party.end : party.end + 2]
            in (["their", "lives"], ["his", "life"], ["her", "life"])
        ):
            pass
        else:
            continue
        taken.add(party.quantity.core)
        c.drafts.append(
            Draft(
                "killed",
                party,
                max(0, party.start - 1),
                party.end - 1,
                "lives",
                0.9,
                unreal=modal_before(c, party.start),
            )
        )


def _to_death(c: Clauses, taken: set[int]) -> None:
    """ "hacked three people to death", with whatever verb"""
    for party in c.parties:
        if (
            c.lowers[party.end : party.end + 2] == ["to", "death"]
            and (party.human or party.part_of)
            and (party.quantity.core not in taken and party.start)
        ):
            taken.add(party.quantity.core)
            c.drafts.append(
                Draft(
                    "killed",
                    party,
                    party.start - 1,
                    party.end + 1,
                    "to death",
                    0.85,
                    unreal=modal_before(c, party.start),
                )
            )


def _captives(c: Clauses, taken: set[int]) -> None:
    """ "took 12 people hostage", "holding three hostages", "took 12 people to hospital" """
    for party in c.parties:
        if party.quantity.core in taken or party.human is False or party.quantity.vague:
            continue
        before, after = c.word(party.start - 1), c.word(party.end)
        effect: str | None = None
        if before in _TAKE and after in _CAPTIVE:
            effect = _CAPTIVE[after]
        elif before in _TOOK and c.word(party.end - 1) in ("prisoners", "captives"):
            effect = "captured"
        elif (before in _TAKE and party.group == "hostages" and party.numbered) or (
            party.group == "hostages"
            and party.numbered
            and after in ("were", "are", "was")
            and (c.word(party.end + 1) in ("held", "taken", "being", "seized"))
        ):
            effect = "abducted"
        elif party.group == "hostages" and party.numbered and _got_away(c, party.end):
            effect = "released"
        elif c.word(party.end - 1) == "hostages" and party.quantity.max != 0 and party.numbered:
            taken.add(party.quantity.core)  # "the first alert spoke of about 50 hostages"
            unreal = modal_before(c, party.start)
            last = party.end - 1
            c.drafts.append(
                Draft("abducted", party, party.start, last, "taken", 0.7, unreal=unreal)
            )
        elif (
            before in _TRANSPORT
            and party.numbered
            and any(w in ("hospital", "hospitals") for w in c.lowers[party.end : party.end + 6])
        ):
            effect = "injured"
        if effect:
            taken.add(party.quantity.core)
            c.drafts.append(
                Draft(
                    effect,
                    party,
                    max(0, party.start - 1),
                    party.end,
                    "taken",
                    0.85,
                    unreal=modal_before(c, party.start),
                )
            )


_AWAY = frozenset("escaped escape fled flee".split())
_MANAGED = frozenset("managed to were was able had have has later also had".split())


def _got_away(c: Clauses, k: int) -> bool:
    """ "12 hostages escaped", "three of the hostages managed to flee" """
    while c.word(k) in _MANAGED or c.word(k) in ADVERBS:
        k += 1
    got = c.word(k) in ("got", "get", "broke", "ran") and c.word(k + 1) in ("away", "free")
    return got or c.word(k) in _AWAY


def _suicides(c: Clauses) -> None:
    """ "blew himself up", "turned the gun on himself", "took his own life" """
    for i, word in enumerate(c.lowers):
        end = 0
        if word in ("himself", "herself", "themselves") and (
            (
                c.word(i - 1) in ("blew", "blowing", "blow", "blown")
                and "up" in c.lowers[i + 1 : i + 3]
            )
            or (
                c.word(i - 1) == "on"
                and any(w in ("turned", "turning") for w in c.lowers[max(0, i - 6) : i])
                and any(
                    w in ("gun", "weapon", "rifle", "pistol", "guns", "handgun")
                    for w in c.lowers[max(0, i - 5) : i]
                )
            )
        ):
            start, end = max(0, i - 1), min(i + 2, len(c.lowers))
        elif (
            word == "own"
            and c.word(i + 1) in ("life", "lives")
            and c.word(i - 2) in ("took", "taking", "taken")
        ):
            start, end = i - 2, i + 2
        if end and not modal_before(c, start):
            number = None if word == "themselves" or c.word(i + 1) == "lives" else 1
            party = (number is None and _themselves(c, start)) or Party.by_pronoun(i, number)
            c.drafts.append(Draft("killed", party, start, end - 1, "own hand", 0.8, own_hand=True))


_OPENED = frozenset("opened shot fired attacked stormed killed went rampaged stabbed".split())


def _themselves(c: Clauses, k: int) -> Party | None:
    """Who "blew themselves up", which starts at token ``k``: "two brothers", "the three men" """
    before = [p for p in c.parties if p.end <= k and p.numbered and (p.quantity.min or 0) > 1]
    doers = [p for p in before if p.perpetrator and p.part_of is None]
    while c.word(k - 1) in ADVERBS:
        k -= 1
    near = [p for p in before if p.end == k and p.human is not False]
    if not doers and not near and c.word(k - 1) in ("before", "then", "and"):
        # "two teenagers opened fire before taking their own lives"
        near = [p for p in before if p.human and any(w in _OPENED for w in c.lowers[p.end : k])]
    return next(iter([*doers[-1:], *near[-1:]]), None)


def _bare(c: Clauses) -> None:
    """ "there are casualties", "resulting in casualties": harm without a number."""
    for i, word in enumerate(c.lowers):
        effect = {
            "casualties": "casualties",
            "fatalities": "killed",
            "injuries": "injured",
            "deaths": "killed",
        }.get(word)
        if effect is None or i in {p.end - 1 for p in c.parties} or c.word(i + 1) == "of":
            continue
        if (
            word != "casualties"
            and word != "fatalities"
            and c.lowers[max(0, i - 2) : i] not in (["there", "were"], ["there", "are"])
        ):
            continue
        k = i
        while c.word(k - 1) in (
            "some",
            "heavy",
            "mass",
            "massive",
            "significant",
            "serious",
            "severe",
            "civilian",
            "many",
            "human",
            "and",
            "destruction",
            "damage",
            "fatal",
            "among",
            "large",
            "considerable",
            "terrible",
            "also",
        ):
            k -= 1
        before = c.word(k - 1)
        heavy = c.word(i - 1) in ("heavy", "mass", "massive", "significant")
        there = before in _THERE and "there" in c.lowers[max(0, k - 4) : k]
        inflicted = (
            before in _INFLICT
            or (before == "in" and c.word(k - 2) in ("resulting", "resulted", "results"))
            or (before == "to" and c.word(k - 2) in ("led", "leading"))
        )
        if not (there or inflicted) or (before in _AVOID) or modal_before(c, k):
            continue
        if any(
            w in ("no", "not", "without", "whether", "n't", "unclear", "avoid")
            for w in c.lowers[max(0, k - 7) : k]
        ):
            continue
        quantity = Quantity(i, i, i + 1, None, None, False, "heavy" if heavy else None, vague=True)
        party = Party(i, i + 1, quantity, True, None, False)
        c.drafts.append(Draft(effect, party, max(0, k - 1), i, "no number", 0.7))
