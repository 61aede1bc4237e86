"""Who was harmed in a clause: a small grammar over harm words and parties.

For each harm word the grammar settles the voice from the words before it, then takes
the object (active) or the subject (passive, intransitive, state) with everything joined
to it by commas and "and". It knows no parts of speech but those it needs: a party that is
followed by an unknown verb is not taken for a member of a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.reading.harm.harmed import (
    acceptable,
    before_aside,
    joined_left,
    objects,
    subjects,
)
from dateline.reading.harm.heads import people_ahead
from dateline.reading.harm.inverted import read_inverted
from dateline.reading.harm.said_further import died_also, part_of_whole, share_who
from dateline.reading.harm.seized import holds, takes_a_thing
from dateline.reading.harm.sentence import (
    RAISING,
    Clauses,
    Draft,
    VerbGroup,
    starts_clause,
    verb_group,
    wholes,
)
from dateline.reading.harm.verbs import HarmWord, Predicate, find_predicates, lexicon
from dateline.reading.harm.victims import parties
from dateline.reading.numbers import Quantity, find_quantities
from dateline.reading.people import DETERMINERS, PREPOSITIONS, Party
from dateline.reading.prepared import Sentence, Token

_REAL_TO = frozenset(
    {
        "on",
        "managed",
        "proceeded",
        "continued",
        "known",
        "believed",
        "said",
        "thought",
        "reported",
        "feared",
    }
)
_FORCED = frozenset("forced forcing forces caused causing prompted obliged compelled".split())
_DUE = frozenset("due set scheduled supposed meant destined about going ready".split())
_BEFORE_NOUNS = frozenset(
    "help helped let . latest recent early mass prisoner hostage first second 's".split()
)
_PAIRS = frozenset({"killed", "injured"})
_UPGRADES = {"dead": "killed", "hostage": "abducted", "captive": "abducted", "prisoner": "captured"}
_FORCES = frozenset(
    "police officers officer security troops soldiers guards deputies swat commandos snipers"
    " sniper forces agents marksmen gendarmes fire marshals sheriff constables army guard".split()
)


LONGEST = 300
"""Tokens read at once. No sentence is longer; a list or a table may be, and is read in
pieces, so that the time a text takes grows with its length and no faster."""


def read_clauses(
    sentence: Sentence,
    *,
    caps: bool,
    captivity: bool = False,
    tokens: Sequence[Token] | None = None,
) -> Clauses:
    """Find numbers, parties and harm words, and everything the grammar draws from them.

    ``tokens`` are a piece of the sentence, all of it by default. ``captivity`` says that
    the text speaks of hostages or prisoners, without which "released" and "rescued" mean
    nothing here.
    """
    tokens = sentence.tokens if tokens is None else tokens
    lowers = [t.lower for t in tokens]
    quantities = find_quantities(tokens)
    people = parties(tokens, lowers, quantities, caps)
    clauses = Clauses(
        sentence,
        tokens,
        lowers,
        caps,
        quantities,
        people,
        find_predicates(lowers),
        {p.start: p for p in people},
        {p.end: p for p in people},
        captivity,
    )
    for party in people:  # the number of "the two men" also starts at "two"
        clauses.starts.setdefault(party.quantity.start, party)
    for k, predicate in enumerate(clauses.predicates):
        _read(clauses, k, predicate)
    return clauses


def _read(c: Clauses, index: int, predicate: Predicate) -> None:
    if _idiom(c, predicate):
        return
    group = verb_group(c, predicate.start)
    state = predicate.of("state")
    transitive = predicate.of("transitive")
    if state and transitive and not group.be and objects(c, predicate.end, transitive):
        state = None  # "two recruits shot dead six soldiers"
    if state is not None and _state(c, predicate, group, state):
        return
    if state is not None and c.word(predicate.start - 1) == "the":
        read_inverted(c, predicate, state)
        return
    intransitive = predicate.of("intransitive")
    if intransitive is not None and _intransitive(c, predicate, group, intransitive):
        return
    if transitive is not None:
        _transitive(c, index, predicate, group, transitive)


def _idiom(c: Clauses, predicate: Predicate) -> bool:
    after, before = c.word(predicate.end), c.word(predicate.start - 1)
    lex = lexicon()
    if after in ("the", "a", "his", "her", "their", "its", "any", "that") and before != "the":
        after = c.word(predicate.end + 1)
    if after in lex.idiom_objects and not (after in ("body",) and before not in ("a", "the")):
        return not (after in ("it", "last", "set", "campaign", "time") and after != "it")
    return before in lex.idiom_before


def _transitive(
    c: Clauses, index: int, predicate: Predicate, group: VerbGroup, word: HarmWord
) -> None:
    partner = _partner(c, index, group)
    if word.bodily and not (group.be and _hits_a_body(c, predicate.end)):
        if not group.be and word.form == "past" and (hit := _hit_in_a_limb(c, predicate, word)):
            _emit_all(c, predicate, group, word, hit, "active", partner)
        return
    if word.form == "past":
        if group.be:
            if _passive(c, predicate, group, word, partner):
                return
            read_inverted(c, predicate, word)
            return
        target = [] if _disease(c, predicate.start) else objects(c, predicate.end, word)
        left = c.ends.get(group.start) or _before_comma(c, group.start)
        if target and target[0].part_of == "bare" and c.word(predicate.start - 1) in DETERMINERS:
            target = []  # "a freed pupil"
        passive_left = (
            left is not None
            and (left.numbered or left.more)
            and target
            and (not target[0].numbered or starts_clause(c, target[0]))
            and (starts_clause(c, target[0]))
        )
        if target and word.captives and holds(c, group.start):
            return  # "the compound held 1,224"
        if not target and word.captives and not group.be and takes_a_thing(c, predicate):
            return  # "300 worshippers held white roses"
        if target and not passive_left and not group.have and not word.hospital:
            _emit_all(c, predicate, group, word, target, "active", partner)
            return
        if target and group.have:
            _emit_all(c, predicate, group, word, target, "active", partner)
            return
        if group.have:
            return
        if word.person and (
            _some_object(c, predicate.end)  # "8,000 guerrillas captured many towns"
            or (left is not None and left.human is None and left.quantity.max == 1)
        ):
            return
        if (
            left is not None
            and acceptable(c, left, word, left.end)
            and _reduced(c, left, predicate)
            and not people_ahead(c.lowers, predicate.end)
        ):
            whole = next(wholes(c, left), None) if left.numbered else None
            if whole is not None and whole.quantity.min and not whole.quantity.vague:
                part_of_whole(c, predicate, word, left, whole)
                return
            rule = "reduced passive" if left.numbered else "reduced passive, one"
            _emit_all(
                c,
                predicate,
                group,
                word,
                joined_left(c, left, governed=True),
                rule,
                None,
                by_force=_by_force(c, predicate.end),
            )
            return
        if partner is not None and _share(c, predicate, group, word, partner):
            return
        read_inverted(c, predicate, word)
        return
    target = objects(c, predicate.end, word)
    if not target or _disease(c, predicate.start):
        return
    numbered = target[-1].numbered
    if word.effect == "hit" and word.form == "ing" and numbered and starts_clause(c, target[-1]):
        return  # "… IN NIGHTCLUB SHOOTING Three people have been detained"
    if word.form == "ing" and target[0].part_of == "bare" and not c.sentence.title:
        return  # "the stabbing victim"
    if word.form == "base" and not (group.modal or group.to or group.negated):
        before = c.word(group.start - 1)
        if group.start == 0 or before in _BEFORE_NOUNS or before in DETERMINERS:
            return
    if (
        word.form == "ing"
        and c.word(predicate.start - 1) in ("the", "of", "for", "from", "by")
        and (c.word(predicate.end) == "of")
    ):
        return
    _emit_all(c, predicate, group, word, target, "active", partner)


_CLOSED = frozenset(", . ; and when while as before after during who".split()) | {""}


def _hits_a_body(c: Clauses, k: int) -> bool:
    """ "were hit by a car", "was hit in the leg", "two others were hit": no fine, no tax"""
    lex = lexicon()
    after = c.word(k)
    if after == "by":
        return not lex.hitters.isdisjoint(c.lowers[k + 1 : k + 6])
    if after in ("in", "on") and not lex.body.isdisjoint(c.lowers[k + 1 : k + 5]):
        return True
    return after in _CLOSED and c.word(k + 1) not in ("hard", "badly", "worst", "hardest")


def _hit_in_a_limb(c: Clauses, predicate: Predicate, word: HarmWord) -> list[Party]:
    """ "Officers fired and hit a bystander in the leg" """
    hit = objects(c, predicate.end, word)
    if not hit or hit[-1].part_of == "bare" or c.word(hit[-1].end) != "in":
        return []
    return [] if lexicon().body.isdisjoint(c.lowers[hit[-1].end + 1 : hit[-1].end + 5]) else hit


def _before_comma(c: Clauses, k: int) -> Party | None:
    """The party before an aside ("the 72 people, 20 of them children, killed in")."""
    if c.word(k - 1) != ",":
        return None
    party = c.ends.get(before_aside(c, k))
    return party if party is not None and party.numbered and party.end < k - 1 else None


def _some_object(c: Clauses, k: int) -> bool:
    """Whether something that is no time and nobody is the object from token ``k``."""
    if c.word(k) in ("the", "a", "an", "his", "her", "their", "its"):
        return c.word(k + 1) not in ("day", "night", "week", "previous", "same", "morning", "month")
    return k in c.starts and c.starts[k].human is not True and c.starts[k].numbered


def _disease(c: Clauses, k: int) -> bool:
    """Whether an illness is what kills ("flu has killed 53 children")."""
    return any(w in lexicon().illness for w in c.lowers[max(0, k - 4) : k])


def _reduced(c: Clauses, left: Party, predicate: Predicate) -> bool:
    """Whether "X killed" with nothing after it says that X were killed."""
    if left.numbered or left.more:
        return True
    if left.part_of == "bare":  # only headlines drop the article
        return (c.sentence.title or c.word(len(c.lowers) - 1) not in (".", '"', "”")) and (
            left.start == 0 or c.word(left.start - 1) in (",", ":", ";", "and")
        )
    after = c.word(predicate.end)
    return after in PREPOSITIONS or after in (",", ".", "", ")", "and", "when", "—", "yesterday")


def _partner(c: Clauses, index: int, group: VerbGroup) -> Predicate | None:
    """The harm word joined to this one by "and", "or" or a comma."""
    if index == 0:
        return None
    before = c.predicates[index - 1]
    links = c.lowers[before.end : group.start]
    if links and len(links) <= 2 and all(w in ("and", "or", ",", "then") for w in links):
        return before
    return None


def _share(
    c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord, partner: Predicate
) -> bool:
    """ "were kidnapped and killed": the second word has the first one's people."""
    shared = [
        d
        for d in c.drafts
        if d.last >= partner.end - 1 and d.first <= partner.start and d.rule != "active"
    ]
    for draft in shared:
        if {draft.effect, word.effect} == _PAIRS:
            c.drafts[c.drafts.index(draft)] = replace(
                draft, effect="casualties", last=predicate.end - 1
            )
        elif draft.effect == "hit":
            c.drafts[c.drafts.index(draft)] = replace(
                draft, effect=word.effect, last=predicate.end - 1
            )
        else:
            c.drafts.append(replace(draft, effect=word.effect, last=predicate.end - 1))
    return bool(shared)


