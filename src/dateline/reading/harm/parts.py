"""Parts of a total: "14 dead, 9 of them children", "including three policemen"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dateline.reading.harm.sentence import (
    Clauses,
    Draft,
    next_member,
    next_of_list,
    starts_clause,
)
from dateline.reading.harm.tolls import earlier_toll
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import BE, Party, nouns

_SEVERITY = {
    "seriously": "injured",
    "critically": "injured",
    "gravely": "injured",
    "severely": "injured",
    "badly": "injured",
    "slightly": "injured",
    "lightly": "injured",
    "fatally": "killed",
    "mortally": "killed",
}
_OPENERS = frozenset({"including", "include", "includes", "included", "among", "incl"})
_STILL = frozenset("were are was is remain remains remained still now also".split())
_OF_PARTS = frozenset("by with in from at on inside under over below aged".split())
_NEAR_PART, _FAR_PART = 4, 10  # words from a figure to its part: "…, 23 of them children"
_LISTING = frozenset({":", "—", "–", "("})


def add_parts(
    c: Clauses, drafts: list[Draft], last_effect: str, told: Mapping[str, set[int]]
) -> list[Draft]:
    """Mark parts of a total and add those no harm word stands beside.

    ``told`` has the figures told before, by effect.
    """
    found = list(drafts)
    for i, word in enumerate(c.lowers):
        if word == "among" and c.word(i + 1) == "them" and i == 0 and _host(found, i) is None:
            _named_among(c, found, last_effect)
            continue
        if word == "from" and c.word(i - 1) in ("up", "down"):
            before, host = c.starts.get(i + 1), _host(found, i)
            if before is not None and host is not None and before.numbered:
                found[found.index(host)] = replace(host, cumulative=True)
                found.append(replace(earlier_toll(host.effect, before), first=i - 1))
            continue
        if word == "among" and c.word(i + 1) == "them" and c.word(i + 2) in (")", ",", "."):
            if (
                (party := c.ends.get(i)) is not None
                and party.human
                and (host := _host(found, party.start))
            ) and not any(d.party.quantity.core == party.quantity.core for d in found):
                found.append(_part(host.effect, party, last=i + 1))
            continue
        if word == "among" and c.word(i - 1) in ("were", "was", "are", "is", "also"):
            _counted_among(c, i, found)
            continue
        listed = word in _LISTING and any(d.last == i - 1 and d.party.numbered for d in found)
        beside = _beside(c, i)
        if word not in _OPENERS and not listed and not beside:
            continue
        k, among = i + max(1, beside), None
        if listed and (c.starts.get(k) is None or not c.starts[k].numbered):
            continue
        if c.word(k) == ".":
            k += 1
        if c.word(k) in ("them", "whom", "those") or (
            c.word(k) == "the" and c.starts.get(k) is None
        ):
            k += 1
            if c.word(k) in ("dead", "killed", "wounded", "injured", "victims"):
                continue  # "among the dead were": the clause grammar has it
            among = _effect_of_noun(c.word(k)) if word == "among" else None
            k += among is not None
            while c.word(k) in ("were", "was", "are", "is", ",", "dead"):
                k += 1
        subject = _effect_of_noun(c.word(i - 1)) or among or _told_as(c, i, told)
        subject = subject or _of_those(c, i)
        host = _host(found, i)
        if host is not None and i - host.last > 3 and word in ("including", "incl"):
            # After "..., police said, including" the parts are those of the first figure.
            host = next((d for d in found if d.party.end <= i and d.effect == "killed"), host)
        if host is None and subject is None and not beside:
            continue
        if word == "among" and host is not None and i - host.party.end > 12:
            continue
        party = c.starts.get(k)
        apart = beside > 0 or c.word(i - 1) == "not"  # "not including the gunman"
        earlier = [d for d in found if d.last < i]
        with_whom = host or max(earlier, key=lambda d: d.last, default=None)
        if beside and (
            party is None
            or with_whom is None
            or not (_died_too(c, i, host, party) or _killed_with(c, i, with_whom, party))
        ):
            continue
        if beside and host is None:
            host = with_whom
        while (
            party is not None
            and not party.quantity.vague
            and (party.human or (party.human is None and party.numbered))
        ):
            if not any(d.party.quantity.core == party.quantity.core for d in found):
                effect = (
                    host.effect if host is not None and subject is None else subject or last_effect
                )
                found.append(
                    replace(
                        _part(effect, party),
                        subset=not apart,
                        more=apart,
                        unreal=host.unreal if host else False,
                        denied=host.denied if host else False,
                    )
                )
            else:
                found = [
                    replace(d, subset=True) if d.party.quantity.core == party.quantity.core else d
                    for d in found
                ]
            party = next_member(c, party)
            if party is not None and party.numbered and starts_clause(c, party):
                break  # "including the attacker, and at least 40 were injured"
    _more_elsewhere(c, found)
    for party in c.parties:
        if party.quantity.vague or _excepted(c, party):
            continue
        part = party.part_of
        if part in ("them", "whom") or (
            party.human is None
            and party.numbered
            and party.end == party.quantity.end
            and c.word(party.start - 1) == ","
            and party.start
        ):
            _anaphoric(c, party, found, last_effect)
        elif (
            part
            and (state := _effect_of_noun(part))
            and c.word(party.end) in ("were", "was", "are")
        ):
            _described(c, party, found, last_effect if part == "victims" else state)
    return found


def _told_as(c: Clauses, i: int, told: Mapping[str, set[int]]) -> str | None:
    """What befell the 15 of "the 15 included", by the figures told before"""
    party = c.ends.get(i)
    if party is None or not party.numbered or c.word(party.start) not in ("the", "those"):
        return None
    return next((e for e in ("killed", "injured") if party.quantity.min in told.get(e, ())), None)


_THOSE_REACH = 12  # words from "those being treated" to "included"


def _of_those(c: Clauses, i: int) -> str | None:
    """What befell those of "those being treated, she said, included 12 Britons" """
    if c.word(i) not in ("include", "included"):
        return None
    for k in range(max(0, i - _THOSE_REACH), i):
        if c.lowers[k] == "those":
            for word in c.lowers[k + 1 : k + 3]:
                effect = "injured" if word in ("treated", "hurt") else _effect_of_noun(word)
                if effect is not None:
                    return effect
    return None


_BESIDE_REACH = 16  # words from "32 people died" to "plus three bombers"
_BESIDES = (
    ("plus",),
    ("as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("in", "addition", "to"),
)


def _beside(c: Clauses, i: int) -> int:
    """How many words at token ``i`` add somebody to a total ("plus three bombers")."""
    for phrase in _BESIDES:
        if tuple(c.lowers[i : i + len(phrase)]) == phrase:
            return len(phrase)
    aside = c.word(i) == "and" and c.word(i - 1) in (",", "–", "—", "-")
    return 1 if aside and c.word(i + 1) == "the" and _closes_with(c, i + 1) else 0


def _died_too(c: Clauses, i: int, host: Draft | None, party: Party) -> bool:
    """ "Ten died in the attack, plus three bombers", but not "he was held with six suspects" """
    if host is None or not party.perpetrator or host.effect not in ("killed", "injured"):
        return False
    return BE.isdisjoint(c.lowers[host.last + 1 : i]) and i - host.last <= _BESIDE_REACH


def _killed_with(c: Clauses, i: int, host: Draft | None, party: Party) -> bool:
    """ "He died along with 15 of his men": with those killed, and right after they are"""
    return (
        c.word(i + 1) == "with"
        and host is not None
        and party.numbered
        and i - host.last <= 2
        and host.rule != "active"
    )


def _closes_with(c: Clauses, k: int) -> bool:
    """ "26 people were killed, and the gunman.": nothing more is said of the last"""
    party = c.starts.get(k)
    return party is not None and c.word(party.end) in (".", "", ";", "–", "—")


def as_their_total(drafts: list[Draft]) -> list[Draft]:
    """The drafts with parts of a total harmed as the total is: "including one who was shot" """
    counted = [d for d in drafts if d.party.numbered and d.effect != "casualties"]
    whole = next((d.effect for d in sorted(counted, key=lambda d: d.subset)), None)
    if whole not in ("killed", "injured"):
        return drafts
    return [
        replace(d, effect=whole) if d.subset and d.effect == "casualties" else d for d in drafts
    ]


_DIED = frozenset({"died", "killed", "dead"})


def _named_among(c: Clauses, found: list[Draft], effect: str) -> None:
    """ "Among them were five children and three policemen." of the sentence before"""
    k = 3 if c.word(2) in ("were", "was", "are", "is") else 2
    if effect == "injured" and not _DIED.isdisjoint(c.lowers):
        effect = "killed"  # "Among them was NAME, 36; her family said she had died"
    while (party := c.starts.get(k)) is not None and party.human and not party.quantity.vague:
        found.append(_part(effect, party))
        k = next_of_list(c, party.end)


def _excepted(c: Clauses, party: Party) -> bool:
    """ "All but two of them tourists": the two are what the others are not"""
    return (c.word(party.start - 1) == "but" and c.word(party.start - 2) == "all") or c.word(
        party.start - 1
    ) in ("except", "bar", "excepting")


def _part(effect: str, party: Party, *, last: int | None = None) -> Draft:
    """A part of a total, told up to the token ``last`` (the end of the party for None)."""
    return Draft(
        effect,
        party,
        party.start,
        party.end - 1 if last is None else last,
        "part",
        0.75 if party.numbered else 0.6,
        subset=True,
    )


def _is_age(c: Clauses, k: int) -> bool:
    """ "three children, aged 8, 12 and 13, were among" """
    return any(w in ("aged", "ages", "age") for w in c.lowers[max(0, k - 6) : k])


_GAPPED = frozenset({"intransitive", "passive", "counted noun", "state"})
_STATE_GAP = 14  # words from "23 were found dead in the church" to "two outside"
_GAP_REACH = 20  # words from one place of a list to the next number


def _did_too(c: Clauses, party: Party) -> bool:
    auxiliary, k = c.word(party.start - 1), party.start - 2
    told = auxiliary in ("did", "was", "were", "had", "have", "has")
    return (
        told and c.word(k) == "as" and c.word(k - 1) in (",", "–", "—", "-") and bool(party.human)
    )


def _to_another_ward(c: Clauses, party: Party, host: Draft) -> bool:
    """ "Nine victims were taken to Mercy Hospital and three to St. Luke's" """
    moved = host.effect == "injured" and c.word(host.last) in lexicon().transport
    bare = party.human is None and party.end == party.quantity.end and party.numbered
    return moved and bare and c.word(party.end) == "to" and c.word(party.start - 1) in ("and", ",")


def _is_place_of_dead(c: Clauses, party: Party, host: Draft) -> bool:
    """ "23 were found dead inside the church, two outside", but not "12 dead, 117 in hospital" """
    after = set(c.lowers[party.end : party.end + 5])
    near = party.start - host.last <= _STATE_GAP
    return near and "found" in c.lowers[: host.last] and lexicon().hospitals.isdisjoint(after)


_WARD_GAP = 8  # words from "treated nine patients" to "St. Luke's three"


def _at_another_ward(c: Clauses, party: Party, host: Draft) -> bool:
    """ "Mercy General treated nine patients, St. Luke's three" """
    bare = party.human is None and party.end == party.quantity.end and party.numbered
    if not bare or host.effect != "injured" or not host.rule.startswith(("patients", "frame")):
        return False
    k = party.start - 1 - (c.word(party.start - 1) == "'s")
    named = k > host.last and c.tokens[k].text[:1].isupper()
    closes = c.word(party.end) in (",", ".", ";", "and", "")
    gap = c.lowers[host.last + 1 : party.start]
    return named and closes and len(gap) <= _WARD_GAP and {",", ";", "and"} & set(gap[:1]) != set()


def _more_elsewhere(c: Clauses, found: list[Draft]) -> None:
    """ "Eleven died at the airport and 20 at the station", "71 in Morelos, 43 in Puebla" """
    for party in c.parties:
        if _did_too(c, party) and (host := _host(found, party.start)) is not None:
            # "Five soldiers died, as did eight militants"
            if not any(d.party.quantity.core == party.quantity.core for d in found):
                found.append(
                    replace(host, party=party, first=party.start, last=party.end - 1, more=True)
                )
            continue
        moved_from = _host(found, party.start)
        if moved_from is not None and _to_another_ward(c, party, moved_from):
            found.append(
                replace(moved_from, party=party, first=party.start, last=party.end, more=True)
            )
            continue
        if moved_from is not None and _at_another_ward(c, party, moved_from):
            found.append(
                replace(moved_from, party=party, first=party.start, last=party.end - 1, more=True)
            )
            continue
        if (
            party.human is None
            and party.numbered
            and not party.quantity.vague
            and party.end == party.quantity.end + party.more
            and c.word(party.start - 1) in (",", "and")
            and c.word(party.end) in ("at", "in", "on", "near", "outside", "inside")
            and c.word(party.end + 1)
            not in ("critical", "serious", "intensive", "grave", "stable", "custody", "all")
            and c.word(party.end + 2) not in ("critical", "serious", "grave", "stable", "coma")
            and not (c.word(party.end + 1).isdigit())
            and not _is_age(c, party.start)
            and (host := _host(found, party.start)) is not None
            and (party.more or (host.rule in _GAPPED and host.effect == "killed"))
            and (host.rule != "state" or _is_place_of_dead(c, party, host))
            and party.start - host.party.end <= _GAP_REACH
            and not any(
                d.party.quantity.core == party.quantity.core and d.rule != "state" for d in found
            )
        ):
            # "Seven died on the spot, one in an ambulance and three in hospital"
            found[:] = [d for d in found if d.party.quantity.core != party.quantity.core]
            found.append(replace(host, party=party, first=party.start, last=party.end, more=True))


_OF_BODIES = frozenset("of from in with for".split())  # "volunteers of the Red Crescent"


def _counted_among(c: Clauses, i: int, found: list[Draft]) -> None:
    """ "three children aged 8, 12 and 13 are among those killed" """
    effect = next((e for w in c.lowers[i + 1 : i + 4] if (e := _effect_of_noun(w))), None)
    effect = effect or _taken_to_hospital(c, i + 1)
    near = [
        p
        for p in c.parties
        if i - 20 <= p.start < i
        and (p.human or (p.human is None and p.numbered and p.end == p.quantity.end))
        and not _is_age(c, p.start)
        and c.word(p.start - 1) not in ("from", "of", "in")
        and not (p.name and c.word(p.start - 1) == "the" and c.word(p.start - 2) in _OF_BODIES)
        and c.word(p.start) not in ("himself", "herself")
    ]
    # The subject stands right before; others only where they are joined to it.
    subject = near[-1:]
    for party in reversed(near[:-1]):
        if c.word(party.end) not in ("and", ",") or c.word(subject[0].start - 1) not in (
            "and",
            ",",
        ):
            break
        subject.insert(0, party)
    if effect is None:
        return
    found.extend(
        Draft(
            effect, party, party.start, i + 2, "part", 0.75 if party.numbered else 0.6, subset=True
        )
        for party in subject
        if not party.quantity.vague
        and not any(d.party.quantity.core == party.quantity.core for d in found)
    )


def _taken_to_hospital(c: Clauses, k: int) -> str | None:
    """ "among those taken to hospital", "among the 40 treated at three clinics" """
    moved = next((j for j in range(k, k + 4) if c.word(j) in lexicon().transport), None)
    if moved is None:
        return None
    return None if lexicon().hospitals.isdisjoint(c.lowers[moved + 1 : moved + 6]) else "injured"


def _effect_of_noun(word: str) -> str | None:
    return {
        "dead": "killed",
        "victims": "killed",
        "killed": "killed",
        "deceased": "killed",
        "wounded": "injured",
        "injured": "injured",
        "hurt": "injured",
        "fatalities": "killed",
        "drowned": "killed",
        "slain": "killed",
        "lost": "killed",
        "bodies": "killed",
    }.get(word)


_OF_WHOLES = frozenset({"injured", "wounded", "dead", "killed"})


def _host(drafts: list[Draft], i: int) -> Draft | None:
    """The figure that a part opened at token ``i`` is part of: the nearest before it."""
    before = [
        d for d in drafts if d.party.end <= i and (not d.subset or d.party.part_of in _OF_WHOLES)
    ]
    return max(before, key=lambda d: d.party.end, default=None)


def _anaphoric(c: Clauses, party: Party, found: list[Draft], last_effect: str) -> None:
    """ "9 of them children", "two of them seriously", "three of whom later died" """
    for at, draft in enumerate(found):
        if draft.party.quantity.core == party.quantity.core:
            if party.part_of is not None:
                found[at] = replace(draft, subset=True)
            return
    k = party.end
    while c.word(k) in _STILL:
        k += 1
    severity = _SEVERITY.get(c.word(k))
    host = _host(found, party.start)
    far = _FAR_PART if party.part_of == "them" and nouns().get(c.word(party.end)) else _NEAR_PART
    if (
        host is not None
        and far == _NEAR_PART
        and party.part_of == "them"
        and not (any(host.last < p.start < party.start for p in c.predicates))
    ):
        far = _FAR_PART  # "killed ten people in the besieged suburb on Monday, nine of them from"
    if host is not None and c.word(party.start - 1) == "," and party.start - host.last > far:
        host = None
    effect = severity or (host.effect if host is not None else None)
    bare = party.part_of is None
    if (
        host is None
        and not bare
        and c.word(k - 1) in ("were", "are", "was")
        and nouns().get(c.word(k))
    ):
        # "Thirty-two of them were women", of the sentence before or of "the dead" in this one
        near = (_effect_of_noun(w) for w in reversed(c.lowers[: party.start]))
        effect = next((e for e in near if e), None) or last_effect
        last_effect = effect
    if effect is None or (severity is None and host is None and effect != last_effect):
        return
    if not party.human and severity is None:
        noun = nouns().get(c.word(k))
        if noun is not None and not bare:
            party = party._replace(group=noun.group, perpetrator=noun.perpetrator)
        elif c.word(k) not in _OF_PARTS or (bare and c.word(k) not in ("by", "with")):
            return
    found.append(
        Draft(
            effect,
            party,
            party.start,
            max(party.end, k + bool(severity)) - 1,
            "part",
            0.7,
            subset=True,
        )
    )


def _described(c: Clauses, party: Party, found: list[Draft], effect: str) -> None:
    """ "nine of the dead were children" """
    if any(d.party.quantity.core == party.quantity.core for d in found):
        return
    k = party.end + 1
    other = c.starts.get(k)
    noun = nouns().get(c.word(k))
    if noun is not None:
        party = party._replace(group=noun.group)
    elif other is None and c.word(k) not in ("from", "under", "below", "over", "aged", "in"):
        return
    found.append(Draft(effect, party, party.start, k, "part", 0.7, subset=True))
