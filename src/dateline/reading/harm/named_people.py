"""People told by a name, a title and a name, or a bare noun as headlines have it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, DETERMINERS, HAVE, PREPOSITIONS, Party, nouns, things
from dateline.reading.prepared import Token

STOP = (
    PREPOSITIONS
    | BE
    | HAVE
    | frozenset(
        "and or nor said says say told did does do didn't wasn't weren't not will would could can"
        " may might should must shall he she they it we you i him them us there here then also"
        " left leaving leaves later so yet still now too however died".split()
    )
)
"""Words that end a noun phrase."""

SINGLE = Quantity(0, 0, 0, 1, 1, True, None)
"""The number of one person; its place in the sentence is to be filled in."""

_TITLES = frozenset(
    "mr mrs ms dr gen col maj capt lt sgt cpl pvt rev sen rep gov prof sir fr msgr archbishop"
    " bishop president minister general colonel major captain lieutenant sergeant corporal"
    " officer deputy judge senator congressman ambassador mayor governor father sister brother"
    " pfc spc cmdr adm insp supt pc wpc det trooper".split()
)
_NO_NAME = frozenset(
    "police army navy government parliament congress senate council ministry department force"
    " forces state states united nations islamic party club team city county street road avenue"
    " university school church hospital airport bank company corp inc ltd league cup games"
    " olympics house white court war day week january february march april may june july august"
    " september october november december monday tuesday wednesday thursday friday saturday"
    " sunday north south east west northern southern eastern western al shabab shabaab boko"
    " haram qaeda isis isil taliban hamas hezbollah farc nato eu un us uk u.s. u.n. u.k. the a an"
    " an in on at he she they it we i but and that this these those there his her their if when"
    " while as after before one two three no none several many most some all both another other"
    " republican democrat democratic republicans democrats security twitter facebook".split()
)


def named(tokens: Sequence[Token], lowers: Sequence[str], i: int, caps: bool) -> Party | None:
    """A name, a title and a name, or a bare singular noun as headlines have it."""
    word = lowers[i]
    noun = nouns().get(word)
    one = SINGLE._replace(start=i, core=i, end=i + 1)
    if (
        noun is not None
        and not noun.plural
        and word
        not in ("force", "second", "minor", "major", "general", "private", "other", "chief")
    ):
        k, group, perpetrator = i + 1, noun.group, noun.perpetrator
        while k < len(lowers) and lowers[k] in nouns():
            if nouns()[lowers[k]].plural:
                return None
            group = nouns()[lowers[k]].group or group
            perpetrator = perpetrator or nouns()[lowers[k]].perpetrator
            k += 1
        if (
            lowers[k : k + 1] == ["'s"]
            or lowers[k : k + 1] == ["-"]
            or (k < len(lowers) and lowers[k] in things())
        ):
            return None
        bare = True
        while k < len(lowers) and not caps and _cap(tokens, lowers, k):
            k += 1
            bare = False
        return Party(
            i,
            k,
            one._replace(end=k),
            True,
            group,
            perpetrator,
            numbered=False,
            plural=False,
            name=not bare,
            definite=not bare,
            part_of="bare" if bare else None,
        )
    if caps:
        return None
    if word == "himself" or word == "herself":
        return Party(i, i + 1, one, True, None, True, numbered=False, plural=False, definite=True)
    if not _cap(tokens, lowers, i):
        return None
    k = i
    while k < len(lowers) and (
        _cap(tokens, lowers, k)
        or (
            lowers[k] == "."
            and k > i
            and (lowers[k - 1] in _TITLES or len(lowers[k - 1]) == 1)
            and k + 1 < len(lowers)
            and _cap(tokens, lowers, k + 1)
        )
    ):
        k += 1
    if k - i < 2 or k - i > 6 or lowers[k : k + 1] == ["'s"]:
        return None
    if any(w in _NO_NAME or w in things() for w in lowers[i:k]):
        return None
    perpetrator = any(_is_of_perpetrator(word) for word in lowers[i:k]) or _is_told_as(lowers, i)
    return Party(
        i,
        k,
        one._replace(end=k),
        True,
        None,
        perpetrator,
        numbered=False,
        plural=False,
        name=True,
        definite=True,
    )


def _is_of_perpetrator(word: str) -> bool:
    noun = nouns().get(word)
    return noun is not None and noun.perpetrator


def _is_told_as(lowers: Sequence[str], i: int) -> bool:
    """Whether a name is told as a perpetrator's: "the suspect, identified as X, was killed"."""
    if list(lowers[max(0, i - 2) : i]) not in (["identified", "as"], ["named", "as"]):
        return False
    return any(_is_of_perpetrator(word) for word in lowers[max(0, i - 9) : i - 2])


def _cap(tokens: Sequence[Token], lowers: Sequence[str], k: int) -> bool:
    text = tokens[k].text
    return (
        text[0].isupper()
        and (len(text) > 1 or lowers[k + 1 : k + 2] == ["."])
        and (text[1:].islower() or not text.isupper() or len(text) == 1)
        and lowers[k] not in STOP
        and lowers[k] not in DETERMINERS
    )
