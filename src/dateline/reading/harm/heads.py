"""The head of a noun phrase: which noun is counted, and what the phrase says of it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.reading.harm.named_people import STOP
from dateline.reading.harm.verbs import lexicon
from dateline.reading.people import DETERMINERS, demonyms, nouns, things

PUNCTUATION = frozenset('-.,;:!?()[]"“”«»…—–/*|')
_DEGREE = frozenset(
    "seriously severely badly critically slightly lightly gravely more most least".split()
)
_HURT = frozenset("wounded injured hurt burned burnt".split())
VERBS = frozenset(
    "remain remained remains stayed stay went lay escaped fled suffered sustained received"
    " described reported confirmed needed required responded included include includes".split()
)
_DEGREE_OR_VERB = _DEGREE | VERBS
WITHIN = 6  # words between the number and its noun; longer runs are no noun phrase
NUMBER_WORDS = frozenset("two three four five six seven eight nine ten eleven twelve dozen".split())


def head_of(
    lowers: Sequence[str], k: int, *, many: bool = False
) -> tuple[int, bool | None, str | None, bool, str | None]:
    """Read modifiers and noun from token ``k``: end, human, group, perpetrator, effect.

    ``many`` says that a number other than one stands before, so that a singular noun
    only modifies the head.
    """
    table, no_people, lex = nouns(), things(), lexicon()
    end, human, group, perpetrator, effect, k0 = k, None, None, False, None, k
    modifier: str | None = None
    limit = min(len(lowers), k + WITHIN)
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
                if noun_ahead(lowers, k + 1, limit):
                    modifier = lex.nouns[word]
                    k += 1
                    continue
                break
            if word in _REMAINS and following in _NO_REMAINS:
                return k + 2, False, None, False, None
            effect, human, end = lex.nouns[word], True, k + 1
            break
        if word in no_people:
            following = lowers[k + 1] if k + 1 < len(lowers) else ""
            if following in lex.nouns:  # "30,000 gun deaths"
                k += 1
                continue
            if noun_ahead(lowers, k + 1, min(limit, k + 3)) and word != "second":
                k += 1  # "12 school children", "three bus passengers"
                continue
            return k + 1, False, None, False, None
        if word in ("more", "other", "further", "additional", "own"):
            k += 1
            continue
        if word == "missing" and noun_ahead(lowers, k + 1, limit):
            modifier, k = "missing", k + 1
            continue
        hurt = word in _DEGREE and lowers[k + 1 : k + 2] and lowers[k + 1] in _HURT
        if hurt and noun_ahead(lowers, k + 2, limit + 1):
            modifier, k, limit = "injured", k + 2, limit + 1  # "51 critically wounded people"
            continue
        aged = k + 2 if word[0].isdigit() and list(lowers[k + 1 : k + 2]) == ["-"] else k
        if aged < len(lowers) and lowers[aged].endswith("year-olds"):
            return aged + 1, True, None, False, modifier  # "two 15-year-olds"
        if word in STOP or word in PUNCTUATION or word in lex.first or word in _DEGREE_OR_VERB:
            if (word in lex.first or word in VERBS) and _adjective_ahead(lowers, k, limit):
                k += 1
                continue
            break
        if word[0].isdigit() and (age := _past_age(lowers, k)) > k:
            k = age  # "three 16-year-old schoolgirls"
            limit = min(len(lowers), k + WITHIN)
            continue
        if word[0].isdigit() or word == "'s":
            break
        k += 1
        end = k  # an unknown word may be the noun
    if human is None and end > k0 and lowers[end - 1] in demonyms():
        return end, True, None, False, None  # "two Portuguese"
    if human is None and end > 0:
        # No noun for people: the unknown words may be adverbs or a verb; leave them.
        return end, None, None, False, None
    return end, human, group, perpetrator, effect or modifier


_REMAINS = frozenset("body bodies corpse corpses remains".split())
_NO_REMAINS = frozenset("parts part bag bags armour armor camera cameras".split())
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
        if word in STOP or word in PUNCTUATION or word in firsts or word in DETERMINERS:
            break
        if word[0].isdigit() or word in NUMBER_WORDS or word in ("'s", "of"):
            break
    return 0


def _past_age(lowers: Sequence[str], k: int) -> int:
    """The token behind "16-year-old" that starts at ``k``; ``k`` where none does."""
    if list(lowers[k + 1 : k + 3]) == ["-", "year-old"]:
        return k + 3
    return k + 2 if list(lowers[k + 1 : k + 2]) == ["year-old"] else k


def noun_ahead(lowers: Sequence[str], k: int, limit: int) -> bool:
    """Whether a noun for people follows within a few plain words."""
    table = nouns()
    while k < min(limit, len(lowers)):
        word = lowers[k]
        if word in table:
            return True
        if word in STOP or word in PUNCTUATION:
            return False
        k += 1
    return False


_ADJECTIVAL = frozenset(
    "captured kidnapped abducted freed displaced released burned escaped".split()
)


def _adjective_ahead(lowers: Sequence[str], k: int, limit: int) -> bool:
    return lowers[k] in _ADJECTIVAL and lowers[k + 1 : k + 2] != [] and lowers[k + 1] in nouns()
