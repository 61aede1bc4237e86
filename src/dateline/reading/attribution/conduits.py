"""Through whom somebody speaks: "told Reuters", "quoted by Bild", "carried by Amaq".

A medium that is told something, or carries it, stands before the speaker in the chain.
One that the registry does not know counts where a noun says that it is a medium ("the
daily Patrika", "the Kashmir Observer newspaper").
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dateline.model import Attribution
from dateline.reading.attribution.cue_words import cue_words
from dateline.reading.attribution.registry import MEDIA, Registry, Word, words_of
from dateline.reading.prepared import Prepared, Sentence

REACH = 200  # characters looked at behind a cue for the one who was told

_TOLD = re.compile(
    r"\b(?:told|tells|telling|informed|speaking to|spoke to|interview with|interview to|comments to"
    r"|statement to|remarks to|reported to|said to|confirmed to|quoted by|cited by|saying by)\s+",
    re.IGNORECASE,
)
_QUOTED_BY = re.compile(r",\s+(?:quoted|cited|interviewed)\s+(?:\w+\s+)?by\s+", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:on|over|via|through"
    r"|(?:carried|distributed|released|published|aired|broadcast|posted|shared|relayed|printed"
    r"|disseminated|circulated)\s+(?:by|on|in|through|via))\s+"
    r"(?:(?:its|their|his|her)\s+(?:own\s+)?)?",
    re.IGNORECASE,
)
# "In an interview with Bild, the minister said", "Speaking on RTE radio, the governor said".
_LEAD = re.compile(
    r"\W{0,3}(?:(?:in|during|on) (?:an?|his|her|their|its)(?: \w+)? (?:interview|call|remarks?"
    r"|comments?|statement|broadcast|message)"
    r"|(?:speaking|talking|appearing|writing)(?: \w+)?)\s+(?:with|to|on|for|in|carried by)\s+"
    r"(?:(?:its|his|her|their)\s+(?:own\s+)?)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:while|whereas|but)\b|;", re.IGNORECASE)
_TO = re.compile(r"\bto (?:the )?([^,.\"”]{2,40})[.\"”]*\Z")
_TAIL = 50  # characters
_BEFORE = frozenset(
    """the a an news state run owned
    russian local french british us american private national official
    linked affiliated is isis jihadist
    semi independent german italian spanish turkish iranian israeli arabic english hindi urdu
    regional leading popular pro government opposition telegram youtube facebook twitter whatsapp
    instagram vkontakte""".split()
)
_NOUNS = frozenset(
    """newspaper daily weekly magazine tabloid website portal outlet broadcaster station channel
    agency newswire broadsheet""".split()
)
_JOINS = frozenset(" -‘'“\"\n")  # between the words of a name, or around one
_AIR = frozenset({"radio", "television", "tv"})
_OF_STATE = re.compile(r"(?:the\s+)?(?P<name>state\s+(?:radio|television|tv|media))\b")
# "A police source told the agency": the one spoken of before.
_AGAIN = re.compile(
    r"the\s+(?:(?:news|state)\s+)?(?P<noun>newspaper|paper|daily|weekly|magazine|tabloid|website"
    r"|portal|outlet|broadcaster|station|channel|network|agency)\b(?!\s+[A-Z])(?!['’]s)"
)
_LONGEST_NAME = 4  # words


class Conduits:
    """The media that stand between a report and those it credits."""

    def __init__(
        self,
        prepared: Prepared,
        registry: Registry,
        publisher: str,
        sentence_at: Callable[[int], Sentence | None],
        met: Callable[[str], tuple[str, ...]] = lambda noun: (),
    ) -> None:
        self._text = prepared.text
        self._caps = prepared.all_caps
        self._registry = registry
        self._publisher = publisher
        self._sentence_at = sentence_at
        self._met = met

    def told(self, one: Attribution) -> tuple[str, ...]:
        """The medium to which it was said, or that carries it: "told Reuters"; or nothing."""
        if not one.cue:
            return ()
        start = one.cue[0].start
        sentence = self._sentence_at(start)
        if sentence is None:
            return ()
        stop = min(sentence.end, one.cue[-1].end + REACH)
        match = _TOLD.search(self._text, start, stop)
        if match is None and one.content and one.content[-1].end >= sentence.end - 2:
            # "confirmed the release to CNN."
            tail = _TO.search(self._text, max(start, sentence.end - _TAIL), sentence.end)
            words = words_of(tail.group(1)) if tail else []
            hits = self._registry.find(words, caps=self._caps)
            if hits and hits[0].end - hits[0].first == len(words):
                return (hits[0].source.name,) if hits[0].source.kind in MEDIA else ()
        if match and _CLAUSE.search(self._text, one.cue[-1].end, match.start()):
            match = None  # "X called it cowardly, while Y told CNN …"
        found = self._medium(match.end(), stop) if match and not _within(one, match) else ()
        if found:
            return found
        # "A ministry official, quoted by the Antara news agency, said"
        ends = one.source[-1].end if one.source else start
        quoted = _QUOTED_BY.search(self._text, max(ends - 5, start - REACH), start)
        if quoted and ends < start and (found := self._medium(quoted.end(), start)):
            return found
        # "said on its Amaq agency", "stated over Radio Venceremos", "carried by Amaq".
        for over in _OVER.finditer(self._text, start, stop):
            if _within(one, over):
                break
            found = self._medium(over.end(), stop)
            if found:
                return found
        return self._before(one, sentence)

    def _before(self, one: Attribution, sentence: Sentence) -> tuple[str, ...]:
        """The medium named at the head of the sentence: "In an interview with Bild, …"."""
        if not one.source:
            return ()
        lead = _LEAD.match(self._text, sentence.start, sentence.end)
        if lead is None or lead.end() >= one.source[0].start:
            return ()
        comma = self._text.find(",", lead.end(), one.source[0].start)
        if comma < 0 or self._text[comma + 1 : one.source[0].start].strip(" the"):
            return ()  # somebody else stands between
        return self._medium(lead.end(), comma)

    def _medium(self, start: int, stop: int) -> tuple[str, ...]:
        """The outlet, agency or channel, or the publisher, that is named next."""
        again = _AGAIN.match(self._text, start, stop)
        if again and (before := self._met(again["noun"])):
            return before
        of_state = _OF_STATE.match(self._text, start, stop)
        if of_state:
            return (of_state["name"],)
        words = words_of(self._text[start : min(stop, start + 80)])[:8]
        publisher = words_of(self._publisher)
        if publisher and [w.key for w in words[: len(publisher)]] == [w.key for w in publisher]:
            return (self._publisher,)
        skipped = 0
        while skipped < len(words) and words[skipped].key in _BEFORE:
            skipped += 1
        hits = self._registry.find(words[skipped:], caps=self._caps)
        noun = skipped < len(words) and words[skipped].key in _NOUNS
        first = skipped + 1 if noun else skipped
        if hits and hits[0].first in (0, first - skipped) and hits[0].source.kind in MEDIA:
            behind = words[skipped + hits[0].end :]
            if behind and behind[0].key == "affiliate" and behind[1:2] and (
                behind[1].text[:1].isupper() and not self._caps
            ):  # fmt: skip
                return (behind[1].text,)  # "told CNN affiliate KATV"
            return (hits[0].source.name,)
        name = () if self._caps else self._called(words, skipped, self._text[start:stop])
        return (self._text[start + name[0].start : start + name[-1].end],) if name else ()

    def _called(self, words: list[Word], at: int, text: str) -> list[Word]:
        """The name of a medium that the registry does not know, by the noun beside it."""
        name: list[Word] = []
        nation = at < len(words) and self._registry.nation_at(words, at)
        before = at + 1 if at < len(words) and words[at].key in _NOUNS else at
        for number, word in enumerate(words[before : before + _LONGEST_NAME], before):
            apart = number and set(text[words[number - 1].end : word.start]) - _JOINS
            if apart or not word.text[:1].isupper() or word.key in cue_words().lists["times"]:
                break
            name.append(word)
        behind = words[before + len(name) : before + len(name) + 1]
        if not name or (nation and len(name) == 1):
            return []
        return name if before > at or (behind and behind[0].key in _NOUNS | _AIR) else []


def _within(one: Attribution, match: re.Match[str]) -> bool:
    """Whether some words are a part of what is said."""
    return any(piece.start < match.start() < piece.end for piece in one.content)