def _passive(
    c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord, partner: Predicate | None
) -> bool:
    found = subjects(c, group.start, word)
    if not found:
        pronoun = c.word(group.start - 1)
        if pronoun == "they" and word.effect == "killed" and _by_force(c, predicate.end):
            several = [Party.by_pronoun(group.start - 1, None)]
            _emit_all(c, predicate, group, word, several, "passive", None, by_force=True)
            return True
        if (
            pronoun in ("he", "she", "who")
            and word.effect in ("killed", "hit")
            and (_by_force(c, predicate.end))
        ):
            one = Party(
                group.start - 1,
                group.start,
                Quantity(group.start - 1, group.start - 1, group.start, 1, 1, True, None),
                True,
                None,
                True,
                numbered=False,
                definite=True,
                plural=False,
            )
            _emit_all(c, predicate, group, word, [one], "passive, one", None, by_force=True)
            return True
        return False
    if share_who(c, predicate, group, word, found):
        return True
    _emit_all(
        c, predicate, group, word, found, "passive", None, by_force=_by_force(c, predicate.end)
    )
    return True


def _intransitive(c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord) -> bool:
    found = subjects(c, group.start, word)
    plain = not (group.modal or group.to or group.negated)
    if word.form == "base" and plain and not (found and found[0].numbered):
        return False  # but in headlines: "37 die"
    if found and word.effect == "killed" and not found[0].numbered and _natural(c, predicate.end):
        return True
    if found and _natural(c, predicate.end) and predicate.end - predicate.start == 1:
        return True
    if found and not share_who(c, predicate, group, word, found):
        _emit_all(c, predicate, group, word, found, "intransitive", None)
    return bool(found) or died_also(c, predicate, group, word)


