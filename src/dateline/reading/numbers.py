"""How many: quantities in running text, in digits and words, with what hedges them.

A quantity is a stretch of tokens with the bounds it sets. What counts as a bound:

=====================================  ======  ======  ==========================
words                                  min     max     note
=====================================  ======  ======  ==========================
``12``, ``twelve``, ``exactly 12``     12      12      exact
``at least 12``, ``12 or more``        12      None
``more than 12``, ``over 12``          12      None    as coders write it, not 13
``up to 12``, ``as many as 12``        None    12
``fewer than 12``, ``under 12``        None    12
``about 12``, ``nearly 12``            12      12      not exact, hedge kept
``10 to 12``, ``between 10 and 12``    10      12      not exact
``dozens``, ``scores``, ``hundreds``   24, 40, 200  None    the least a plural can mean
``several``, ``many``, ``a few``       None    None    no number; the word is kept
``no``, ``nobody``, ``none``           0       0       exact
=====================================  ======  ======  ==========================

The library text2num, tried first, gives no value for "1.2 million" as one number, none
for lakh, crore, dozens or bounds, and rewrites text where spans are wanted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.reading.number_words import GROUPS, PLURALS, POWERS, TENS, UNITS, Number, number_at
from dateline.reading.prepared import Token

_VAGUE = frozenset("several many numerous multiple various countless untold".split())
_VAGUE_AFTER_A = frozenset({"few", "number", "handful", "group", "series"})
_NONE = frozenset({"no", "nobody", "none", "zero", "neither"})
_LEAST, _MORE, _MOST, _FEWER, _ABOUT, _EXACT = "least", "more", "most", "fewer", "about", "exact"
_HEDGES: dict[tuple[str, ...], str] = {
    tuple(words.split()): kind
    for kind, phrases in {
        _LEAST: (
            "at least|at the least|not fewer than|no fewer than|not less than|no less than|"
            "a minimum of|minimum|min|at a minimum"
        ),
        _MORE: (
            ">|more than|over|above|upwards of|upward of|in excess of|well over|far more than|"
            "greater than|exceeding|beyond|just over|well above|slightly more than|"
            "slightly over|a little over|well more than|much more than|north of|"
            "more than an estimated|over an estimated"
        ),
        _MOST: (
            "up to|as many as|at most|no more than|not more than|a maximum of|maximum|"
            "as much as|potentially|possibly"
        ),
        _FEWER: "fewer than|less than|under|below",
        _ABOUT: (
            "about|around|some|approximately|roughly|an estimated|estimated|nearly|almost|"
            "close to|circa|perhaps|probably|maybe|just under|nearly all|an approximate|"
            "approx|virtually|near|an average of|just shy of|something like|apparently"
        ),
        _EXACT: "exactly|precisely|only|just|a total of|total of|all|a record|as few as",
    }.items()
    for words in phrases.split("|")
}
_LONGEST_HEDGE = max(map(len, _HEDGES))
_MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# A number after one of these is a label, not a count.
_LABELS = frozenset(
    "no nr number route highway flight boeing airbus article section chapter room channel"
    " interstate aged age ages resolution page line train bus gate pier platform tower block"
    " precinct district squad battalion brigade regiment division unit engine ladder exit"
    " camp sector zone apartment apt level phase category tu mi su mig psalm hwy".split()
)
_TIME_WORDS = frozenset({"am", "pm", "a.m.", "p.m.", "o'clock", "gmt", "hrs", "utc", "bst", "est"})
_ORDINALS = frozenset({"th", "st", "nd", "rd", "s"})
_RANGE_WORDS = frozenset({"to", "or"})
_DASHES = frozenset({"-", "–", "—"})
_CURRENCY = frozenset({"$", "€", "£", "¥", "₹", "rs", "usd", "eur"})
_PERCENT = frozenset({"%", "percent", "per", "°", "degrees"})


class Quantity(NamedTuple):
    """A quantity over tokens ``[start, end)``, hedges included.

    ``core`` is the token of the number itself. ``vague`` marks words that give no
    number; ``more`` an addition ("another 15"); ``group`` a noun that takes "of"
    ("dozens of people").
    """

    start: int
    core: int
    end: int
    min: int | None
    max: int | None
    exact: bool
    qualifier: str | None
    vague: bool = False
    more: bool = False
    group: bool = False


def could_start(lower: str) -> bool:
    """Whether a number may begin with this token (a cheap first look)."""
    return lower[0].isdigit() or lower in _STARTERS or "-" in lower


_STARTERS = (
    frozenset(UNITS)
    | frozenset(TENS)
    | frozenset(POWERS)
    | frozenset(PLURALS)
    | frozenset(GROUPS)
    | _VAGUE
    | _VAGUE_AFTER_A
    | _NONE
    | {"half", "both"}
)


def find_quantities(tokens: Sequence[Token]) -> list[Quantity]:
    """The quantities of one sentence, in order, none overlapping.

    Left out are numbers that count nothing: dates, years, times, ages, sums of money,
    shares, labels ("Flight 17", "Route 91", "M-16"), scores.
    """
    lowers = [t.lower for t in tokens]
    found: list[Quantity] = []
    i, n = 0, len(tokens)
    taken = 0
    while i < n:
        if not could_start(lowers[i]):
            i += 1
            continue
        quantity = _at(tokens, lowers, i, taken)
        if quantity is None:
            i = max(i + 1, _skip_label(tokens, lowers, i))
            continue
        found.append(quantity)
        i = taken = quantity.end
    return found


def _at(tokens: Sequence[Token], lowers: list[str], i: int, taken: int) -> Quantity | None:
    """The quantity whose number stands at token ``i``."""
    word = lowers[i]
    if word in _NONE:
        return _zero(lowers, i)
    if word == "many" and i and lowers[i - 1] in ("how", "so", "as", "too", "not"):
        return None
    if word in _VAGUE or (
        word in _VAGUE_AFTER_A
        and i > taken
        and lowers[i - 1] == "a"
        and (word == "few" or lowers[i + 1 : i + 2] == ["of"])
    ):
        return _vague(lowers, i, taken)
    if word == "both":
        return Quantity(i, i, i + 1, 2, 2, True, None)
    number = number_at(tokens, lowers, i)
    if number is None or not _counts(tokens, lowers, i, number):
        return None
    low, high = number.value, number.value
    exact, words, more = True, [], False
    end = number.end
    if number.plural:
        high_or_none: int | None = None
        exact = False
        words.append(" ".join(lowers[i:end]))
        return _bounded(lowers, i, end, low, high_or_none, exact, words, taken, group=True)
    second = _range_end(tokens, lowers, number)
    if second is not None:
        high, end, exact = second.value, second.end, False
        words.append(" ".join(lowers[number.end : number.end + 1]))
    if not exact and i - 1 >= taken and lowers[i - 1] in ("between", "from"):
        words = [lowers[i - 1]]
        return Quantity(i - 1, i, end, low, high, False, words[0], group=number.group)
    return _bounded(lowers, i, end, low, high, exact, words, taken, group=number.group, more=more)


def _bounded(
    lowers: list[str],
    i: int,
    end: int,
    low: int,
    high: int | None,
    exact: bool,
    words: list[str],
    taken: int,
    *,
    group: bool,
    more: bool = False,
) -> Quantity:
    """Apply the hedges before and after the number."""
    lower: int | None = low
    start = i
    if group and start > taken and lowers[start - 1] in ("a", "the"):
        start -= 1
    elif lowers[i] in POWERS and start > taken and lowers[start - 1] == "a":
        start -= 1  # "over a hundred"
    seen: list[str] = []
    while start > taken:
        before = lowers[start - 1]
        if before in ("another", "further", "additional", "extra"):
            more = True
            start -= 1
            if start > taken and before != "another" and lowers[start - 1] in ("a", "an"):
                start -= 1
            continue
        hedge = _hedge_before(lowers, start, taken)
        if hedge is None:
            break
        kind, length = hedge
        text = " ".join(lowers[start - length : start])
        start -= length
        if kind == _EXACT:
            continue
        seen.insert(0, text)
        exact = False
        if kind in (_LEAST, _MORE):
            high = None
        elif kind in (_MOST, _FEWER) and high is not None:
            lower = None
    tail = lowers[end : end + 2]
    if tail == ["-", "odd"]:
        exact = False
        seen.append("odd")
        end += 2
    if tail in (["or", "more"], ["and", "more"], ["or", "above"]):
        high, exact = None, False
        seen.append(" ".join(tail))
        end += 2
    elif tail[:1] == ["+"] or tail[:1] == ["plus"]:
        high, exact = None, False
        seen.append(tail[0])
        end += 1
    elif tail == ["or", "so"]:
        exact = False
        seen.append("or so")
        end += 2
    elif tail in (["or", "fewer"], ["or", "less"]):
        lower, exact = None, False
        seen.append(" ".join(tail))
        end += 2
    qualifier = " ".join([*seen, *words]) or None
    return Quantity(start, i, end, lower, high, exact, qualifier, more=more, group=group)


_HANDED = frozenset("handed handing hand took taken taking turned turning run ran".split())


def _hedge_before(lowers: list[str], start: int, taken: int) -> tuple[str, int] | None:
    """The longest hedge that ends at token ``start``."""
    for length in range(min(_LONGEST_HEDGE, start - taken), 0, -1):
        kind = _HEDGES.get(tuple(lowers[start - length : start]))
        if kind is not None:
            if lowers[start - 1] == "over" and start > 1 and lowers[start - 2] in _HANDED:
                return None  # "handed over 30 soldiers"
            return kind, length
    return None


def _zero(lowers: list[str], i: int) -> Quantity | None:
    word = lowers[i]
    following = lowers[i + 1] if i + 1 < len(lowers) else ""
    if word == "no" and following == "one":
        return Quantity(i, i, i + 2, 0, 0, True, None)
    if word == "no" and (
        following in (".", "more", "longer", "matter", "fewer", "less") or following[:1].isdigit()
    ):
        return None
    return Quantity(i, i, i + 1, 0, 0, True, None)


def _vague(lowers: list[str], i: int, taken: int) -> Quantity:
    start = i - 1 if lowers[i] in _VAGUE_AFTER_A else i
    end = i + 1
    following = lowers[end] if end < len(lowers) else ""
    # "several hundred", "a few dozen": the least such a plural can mean.
    size = POWERS.get(following) or GROUPS.get(following)
    if size and following not in ("pair", "couple", "score"):
        words = " ".join(lowers[start : end + 1])
        return Quantity(start, i, end + 1, 2 * size, None, False, words, group=True)
    group = lowers[i] in ("number", "handful", "group", "series")
    while start > taken and lowers[start - 1] in ("another", "further"):
        start -= 1
    return Quantity(
        start,
        i,
        end,
        None,
        None,
        False,
        " ".join(lowers[start:end]),
        vague=True,
        group=group,
        more=lowers[start] in ("another", "further"),
    )


def _range_end(tokens: Sequence[Token], lowers: list[str], number: Number) -> Number | None:
    """The upper end of "20-30", "two to three", "two or three", "between 2 and 3"."""
    k = number.end
    if k + 1 >= len(lowers):
        return None
    start = k - 1
    link = lowers[k]
    if link == "to" and number.end > 1 and lowers[number.end - 2] == "by":
        return None  # "raised the toll by two to 12"
    if link == "to" and "from" in lowers[max(0, number.end - 3) : number.end - 1]:
        return None  # "rose from 43 to 61" tells two figures
    if link == "and":
        while start > 0 and lowers[start - 1] not in ("between",) and number.end - start < 4:
            start -= 1
        if lowers[start - 1 : start] != ["between"]:
            return None
    elif link not in _RANGE_WORDS and link not in _DASHES:
        return None
    after = lowers[k + 1]
    if after in _STARTERS or after[0].isdigit() or "-" in after:
        second = number_at(tokens, lowers, k + 1)
        if second is None or second.plural:
            return None
        if number.value < second.value <= 10 * max(1, number.value):
            return second
    return None


def _counts(tokens: Sequence[Token], lowers: list[str], i: int, number: Number) -> bool:
    """Whether a number counts something, by what stands beside it."""
    before = lowers[i - 1] if i else ""
    after = lowers[number.end] if number.end < len(lowers) else ""
    touches_before = i > 0 and tokens[i - 1].end == tokens[i].start
    touches_after = (
        number.end < len(lowers) and tokens[number.end].start == tokens[number.end - 1].end
    )
    if after in _PERCENT or before in _CURRENCY or after in _CURRENCY or before == "#":
        return False
    if after == "-" and touches_after and number.end + 1 < len(lowers):
        beyond = lowers[number.end + 1]
        if not beyond[0].isdigit() and beyond not in POWERS:
            return beyond.startswith(("strong", "member", "odd"))
    if before in ("and", ",", "or") and _of_ages(lowers, i - 1):
        return False
    if after in ("year-old", "years-old", "y.o.", "yo", "y.o") or lowers[
        number.end : number.end + 2
    ] == ["years", "old"]:
        return False
    if before == "both" and lowers[i][0].isdigit() and number.value < 120 and after in _CLOSES:
        return False  # "NAME and NAME, both 14, are among the dead"
    if before == "," == after and _is_age_of_name(tokens, lowers, i, number.end):
        return False
    if not lowers[i][0].isdigit():
        return not (
            before in ("aged", "age")
            or (
                lowers[i] == "one"
                and not (before == "that" and _is_of_people(tokens, lowers, number.end))
                and before
                in (
                    "this",
                    "that",
                    "which",
                    "any",
                    "every",
                    "each",
                    "the",
                    "another",
                    "number",
                    "day",
                    "no",
                    "someone",
                )
            )
        )
    if touches_after and (after in _ORDINALS or after in ("am", "pm", "x")):
        return False
    if after in _TIME_WORDS or before in ("a.m.", "p.m."):
        return False
    if (
        touches_before
        and i > 1
        and before in ("-", "/", ":", ".", "'", "’", "–")
        and (before not in ("-", "–") or tokens[i - 2].end == tokens[i - 1].start)
    ):
        return False
    if (
        touches_after
        and after in ("/", ":")
        and lowers[number.end + 1 : number.end + 2] != []
        and (lowers[number.end + 1][0].isdigit())
    ):
        return False
    if touches_after and after in _DASHES and lowers[number.end + 1 : number.end + 2] != []:
        beyond = lowers[number.end + 1]
        if beyond[0].isdigit() and _range_end(tokens, lowers, number) is None:
            return False
    if before in _LABELS or (before == "." and i > 1 and lowers[i - 2] in ("no", "nr")):
        return False
    if i > 1 and lowers[i - 2] in _LABELS and tokens[i - 1].text.isupper() and before.isalnum():
        return False  # "flight XY 972", "Route N 12"
    if before in _MONTHS and i > 1 and lowers[i - 2] == "in" and after in _PEOPLE:
        return True  # "in November 20 people died"
    if number.value <= 31 and (
        before in _MONTHS or (before == "." and i > 1 and lowers[i - 2] in _MONTHS)
    ):
        return False
    if after in _MONTHS and number.value <= 31 and after not in ("may", "march"):
        return False
    if (
        after in ("may", "march")
        and number.value <= 31
        and tokens[number.end].text[0].isupper()
        and (before in ("on", "of", ",", "since", "until") or tokens[number.end].text.istitle())
    ):
        return False
    if number.end == i + 1 and 1900 <= number.value <= 2099 and "," not in tokens[i].text:
        return _no_year(lowers, i)
    # ", 29," after a name or a noun, "(29)": an age.
    if (
        before == ","
        and after in (",", "and", ".", "", ";")
        and number.value < 120
        and i > 1
        and not (lowers[i - 2][0].isdigit() or lowers[i - 2] in _STARTERS)
    ):
        return False
    return not (before in ("(", "[") and after in (")", "]"))


def _is_of_people(tokens: Sequence[Token], lowers: list[str], k: int) -> bool:
    """ "The ministry said that one Italian", "that one of the": a count, not "that one" """
    return k < len(lowers) and (tokens[k].text[0].isupper() or lowers[k] in _ONE_PERSON)


_ONE_PERSON = frozenset(
    "of person man woman child boy girl soldier officer policeman civilian student guard".split()
)
_PEOPLE = frozenset("people civilians soldiers officers others men women".split())
_CLOSES = frozenset({",", ".", ")", ";", "and", ""})
_NO_AGE = frozenset("including among most mostly all some both".split())


def _is_age_of_name(tokens: Sequence[Token], lowers: list[str], i: int, end: int) -> bool:
    """ "Anna Maria Tolland, eight, a pupil": two capitals before, no list behind."""
    if i < 3 or lowers[i][0].isdigit():
        return False
    named = tokens[i - 2].text[:1].isupper() and tokens[i - 3].text[:1].isupper()
    return named and end + 1 < len(lowers) and lowers[end + 1] not in _NO_AGE


def _of_ages(lowers: list[str], k: int) -> bool:
    """Whether the numbers joined up to token ``k`` are ages: "two men aged 20 and 22" """
    while k > 0 and (lowers[k] in _JOINS or lowers[k][0].isdigit() or lowers[k] in UNITS):
        k -= 1
    return lowers[k] in ("aged", "ages")


_JOINS = frozenset({",", "and", "or"})


def _no_year(lowers: list[str], i: int) -> bool:
    """A four-digit number that may be a year counts only next to people."""
    following = lowers[i + 1] if i + 1 < len(lowers) else ""
    return following in ("people", "civilians", "soldiers", "troops", "persons", "others", "deaths")


def _skip_label(tokens: Sequence[Token], lowers: list[str], i: int) -> int:
    """Step over all of a number that counts nothing, so its tail is not read anew."""
    end = i + 1
    n = len(lowers)
    while (
        end < n
        and tokens[end].start == tokens[end - 1].end
        and (lowers[end] in ("-", "–", "/", ":", ".") or lowers[end][0].isdigit())
    ):
        end += 1
    return end
