"""Who was harmed in a clause: a small grammar over harm words and parties.

For each harm word the grammar settles the voice from the words before it, then takes
the object (active) or the subject (passive, intransitive, state) with everything joined
to it by commas and "and". It knows no parts of speech but those it needs: a party that is
followed by an unknown verb is not taken for a member of a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dateline.reading.harm_verbs import HarmWord, Predicate, find_predicates, lexicon
from dateline.reading.numbers import Quantity, find_quantities
from dateline.reading.prepared import Sentence, Token
from dateline.reading.victims import BE, DETERMINERS, HAVE, PREPOSITIONS, Party, parties, things


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure as the grammar leaves it, in token offsets of its sentence."""

    effect: str
    party: Party
    first: int
    last: int
    rule: str
    score: float = 0.9
    subset: bool = False
    cumulative: bool = False
    more: bool = False
    unreal: bool = False
    denied: bool = False
    own_hand: bool = False
    by_force: bool = False
    qualifier: str | None = None


@dataclass(slots=True)
class Clauses:
    """One sentence with its parties and harm words, and the drafts read from it so far."""

    sentence: Sentence
    tokens: Sequence[Token]
    lowers: list[str]
    caps: bool
    quantities: list[Quantity]
    parties: list[Party]
    predicates: list[Predicate]
    starts: dict[int, Party]
    ends: dict[int, Party]
    captivity: bool = False
    drafts: list[Draft] = field(default_factory=list)

    def word(self, i: int) -> str:
        """The token at ``i`` in lower case, empty beyond the sentence."""
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The auxiliaries and adverbs before a harm word; ``start`` is the first of them."""

    start: int
    be: bool = False
    have: bool = False
    modal: str | None = None
    to: bool = False
    negated: bool = False
    feared: str | None = None


ADVERBS = frozenset(
    "also later then already still now so far not allegedly all each instantly once together"
    " even either first previously since just only soon subsequently mortally earlier today"
    " yesterday thereby again almost both themselves himself currently else alone however n't never"
    " tonight overnight thursday friday saturday sunday monday tuesday wednesday too".split()
)
_NEGATED = {
    "weren't": "be",
    "wasn't": "be",
    "isn't": "be",
    "aren't": "be",
    "haven't": "have",
    "hasn't": "have",
    "hadn't": "have",
    "didn't": "do",
    "doesn't": "do",
    "don't": "do",
    "couldn't": "modal",
    "wouldn't": "modal",
    "won't": "modal",
}
RAISING = frozenset(
    "believed feared thought reported confirmed said presumed known understood estimated alleged"
    " found declared pronounced listed remain remained remains remaining went left appeared appear"
    " reportedly lying lay seem rumoured rumored considered officially gone reported".split()
)
_FEARED = frozenset("feared believed thought presumed rumoured rumored estimated".split())
_NO_ADVERB = frozenset("family families italy july assembly supply ally early elderly only".split())
_GOVERNING = frozenset(
    "in at on of from by with near inside outside including includes include among between aboard"
    " against into under within across through around for to like besides toward towards".split()
)
_BOUNDARY = frozenset(
    "; : said says say told that when while after before because although but if whether where"
    " reported added which who whom".split()
)
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
_CLOSERS = {")": "(", "]": "[", "-": "-", "–": "–", "—": "—"}
_PAIRS = frozenset({"killed", "injured"})
_UPGRADES = {"dead": "killed", "hostage": "abducted", "captive": "abducted", "prisoner": "captured"}
PERSON_ENDINGS = ("ers", "ors", "ists", "ians", "ees", "men", "women", "ants", "folk", "kin", "ans")
_FORCES = frozenset(
    "police officers officer security troops soldiers guards deputies swat commandos snipers"
    " sniper forces agents marksmen gendarmes fire marshals sheriff constables army guard".split()
)
_PLAIN_LIST_END = frozenset(
    '. , ; : ) ] ! ? — – " ” - in on at near during when after before while'
    " from with by inside outside and or as who whom whose according"
    " of using last late early yesterday this today overnight"
    " monday tuesday wednesday thursday friday saturday sunday but for"
    " to dead hostage prisoner captive including aboard some many most all"
    " both since until where which that ( [ then amid among into over"
    " there here across along more others plus outside".split()
)


def read_clauses(sentence: Sentence, *, caps: bool, captivity: bool = False) -> Clauses:
    """Find numbers, parties and harm words, and everything the grammar draws from them.

    ``captivity`` says that the text speaks of hostages or prisoners, without which
    "released" and "rescued" mean nothing here.
    """
    tokens = sentence.tokens
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


def verb_group(c: Clauses, i: int) -> VerbGroup:
    """Read the words before token ``i`` back to where its verb group starts."""
    be = have = to = negated = False
    modal: str | None = None
    feared: str | None = None
    modals = lexicon().modals
    k = i
    while k > 0:
        w = c.lowers[k - 1]
        if k in c.ends and w not in ("both", "all"):
            break
        if w in BE:  # "is said to have killed": the nearer "have" makes it active
            be = be or not have
        elif w in HAVE:
            have = True
        elif w in modals and not (w == "may" and c.tokens[k - 1].text == "May" and k > 1):
            modal = w
        elif w in ("not", "n't", "never"):
            negated = True
        elif w in _NEGATED:
            negated, what = True, _NEGATED[w]
            be, have = be or what == "be", have or what == "have"
            modal = w if what == "modal" else modal
        elif w in ("did", "do", "does"):
            pass
        elif w == "to" and (
            c.word(k) in BE or c.word(k) in HAVE or c.word(k - 2) in RAISING or k == i
        ):
            to = True
        elif w in RAISING:
            feared = w if w in _FEARED else feared
            if w in ("remain", "remained", "remains", "went", "appeared", "lay", "lying", "gone"):
                be = True
        elif (
            (w == "as" and c.word(k - 2) in RAISING)
            or w in ADVERBS
            or (w.endswith("ly") and w not in _NO_ADVERB)
        ):
            pass
        else:
            break
        k -= 1
    return VerbGroup(k, be, have, modal, to, negated, feared)


def _read(c: Clauses, index: int, predicate: Predicate) -> None:
    if _idiom(c, predicate):
        return
    group = verb_group(c, predicate.start)
    state = predicate.of("state")
    if state is not None and _state(c, predicate, group, state):
        return
    intransitive = predicate.of("intransitive")
    if intransitive is not None and _intransitive(c, predicate, group, intransitive):
        return
    transitive = predicate.of("transitive")
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
    if word.form == "past":
        if group.be:
            if _passive(c, predicate, group, word, partner):
                return
            _inverted(c, predicate, word)
            return
        target = [] if _disease(c, predicate.start) else objects(c, predicate.end, word)
        left = c.ends.get(group.start)
        if target and target[0].part_of == "bare" and c.word(predicate.start - 1) in DETERMINERS:
            target = []  # "a freed pupil"
        passive_left = (
            left is not None
            and (left.numbered or left.more)
            and target
            and (not target[0].numbered or _starts_clause(c, target[0]))
            and (_starts_clause(c, target[0]))
        )
        if target and not passive_left and not group.have and not word.hospital:
            _emit_all(c, predicate, group, word, target, "active", partner)
            return
        if target and group.have:
            _emit_all(c, predicate, group, word, target, "active", partner)
            return
        if group.have:
            return
        if word.person and _some_object(c, predicate.end):
            return  # "8,000 guerrillas captured many towns"
        if (
            left is not None
            and _acceptable(c, left, word, left.end)
            and _reduced(c, left, predicate)
        ):
            rule = "reduced passive" if left.numbered else "reduced passive, one"
            _emit_all(
                c,
                predicate,
                group,
                word,
                _joined_left(c, left),
                rule,
                None,
                by_force=_by_force(c, predicate.end),
            )
            return
        if partner is not None and _share(c, predicate, group, word, partner):
            return
        _inverted(c, predicate, word)
        return
    target = objects(c, predicate.end, word)
    if not target or _disease(c, predicate.start):
        return
    if word.form == "ing" and target[0].part_of == "bare" and not c.sentence.title:
        return  # "the stabbing victim"
    if word.form == "base" and not (group.modal or group.to or group.negated):
        before = c.word(group.start - 1)
        if group.start == 0 or before in ("help", "helped", "let", "."):
            return
    if (
        word.form == "ing"
        and c.word(predicate.start - 1) in ("the", "of", "for", "from", "by")
        and (c.word(predicate.end) == "of")
    ):
        return
    _emit_all(c, predicate, group, word, target, "active", partner)


def _some_object(c: Clauses, k: int) -> bool:
    """Whether something that is no time and nobody is the object from token ``k``."""
    if c.word(k) in ("the", "a", "an", "his", "her", "their", "its"):
        return c.word(k + 1) not in ("day", "night", "week", "previous", "same", "morning", "month")
    return k in c.starts and c.starts[k].human is not True and c.starts[k].numbered


def _disease(c: Clauses, k: int) -> bool:
    """Whether an illness is what kills ("flu has killed 53 children")."""
    return any(w in lexicon().illness for w in c.lowers[max(0, k - 4) : k])


def _starts_clause(c: Clauses, party: Party) -> bool:
    """Whether a party is itself the subject of what follows ("12 killed 15 injured")."""
    k = party.end
    while c.word(k) in ADVERBS or c.word(k).endswith("ly"):
        k += 1
    return (
        c.word(k) in BE
        or c.word(k) in HAVE
        or any(p.start == k and any(w.form == "past" for w in p.words) for p in c.predicates)
    )


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
    _emit_all(
        c, predicate, group, word, found, "passive", None, by_force=_by_force(c, predicate.end)
    )
    return True


def _inverted(c: Clauses, predicate: Predicate, word: HarmWord) -> None:
    """ "Killed in the attack were two policemen", "Among the injured was a child" """
    k = predicate.end
    limit = min(len(c.lowers), k + 7)
    while k < limit and c.lowers[k] not in ("was", "were", "are", "is"):
        if c.lowers[k] in (",", ".", "and", "who"):
            return
        k += 1
    party = c.starts.get(k + 1)
    if k >= limit or party is None or not _acceptable(c, party, word, party.end):
        return
    among = (
        c.word(predicate.start - 1) in ("those", "the", "among")
        or "among" in c.lowers[max(0, predicate.start - 3) : predicate.start]
    )
    if (
        predicate.start
        and not among
        and c.lowers[predicate.start - 1] not in ("also", ".", ",", "and", '"', "“")
    ):
        return
    for member in _joined_right(c, party, word):
        if _acceptable(c, member, word, member.end) and not member.part_of == "bare":
            c.drafts.append(
                Draft(
                    word.effect,
                    member,
                    predicate.start,
                    member.end - 1,
                    "inverted",
                    0.8,
                    subset=among,
                )
            )


def _intransitive(c: Clauses, predicate: Predicate, group: VerbGroup, word: HarmWord) -> bool:
    found = subjects(c, group.start, word)
    if word.form == "base" and not (group.modal or group.to or group.negated):
        return False
    if found and word.effect == "killed" and not found[0].numbered and _natural(c, predicate.end):
        return True
    if found and _natural(c, predicate.end) and predicate.end - predicate.start == 1:
        return True
    if found:
        _emit_all(c, predicate, group, word, found, "intransitive", None)
    return bool(found)


def _natural(c: Clauses, k: int) -> bool:
    """Whether an illness or the like follows within a few words."""
    natural = lexicon().natural
    return any(c.word(j) in natural for j in range(k, min(k + 6, len(c.lowers))))


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
        and _acceptable(c, left, word, left.end)
        and (
            left.numbered
            or left.more
            or c.word(left.start - 1) in ("left", "leaving", "with", "leaves", "shot")
        )
    ):
        _emit_all(c, predicate, group, word, _joined_left(c, left), "state", None)
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
    if reflexive:
        number = None if c.word(k) == "themselves" else 1
        party = Party(
            k,
            k + 1,
            Quantity(k, k, k + 1, number, number, number == 1, None, number is None),
            True,
            None,
            True,
            numbered=False,
            definite=True,
            plural=number is None,
        )
    else:
        found = c.starts.get(k)
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
        if found is None or not _acceptable(c, found, word, found.end):
            return []
        if (
            found.part_of == "bare"
            and (after := c.word(found.end))
            and after not in _PLAIN_LIST_END
        ):
            return []  # "wounded American families"
        party = found
    return _joined_right(c, party, word)


def _joined_right(c: Clauses, party: Party, word: HarmWord) -> list[Party]:
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
        if not phrase or len(phrase) > 4 or (set(phrase) & {"with", "as"} and len(phrase) < 2):
            break
        following = c.starts.get(link)
        if following is None or not _acceptable(c, following, word, following.end):
            break
        far = j > k
        if (far or phrase == [","]) and not (following.numbered or following.name):
            break
        after = c.word(following.end)
        if (after and after not in _PLAIN_LIST_END) or _starts_clause(c, following):
            break
        if following.part_of in ("them", "whom") or (
            phrase == [","] and c.word(following.end) == "of"
        ):
            break
        members.append(following)
        k = following.end
    return members


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


def _joined_left(c: Clauses, party: Party) -> list[Party]:
    members = [party]
    k = party.start
    while True:
        j = k
        while c.word(j - 1) in (",", "and", "plus", "&", "or"):
            j -= 1
        if j == k:
            break
        before = c.ends.get(j)
        if before is None and c.word(k - 1) == "and":  # "12 soldiers from X and a child"
            before = next((p for p in reversed(c.parties) if p.end <= j), None)
            if before is not None and not (
                before.numbered
                and before.human
                and c.word(before.end) in ("from", "of", "in")
                and j - before.end <= 5
                and not _between(c, before.end, j, _BOUNDARY)
            ):
                before = None
        if (
            before is None
            or before.human is False
            or (before.human is None and not before.numbered)
        ):
            break
        if (
            any(p.end <= before.start <= p.end + 2 for p in c.predicates)
            or before.part_of == "bare"
        ):
            break
        if (
            any(before.end <= p.start < k for p in c.predicates)
            or c.word(before.start - 1) in _GOVERNING
        ):
            break
        if c.word(j) == "," and j == k - 1 and not before.numbered:
            break
        members.insert(0, before)
        k = before.start
    return members


def _between(c: Clauses, start: int, end: int, words: frozenset[str]) -> bool:
    return any(w in words for w in c.lowers[start:end])


def subjects(c: Clauses, k: int, word: HarmWord) -> list[Party]:
    """The parties that are the subject of the verb group starting at token ``k``."""
    relative = False
    if c.word(k - 1) in ("who", "that", "which", "whom"):
        relative = True
        k -= 1
        if c.word(k - 1) == "," or c.word(k - 1) in ("of",):
            k -= 1
    elif c.word(k - 1) == ",":
        k = _before_aside(c, k)
    elif c.word(k - 1) in _CLOSERS:
        j = k - 2
        while j > max(0, k - 16) and c.word(j) != _CLOSERS[c.word(k - 1)]:
            j -= 1
        while c.word(j - 1) in ("-", "–"):
            j -= 1
        k = j
    fallback: Party | None = None
    for party in reversed(c.parties):
        if party.end > k:
            continue
        if k - party.end > 14:
            break
        between = c.lowers[party.end : k]
        if between and not _modifier(between):
            if any(w in _BOUNDARY for w in between) or any(w in BE or w in HAVE for w in between):
                break
            if not party.human or "," in between:
                continue
            # An unknown word between may be the verb of another clause.
            if any(p.start == party.end and p.end == k for p in c.predicates):
                pass  # "twelve guards held hostage were freed"
            elif not between[0].endswith(("ing", "ed")) and between[0] not in (
                "aged",
                "both",
                "each",
                "all",
            ):
                continue
        if not _acceptable(c, party, word, party.end):
            if not between:
                return (
                    [] if party.human is False and c.word(party.start - 1) not in _GOVERNING else []
                )
            continue
        if between and not (party.numbered or not party.plural):
            continue
        if (
            party.part_of == "bare"
            and party.start
            and c.word(party.start - 1) not in (",", ":", ";")
        ):
            continue
        if c.word(party.start - 1) in _GOVERNING and not relative:
            if fallback is None and not between and party.numbered:
                fallback = party
            continue
        return _joined_left(c, party)
    return (
        [fallback]
        if fallback is not None and c.word(fallback.start - 1) not in ("including", "among", "of")
        else []
    )


def _modifier(between: Sequence[str]) -> bool:
    """Whether the words between a noun and its verb only modify the noun."""
    if between[0] not in _GOVERNING and between[0] not in (",", "who", "(", "aged", "including"):
        return False
    if between[0] in (",", "who"):
        return False
    return not any(w in _BOUNDARY or w in BE or w in HAVE for w in between)


def _before_aside(c: Clauses, k: int) -> int:
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


def _acceptable(c: Clauses, party: Party, word: HarmWord, end: int) -> bool:
    """Whether a party can be the one harmed."""
    if party.human is False or party.part_of == "thing":
        return False
    if (
        party.effect in ("killed", "injured", "casualties")
        and party.human
        and (c.word(party.end - 1) in lexicon().nouns and not party.part_of)
    ):
        return False  # "12 deaths", "two bodies" are figures of their own
    if word.captives and not (
        party.group in ("hostages", "prisoners", "children", "women") or c.captivity
    ):
        return False
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
        return False
    return _bare_or_people(c, party)


def _bare_or_people(c: Clauses, party: Party) -> bool:
    """A number without a known noun: alone, or with an unknown word that may be people."""
    if party.end == party.quantity.end or party.part_of:
        return True
    last = c.lowers[party.end - 1]
    if last in things() or last in lexicon().idiom_objects:
        return False
    if c.caps or c.tokens[party.end - 1].text[0].isupper():
        return True
    return last.endswith(PERSON_ENDINGS) or last in ADVERBS or last in ("more", "other")


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
        if other is not None and not any(d.first <= partner.start <= d.last for d in c.drafts):
            if {other.effect, effect} == _PAIRS:
                effect = "casualties"
            elif other.effect == "hit":
                pass
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
    if group.to and word.form == "base":
        return c.word(group.start - 1) not in _REAL_TO
    if group.to and c.word(group.start - 1) not in RAISING and not group.be and not group.have:
        return True
    clause = c.lowers[max(0, group.start - 12) : group.start]
    for w in reversed(clause):
        if w in lex.openers:
            return True
        if w in (";", ",", "said", "after", "that", "of", "who", "for"):
            break
    return any(w in lex.drills for w in c.lowers)
