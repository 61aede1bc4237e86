"""Who is counted: noun phrases for people, with their number, group and side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.reading.harm.named_people import SINGLE, STOP, named
from dateline.reading.harm.verbs import lexicon
from dateline.reading.numbers import Quantity
from dateline.reading.people import BE, DETERMINERS, HAVE, Party, nouns, things
from dateline.reading.prepared import Token

_ONE_MORE = (["second"], ["third"], ["fourth"], ["fifth"], ["sixth"])
_SINGULAR = frozenset("a an another his her the their this that its my our another's".split())
_PUNCTUATION = frozenset('-.,;:!?()[]"“”«»…—–/*|')
_DEGREE = frozenset(
    "seriously severely badly critically slightly lightly gravely more most least".split()
)
_HURT = frozenset("wounded injured hurt burned burnt".split())
_VERBS = frozenset(
    "remain remained remains stayed stay went lay escaped fled suffered sustained received"
    " described reported confirmed needed required responded included include includes".split()
)
_DEGREE_OR_VERB = _DEGREE | _VERBS
_WITHIN = 6  # words between the number and its noun; longer runs are no noun phrase


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
        if party is None:
            i += 1
            continue
        found.append(party)
        i = max(party.end, i + 1)
    return found


_FAMILY = frozenset("family group crew convoy gang party trio quartet team".split())


def _family_of(
    lowers: Sequence[str], start: int, head: int, by_start: Mapping[int, Quantity]
) -> Party | None:
    """ "a family of five", "a group of 12 pilgrims" """
    inner = by_start.get(head + 2)
    if inner is None or inner.vague:
        return None
    end, human, group, perpetrator, effect = _head(lowers, inner.end)
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


def _head(
    lowers: Sequence[str], k: int, *, many: bool = False
) -> tuple[int, bool | None, str | None, bool, str | None]:
    """Read modifiers and noun from token ``k``: end, human, group, perpetrator, effect.

    ``many`` says that a number other than one stands before, so that a singular noun
    only modifies the head.
    """
    table, no_people, lex = nouns(), things(), lexicon()
    end, human, group, perpetrator, effect = k, None, None, False, None
    modifier: str | None = None
    limit = min(len(lowers), k + _WITHIN)
    while k < limit:
        word = lowers[k]
        noun = table.get(word)
        if noun is not None:
            human, group = True, noun.group or group
            perpetrator = perpetrator or noun.perpetrator
            end = k + 1
            following = lowers[end] if end < len(lowers) else ""
            if following in table and following not in lex.nouns:
                k += 1
                continue
            if following in _COUNTED and following in lex.nouns:  # "30 civilian deaths"
                return end + 1, True, group, perpetrator, lex.nouns[following]
            if many and not noun.plural and (ahead := _head_ahead(lowers, end)):
                k = ahead  # "three German exchange students"
                limit = max(limit, k + 1)
                continue
            if following == "'s":  # "12 soldiers' families", "two people's dog"
                return end, None, None, False, None
            if following in ("and", "or") and end + 1 < len(lowers):
                other = table.get(lowers[end + 1])
                after = lowers[end + 2] if end + 2 < len(lowers) else ""
                if other is not None and other.plural and noun.plural and after not in table:
                    end += 2
            break
        if human:
            break
        if word in lex.nouns and word not in ("missing", "remains"):  # "one remains in hospital"
            following = lowers[k + 1] if k + 1 < len(lowers) else ""
            if word in ("dead", "wounded", "injured"):
                # An adjective before its noun, else the state of those counted.
                if _noun_ahead(lowers, k + 1, limit):
                    modifier = lex.nouns[word]
                    k += 1
                    continue
                break
            if word in ("body", "bodies", "corpse", "corpses", "remains") and following == "parts":
                return k + 2, False, None, False, None
            effect, human, end = lex.nouns[word], True, k + 1
            break
        if word in no_people:
            following = lowers[k + 1] if k + 1 < len(lowers) else ""
            if following in lex.nouns:  # "30,000 gun deaths"
                k += 1
                continue
            if _noun_ahead(lowers, k + 1, min(limit, k + 3)) and word != "second":
                k += 1  # "12 school children", "three bus passengers"
                continue
            return k + 1, False, None, False, None
        if word in ("more", "other", "further", "additional", "own"):
            k += 1
            continue
        if word == "missing" and _noun_ahead(lowers, k + 1, limit):
            modifier, k = "missing", k + 1
            continue
        hurt = word in _DEGREE and lowers[k + 1 : k + 2] and lowers[k + 1] in _HURT
        if hurt and _noun_ahead(lowers, k + 2, limit + 1):
            modifier, k, limit = "injured", k + 2, limit + 1  # "51 critically wounded people"
            continue
        if word in STOP or word in _PUNCTUATION or word in lex.first or word in _DEGREE_OR_VERB:
            if (word in lex.first or word in _VERBS) and _adjective_ahead(lowers, k, limit):
                k += 1
                continue
            break
        if word[0].isdigit() and (age := _past_age(lowers, k)) > k:
            k = age  # "three 16-year-old schoolgirls"
            limit = min(len(lowers), k + _WITHIN)
            continue
        if word[0].isdigit() or word == "'s":
            break
        k += 1
        end = k  # an unknown word may be the noun
    if human is None and end > 0:
        # No noun for people: the unknown words may be adverbs or a verb; leave them.
        return end, None, None, False, None
    return end, human, group, perpetrator, effect or modifier


_COUNTED = frozenset("death deaths casualties fatalities injuries".split())


_SAY = frozenset("said say says told report reported".split())


def people_ahead(lowers: Sequence[str], k: int) -> bool:
    """Whether people without a number are what a verb before token ``k`` takes.

    "Three attackers killed people", "stabbed innocent bystanders", but not "three
    attackers killed, police say".
    """
    at = _head_ahead(lowers, k)
    return at > 0 and (lowers[at + 1] if at + 1 < len(lowers) else ".") not in _SAY


def _head_ahead(lowers: Sequence[str], k: int) -> int:
    """Where a plural noun for people follows within two plain words, else 0."""
    table, firsts = nouns(), lexicon().first
    for at in range(k, min(k + 3, len(lowers))):
        word = lowers[at]
        if word in table:
            return at if table[word].plural else 0
        if word in STOP or word in _PUNCTUATION or word in firsts or word in DETERMINERS:
            break
        if word[0].isdigit() or word in _NUMBER_WORDS or word in ("'s", "of"):
            break
    return 0


def _past_age(lowers: Sequence[str], k: int) -> int:
    """The token behind "16-year-old" that starts at ``k``; ``k`` where none does."""
    if list(lowers[k + 1 : k + 3]) == ["-", "year-old"]:
        return k + 3
    return k + 2 if list(lowers[k + 1 : k + 2]) == ["year-old"] else k


def _noun_ahead(lowers: Sequence[str], k: int, limit: int) -> bool:
    """Whether a noun for people follows within a few plain words."""
    table = nouns()
    while k < min(limit, len(lowers)):
        word = lowers[k]
        if word in table:
            return True
        if word in STOP or word in _PUNCTUATION:
            return False
        k += 1
    return False


_ADJECTIVAL = frozenset(
    "captured kidnapped abducted freed displaced released burned escaped".split()
)


def _adjective_ahead(lowers: Sequence[str], k: int, limit: int) -> bool:
    return lowers[k] in _ADJECTIVAL and lowers[k + 1 : k + 2] != [] and lowers[k + 1] in nouns()


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
        of = next((j for j in back if lowers[j] == "of" or lowers[j] in _PUNCTUATION), 0)
        start = of + 1 if lowers[of] == "of" else start
    if k < n and lowers[k] in ("more", "others", "other", "further", "additional"):
        more = True
        if lowers[k] == "others":
            return Party(start, k + 1, quantity, True, None, False, more=True)
        k += 1
    if k < n and lowers[k] == "of":
        following = lowers[k + 1] if k + 1 < n else ""
        if following in ("them", "us", "whom", "which", "these", "those", "you"):
            end, human, group, perpetrator, effect = _head(lowers, k + 2)
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
            head, human, *_ = _head(lowers, by_start[k + 1].end)
            if human and (lowers[head] if head < n else ".") not in _SINGULAR_VERBS:
                return None  # "he was one of four Americans killed there": four were
        owned = _owned(lowers, k + 1, by_start)
        if following in DETERMINERS or following in ("all",) or k + 1 in by_start or owned:
            # "82 of the more than 200 schoolgirls", "40 of 184 men", "9 of the bus's 44 people"
            inner = by_start.get(k + 1) or by_start.get(k + 2) or owned
            j = inner.end if inner is not None else k + 2
            while j < n and (lowers[j][0].isdigit() or lowers[j] in _NUMBER_WORDS):
                j += 1
            end, human, group, perpetrator, effect = _head(lowers, j)
            word = lowers[j] if j < n else ""
            state = lexicon().nouns.get(word) or (
                "killed" if word in ("killed", "slain", "deceased") else None
            )
            if human is None and (state or word == "missing"):
                return Party(start, j + 1, quantity, True, None, False, part_of=word, more=more)
            if human is False or (human is None and quantity.min == 1 and quantity.max == 1):
                return Party(start, end, quantity, False, None, False, part_of="thing")
            return Party(
                start, end, quantity, human, group, perpetrator, part_of=lowers[end - 1], more=more
            )
        k += 1
    if quantity.min == 0 and quantity.max == 0 and lowers[quantity.core] != "zero":
        return _nobody(lowers, start, quantity, k)
    end, human, group, perpetrator, effect = _head(lowers, k, many=quantity.max != 1)
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
        if lowers[k] in _PUNCTUATION:
            return None
        if lowers[k] in _GENITIVE:
            return by_start.get(k + 1)
    return None


_GENITIVE = frozenset(("'s", "’s", "'", "’"))
_OWNER = 6  # words of whose people they are: "of the Government Girls College's 926 students"
_SINGULAR_VERBS = frozenset("was is has died dies remains remained".split())
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen".split()
)


def _nobody(lowers: Sequence[str], start: int, quantity: Quantity, k: int) -> Party | None:
    if lowers[quantity.core] in ("nobody", "none") or quantity.end - quantity.core == 2:
        return Party(start, quantity.end, quantity, True, None, False)
    end, human, group, perpetrator, effect = _head(lowers, k, many=True)
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
    while k < min(n, i + 1 + _WITHIN):
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
                    or any(w in STOP or w in _PUNCTUATION for w in lowers[k + 2 : owned])
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
            if not _noun_ahead(lowers, k + 1, i + 1 + _WITHIN):
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
        elif word in STOP or word in _PUNCTUATION or word in lexicon().first:
            break
        k += 1
    # "wounded another", "and wounded a third": one more person, told by a word alone.
    end = i + 1 if first == "another" else i + 2
    if first == "another" and lowers[end : end + 1] == ["one"]:
        end += 1
    alone = first == "another" or (first in ("a", "an") and lowers[i + 1 : end] in _ONE_MORE)
    if alone and not (end < n and lowers[end] in things()):
        after = lowers[end] if end < n else "."  # "a third of the town" is no person
        if (
            (after in STOP and after != "of")
            or after in _PUNCTUATION
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
    return plain and (following in STOP or following in _PUNCTUATION or following in _VERBS)


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
        or after in _PUNCTUATION
        or after in ("who", "and", "from", "died")
    )
