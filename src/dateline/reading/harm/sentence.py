"""One sentence with its numbers, people and harm words, as the harm grammar sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.reading.harm.verbs import Predicate, lexicon
from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, HAVE, Party
from dateline.reading.prepared import Sentence, Token


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
GOVERNING = frozenset(
    "in at on of from by with near inside outside including includes include among between aboard"
    " against into under within across through around for to like besides toward towards".split()
)
BOUNDARY = frozenset(
    "; : said says say told that when while after before because although but if whether where"
    " reported added which who whom".split()
)


def next_of_list(c: Clauses, k: int) -> int:
    """The token at or after ``k`` behind what joins the items of a list."""
    while c.word(k) in (",", "and", "plus"):
        k += 1
    return k


_LIST_REACH = 24  # words of a name, an age and what its bearer was, between two items
_JOINS = frozenset({",", "and", "plus", ";"})


def next_member(c: Clauses, party: Party) -> Party | None:
    """The next item of a list after ``party``, past names, ages and what is said of them.

    "The head coach, NAME, 42, and the announcer, NAME, 29, along with ten players"
    """
    k = next_of_list(c, party.end)
    if k > party.end and k in c.starts:
        following = c.starts[k]
        return next_member(c, following) if _says_who(c, party, following) else following
    plain = True
    for j in range(party.end, min(party.end + _LIST_REACH, len(c.lowers))):
        w = c.lowers[j]
        plain = plain or w == ";"
        if w in ("who", "which", "whose"):
            plain = False  # what is said of one, up to the next semicolon
        elif w in (".", ":") or (plain and (w in BE or w in HAVE)):
            return None
        found = c.starts.get(j)
        if found is None or found.start != j or not plain or j == party.end:
            if plain and any(p.start == j for p in c.predicates):
                return None
            continue
        joined = c.word(j - 1) in _JOINS or c.lowers[j - 2 : j] in (
            ["along", "with"],
            ["well", "as"],
        )
        joined = joined or (found.name and c.word(j - 2) in _JOINS)  # "geography teacher NAME"
        if joined and (found.human or found.name):
            return next_member(c, found) if _says_who(c, party, found) else found
    return None


def _says_who(c: Clauses, party: Party, following: Party) -> bool:
    """ "The gunman, NAME, 29, a guard born in the city": one and the same"""
    named = following.name and (party.name or not party.definite)
    one = not party.plural and not following.numbered and not named
    return one and c.word(following.start - 1) == "," and c.word(following.start) != "another"


def members_after(c: Clauses, party: Party) -> list[Party]:
    """All items of the list that goes on after ``party``; see :func:`next_member`."""
    found: list[Party] = []
    following = next_member(c, party)
    while following is not None:
        found.append(following)
        following = next_member(c, following)
    return found


def wholes(c: Clauses, party: Party) -> Iterator[Party]:
    """Those of whom a party is a part: the 26 people of "18 of the 26 people"."""
    if party.part_of:
        for quantity in c.quantities:
            if party.quantity.end < quantity.start < party.end:
                yield party._replace(start=quantity.start, quantity=quantity, part_of=None)


def verb_group(c: Clauses, i: int) -> VerbGroup:
    """Read the words before token ``i`` back to where its verb group starts."""
    be = have = to = negated = False
    modal: str | None = None
    feared: str | None = None
    modals = lexicon().modals
    k = i
    while k > 0:
        w = c.lowers[k - 1]
        if k in c.ends and w not in ("both", "all", "himself", "herself", "themselves"):
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
        elif w in ("and", "or") and any(p.end == k - 1 for p in c.predicates):
            break  # joined harm words are read together
        elif w in ("and", "or") and not be and (aux := _joined_participle(c, k - 1)) is not None:
            k = aux + 1  # "were rounded up and executed"
            continue
        else:
            break
        k -= 1
    return VerbGroup(k, be, have, modal, to, negated, feared)


def _joined_participle(c: Clauses, k: int) -> int | None:
    """Where "were" stands before a participle joined to what follows token ``k``."""
    for j in range(k - 1, max(-1, k - 7), -1):
        if c.lowers[j] in BE and c.lowers[j] != "'s":
            first = c.lowers[j + 1] if c.word(j + 1) not in ADVERBS else c.word(j + 2)
            joined = first.endswith(("ed", "en")) or first in ("hit", "struck", "run")
            return j if joined and j + 1 < k else None
        if j + 1 in c.ends or c.lowers[j] in (",", ".", ";"):
            return None
    return None


def starts_clause(c: Clauses, party: Party) -> bool:
    """Whether a party is itself the subject of what follows ("12 killed 15 injured")."""
    k = party.end
    while c.word(k) in ADVERBS or c.word(k).endswith("ly"):
        k += 1
    return (
        c.word(k) in BE
        or c.word(k) in HAVE
        or any(p.start == k and any(w.form == "past" for w in p.words) for p in c.predicates)
    )
