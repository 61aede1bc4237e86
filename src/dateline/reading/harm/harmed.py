"""Whom a harm word takes: its object or its subject, with all that is joined to it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.harm.sentence import ADVERBS, BOUNDARY, GOVERNING, Clauses, starts_clause
from dateline.reading.harm.verbs import HarmWord, lexicon
from dateline.reading.people import BE, HAVE, Party, nouns, things

_LAST = frozenset("last first final remaining other next".split())
_LET_GO = frozenset("release releases released releasing free frees freed freeing".split())
_SIDES = frozenset("militants rebels insurgents guerrillas jihadists separatists pirates".split())
_CLOSERS = {")": "(", "]": "[", "-": "-", "–": "–", "—": "—"}
PERSON_ENDINGS = ("ers", "ors", "ists", "ians", "ees", "men", "women", "ants", "folk", "kin", "ans")
_PLAIN_LIST_END = frozenset(
    '. , ; : ) ] ! ? — – " ” - in on at near during when after before while'
    " from with by inside outside and or as who whom whose according"
    " of using last late early yesterday this today overnight"
    " monday tuesday wednesday thursday friday saturday sunday but for"
    " to dead hostage prisoner captive including aboard some many most all"
    " both since until where which that ( [ then amid among into over"
    " there here across along more others plus outside".split()
)


def objects(c: Clauses, k: int, word: HarmWord) -> list[Party]:
    """The list of parties that starts at token ``k`` (adverbs may come first)."""
    while (
        c.word(k) in ADVERBS
        or c.word(k) in ('"', "“", "as", "off")
        or (c.word(k).endswith("ly") and k not in c.starts)
    ):
        if c.word(k) in ("off", "both") or k in c.starts:
            break
        k += 1
    reflexive = (
        c.word(k) in ("himself", "herself", "themselves") and "foot" not in c.lowers[k : k + 5]
    )
    if reflexive and word.captives:
        return []  # "an officer who swapped himself for a hostage"
    if reflexive:
        number = None if c.word(k) == "themselves" else 1
        party = Party.by_pronoun(k, number)
    else:
        found = c.starts.get(k)
        if found is None and c.word(k) == "the" and c.word(k + 1) in _LAST:
            found = c.starts.get(k + 2)  # "set free the last 10 soldiers"
        if found is None and word.captives:  # "freed the ship and its eight crew members"
            found = next(
                (
                    c.starts[j + 1]
                    for j in range(k + 1, min(k + 6, len(c.lowers)))
                    if c.lowers[j] == "and" and j + 1 in c.starts
                ),
                None,
            )
            found = found or (c.starts.get(k + 5) if c.word(k + 3) == "and" else None)
        if found is None or not acceptable(c, found, word, found.end):
            return []
        if (
            found.part_of == "bare"
            and (after := c.word(found.end))
            and after not in _PLAIN_LIST_END
        ):
            return []  # "wounded American families"
        party = found
    return joined_right(c, party, word)


def joined_right(c: Clauses, party: Party, word: HarmWord) -> list[Party]:
    """A party and those listed after it."""
    members = [party]
    k = party.end
    while True:
        j = _after_modifiers(c, k)
        link = j
        while c.word(link) in (
            ",",
            "and",
            "plus",
            "&",
            "along",
            "as",
            "well",
            "with",
            "together",
            "then",
        ):
            link += 1
        phrase = c.lowers[j:link]
        if not phrase or len(phrase) > 4 or not _joins(phrase):
            break
        following = c.starts.get(link)
        if following is None or not acceptable(c, following, word, following.end):
            break
        far = j > k
        one_more = phrase == [","] and _goes_on(c, following)
        if (far or phrase == [","]) and not (following.numbered or following.name or one_more):
            break
        if phrase == [","] and following.name and not members[-1].name:
            break  # "the gunman, NAME, 29" says who; "five officers, Governor NAME said" goes on
        after = c.word(following.end)
        if (after and after not in _PLAIN_LIST_END) or starts_clause(c, following):
            break
        if following.part_of in ("them", "whom") or (
            phrase == [","] and c.word(following.end) == "of"
        ):
            break
        members.append(following)
        k = following.end
    return members


def _joins(phrase: Sequence[str]) -> bool:
    """ "As well as", "along with", not "with" or "as" alone ("killing 12, as a member of")"""
    if phrase[-1] == "with":
        return not {"along", "together"}.isdisjoint(phrase)
    return phrase[-1] != "as" or "well" in phrase


_ARTICLES = frozenset({"a", "an", "another"})


def _goes_on(c: Clauses, party: Party) -> bool:
    """ "14 soldiers, a policeman and two civilians": an item of a list that ends with "and".

    Not what says who the one before is ("the gunman, a former guard, and two accomplices").
    """
    if c.word(party.start) not in _ARTICLES or c.word(party.end) not in ("and", ","):
        return False
    listed = c.ends.get(party.start - 1)
    if listed is None or not (listed.plural or listed.definite is False):
        return False
    if not listed.plural and c.word(party.end) == ",":
        return False
    last: Party | None = party
    while last is not None and c.word(last.end) == ",":
        last = c.starts.get(last.end + 1)
    if last is None or c.word(last.end) != "and":
        return False
    following = c.starts.get(last.end + 1)
    return (
        following is not None
        and following.human is True
        and following.part_of != "bare"
        and c.word(following.end) in _PLAIN_LIST_END
    )


def _after_modifiers(c: Clauses, k: int) -> int:
    """Step over ", 34," and over a short prepositional phrase that another party follows."""
    if c.word(k) == "," and c.word(k + 1).isdigit() and c.word(k + 2) in (",", "and"):
        return k + 2
    if c.word(k) in ("in", "at", "on", "from", "near", "of", "outside", "inside", "with"):
        j = k + 1
        while j < min(len(c.lowers), k + 8):
            if c.lowers[j] in ("and", ",") and c.starts.get(j + 1) is not None:
                return j
            if c.lowers[j] in BE or c.lowers[j] in HAVE or c.lowers[j] in (".", ";", ":", "who"):
                break
            j += 1
    return k


def joined_left(c: Clauses, party: Party, *, governed: bool = False) -> list[Party]:
    """A party and those listed before it.

    ``governed`` says that a preposition may govern them all: "to the three teachers and 14
    pupils gunned down".
    """
    members = [party]
    k = party.start
    while True:
        j = k
        while c.word(j - 1) in (",", "and", "plus", "&", "or"):
            j -= 1
        if j == k:
            break
        before = _before_age(c, j) or c.ends.get(j)
        if before is None and c.word(k - 1) == "and":  # "12 soldiers from X and a child"
            before = next((p for p in reversed(c.parties) if p.end <= j), None)
            if before is not None and not (
                before.numbered
                and before.human
                and c.word(before.end) in ("from", "of", "in")
                and j - before.end <= 5
                and not _between(c, before.end, j, BOUNDARY)
            ):
                before = None
        if before is None and c.word(j - 1) in _DASHES:
            before = c.ends.get(_before_dashes(c, j - 1))
        if (
            before is None
            or before.human is False
            or (before.human is None and not before.numbered)
        ):
            break
        if (
            any(
                p.end <= before.start <= p.end + 2 and "," not in c.lowers[p.end : before.start]
                for p in c.predicates
            )
            or before.part_of == "bare"
            or before.effect == "killed"  # "18 bodies and 56 wounded"
        ):
            break
        if (
            any(before.end <= p.start < k for p in c.predicates)
            or (
                c.word(before.start - 1) in GOVERNING
                and not (governed and before.human and before.numbered and k - before.end == 1)
            )
            or c.lowers[max(0, before.start - 2) : before.start]
            in (["among", "them"], ["among", "whom"])
        ):
            break
        if before.part_of in ("them", "whom") and c.word(before.start - 1) == ",":
            break  # "three people were killed, two of them policemen, and ten hurt"
        if c.word(j) == "," and j == k - 1 and not before.numbered:
            one_of_many = len(members) > 1 and (members[0].numbered or c.word(k) in _ARTICLES)
            if not one_of_many or c.word(before.start) not in _ARTICLES:
                break
        members.insert(0, before)
        k = before.start
    return members


def _before_age(c: Clauses, k: int) -> Party | None:
    """Who stands before an age that ends at ``k``: "a girl of 19, and two boys" """
    if not c.word(k - 1).isdigit():
        return None
    if c.word(k - 2) == "and":  # "two sisters, aged 8 and 11, and their mother"
        j = k - 2
        while c.word(j) in ("and", ",") or c.word(j).isdigit():
            j -= 1
        return c.ends.get(j - (c.word(j - 1) == ",")) if c.word(j) in ("aged", "ages") else None
    if c.word(k - 2) not in ("of", "aged", ","):
        return None
    party = c.ends.get(k - 2)
    return party if party is not None and not party.plural else None


_DASHES = frozenset({"–", "—", "-"})


def _before_dashes(c: Clauses, k: int) -> int:
    """Where the aside opens that closes with the dash at ``k``; ``k`` if none does.

    "Three members of the public – two women and a tourist – and an officer were killed"
    """
    for j in range(_before_run(c, k) - 1, max(-1, k - 26), -1):
        if c.lowers[j] == c.lowers[k]:
            return _before_run(c, j)
        if c.lowers[j] in (".", ";", ":"):
            break
    return k


def _before_run(c: Clauses, k: int) -> int:
    """The first of the dashes that end at ``k``; wires write one as two."""
    while c.word(k) in _DASHES and c.word(k - 1) == c.word(k):
        k -= 1
    return k


def _between(c: Clauses, start: int, end: int, words: frozenset[str]) -> bool:
    return any(w in words for w in c.lowers[start:end])


def subjects(c: Clauses, k: int, word: HarmWord) -> list[Party]:
    """The parties that are the subject of the verb group starting at token ``k``."""
    relative = False
    while c.word(k - 1) in ('"', "”", "’") and k - 1 in c.ends:
        k -= 1  # "up to 30 instructors" were killed
    if c.word(k - 1) in ("who", "that", "which", "whom"):
        relative = True
        k -= 1
        if c.word(k - 1) == "," or c.word(k - 1) in ("of",):
            k -= 1
        noun = nouns().get(c.word(k - 1))
        if k not in c.ends and (c.word(k - 1) in _UNCOUNTED or (noun and noun.plural)):
            return []  # "sheets to cover those who had died", "the people who died"
    elif c.word(k - 1) == ",":
        if listed := _apposed(c, k - 1, word):
            return listed
        last = c.ends.get(k - 1)  # "26 people, and the gunman, are dead"
        joined = last is not None and c.lowers[max(0, last.start - 2) : last.start] == [",", "and"]
        k = k - 1 if joined or _is_list(c, last) else before_aside(c, k)
    elif c.word(k - 1) in _CLOSERS:
        j = _before_run(c, k - 1) - 1
        while j > max(0, k - 18) and c.word(j) != _CLOSERS[c.word(k - 1)]:
            j -= 1
        while c.word(j - 1) in ("-", "–"):
            j -= 1
        k = j
    fallback: Party | None = None
    described = None if relative else _before_relative(c, k, word)
    if described is not None:
        return joined_left(c, described)
    for party in reversed(c.parties):
        if party.end > k:
            continue
        if k - party.end > (_FAR if c.word(party.end) in _CARRIED_OFF else _NEAR):
            break
        between = c.lowers[party.end : k]
        if between and not _modifier(between):
            if any(w in BOUNDARY for w in between) or any(w in BE or w in HAVE for w in between):
                break
            told = any(p.start == party.end for p in c.predicates)  # "15 abducted in May"
            if "," in between or not (party.human or told or _on_board(c, party, between)):
                continue
            # An unknown word between may be the verb of another clause.
            if told:
                pass  # "twelve guards held hostage were freed", "a woman stabbed there died"
            elif not between[0].endswith(("ing", "ed", "en")) and between[0] not in _PARTICIPLES:
                continue
        if not acceptable(c, party, word, party.end):
            if not between and c.word(party.start - 1) not in GOVERNING:
                return []  # what stands beside the verb is its subject, fit or not
            continue
        if between and not (party.numbered or not party.plural):
            continue
        if (
            party.part_of == "bare"
            and party.start
            and c.word(party.start - 1) not in (",", ":", ";")
        ):
            continue
        if c.word(party.start - 1) in GOVERNING and not relative:
            if fallback is None and not between and party.numbered:
                fallback = party
            continue
        return _past_including(c, joined_left(c, party), word)
    return (
        [fallback]
        if fallback is not None and c.word(fallback.start - 1) not in ("including", "among", "of")
        else []
    )


_NEAR, _FAR = 14, 22  # words from a subject to its verb; "girls taken from …" may be far
_CARRIED_OFF = frozenset("taken seized kidnapped abducted snatched captured held".split())
_UNCOUNTED = frozenset("those them ones everyone anyone everybody somebody someone".split())
_PARTICIPLES = frozenset("aged both each all held shot hit hurt kept sent caught".split())


def _is_list(c: Clauses, last: Party | None) -> bool:
    """ "Two teachers, three pupils and a nurse, were killed": too many for parts of the two"""
    if last is None or c.word(last.start - 1) != "and":
        return False
    first, *others = joined_left(c, last)
    return (
        len(others) > 1
        and first.numbered
        and sum(p.quantity.min or 0 for p in others) > (first.quantity.min or 0)
    )


def _apposed(c: Clauses, k: int, word: HarmWord) -> list[Party]:
    """The parts before the comma at ``k``: "the monks, five Poles and a Dane, were killed" """
    last = c.ends.get(k)
    if last is None or not acceptable(c, last, word, last.end) or c.word(last.start - 1) != "and":
        return []
    members = joined_left(c, last)
    head = members[0].start - 2
    plural = c.word(head).endswith("s") or c.word(head) in ("men", "women", "people", "children")
    if len(members) < 2 or c.word(head + 1) != "," or not plural or c.ends.get(head + 1):
        return []
    return members if c.word(head - 1) in ("the", "") or head == 0 else []


def _past_including(c: Clauses, members: list[Party], word: HarmWord) -> list[Party]:
    """ "Twelve people including a toddler and her mother died": twelve did"""
    k = members[0].start
    while c.word(k - 1) in ("and", ","):
        listed = c.ends.get(k - 1) or c.ends.get(k - 2)
        if listed is None:
            break
        k = listed.start
    if c.word(k - 1) != "including":
        return members
    k -= 2 if c.word(k - 2) == "," else 1
    host = c.ends.get(k)
    if host is None or not acceptable(c, host, word, host.end):
        return members
    return joined_left(c, host)


def _on_board(c: Clauses, party: Party, between: Sequence[str]) -> bool:
    """ "all 10 on board were killed": a number that the place alone tells to be people"""
    bare = party.human is None and party.numbered and party.end == party.quantity.end
    return bare and (between[0] == "aboard" or between[:2] == ["on", "board"])


_RELATIVE_REACH = 22  # words of "who tried to pursue the attackers" before the verb


def _before_relative(c: Clauses, k: int, word: HarmWord) -> Party | None:
    """The subject of "a gendarme who escorted them was shot dead", None without a clause."""
    for j in range(k - 2, max(-1, k - _RELATIVE_REACH), -1):
        if c.lowers[j] in _NO_RELATIVE:
            return None
        if c.lowers[j] == "who":
            party = c.ends.get(j) or _before_of(c, j)
            if party is None or party.part_of or not party.human:
                return None
            if c.word(party.start - 1) in GOVERNING or not acceptable(c, party, word, j):
                return None
            return party
    return None


def _before_of(c: Clauses, k: int) -> Party | None:
    """The head of "a member of a vigilante group", which ends at ``k``"""
    at = next((j for j in range(k - 1, max(-1, k - 6), -1) if c.lowers[j] == "of"), None)
    return c.ends.get(at) if at is not None else None


_NO_RELATIVE = frozenset(
    ', ; : . and or but that which when where while because said says told " “ ”'.split()
)


def _modifier(between: Sequence[str]) -> bool:
    """Whether the words between a noun and its verb only modify the noun."""
    if between[0] not in GOVERNING and between[0] not in (",", "who", "(", "aged", "including"):
        return False
    if between[0] in (",", "who"):
        return False
    return not any(w in BOUNDARY or w in BE or w in HAVE for w in between)


def before_aside(c: Clauses, k: int) -> int:
    """Where the aside that closes with a comma before ``k`` opens; ``k`` if none does."""
    j = k - 2
    while j > max(0, k - 22):
        w = c.word(j)
        if w == ",":
            nxt = c.word(j + 1)
            if nxt in ("and", "or"):
                j -= 1
                continue
            if c.ends.get(j) is not None:
                return j
        if w in (";", ":"):
            break
        j -= 1
    return k


def acceptable(c: Clauses, party: Party, word: HarmWord, end: int) -> bool:
    """Whether a party can be the one harmed."""
    if party.human is False or party.part_of == "thing":
        return False
    if (
        party.effect in ("killed", "injured", "casualties")
        and party.human
        and (c.word(party.end - 1) in lexicon().nouns and not party.part_of)
    ):
        return False  # "12 deaths", "two bodies" are figures of their own
    if word.captives and party.perpetrator:
        return False
    if word.captives and not (
        party.group in ("hostages", "prisoners") or c.captivity or _captors(c)
    ):
        return False
    if word.captives and party.part_of in ("them", "whom"):
        return True  # "eight of them were rescued"
    if party.human:
        return party.numbered or word.effect in (
            "killed",
            "injured",
            "hit",
            "abducted",
            "captured",
            "released",
            "missing",
        )
    if not party.numbered or (party.quantity.vague and word.person):
        return party.numbered and party.quantity.vague and not word.person
    if word.person and party.end > party.quantity.end:
        return False
    if word.person and word.captives:
        return c.captivity and party.end == party.quantity.end  # "all four were freed"
    return _bare_or_people(c, party, word.effect)


def _captors(c: Clauses) -> bool:
    """ "Militants release 82 schoolgirls": let go by those who can only have held them"""
    if _LET_GO.isdisjoint(c.lowers):
        return False
    return any(p.group == "militants" or p.perpetrator for p in c.parties) or not _SIDES.isdisjoint(
        c.lowers
    )


HOMES = frozenset({"families", "households"})
"""Nouns that count people by more than one."""


def _bare_or_people(c: Clauses, party: Party, effect: str) -> bool:
    """A number without a known noun: alone, or with an unknown word that may be people."""
    if party.end == party.quantity.end or party.part_of:
        return True
    last = c.lowers[party.end - 1]
    if effect == "displaced" and last in HOMES:
        return True
    if last in things() or last in lexicon().idiom_objects:
        return False
    if c.caps or c.tokens[party.end - 1].text[0].isupper():
        return True
    return last.endswith(PERSON_ENDINGS) or last in ADVERBS or last in ("more", "other")
