"""Who is counted: noun phrases for people, with their number, group and side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.reading.harm.heads import (
    NUMBER_WORDS,
    PUNCTUATION,
    VERBS,
    WITHIN,
    head_of,
    noun_ahead,
)
from dateline.reading.harm.named_people import SINGLE, STOP, named
from dateline.reading.harm.verbs import lexicon
from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, DETERMINERS, HAVE, Party, demonyms, nouns, things
from dateline.reading.prepared import Token

_ONE_MORE = (["second"], ["third"], ["fourth"], ["fifth"], ["sixth"])
_SINGULAR = frozenset("a an another his her the their this that its my our another's".split())


def parties(
    tokens: Sequence[Token], lowers: Sequence[str], quantities: Sequence[Quantity], caps: bool
) -> list[Party]:
    """The people named or counted in one sentence, in order."""
    found: list[Party] = []
    by_start = {q.start: q for q in quantities}
    i, n = 0, len(tokens)
    while i < n:
        quantity = by_start.get(i)
        party = None
        if quantity is not None:
            party = _counted(tokens, lowers, quantity, by_start)
        elif lowers[i] in _SINGULAR:
            party = _single(tokens, lowers, i, by_start)
            if party is None and i + 1 in by_start:  # "the 12 dead", "his two children"
                i += 1
                continue
        elif lowers[i] in _FAMILY and lowers[i + 1 : i + 2] == ["of"]:
            party = _family_of(lowers, i, i, by_start)
        else:
            party = named(tokens, lowers, i, caps)
            if party is not None and party.name and found and _is_same(lowers, found[-1], party):
                party = party._replace(perpetrator=True)
        if party is None:
            i += 1
            continue
        found.append(party)
        i = max(party.end, i + 1)
    return found


def _is_same(lowers: Sequence[str], before: Party, name: Party) -> bool:
    """ "The suspected shooter, NAME, 46, is in hospital": one and the same, no list"""
    one = before.perpetrator and not before.plural and before.end == name.start - 1
    return one and lowers[before.end] == "," and lowers[name.end : name.end + 1] != ["and"]


_FAMILY = frozenset("family group crew convoy gang party trio quartet team".split())


def _family_of(
    lowers: Sequence[str], start: int, head: int, by_start: Mapping[int, Quantity]
) -> Party | None:
    """ "a family of five", "a group of 12 pilgrims" """
    inner = by_start.get(head + 2)
    if inner is None or inner.vague:
        return None
    end, human, group, perpetrator, effect = head_of(lowers, inner.end)
    if end == inner.end or human is None:  # "its crew of eight Sri Lankans"
        human = True if lowers[head] in ("family", "crew") else None
    return Party(
        start,
        end,
        inner,
        human,
        group or ("family" if lowers[head] == "family" else None),
        perpetrator,
        effect,
    )


def _counted(
    tokens: Sequence[Token],
    lowers: Sequence[str],
    quantity: Quantity,
    by_start: Mapping[int, Quantity],
) -> Party | None:
    """A party that starts with a number."""
    k = quantity.end
    n = len(lowers)
    more = quantity.more
    start = quantity.start
    if start and lowers[start - 1] in (
        "the",
        "these",
        "those",
        "all",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
    ):
        start -= 1
    elif start and lowers[start - 1] in _GENITIVE:
        # "Of the school's 926 students, 111 were missing"
        back = range(start - 2, max(-1, start - 2 - _OWNER), -1)
        of = next((j for j in back if lowers[j] == "of" or lowers[j] in PUNCTUATION), 0)
        start = of + 1 if lowers[of] == "of" else start
    if k < n and lowers[k] in ("more", "others", "other", "further", "additional"):
        more = True
        if lowers[k] == "others":
            return Party(start, k + 1, quantity, True, None, False, more=True)
        k += 1
    if k < n and lowers[k] == "of":
        following = lowers[k + 1] if k + 1 < n else ""
        if following in ("them", "us", "whom", "which", "these", "those", "you"):
            end, human, group, perpetrator, effect = head_of(lowers, k + 2)
            if not human:
                end = k + 2
            return Party(
                start,
                end,
                quantity,
                human,
                group,
                perpetrator,
                effect,
                part_of=following,
                more=more,
            )
        if quantity.max == 1 and k + 1 in by_start and lowers[quantity.core] == "one":
            head, human, *_ = head_of(lowers, by_start[k + 1].end)
            if human and (lowers[head] if head < n else ".") not in _SINGULAR_VERBS:
                return None  # "he was one of four Americans killed there": four were
        owned = _owned(lowers, k + 1, by_start)
        if following in DETERMINERS or following in ("all",) or k + 1 in by_start or owned:
            # "82 of the more than 200 schoolgirls", "40 of 184 men", "9 of the bus's 44 people"
            inner = by_start.get(k + 1) or by_start.get(k + 2) or owned
            j = inner.end if inner is not None else k + 2
            while j < n and (lowers[j][0].isdigit() or lowers[j] in NUMBER_WORDS):
                j += 1
            end, human, group, perpetrator, effect = head_of(lowers, j)
            word = lowers[j] if j < n else ""
            state = lexicon().nouns.get(word) or (
                "killed" if word in ("killed", "slain", "deceased") else None
            )
            if human is None and (state or word == "missing"):
                return Party(start, j + 1, quantity, True, None, False, part_of=word, more=more)
            if human is False or (human is None and quantity.min == 1 and quantity.max == 1):
                return Party(start, end, quantity, False, None, False, part_of="thing")
            return Party(
                start,
                end,
                quantity,
                human,
                group,
                perpetrator,
                effect if effect == "killed" and human else None,
                part_of=lowers[end - 1],
                more=more,
            )
        k += 1
    if quantity.min == 0 and quantity.max == 0 and lowers[quantity.core] != "zero":
        return _nobody(lowers, start, quantity, k)
    quoted = k + 1 < n and lowers[k] in _QUOTES and start and lowers[start - 1] in _QUOTES
    if quoted and lowers[k + 1] in nouns():
        k += 1  # "around 20" people
    end, human, group, perpetrator, effect = head_of(lowers, k, many=quantity.max != 1)
    if k < n and lowers[k] in ("men", "women") and lowers[k + 1 : k + 2] == ["'s"]:
        return None
    if human is False:
        return Party(start, end, quantity, False, None, False)
    if (
        quantity.vague
        and not human
        and lowers[quantity.core] in ("few", "many", "several", "numerous", "multiple")
    ):
        return Party(start, max(end, quantity.end), quantity, None, None, False, more=more)
    return Party(
        start, max(end, quantity.end), quantity, human, group, perpetrator, effect, more=more
    )


def _owned(lowers: Sequence[str], first: int, by_start: Mapping[int, Quantity]) -> Quantity | None:
    """The 44 of "the bus's 44 passengers", whose name begins at token ``first``."""
    for k in range(first + 1, min(first + _OWNER, len(lowers) - 1)):
        if lowers[k] in PUNCTUATION:
            return None
        if lowers[k] in _GENITIVE:
            return by_start.get(k + 1)
    return None


_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
_GENITIVE = frozenset(("'s", "’s", "'", "’"))
_OWNER = 6  # words of whose people they are: "of the Government Girls College's 926 students"
_SINGULAR_VERBS = frozenset("was is has died dies remains remained".split())


def _nobody(lowers: Sequence[str], start: int, quantity: Quantity, k: int) -> Party | None:
    if lowers[quantity.core] in ("nobody", "none") or quantity.end - quantity.core == 2:
        return Party(start, quantity.end, quantity, True, None, False)
    end, human, group, perpetrator, effect = head_of(lowers, k, many=True)
    if human:
        return Party(start, end, quantity, True, group, perpetrator, effect)
    return None


def _single(
    tokens: Sequence[Token], lowers: Sequence[str], i: int, by_start: Mapping[int, Quantity]
) -> Party | None:
    """ "a soldier", "another", "his wife", "the mayor of Cali" """
    table = nouns()
    first = lowers[i]
    k, n = i + 1, len(lowers)
    modifier: str | None = None
    while k < min(n, i + 1 + WITHIN):
        if k in by_start and lowers[k] != "one":
            break
        word = lowers[k]
        if word in DETERMINERS or word in ("any", "some", "all", "no"):
            break
        if word in _FAMILY and lowers[k + 1 : k + 2] == ["of"]:
            return _family_of(lowers, i, k, by_start)
        if word in _TOGETHER and first == "the" and k == i + 1 and _bare_after(lowers, k + 1):
            number = _TOGETHER[word]
            some = Quantity(i, k, k + 1, number, number, True, None)
            return Party(i, k + 1, some, True, None, False, numbered=False, definite=True)
        noun = table.get(word)
        if noun is not None and lowers[k + 1 : k + 2] != ["-"]:
            # Go on to the last of a run ("security guard", "police officer").
            group = noun.group
            perpetrator = noun.perpetrator
            while k + 1 < n and lowers[k + 1] in table:
                k += 1
                noun = table[lowers[k]]
                group = noun.group or group
                perpetrator = perpetrator or noun.perpetrator
            following = lowers[k + 1] if k + 1 < n else ""
            if following == "'s":  # "her ex-husband's girlfriend"
                owned = next((j for j in range(k + 2, min(n, k + 5)) if lowers[j] in table), None)
                if (
                    owned is None
                    or table[lowers[owned]].plural
                    or any(w in STOP or w in PUNCTUATION for w in lowers[k + 2 : owned])
                ):
                    return None
                k, noun = owned, table[lowers[owned]]
                group, perpetrator = noun.group, noun.perpetrator
                following = lowers[k + 1] if k + 1 < n else ""
            if following in things():
                if (
                    lowers[k + 2 : k + 3]
                    and lowers[k + 2] in table
                    and not table[lowers[k + 2]].plural
                ):
                    k += 2  # "a German truck driver"
                    continue
                return None
            if lowers[k] == "couple":
                two = Quantity(i, k, k + 1, 2, 2, True, None)
                return Party(i, k + 1, two, True, None, False, numbered=False)
            if _ordinal(lowers, i, k):
                return None
            one_of_them = noun.plural and _is_demonym(lowers, k) and first in _ONE_OF
            if group == "family" and not noun.plural:
                while k + 1 < n and tokens[k + 1].text.istitle() and lowers[k + 1] not in STOP:
                    k += 1  # "her husband Rami"
            if noun.plural and first in ("a", "an") and lowers[k] != "people" and not one_of_them:
                k += 1  # "an oil workers union leader"
                continue
            if noun.plural and not one_of_them:
                definite_plural = first in ("the", "his", "her", "their", "these", "those")
                if not definite_plural or not perpetrator:
                    return None
                vague = Quantity(i, k, k + 1, None, None, False, None, vague=True)
                return Party(
                    i, k + 1, vague, True, None, True, numbered=False, definite=True, plural=True
                )
            return Party(
                i,
                k + 1,
                SINGLE._replace(start=i, core=k, end=k + 1),
                True,
                group,
                perpetrator,
                modifier,
                numbered=False,
                plural=False,
                definite=first not in ("a", "an", "another"),
                more=first == "another",
            )
        if word in ("wounded", "injured", "dead") and k + 1 < n:
            modifier = lexicon().nouns[word]
            if not noun_ahead(lowers, k + 1, i + 1 + WITHIN):
                break
        elif word == "-" or word[0].isdigit():
            pass
        elif word in ("year-old", "old", "-"):
            aged = word == "year-old"
            if aged and tokens[k].end < tokens[min(k + 1, n - 1)].start:
                named = tokens[k + 1].text[:1].isupper() and lowers[k + 1] not in table
                if named and _bare_after(lowers, k + 2):  # "the 31-year-old Tunisian was"
                    k += 1
            if aged and _bare_after(lowers, k + 1):
                one = SINGLE._replace(start=i, core=k, end=k + 1)
                return Party(
                    i,
                    k + 1,
                    one,
                    True,
                    None,
                    False,
                    numbered=False,
                    plural=False,
                    definite=first == "the",
                    more=first == "another",
                )
        elif word in STOP or word in PUNCTUATION or word in lexicon().first:
            break
        k += 1
    if first in _ONE_OF and i + 1 < n and lowers[i + 1] in demonyms():
        after = lowers[i + 2] if i + 2 < n else "."
        if after in STOP or after in PUNCTUATION:  # "a Belgian was", not "a Belgian court was"
            one = SINGLE._replace(start=i, core=i + 1, end=i + 2)
            more = first == "another"
            return Party(i, i + 2, one, True, None, False, numbered=False, plural=False, more=more)
    # "wounded another", "and wounded a third": one more person, told by a word alone.
    end = i + 1 if first == "another" else i + 2
    if first == "another" and lowers[end : end + 1] == ["one"]:
        end += 1
    alone = first == "another" or (first in ("a", "an") and lowers[i + 1 : end] in _ONE_MORE)
    if alone and not (end < n and lowers[end] in things()):
        after = lowers[end] if end < n else "."  # "a third of the town" is no person
        if (
            (after in STOP and after != "of")
            or after in PUNCTUATION
            or after in lexicon().first
            or after.endswith("ly")
        ):
            one = SINGLE._replace(start=i, core=end - 1, end=end)
            return Party(i, end, one, True, None, False, numbered=False, plural=False, more=True)
    return None


_TOGETHER = {"pair": 2, "duo": 2, "trio": 3, "quartet": 4}
_ONE_OF = frozenset({"a", "an", "another"})


def _is_demonym(lowers: Sequence[str], k: int) -> bool:
    """ "another Japanese": one person by a word that also means many"""
    plain = lowers[k].endswith("ese") or lowers[k] == "swiss"
    following = lowers[k + 1] if k + 1 < len(lowers) else "."
    return plain and (following in STOP or following in PUNCTUATION or following in VERBS)


_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last latest".split()
)


def _ordinal(lowers: Sequence[str], i: int, k: int) -> bool:
    """ "the second medic to be killed" counts nobody anew"""
    return (
        lowers[i] == "the"
        and lowers[k + 1 : k + 2] == ["to"]
        and not (_ORDINALS.isdisjoint(lowers[i:k]))
    )


def _bare_after(lowers: Sequence[str], k: int) -> bool:
    after = lowers[k] if k < len(lowers) else "."
    return (
        after in BE
        or after in HAVE
        or after in PUNCTUATION
        or after in ("who", "and", "from", "died", "suspected", "accused")
    )
