"""The words that say somebody was harmed, and the shape of the clause they stand in."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from dateline.reading.lexicon import load

Frame = Literal["transitive", "intransitive", "state"]
Form = Literal["past", "ing", "pres", "base"]


class HarmWord(NamedTuple):
    """One form of one harm word. ``effect`` may be ``hit``: shot or stabbed, outcome open.

    ``bodily`` words ("hit", "struck") say it only with what hits, where, or alone.
    """

    effect: str
    frame: Frame
    form: Form
    person: bool
    captives: bool
    hospital: bool
    bodily: bool = False


class Predicate(NamedTuple):
    """A harm word at tokens ``[start, end)``."""

    start: int
    end: int
    words: tuple[HarmWord, ...]

    def of(self, *frames: Frame) -> HarmWord | None:
        """The reading of the word in one of these frames, if it has one."""
        for word in self.words:
            if word.frame in frames:
                return word
        return None


_BROUGHT_IN = HarmWord("injured", "transitive", "past", False, False, True)


class Lexicon(NamedTuple):
    """Everything in harm.toml, in the shape the grammar asks for it."""

    first: frozenset[str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], tuple[HarmWord, ...]], ...]]
    nouns: Mapping[str, str]
    acts: Mapping[str, str]
    sport: frozenset[str]
    screen: frozenset[str]
    affairs: frozenset[str]
    violence: frozenset[str]
    period_phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    period_units: frozenset[str]
    period_events: frozenset[str]
    period_starts: frozenset[str]
    modals: frozenset[str]
    before_to: frozenset[str]
    openers: frozenset[str]
    denials: frozenset[str]
    drills: frozenset[str]
    hitters: frozenset[str]
    limbs: frozenset[str]
    body: frozenset[str]
    natural: frozenset[str]
    illness: frozenset[str]
    transport: frozenset[str]
    hospitals: frozenset[str]
    idiom_objects: frozenset[str]
    idiom_before: frozenset[str]
    stat_heads: frozenset[str]
    stat_verbs: frozenset[str]
    stat_goals: frozenset[str]
    ratios: Mapping[str, float]
    ratio_subjects: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The harm lexicon, read once from ``data/harm.toml``."""
    data = load("harm")
    forms: dict[tuple[str, ...], list[HarmWord]] = {}
    for entry in data["word"]:
        for form in ("past", "ing", "pres", "base"):
            for phrase in entry.get(form, ()):
                forms.setdefault(tuple(phrase.split()), []).append(
                    HarmWord(
                        entry["effect"],
                        entry["frame"],
                        form,
                        entry.get("person", False),
                        entry.get("captives", False),
                        entry.get("hospital", False),
                        entry.get("bodily", False),
                    )
                )
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[HarmWord, ...]]]] = {}
    for words, entries in forms.items():
        by_first.setdefault(words[0], []).append((words, tuple(entries)))
    phrases = {
        first: tuple(sorted(options, key=lambda option: (-len(option[0]), option[0])))
        for first, options in by_first.items()
    }
    nouns = {word: effect for effect, words in data["nouns"].items() for word in words}
    acts = {word: effect for effect, words in data["acts"].items() for word in words}
    periods: dict[str, list[tuple[str, ...]]] = {}
    for phrase in data["period"]["phrases"]:
        words = tuple(phrase.split())
        periods.setdefault(words[0], []).append(words)
    return Lexicon(
        first=frozenset(phrases)
        | frozenset(nouns)
        | frozenset(acts)
        | {
            *data["hospital"]["transport"],
            "toll",
            "deceased",
            "lives",
            "victims",
            "number",
            "total",
            "figure",
            "hostage",
            "hostages",
            "captive",
            "prisoner",
            "himself",
            "herself",
            "themselves",
            "own",
            "hospital",
            "hospitals",
            "life",
        },
        phrases=phrases,
        nouns=nouns,
        acts=acts,
        sport=frozenset(data["genre"]["sport"]),
        screen=frozenset(data["genre"]["screen"]),
        affairs=frozenset(data["genre"]["affairs"]),
        violence=frozenset(data["genre"]["violence"]),
        period_phrases={first: tuple(sorted(w)) for first, w in periods.items()},
        period_units=frozenset(data["period"]["units"]),
        period_events=frozenset(data["period"]["events"]),
        period_starts=frozenset(data["period"]["starts"]),
        modals=frozenset(data["unreal"]["modals"]),
        before_to=frozenset(data["unreal"]["before_to"]),
        openers=frozenset(data["unreal"]["openers"]),
        denials=frozenset(data["unreal"]["denials"]),
        drills=frozenset(data["unreal"]["drills"]),
        hitters=frozenset(data["bodily"]["by"]),
        limbs=frozenset(data["bodily"]["limbs"]),
        body=frozenset(data["bodily"]["body"] + data["bodily"]["limbs"]),
        natural=frozenset(data["natural"]["after"]) | frozenset(data["natural"]["illness"]),
        illness=frozenset(data["natural"]["illness"]),
        transport=frozenset(data["hospital"]["transport"]),
        hospitals=frozenset(data["hospital"]["places"]),
        idiom_objects=frozenset(data["idiom"]["objects"]),
        idiom_before=frozenset(data["idiom"]["before"]),
        stat_heads=frozenset(data["statistic"]["heads"]),
        stat_verbs=frozenset(data["statistic"]["verbs"]),
        stat_goals=frozenset(data["statistic"]["goals"]),
        ratios=dict(data["statistic"]["ratios"]),
        ratio_subjects=frozenset(data["statistic"]["ratio_subjects"]),
    )


def find_predicates(lowers: Sequence[str]) -> list[Predicate]:
    """The harm words of one sentence, longest phrase first, none overlapping.

    "Airlifted", "flown" and the like are harm words where a hospital follows.
    """
    lex = lexicon()
    phrases = lex.phrases
    found: list[Predicate] = []
    i, n = 0, len(lowers)
    while i < n:
        options = phrases.get(lowers[i])
        if options is not None:
            for words, entries in options:
                end = i + len(words)
                if len(words) == 1 or tuple(lowers[i:end]) == words:
                    found.append(Predicate(i, end, entries))
                    i = end - 1
                    break
        if (
            lowers[i] in lex.transport
            and (not found or found[-1].end <= i)
            and any(w in lex.hospitals for w in lowers[i + 1 : i + 8])
            and not _away(lowers, i)
        ):
            found.append(Predicate(i, i + 1, (_BROUGHT_IN,)))
        i += 1
    return found


_MOVED_ON = frozenset({"moved", "evacuated", "transferred", "shifted"})


def _away(lowers: Sequence[str], i: int) -> bool:
    """ "150 patients were moved from the hospital": out of it, not into it"""
    near = lowers[i + 1 : i + 4]
    away = lowers[i] in _MOVED_ON and "from" in near
    return away and "to" not in lowers[i + 1 : i + 8]