def _natural(c: Clauses, k: int) -> bool:
    """Whether an illness or the like follows within a few words."""
    natural = lexicon().natural
    if c.word(k) == "at" and (c.word(k + 1).isdigit() or c.lowers[k + 1 : k + 3] == ["the", "age"]):
        return True  # "dies at 82"
    for j in range(k, min(k + 6, len(c.lowers))):
        if c.word(j) in natural and not (c.word(j) == "age" and c.word(j - 1) == "in"):
            return True  # but "the six men who died ranged in age from 39 to 60"
    return False


def _state(c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord) -> bool:
    after = c.word(predicate.end)
    if word.effect == "missing" and (
        after in DETERMINERS
        or after in ("out", "link", "person", "persons")
        or (after.isdigit() and c.word(predicate.end + 1) != "in")
    ):
        return True
    left = c.ends.get(group.start)
    if (
        left is not None
        and not group.be
        and acceptable(c, left, word, left.end)
        and (
            left.numbered
            or left.more
            or c.word(left.start - 1) in ("left", "leaving", "with", "leaves", "shot")
        )
    ):
        _emit_all(c, predicate, group, word, joined_left(c, left), "state", None)
        return True
    if (
        group.be
        or group.feared
        or any(w in RAISING for w in c.lowers[group.start : predicate.start])
    ):
        found = subjects(c, group.start, word)
        if found:
            _emit_all(c, predicate, group, word, found, "state", None)
            return True
    return False


