"""Whom "he", "they" or "one of them" means: the latest source that fits.

By recency, number, sex and kind; at the head of a sentence whom the sentence before is about.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence

from dateline.reading.attribution.introductions import body_in, country_of, person_in
from dateline.reading.attribution.naming import Named, head_of, names_in, nouns
from dateline.reading.attribution.quotations import quotations
from dateline.reading.attribution.registry import Registry, Word, words_of
from dateline.reading.people import nouns as people
from dateline.reading.prepared import Prepared, Sentence

_HEAD = re.compile(
    r"(?P<phrase>(?:(?:The|Some|Several|Many|Two|Three|Local|Other)\s+)?(?:[\w-]+\s+)?"
    r"(?P<noun>[\w-]+)(?:\s+(?:from|in|of|at)\s+(?:the\s+)?[\w-]+)?)"
    r"\s+(?:gave|have|had|were|are|also|who|and|disputed|denied|contradicted|offered|described|"
    r"insisted|remained|came|saw|heard|tried|began)\b"
)
_SPOKE = re.compile(r"\b(?:spoke|described|recalled|recounted|talked|witnessed|saw|heard)\b")
# "The coroner, Ann Bell, read out the names. All had been shot, she said."
_READ_OUT = re.compile(
    r"\b(?:read\s+out|addressed|briefed|testified|broke\s+down|appeared\s+(?:on|before)"
    r"|(?:gave|held)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}(?:conference|briefing|interview|statement"
    r"|update|account|speech))\b"
)
_OTHER_SEX = {"he": re.compile(r"\bshe\b", re.I), "she": re.compile(r"\bhe\b", re.I)}
REACH = 12  # sources looked back at for a pronoun
_ONE_OF_THEM = [["one", "of", who] for who in ("them", "these", "those")]


class Pronouns:
    """The sources spoken of so far, and which of them a pronoun means."""

    def __init__(self, prepared: Prepared, registry: Registry) -> None:
        self.prepared = prepared
        self.registry = registry
        self.caps = prepared.all_caps
        self._seen: list[tuple[Named, ...]] = []
        self._last = -1  # where the source stands that was spoken of last
        self._quotes = [(quote.start, quote.end) for quote in quotations(prepared)]
        self._inside: list[bool] = []  # for each of those seen, whether it was in a quotation
        self._gender: dict[str, str] = {}

    def is_quoted(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        near = bisect.bisect_right(self._quotes, (at, at)) - 1
        return near >= 0 and at < self._quotes[near][1]

    @functools.cached_property
    def country(self) -> str | None:
        """The state most of the text speaks of; None where no state has a clear majority."""
        return country_of(self.prepared, self.registry)

    def _subject(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """A pronoun at the head of a sentence: whom the sentence before is about.

        "Elders gave a different account. They said …" speaks of the elders, though they
        were the source of nothing yet; "Ann Bell was in the hall. She said …" of Ann
        Bell. Only a plural of people, or a person's full name, at the very head counts.
        """
        which = nouns().pronouns.get(words[0].key)
        if len(words) > 1 or which not in ("they", "he", "she", "it"):
            return None
        here = self.prepared.sentence_at(at)
        if here is None or here.index == 0:
            return None
        inside = here.start != at and words[0].key != "it"
        if inside and not self._opens_with_his(here, words[0]):
            before = self.prepared.sentences[here.index - 1]
            if which not in _OTHER_SEX or not _READ_OUT.search(before.text) or self.is_quoted(at):
                return None
            mixed = _OTHER_SEX[which].search(here.text)  # "'She saved us,' he said"
            return None if mixed else self._person_in(before)
        before = self.prepared.sentences[here.index - 1]
        if which == "it":
            return self._body_in(before)
        if which != "they":
            return self._person_in(before)
        head = _HEAD.match(before.text)
        if (
            head is None
            or self._last >= before.start
            or (not head["noun"].islower() and not head["noun"].istitle())
        ):
            return None
        noun = people().get(head["noun"].casefold())
        if noun is None or not noun.plural or noun.perpetrator:
            return None
        return names_in(head["phrase"], self.registry, caps=self.caps, country=self.country) or None

    @staticmethod
    def _opens_with_his(sentence: Sentence, pronoun: Word) -> bool:
        """ "His daughter was among the dead, he said": whom the sentence is about says it."""
        own = {"he": "His ", "she": "Her "}.get(pronoun.key)
        return own is not None and sentence.text.startswith(own)

    def _introduced(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """ "He", "she" where nobody fits: who was said shortly before to have spoken or seen."""
        if len(words) > 1 or nouns().pronouns.get(words[0].key) not in ("he", "she"):
            return None
        here = self.prepared.sentence_at(at)
        if here is None:
            return None
        for before in reversed(self.prepared.sentences[max(0, here.index - 3) : here.index]):
            if _SPOKE.search(before.text):
                return self._person_in(before)
        return None

    def _person_in(self, sentence: Sentence) -> list[Named] | None:
        """Whose full name a sentence that credits nobody begins with; None for none."""
        if self.caps or sentence.title or self._last >= sentence.start:
            return None
        return person_in(sentence, self.registry)

    def _body_in(self, sentence: Sentence) -> list[Named] | None:
        """The known body that a sentence which credits nobody begins with; None for none."""
        if self.caps or sentence.title or self._last >= sentence.start:
            return None
        return body_in(sentence, self.registry)

    def _pronoun(self, words: Sequence[Word], at: int) -> list[Named] | None:
        """The latest source that fits a pronoun; None where the words are no pronoun."""
        if [word.key for word in words] in _ONE_OF_THEM:
            return self._one_of_them()
        if len(words) > 1:
            return None
        which = nouns().pronouns.get(words[0].key)
        if which is None or which in ("we", "who") or (words[0].key == "us"):
            return None
        outside = not self.is_quoted(at)
        for group, inside in zip(
            reversed(self._seen[-REACH:]), reversed(self._inside[-REACH:]), strict=True
        ):
            if inside and outside:
                continue  # of whom somebody spoke: "'The man denies it,' he said"
            if which == "they":
                if len(group) > 1 or is_plural(group[0]):
                    return list(group)
            elif len(group) == 1:
                person = group[0].person or group[0].source.kind in ("witness", "unnamed")
                force = len(group[0].source.name.split()) > 1  # "the Dallas police … it said"
                if which == "it" and not person and (force or not is_plural(group[0])):
                    return list(group)
                if which in ("he", "she") and person and not is_plural(group[0]):
                    sex = self._gender.get(group[0].source.name, (which == "he" and "m") or "f")
                    if sex == ("m" if which == "he" else "f"):
                        self._gender.setdefault(group[0].source.name, sex)
                        return list(group)
        if which == "they" and self._seen:
            last = self._seen[-1]
            if not last[0].person:
                return list(last)
        return None

    def _one_of_them(self) -> list[Named] | None:
        """ "Two officials said …. One of them told Reuters": of the last who were several."""
        for group in reversed(self._seen[-REACH // 4 :]):
            if len(group) == 1 and is_plural(group[0]):
                return list(group)
        return None


def is_plural(named: Named) -> bool:
    """Whether a source is several, or a body spoken of as several ("the police")."""
    last = named.source.name.split()[-1].casefold()
    if last in ("police", "authorities", "media", "people"):
        return True
    if named.person or not named.source.guessed:
        return False
    words = words_of(named.source.name)
    head = words[head_of(words)].key
    plural = head.endswith("s") and not head.endswith("ss") and head != "news"
    return plural and head in nouns().kinds
