"""How far the words of a cue and of a content reach in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from dateline.model import Span
from dateline.reading.attribution.clauses import OPENING, QUOTES, Clause
from dateline.reading.attribution.cue_words import Verb, cue_words

_PRONOUNS = frozenset("he she it they we i you his her its their this these those".split())

_CARRIED = frozenset(
    """carried released posted issued published broadcast aired sent distributed emailed read
    shown uploaded provided obtained seen quoted cited""".split()
)


def behind_adjuncts(clause: Clause, at: int, verb: Verb) -> int:
    """The token behind the verb's own additions: "on Telegram Friday", "told Reuters"."""
    low = clause.low
    lists = cue_words().lists
    here = at + 1
    if verb.takes_addressee and here < clause.stop:
        stop = addressee_end(clause, here)
        if stop is None:
            return here
        here = stop
    while here < clause.stop:
        word = low[here]
        if word in lists["times"] or word in ("exclusively", "anonymously"):
            here += 1
        elif word in lists["prepositions"]:
            end = adjunct_end(clause, here)
            if end is None:
                break
            here = end
        else:
            break
    if low[here : here + 1] == [","] and here > at + 1:
        # "said on Friday, that" / "said in a post, "…""
        nxt = low[here + 1] if here + 1 < clause.stop else ""
        if nxt == "that" or nxt in OPENING:
            return here + 1
    if low[here : here + 1] == [","] and here + 1 < clause.stop and low[here + 1] in QUOTES:
        return here + 1
    return here


def addressee_end(clause: Clause, here: int) -> int | None:
    """Behind who is told: "told a news conference in Cairo that" ends at "that"."""
    low = clause.low
    for k in range(here, min(here + 14, clause.stop)):
        if low[k] in ("that", ":", ",") or low[k] in QUOTES or low[k] in ("how", "to"):
            return k if low[k] != "to" else None
        opens = low[k] in _PRONOUNS or low[k] in ("the", "a", "there", "no")
        if k > here and opens and low[k - 1] not in cue_words().lists["prepositions"]:
            return k
    return here + 1 if here + 1 < clause.stop else clause.stop


def adjunct_end(clause: Clause, first: int) -> int | None:
    """The end of "in a statement on its website"; None where the content starts here."""
    low = clause.low
    lists = cue_words().lists
    venue = False
    for k in range(first + 1, min(first + 14, clause.stop)):
        word = low[k]
        if word == ":" and low[k - 1].isdigit() and low[k + 1 : k + 2] and low[k + 1][:1].isdigit():
            continue  # "at 11:40 a.m."
        if word in ("that", ",", ":") or word in QUOTES:
            return k if venue or word == "that" or word == ":" else None
        if word in lists["venues"] or word in lists["times"] or word[:1].isdigit():
            venue = True
        elif venue and (word in _CARRIED or low[k - 2] in _CARRIED):
            continue  # "in a statement carried by the state agency"
        elif word in lists["finite"]:
            return None
        elif (
            venue
            and (
                word in _PRONOUNS
                or word in ("the", "a", "an", "there", "at", "no")
                or low[k - 1] in lists["venues"]
                or low[k - 1] in lists["times"]
            )
            and (word not in lists["prepositions"] or word == "at")
        ):
            return k
    return clause.stop if venue or clause.stop - first <= 6 else None


def content_end(clause: Clause, first: int, quote_at: Callable[[int], Span | None]) -> int:
    """Where a content that starts at ``first`` ends: the sentence, or the next speaker."""
    low = clause.low
    lists, verbs = cue_words().lists, cue_words().verbs
    quoted = quote_at(clause.tokens[first].start) if first < clause.size else None
    for k in range(first + 2, clause.stop):
        word = low[k]
        if quoted is not None and clause.tokens[k].start < quoted.end:
            continue
        if low[k - 1] == "," and (word in lists["participles"] or word in ("citing", "quoting")):
            return k - 1
        if word == "according" and low[k - 1] == ",":
            return k - 1
        if word in verbs and verbs[word].form == "past" and not verbs[word].needs_that:
            subject = clause.name_left(k)
            if subject is None or subject.first <= first + 2:
                continue
            conj = low[subject.first - 1]
            if conj in ("and", "but", "while", "whereas", "although") or conj == ";":
                cut = subject.first - 1
                return cut - 1 if low[cut - 1] == "," else cut
            if low[subject.first - 2 : subject.first] in (["but", ","], [",", "and"]):
                return subject.first - 2
    return clause.stop