def _by_force(c: Clauses, k: int) -> bool:
    """ "by police", "by return fire", "in a shootout with police" after token ``k``."""
    window = c.lowers[k : k + 9]
    for at, w in enumerate(window):
        if w in ("by", "with") and any(v in _FORCES for v in window[at + 1 : at + 5]):
            return True
        if w in (",", ".", ";") and at:
            return False
    return False


def _emit_all(
    c: Clauses,
    predicate: Predicate,
    group: VerbGroup,
    word: HarmWord,
    members: list[Party],
    rule: str,
    partner: Predicate | None,
    *,
    by_force: bool = False,
) -> None:
    effect: str = word.effect
    last = max(predicate.end, max(p.end for p in members)) - 1
    if rule == "active":
        upgrade = _UPGRADES.get(c.word(last + 1))
        if upgrade:
            effect, last = upgrade, last + 1
        elif c.lowers[last + 1 : last + 3] == ["to", "death"]:
            effect, last = "killed", last + 2
    first = min(predicate.start, group.start, min(p.start for p in members))
    extra: list[str] = []
    if partner is not None and rule == "active":
        other = partner.of("transitive")
        if other is not None and other.form != word.form and c.word(partner.end) == ",":
            other = None  # "as the show let out, killing 22 people"
        if other is not None and not any(d.first <= partner.start <= d.last for d in c.drafts):
            if {other.effect, effect} == _PAIRS:
                effect = "casualties"
            elif other.effect == "hit":
                pass
            elif other.effect != effect and "or" in c.lowers[partner.end : predicate.start]:
                effect = "casualties"  # "killed or captured"
            elif other.effect != effect:
                extra.append(other.effect)
            first = min(first, partner.start)
    unreal = _unreal(c, predicate, group, word)
    denied = group.negated and not group.modal
    qualifier = group.feared
    for at, member in enumerate(members):
        for each in (effect, *extra):
            c.drafts.append(
                Draft(
                    each,
                    member,
                    first,
                    last,
                    rule,
                    0.9 if member.numbered else 0.7,
                    more=member.more or at > 0,
                    unreal=unreal,
                    denied=denied,
                    own_hand=c.word(member.start) in ("himself", "herself", "themselves"),
                    by_force=by_force,
                    qualifier=qualifier,
                )
            )


def _unreal(c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord) -> bool:
    """Whether the clause tells what might be, was meant or threatened."""
    lex = lexicon()
    if group.modal is not None and not (group.modal in ("may", "might", "must") and group.have):
        return True
    if group.to and group.be and c.word(group.start - 1) in _DUE:
        return True  # "who were due to be freed"
    if group.to and word.form == "base":
        forced = c.ends.get(group.start)  # "the fighting forced 3,000 residents to flee"
        by_force = forced is not None and c.word(forced.start - 1) in _FORCED
        return not by_force and c.word(group.start - 1) not in _REAL_TO
    if group.to and c.word(group.start - 1) not in RAISING and not group.be and not group.have:
        return True
    clause = c.lowers[max(0, group.start - 12) : group.start]
    for w in reversed(clause):
        if w in lex.openers:
            return True
        if w in (";", ",", "said", "after", "that", "of", "who", "for"):
            break
    return any(w in lex.drills for w in c.lowers)
